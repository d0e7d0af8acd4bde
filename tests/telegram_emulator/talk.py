"""What people say and press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from aiogram.types import (
    CallbackQuery,
    Contact,
    InaccessibleMessage,
    InlineKeyboardButton,
    Location,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    User,
)

from tests.telegram_emulator.chats import QUERY_LIFE, Chats, Click
from tests.telegram_emulator.editing import content_of, origin
from tests.telegram_emulator.files import Files, StoredFile, media
from tests.telegram_emulator.groups import Groups, Where, Who
from tests.telegram_emulator.keyboards import buttons
from tests.telegram_emulator.texts import Formatted, fixed
from tests.telegram_emulator.world import DAY, Press, Room, Topic

_CALLBACKS = 3 << 33
_REACTIONS = 8 << 33


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file a person sends; `size` may pretend that it is larger than its content."""

    name: str = "dokumentas.pdf"
    content: bytes = b"%PDF-1.7"
    kind: str = "document"
    size: int = 0


class Talk(Groups):
    """Conversations; where no chat is named, the person's own chat with the bot is meant."""

    chats: Chats
    files: Files

    def __init__(self) -> None:
        super().__init__()
        self._query_ids = count(4_382_000_000_000_000_001)

    def say(
        self,
        who: Who,
        text: str,
        *,
        chat: Where | None = None,
        topic: Topic | int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write a message."""
        return self._post(who, self._text(text), chat, topic, reply_to)

    def reply(self, who: Who, to: Message, text: str) -> Message:
        """Answer a message where it stands."""
        return self._post(who, self._text(text), to.chat, None, to)

    def edit(self, who: Who, message: Message, text: str) -> Message:
        """Change the words of one's own message."""
        room, person = self._room(message.chat), self.person(who)
        current = room.messages[message.message_id]
        if person.id not in room.anonymous and current.from_user != person:
            raise ValueError("people edit only what they wrote")
        words = self._text(text)
        if current.text is None:
            words = {"caption": words["text"], "caption_entities": words["entities"]}
        edited = self.world.replace(room, current, {**words, "edit_date": self.world.now})
        self.world.announce(room, edited, kind="edited_message")
        return edited

    def send(
        self,
        who: Who,
        attachment: Attachment | None = None,
        *,
        caption: str | None = None,
        chat: Where | None = None,
        topic: Topic | int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file."""
        content = self._attached(attachment or Attachment(), caption)
        return self._post(who, content, chat, topic, reply_to)

    def send_album(
        self,
        who: Who,
        attachments: Sequence[Attachment],
        *,
        caption: str | None = None,
        chat: Where | None = None,
        topic: Topic | int | None = None,
    ) -> list[Message]:
        """Send several files as one; the first carries the caption."""
        album = {"media_group_id": self.world.album_id()}
        captions = [caption, *[None for _ in attachments[1:]]]
        return [
            self._post(who, {**self._attached(one, words), **album}, chat, topic, None)
            for one, words in zip(attachments, captions, strict=True)
        ]

    def send_contact(self, who: Who, phone: str, *, chat: Where | None = None) -> Message:
        """Send one's own phone number."""
        person = self.person(who)
        contact = Contact(phone_number=phone, first_name=person.first_name, user_id=person.id)
        return self._post(who, {"contact": contact}, chat, None, None)

    def send_location(
        self, who: Who, latitude: float, longitude: float, *, chat: Where | None = None
    ) -> Message:
        """Send a place."""
        location = Location(latitude=latitude, longitude=longitude)
        return self._post(who, {"location": location}, chat, None, None)

    def send_content(
        self,
        who: Who,
        content: Mapping[str, object],
        *,
        chat: Where | None = None,
        topic: Topic | int | None = None,
    ) -> Message:
        """Send a message with any fields of aiogram's `Message`, such as a poll or a dice."""
        return self._post(who, content, chat, topic, None)

    def forward(
        self,
        who: Who,
        message: Message,
        *,
        chat: Where | None = None,
        topic: Topic | int | None = None,
    ) -> Message:
        """Pass a message on."""
        content = {**content_of(message), "forward_origin": origin(message)}
        return self._post(who, content, chat, topic, None)

    def click(
        self,
        who: Who,
        button: str,
        *,
        message: Message | None = None,
        chat: Where | None = None,
    ) -> Click:
        """Press the newest inline button with these words that the person sees.

        A chat or a message says where to look where several could be meant.

        Raises:
            LookupError: nobody shows such a button; the sentence lists those there are.
        """
        shown = self.shown_buttons(who, message=message, chat=chat)
        for owner, candidate in reversed(shown):
            if candidate.text == button and candidate.callback_data is not None:
                return self.forge(who, owner, candidate.callback_data, button=button)
        there = ", ".join(repr(candidate.text) for _, candidate in shown) or "none"
        raise LookupError(f"no button {button!r}; buttons shown: {there}")

    def forge(self, who: Who, message: Message, data: str, *, button: str = "") -> Click:
        """Send a callback with any data, as a changed client can."""
        person, room = self.person(who), self._room(message.chat)
        current = room.messages.get(message.message_id)
        gone = InaccessibleMessage(chat=room.chat, message_id=message.message_id, date=0)
        query = CallbackQuery(
            id=str(next(self._query_ids)),
            from_user=person,
            message=self.world.shown(room, current) if current else gone,
            chat_instance=str(abs(room.id) * 7919),
            data=data,
        )
        click = Click(query, expires_at=self.world.clock.now() + QUERY_LIFE)
        self.chats.clicks[query.id] = click
        room.presses.append(
            Press(
                query=query.id,
                after=max(room.messages, default=0),
                who=person,
                button=button or data,
                message_id=message.message_id,
            )
        )
        self.world.outlet.add("callback_query", query, lane=person.id + _CALLBACKS, life=QUERY_LIFE)
        self.world.changed()
        return click

    def press(self, who: Who, key: str) -> Message:
        """Press a key of the keyboard below the input field: it says its words.

        Raises:
            LookupError: there is no such key.
        """
        keyboard = self._room(self.person(who).id).keyboard
        keys = [button.text for row in keyboard.keyboard for button in row] if keyboard else []
        if key not in keys:
            raise LookupError(f"no key {key!r}; keys shown: {keys}")
        return self.say(who, key)

    def react(self, who: Who, message: Message, *emoji: str) -> None:
        """Set one's reactions to a message; only an administrator bot that asked hears of it."""
        room = self._room(message.chat)
        before = room.reactions.get(message.message_id, [])
        room.reactions[message.message_id] = list(emoji)
        reaction = MessageReactionUpdated.model_validate(
            {
                "chat": room.chat,
                "message_id": message.message_id,
                "user": self.person(who),
                "date": self.world.now,
                "old_reaction": [ReactionTypeEmoji(emoji=one) for one in before],
                "new_reaction": [ReactionTypeEmoji(emoji=one) for one in emoji],
            }
        )
        if room.is_private or self.world.may(room, "can_manage_chat"):
            lane = room.id + _REACTIONS
            self.world.outlet.add("message_reaction", reaction, lane=lane, life=DAY)
        self.world.changed()

    def delete(self, message: Message) -> None:
        """Let a person delete a message; no update tells the bot."""
        self._room(message.chat).messages.pop(message.message_id, None)
        self.world.changed()

    def shown_buttons(
        self, who: Who, *, message: Message | None = None, chat: Where | None = None
    ) -> list[tuple[Message, InlineKeyboardButton]]:
        """Return the inline buttons the person sees, the newest last."""
        person = self.person(who)
        place = message.chat if message else chat
        seen = [room for room in self.world.rooms.values() if _sees(room, person)]
        found = [
            (each, button)
            for room in ([self._room(place)] if place is not None else seen)
            for each in room.messages.values()
            if message is None or each.message_id == message.message_id
            for button in buttons(each.reply_markup)
        ]
        return sorted(found, key=lambda pair: pair[0].date)

    def _post(
        self,
        who: Who,
        content: Mapping[str, object],
        chat: Where | None,
        topic: Topic | int | None,
        reply_to: Message | None,
    ) -> Message:
        person = self.person(who)
        room = self._room(person.id if chat is None else chat)
        if room.blocked:
            raise ValueError(f"{person.first_name} has blocked the bot; unblock first")
        if room.is_private:
            room.started = True
        number = topic.id if isinstance(topic, Topic) else topic
        if number and number not in room.topics:
            raise LookupError(f"no topic {number}")
        return self.world.post(room, person, content, thread=number, reply_to=reply_to)

    def _text(self, text: str) -> Mapping[str, object]:
        words = fixed(Formatted(text))
        return {"text": words.text, "entities": words.entities(self.world.people.get) or None}

    def _attached(self, attachment: Attachment, caption: str | None) -> Mapping[str, object]:
        stored: StoredFile = self.files.add(
            attachment.content, name=attachment.name, kind=attachment.kind, size=attachment.size
        )
        words = self._text(caption) if caption else {}
        under = {"caption": words["text"], "caption_entities": words["entities"]} if words else {}
        return {attachment.kind: media(stored), **under}


def _sees(room: Room, person: User) -> bool:
    return room.id == person.id or person.id in room.members
