"""Methods that change, repeat, remove or mark messages that exist."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram.methods import (
    CopyMessage,
    CopyMessages,
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    ForwardMessage,
    PinChatMessage,
    SetMessageReaction,
    UnpinChatMessage,
)
from aiogram.types import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageId,
    MessageOriginChat,
    MessageOriginUser,
    ReactionTypeEmoji,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError, Refusal
from tests.telegram_emulator.keyboards import checked_inline
from tests.telegram_emulator.schema import Handlers
from tests.telegram_emulator.sending import Sending
from tests.telegram_emulator.texts import read_markup
from tests.telegram_emulator.world import ANONYMOUS, Room, World, is_service

_DELETABLE = 48 * 3600
_MOST_IDS = 100
_CAPTIONED = ("document", "photo", "voice", "audio", "video")
_CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "link_preview_options",
    "sticker",
    "contact",
    "location",
    *_CAPTIONED,
)
REACTIONS = frozenset(
    re.findall(
        r"\S+",
        """
        👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
        🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
        🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
        """,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """Answers the methods about messages already there."""

    world: World
    sending: Sending

    @property
    def handlers(self) -> Handlers:
        return {
            EditMessageText: self.edit_text,
            EditMessageCaption: self.edit_caption,
            EditMessageReplyMarkup: self.edit_markup,
            DeleteMessage: self.delete,
            DeleteMessages: self.delete_many,
            CopyMessage: self.copy,
            CopyMessages: self.copy_many,
            ForwardMessage: self.forward,
            SetMessageReaction: self.react,
            PinChatMessage: self.pin,
            UnpinChatMessage: self.unpin,
        }

    def edit_text(self, call: EditMessageText) -> Message:
        if call.rich_message is not None:
            raise ApiError(errors.NOT_MODELLED, method="rich messages")
        marked = read_markup(call.text or "", call.parse_mode, call.entities)
        if not marked.text:
            raise ApiError(errors.TEXT_EMPTY)
        room, message = self._editable(call.chat_id, call.message_id)
        if message.text is None:
            raise ApiError(errors.EDIT_NO_TEXT)
        text = self.sending.text(marked)
        preview = call.link_preview_options
        changes = {
            "text": text.text,
            "entities": text.entities(self.world.people.get) or None,
            "link_preview_options": preview if isinstance(preview, LinkPreviewOptions) else None,
        }
        return self._edit(room, message, changes, call.reply_markup)

    def edit_caption(self, call: EditMessageCaption) -> Message:
        room, message = self._editable(call.chat_id, call.message_id)
        if all(getattr(message, kind) is None for kind in _CAPTIONED):
            raise ApiError(errors.EDIT_NO_CAPTION)
        changes = {"caption": None, "caption_entities": None, **self.sending.caption(call)}
        return self._edit(room, message, changes, call.reply_markup)

    def edit_markup(self, call: EditMessageReplyMarkup) -> Message:
        room, message = self._editable(call.chat_id, call.message_id)
        return self._edit(room, message, {}, call.reply_markup)

    def delete(self, call: DeleteMessage) -> bool:
        room = self.world.writable(call.chat_id)
        self._delete(room, [self._message(room, call.message_id, errors.DELETE_NOT_FOUND)])
        return True

    def delete_many(self, call: DeleteMessages) -> bool:
        room = self.world.writable(call.chat_id)
        numbers = _checked_ids(call.message_ids)
        self._delete(room, [room.messages[n] for n in numbers if n in room.messages])
        return True

    def copy(self, call: CopyMessage) -> MessageId:
        source = self.world.readable(call.from_chat_id)
        message = self._message(source, call.message_id, errors.COPY_NOT_FOUND)
        place = self.sending.place(call)
        if is_service(message):
            raise ApiError(errors.COPY_FORBIDDEN)
        content = dict(content_of(message))
        if call.caption is not None:
            content.update({"caption": None, "caption_entities": None})
            content.update(self.sending.caption(call))
        copied = self.sending.deliver(call, place, content, call.reply_markup)
        return MessageId(message_id=copied.message_id)

    def copy_many(self, call: CopyMessages) -> list[MessageId]:
        room = self.world.writable(call.chat_id)
        thread = self.sending.thread(room, call.message_thread_id)
        source = self.world.readable(call.from_chat_id)
        found = [source.messages.get(number) for number in _checked_ids(call.message_ids)]
        copied = [
            self.world.post(room, self.world.bot, content_of(message), thread=thread)
            for message in found
            if message and not is_service(message) and not message.has_protected_content
        ]
        if not copied:
            raise ApiError(errors.NONE_FORWARDED)
        return [MessageId(message_id=message.message_id) for message in copied]

    def forward(self, call: ForwardMessage) -> Message:
        source = self.world.readable(call.from_chat_id)
        message = self._message(source, call.message_id, errors.FORWARD_NOT_FOUND)
        room = self.world.writable(call.chat_id)
        thread = self.sending.thread(room, call.message_thread_id)
        if is_service(message):
            raise ApiError(errors.FORWARD_FORBIDDEN)
        content = {**content_of(message), "forward_origin": origin(message)}
        return self.world.post(room, self.world.bot, content, thread=thread)

    def react(self, call: SetMessageReaction) -> bool:
        room = self.world.readable(call.chat_id)
        message = self._message(room, call.message_id, errors.REACT_NOT_FOUND)
        wanted = call.reaction or []
        if len(wanted) > 1:
            raise ApiError(errors.REACTIONS_TOO_MANY)
        emoji = [r.emoji for r in wanted if isinstance(r, ReactionTypeEmoji)]
        if len(emoji) != len(wanted) or not set(emoji) <= REACTIONS:
            raise ApiError(errors.REACTION_INVALID)
        room.reactions[message.message_id] = emoji
        self.world.changed()
        return True

    def pin(self, call: PinChatMessage) -> bool:
        room = self.world.writable(call.chat_id)
        message = self._message(room, call.message_id, errors.PIN_NOT_FOUND)
        self._check_pins(room)
        if message.message_id not in room.pinned:
            room.pinned.append(message.message_id)
            thread = message.message_thread_id if room.is_forum else None
            pinned = {"pinned_message": message.model_copy(update={"reply_to_message": None})}
            self.world.post(room, self.world.bot, pinned, thread=thread)
        return True

    def unpin(self, call: UnpinChatMessage) -> bool:
        room = self.world.writable(call.chat_id)
        number = call.message_id or (room.pinned[-1] if room.pinned else 0)
        self._message(room, number, errors.UNPIN_NOT_FOUND)
        self._check_pins(room)
        room.pinned = [pinned for pinned in room.pinned if pinned != number]
        self.world.changed()
        return True

    def _message(self, room: Room, number: int | None, missing: Refusal) -> Message:
        found = room.messages.get(number or 0)
        if found is None:
            raise ApiError(missing)
        return found

    def _editable(self, chat_id: int | str | None, number: int | None) -> tuple[Room, Message]:
        if chat_id is None:
            raise ApiError(errors.NOT_MODELLED, method="inline messages")
        room = self.world.writable(chat_id)
        message = self._message(room, number, errors.EDIT_NOT_FOUND)
        sender = message.from_user
        foreign = sender is None or sender.id != self.world.bot.id
        if foreign or message.forward_origin or number in room.had_keyboard or is_service(message):
            raise ApiError(errors.EDIT_FORBIDDEN)
        return room, message

    def _edit(
        self,
        room: Room,
        message: Message,
        content: Mapping[str, object],
        markup: InlineKeyboardMarkup | None,
    ) -> Message:
        """Change a message; without a keyboard it loses the one it had."""
        changes = {**content, "reply_markup": checked_inline(markup)}
        if all(getattr(message, key) == value for key, value in changes.items()):
            raise ApiError(errors.NOT_MODIFIED)
        edited = self.world.replace(room, message, {**changes, "edit_date": self.world.now})
        return self.world.shown(room, edited)

    def _delete(self, room: Room, messages: Sequence[Message]) -> None:
        for message in messages:
            own = message.from_user is not None and message.from_user.id == self.world.bot.id
            allowed = own or room.is_private or self.world.may(room, "can_delete_messages")
            if not allowed or (message.forum_topic_created and room.is_forum):
                raise ApiError(errors.DELETE_FORBIDDEN)
            # No right lets a bot delete what is older (TDLib, can_delete_channel_message).
            if self.world.now - int(message.date.timestamp()) >= _DELETABLE:
                raise ApiError(errors.DELETE_FOR_EVERYONE)
        for message in messages:
            del room.messages[message.message_id]
        self.world.changed()

    def _check_pins(self, room: Room) -> None:
        if not room.is_private and not self.world.may(room, "can_pin_messages"):
            raise ApiError(errors.PIN_RIGHTS)


def origin(message: Message) -> MessageOriginUser | MessageOriginChat:
    """Say where a forwarded message comes from."""
    if message.sender_chat is not None:
        return MessageOriginChat(date=message.date, sender_chat=message.sender_chat)
    return MessageOriginUser(date=message.date, sender_user=message.from_user or ANONYMOUS)


def content_of(message: Message) -> Mapping[str, object]:
    """Return what a copy of a message carries."""
    if message.has_protected_content:
        raise ApiError(errors.PROTECTED)
    values = {name: getattr(message, name) for name in _CONTENT}
    return {name: value for name, value in values.items() if value is not None}


def _checked_ids(numbers: Sequence[int]) -> Sequence[int]:
    if not numbers:
        raise ApiError(errors.NO_MESSAGE_IDS)
    if len(numbers) > _MOST_IDS:
        raise ApiError(errors.TOO_MANY_MESSAGE_IDS)
    return numbers
