"""A conversation as a person reading a failed test wants to see it."""

from collections.abc import Iterable

from aiogram.types import Message, User

from tests.telegram_emulator.chats import Click
from tests.telegram_emulator.world import Press, Room, Topic

_FILES = ("document", "audio", "voice", "video", "sticker")
_INDENT = "    "


def transcript(room: Room, clicks: dict[str, Click], bot: User) -> str:
    """Return messages, buttons, clicks and their answers, one line each, in order."""
    lines: list[tuple[int, int, str]] = [
        (number, 0, _message(room, message, bot)) for number, message in room.messages.items()
    ]
    lines += [
        (press.after, order, _press(press, clicks.get(press.query)))
        for order, press in enumerate(room.presses, start=1)
    ]
    return "\n".join(text for _, _, text in sorted(lines))


def _message(room: Room, message: Message, bot: User) -> str:
    topic = room.topics.get(message.message_thread_id or 0) if room.is_forum else None
    head = f"[{message.message_id}] {_author(message, bot)}{_notes(room, message, topic)}: "
    body = _body(message).replace("\n", "\n" + _INDENT)
    keys = [
        _INDENT + " ".join(f"[{button.text}]" for button in row)
        for row in (message.reply_markup.inline_keyboard if message.reply_markup else ())
    ]
    return "\n".join([head + body, *keys])


def _author(message: Message, bot: User) -> str:
    if message.sender_chat is not None:
        return f"{message.sender_chat.title} (anonymous)"
    sender = message.from_user
    if sender is None:
        return "?"
    return "bot" if sender.id == bot.id else sender.full_name


def _notes(room: Room, message: Message, topic: Topic | None) -> str:
    replied = message.reply_to_message
    explicit = replied is not None and replied.forum_topic_created is None
    notes: Iterable[str | None] = (
        f"in {topic.name}" if topic else None,
        f"to {replied.message_id}" if replied is not None and explicit else None,
        "forwarded" if message.forward_origin else None,
        "edited" if message.edit_date else None,
        "pinned" if message.message_id in room.pinned else None,
        *room.reactions.get(message.message_id, ()),
    )
    said = ", ".join(note for note in notes if note)
    return f" ({said})" if said else ""


def _body(message: Message) -> str:
    words = message.text or message.caption
    parts = [_file(message) or _event(message), words]
    return " ".join(part for part in parts if part)


def _file(message: Message) -> str | None:
    if message.photo:
        return "<photo>"
    for kind in _FILES:
        file = getattr(message, kind)
        if file is not None:
            return f"<{kind} {getattr(file, 'file_name', None) or ''}".rstrip() + ">"
    if message.contact is not None:
        return f"<contact {message.contact.phone_number}>"
    return "<location>" if message.location is not None else None


def _event(message: Message) -> str | None:
    match message:
        case Message(forum_topic_created=created) if created is not None:
            return f"-- opened the topic {created.name}"
        case Message(forum_topic_edited=edited) if edited is not None:
            return f"-- changed the topic {edited.name or edited.icon_custom_emoji_id}"
        case Message(forum_topic_closed=closed) if closed is not None:
            return "-- closed the topic"
        case Message(forum_topic_reopened=reopened) if reopened is not None:
            return "-- reopened the topic"
        case Message(pinned_message=pinned) if pinned is not None:
            return f"-- pinned {pinned.message_id}"
        case Message(new_chat_members=members) if members:
            return "-- joined"
        case Message(left_chat_member=member) if member is not None:
            return "-- left"
        case Message(migrate_to_chat_id=number) if number is not None:
            return f"-- moved to {number}"
        case _:
            return None


def _press(press: Press, click: Click | None) -> str:
    line = f"{_INDENT}{press.who.full_name} presses [{press.button}] under {press.message_id}"
    if click is None or click.answer is None:
        return line
    return f"{line} -> {click.answer.text or 'answered'}"
