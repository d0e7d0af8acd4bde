"""What a message of Telegram holds: its words, its files, and words for what is neither."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from aiogram.types import Message

from bot.telegram.api import Api, RefusedError, TelegramError
from bot.telegram.ids import name_of
from bot.telegram.styled import styled
from bot.texts import Texts
from handlers.domain.channels import Attachment
from handlers.ports import FileStore
from knowledge_base.values import dataclass

LARGEST_DOWNLOAD: Final = 20_000_000
"""Bots may not download more; the file stays in Telegram, and the ticket says so."""

_NOTES: Final = "lt"  # consultants read them
_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Content:
    """Words and files.

    `wordless`: the sender wrote nothing, the words are ours. `belongs_with_words`: a file that
    people send together with a message, unlike a voice message, which is one. `left` names the
    message whose file is too big for a bot to fetch, but not to pass on.
    """

    text: str
    attachments: tuple[Attachment, ...] = ()
    wordless: bool = False
    belongs_with_words: bool = False
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """A file that hangs on a message."""

    id: str
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Reads messages; files are kept before anything names them."""

    api: Api
    files: FileStore
    texts: Texts

    async def of_all(self, messages: Sequence[Message], *, attempts: int) -> Content | None:
        """Return what several messages say together; those that say nothing are left out."""
        read = [await self.of(message, attempts=attempts) for message in messages]
        said = [content for content in read if content is not None]
        if not said:
            return None
        return Content(
            text="\n".join(filter(None, (content.text for content in said))),
            attachments=tuple(file for content in said for file in content.attachments),
            wordless=all(content.wordless for content in said),
            belongs_with_words=all(content.belongs_with_words for content in said),
            left=tuple(name for content in said for name in content.left),
        )

    async def of(self, message: Message, *, attempts: int) -> Content | None:
        """Return what the message says, or None when it says nothing (a sticker, a dice).

        A file that does not arrive is tried again with the whole message; after a few attempts
        the words go on without it, and say so.
        """
        said = styled(message.text or message.caption or "").text
        attachments: list[Attachment] = []
        notes = list(self._labels(message))
        for file in _files(message):
            kept = await self._keep(file, attempts=attempts)
            if isinstance(kept, Attachment):
                attachments.append(kept)
            else:
                notes.append(kept)
        if not (said or attachments or notes):
            return None
        return Content(
            text="\n\n".join(filter(None, (said, *notes))),
            attachments=tuple(attachments),
            wordless=not said,
            belongs_with_words=not said and bool(attachments) and message.voice is None,
            left=tuple(
                name_of(message.chat.id, message.message_id)
                for file in _files(message)
                if file.size > LARGEST_DOWNLOAD
            ),
        )

    async def _keep(self, file: _File, *, attempts: int) -> Attachment | str:
        if file.size > LARGEST_DOWNLOAD:
            return self._note("telegram-file-too-big", file)
        try:
            found = await self.api.call("getFile", {"file_id": file.id})
            path = found.get("file_path") if isinstance(found, dict) else None
            content = await self.api.download(str(path))
        except TelegramError as error:
            refused = isinstance(error, RefusedError) and error.retry_after is None
            if not refused and attempts <= _TRIES:
                raise
            return self._note("telegram-file-missing", file)
        digest = await asyncio.to_thread(self.files.put, content)
        return Attachment(
            sha256=digest, name=file.name, content_type=file.content_type, size=len(content)
        )

    def _note(self, key: str, file: _File) -> str:
        return self.texts.line(key, _NOTES, {"name": file.name})

    def _labels(self, message: Message) -> Iterator[str]:
        """Put into words what is neither text nor file."""
        if (contact := message.contact) is not None:
            name = " ".join(filter(None, (contact.first_name, contact.last_name)))
            values = {"name": name, "phone": contact.phone_number}
            yield self.texts.line("telegram-contact", _NOTES, values)
        if (place := message.location) is not None:
            values = {"latitude": str(place.latitude), "longitude": str(place.longitude)}
            yield self.texts.line("telegram-location", _NOTES, values)
        if (venue := message.venue) is not None:
            yield styled(f"{venue.title}, {venue.address}").text
        if (poll := message.poll) is not None:
            yield styled(poll.question).text


def _files(message: Message) -> Iterator[_File]:
    """List what can be downloaded; of a photo the largest size."""
    if message.photo:
        photo = message.photo[-1]
        size = photo.file_size or 0
        yield _File(photo.file_id, f"photo-{message.message_id}.jpg", "image/jpeg", size)
    if (voice := message.voice) is not None:
        name = f"voice-{message.message_id}.ogg"
        yield _File(voice.file_id, name, voice.mime_type or "audio/ogg", voice.file_size or 0)
    if (round_ := message.video_note) is not None:
        name = f"video-{message.message_id}.mp4"
        yield _File(round_.file_id, name, "video/mp4", round_.file_size or 0)
    # An animation comes as a document as well.
    for file in (message.document, message.audio, message.video):
        if file is not None:
            name = styled(file.file_name or "").text.strip()
            yield _File(
                file.file_id,
                name or f"file-{message.message_id}",
                file.mime_type or "application/octet-stream",
                file.file_size or 0,
            )
