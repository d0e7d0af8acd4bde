"""Methods that put new messages into a chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from aiogram.client.default import Default
from aiogram.methods import (
    SendAudio,
    SendContact,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVoice,
)
from aiogram.types import (
    Contact,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaLivePhoto,
    LinkPreviewOptions,
    Location,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    TextQuote,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError
from tests.telegram_emulator.files import Files, media
from tests.telegram_emulator.keyboards import Markup, checked_markup
from tests.telegram_emulator.schema import Handlers
from tests.telegram_emulator.spans import utf16
from tests.telegram_emulator.texts import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Formatted,
    fixed,
    limited,
    read_markup,
)
from tests.telegram_emulator.world import GENERAL, Room, World

_ALBUM_LIMIT = 10


class Addressed(Protocol):
    """A call that sends something somewhere."""

    @property
    def chat_id(self) -> int | str: ...
    @property
    def message_thread_id(self) -> int | None: ...
    @property
    def protect_content(self) -> bool | Default | None: ...
    @property
    def reply_parameters(self) -> ReplyParameters | None: ...
    @property
    def reply_to_message_id(self) -> int | None: ...
    @property
    def allow_sending_without_reply(self) -> bool | None: ...


class Captioned(Protocol):
    """A call or a part of an album with words under the file."""

    @property
    def caption(self) -> str | None: ...
    @property
    def parse_mode(self) -> str | Default | None: ...
    @property
    def caption_entities(self) -> list[MessageEntity] | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Answers the send methods."""

    world: World
    files: Files

    @property
    def handlers(self) -> Handlers:
        return {
            SendMessage: self.send_message,
            SendDocument: lambda call: self._send_file(call, "document", call.document),
            SendPhoto: lambda call: self._send_file(call, "photo", call.photo),
            SendVoice: lambda call: self._send_file(call, "voice", call.voice),
            SendAudio: lambda call: self._send_file(call, "audio", call.audio),
            SendVideo: lambda call: self._send_file(call, "video", call.video),
            SendSticker: self.send_sticker,
            SendContact: self.send_contact,
            SendLocation: self.send_location,
            SendMediaGroup: self.send_media_group,
        }

    def send_message(self, call: SendMessage) -> Message:
        marked = read_markup(call.text, call.parse_mode, call.entities)
        place = self.place(call)
        text = self.text(marked)
        preview = call.link_preview_options
        content: dict[str, object] = {
            "text": text.text,
            "entities": text.entities(self.world.people.get) or None,
            "link_preview_options": preview if isinstance(preview, LinkPreviewOptions) else None,
        }
        return self.deliver(call, place, content, call.reply_markup)

    def send_sticker(self, call: SendSticker) -> Message:
        place = self.place(call)
        stored = self.files.sent(_file_id(call.sticker), "sticker")
        content = {"sticker": media(stored, emoji=call.emoji)}
        return self.deliver(call, place, content, call.reply_markup)

    def send_contact(self, call: SendContact) -> Message:
        contact = Contact(
            phone_number=call.phone_number,
            first_name=call.first_name,
            last_name=call.last_name,
            vcard=call.vcard,
        )
        return self.deliver(call, self.place(call), {"contact": contact}, call.reply_markup)

    def send_location(self, call: SendLocation) -> Message:
        location = Location(latitude=call.latitude, longitude=call.longitude)
        return self.deliver(call, self.place(call), {"location": location}, call.reply_markup)

    def send_media_group(self, call: SendMediaGroup) -> list[Message]:
        if not call.media:
            raise ApiError(errors.ALBUM_EMPTY)
        if len(call.media) > _ALBUM_LIMIT:
            raise ApiError(errors.ALBUM_TOO_LONG)
        kinds = {item.type for item in call.media}
        for kind in ("document", "audio"):
            if kind in kinds and len(kinds) > 1:
                raise ApiError(errors.ALBUM_MIXED, kind=kind)
        place = self.place(call)
        album = {"media_group_id": self.world.album_id()} if len(call.media) > 1 else {}
        parts: list[Mapping[str, object]] = []
        for item in call.media:
            if isinstance(item, InputMediaLivePhoto):
                raise ApiError(errors.NOT_MODELLED, method="live photos")
            stored = self.files.sent(_file_id(item.media), item.type)
            parts.append({item.type: media(stored), **self.caption(item), **album})
        return [self.deliver(call, place, part, None) for part in parts]

    def text(self, marked: Formatted) -> Formatted:
        """Make a text ready to be sent, or refuse it."""
        if not marked.text:
            raise ApiError(errors.TEXT_EMPTY)
        text = limited(fixed(marked), TEXT_LIMIT, errors.TEXT_TOO_LONG)
        if not text.text:
            raise ApiError(errors.TEXT_BLANK)
        return text

    def caption(self, call: Captioned) -> Mapping[str, object]:
        """Make the words under a file ready to be sent, or refuse them."""
        if not call.caption:
            return {}
        marked = read_markup(call.caption, call.parse_mode, call.caption_entities)
        caption = limited(fixed(marked), CAPTION_LIMIT, errors.CAPTION_TOO_LONG)
        entities = caption.entities(self.world.people.get)
        return {"caption": caption.text or None, "caption_entities": entities or None}

    def place(self, call: Addressed) -> "Place":
        """Find where a message goes, in the order of the real server's checks."""
        room = self.world.writable(call.chat_id)
        thread = self.thread(room, call.message_thread_id)
        return Place(room, thread, *self._reply(room, call))

    def thread(self, room: Room, thread: int | None) -> int | None:
        """Check a topic a message is to go to.

        Raises:
            ApiError: there is no such topic; General has no number of its own.
        """
        if not thread or not (room.is_forum or room.is_private):
            return None
        topic = room.topics.get(thread)
        if topic is None or thread == GENERAL:
            raise ApiError(errors.THREAD_NOT_FOUND)
        if topic.closed and not self.world.may(room, "can_manage_topics"):
            raise ApiError(errors.TOPIC_CLOSED)
        return thread

    def deliver(
        self,
        call: Addressed,
        place: "Place",
        content: Mapping[str, object],
        markup: Markup | None,
    ) -> Message:
        """Post a message of the bot with its keyboard."""
        keyboard = checked_markup(markup)
        inline = keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None
        protected = True if call.protect_content is True else None
        extras = {"reply_markup": inline, "has_protected_content": protected, "quote": place.quote}
        message = self.world.post(
            place.room,
            self.world.bot,
            {**content, **{key: value for key, value in extras.items() if value is not None}},
            thread=place.thread,
            reply_to=place.reply_to,
        )
        if keyboard is not None and inline is None:
            place.room.had_keyboard.add(message.message_id)
        if isinstance(keyboard, ReplyKeyboardMarkup):
            place.room.keyboard = keyboard
        elif isinstance(keyboard, ReplyKeyboardRemove):
            place.room.keyboard = None
        return message

    def _send_file(
        self,
        call: SendDocument | SendPhoto | SendVoice | SendAudio | SendVideo,
        kind: str,
        file: str | InputFile,
    ) -> Message:
        caption = self.caption(call)
        place = self.place(call)
        stored = self.files.sent(_file_id(file), kind)
        return self.deliver(call, place, {kind: media(stored), **caption}, call.reply_markup)

    def _reply(self, room: Room, call: Addressed) -> tuple[Message | None, TextQuote | None]:
        asked = call.reply_parameters
        number = asked.message_id if asked else call.reply_to_message_id
        if not number:
            return None, None
        home = self.world.readable(asked.chat_id) if asked and asked.chat_id else room
        if home is not room:
            raise ApiError(errors.NOT_MODELLED, method="a reply to another chat")
        found = room.messages.get(number)
        if found is None:
            lenient = asked.allow_sending_without_reply if asked else None
            if lenient is True or call.allow_sending_without_reply:
                return None, None
            raise ApiError(errors.REPLY_NOT_FOUND)
        return found, _quote(found, asked.quote if asked else None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message of the bot goes."""

    room: Room
    thread: int | None
    reply_to: Message | None
    quote: TextQuote | None


def _file_id(file: str | InputFile) -> str:
    """Return the id; the server has already put one in the place of each upload."""
    if not isinstance(file, str):
        raise ApiError(errors.FILE_OR_URL)
    return file


def _quote(message: Message, quote: str | None) -> TextQuote | None:
    if not quote:
        return None
    text = message.text or message.caption or ""
    at = text.find(quote)
    if at < 0:
        raise ApiError(errors.QUOTE_NOT_FOUND)
    return TextQuote(text=quote, position=utf16(text[:at]), is_manual=True)
