"""Files that went through the emulated Telegram."""

import hashlib
import mimetypes
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath

from aiogram.types import Audio, Document, File, PhotoSize, Sticker, Video, Voice

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_FOLDERS = {
    "document": "documents",
    "photo": "photos",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
    "sticker": "stickers",
}
_DEFAULT_NAMES = {
    "photo": "photo.jpg",
    "voice": "voice.oga",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "sticker": "sticker.webp",
}


@dataclass(slots=True, kw_only=True)
class StoredFile:
    """A file Telegram keeps; the size may be declared larger than the content is."""

    number: int
    name: str
    content: bytes
    size: int
    kind: str = "document"

    @property
    def file_id(self) -> str:
        return f"BQACAgQAAxkBAAI{self.number:08d}"

    @property
    def unique_id(self) -> str:
        return "AgAD" + hashlib.sha256(self.content + self.name.encode()).hexdigest()[:12]

    @property
    def path(self) -> str:
        suffix = PurePosixPath(self.name).suffix
        return f"{_FOLDERS[self.kind]}/file_{self.number}{suffix}"

    @property
    def mime_type(self) -> str:
        if self.kind == "voice":
            return "audio/ogg"
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Files:
    """Every file by its id and by the path it is fetched from."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._numbers = count(1)

    def add(
        self, content: bytes, *, name: str | None = None, kind: str = "document", size: int = 0
    ) -> StoredFile:
        stored = StoredFile(
            number=next(self._numbers),
            name=name or _DEFAULT_NAMES.get(kind, "file"),
            content=content,
            size=size or len(content),
            kind=kind,
        )
        self._files[stored.file_id] = stored
        return stored

    def sent(self, file_id: str, kind: str) -> StoredFile:
        """Return the file a bot sends as the kind.

        Raises:
            ApiError: there is none by that id, or nothing is in it.
        """
        stored = self._files.get(file_id)
        if stored is None:
            raise ApiError(errors.FILE_OR_URL)
        if stored.size == 0:
            raise ApiError(errors.FILE_EMPTY)
        stored.kind = kind
        return stored

    def file(self, file_id: str) -> File:
        """Answer getFile.

        Raises:
            ApiError: there is no such file, or it is over 20 MB.
        """
        stored = self._files.get(file_id.removesuffix(".s"))
        if stored is None:
            raise ApiError(errors.FILE_ID)
        if stored.size > DOWNLOAD_LIMIT:
            raise ApiError(errors.FILE_TOO_BIG)
        return File(
            file_id=stored.file_id,
            file_unique_id=stored.unique_id,
            file_size=stored.size,
            file_path=stored.path,
        )

    def by_path(self, path: str) -> StoredFile | None:
        return next((f for f in self._files.values() if f.path == path), None)


def media(stored: StoredFile, *, duration: int = 1, emoji: str | None = None) -> object:
    """Return the file as the field of a message named after its kind."""
    ids = {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    sized = {**ids, "file_size": stored.size}
    named = {**sized, "file_name": stored.name, "mime_type": stored.mime_type}
    picture = {"width": 800, "height": 600}
    match stored.kind:
        case "photo":
            small = {"file_id": f"{stored.file_id}.s", "file_unique_id": f"{stored.unique_id}s"}
            thumbnail = PhotoSize.model_validate({**small, "width": 90, "height": 67})
            return [thumbnail, PhotoSize.model_validate({**sized, **picture})]
        case "voice":
            about = {"mime_type": stored.mime_type, "duration": duration}
            return Voice.model_validate({**sized, **about})
        case "audio":
            return Audio.model_validate({**named, "duration": duration})
        case "video":
            return Video.model_validate({**named, **picture, "duration": duration})
        case "sticker":
            shape = {"type": "regular", "is_animated": False, "is_video": False, "emoji": emoji}
            return Sticker.model_validate({**sized, **shape, "width": 512, "height": 512})
        case _:
            return Document.model_validate(named)
