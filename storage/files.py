"""Attachments and large raw messages on disk, named by the SHA-256 of their content."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from handlers.domain.errors import NotFoundError

_FOLDER: Final = "files"
SEAL: Final = "sealed"
"""What only the right key opens; there as soon as a key was used."""

_HEX: Final = frozenset("0123456789abcdef")
_LENGTH: Final = hashlib.sha256().digest_size * 2


def open_files(data_dir: Path) -> "DirectoryFiles":
    """Return the files kept in the data directory."""
    return DirectoryFiles(data_dir / _FOLDER)


def is_sha256(name: str) -> bool:
    """Tell a file named by its content from a sealed one, whose name is longer."""
    return len(name) == _LENGTH


class FilesKeyError(Exception):
    """The key of the files is missing, wrong or weak; the sentence says which."""


def refuse_sealed(files: "DirectoryFiles") -> None:
    """Refuse to go on without a key where there are files that need one.

    Raises:
        FilesKeyError: there are.
    """
    if (files.folder / SEAL).exists():
        raise FilesKeyError("the files are sealed; the key they were sealed with is needed")


@dataclass(frozen=True, slots=True)
class DirectoryFiles:
    """A folder of files, `ab/cd/abcd...`, each complete and fsynced before it has its name.

    A full disk surfaces as OSError, and nothing half-written is ever under a final name.
    """

    folder: Path

    @property
    def is_sealed(self) -> bool:
        return False

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.keep(sha256, lambda: content)
        return sha256

    def keep(self, name: str, content: Callable[[], bytes]) -> None:
        """Keep a file under a name, asking for its content only if it is not there yet."""
        path = self._path(name)
        if not _touched(path):
            self._make_folder(path.parent)
            self._write(path, content())
        _fsync_folder(path.parent)

    def get(self, sha256: str) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as missing:
            raise NotFoundError("no-such-file", sha256=sha256) from missing

    def delete(self, sha256: str) -> None:
        path = self._path(sha256)
        path.unlink(missing_ok=True)

    def unused_since(self, part: int, moment: datetime) -> list[str]:
        return sorted(name for name in self.names(part, moment) if is_sha256(name))

    def names(self, part: int, moment: datetime) -> Iterator[str]:
        """Name every file of one of 256 parts that nobody put since."""
        folder = self.folder / f"{part:02x}"
        return (path.name for path in folder.glob("*/[!.]*") if _is_older(path, moment))

    def delete_unused(self, sha256: str, *, since: datetime) -> None:
        path = self._path(sha256)
        leaving = path.with_name(f".leaving-{sha256}")
        try:
            # Whoever puts these bytes from here on finds nothing, and writes them anew.
            path.rename(leaving)
            if _is_older(leaving, since):
                leaving.unlink()
            else:
                leaving.rename(path)
        except FileNotFoundError:
            return

    def _path(self, name: str) -> Path:
        if len(name) < _LENGTH or not _HEX.issuperset(name):
            raise NotFoundError("no-such-file", sha256=name)
        return self.folder / name[:2] / name[2:4] / name

    def _make_folder(self, folder: Path) -> None:
        if folder.exists():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for level in (folder.parent, folder):
            level.mkdir(mode=0o700, exist_ok=True)
        # A new folder survives a power cut only when its parents were told to keep its name.
        for parent in (folder.parent, self.folder, self.folder.parent):
            _fsync_folder(parent)

    def _write(self, path: Path, content: bytes) -> None:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _touched(path: Path) -> bool:
    """Say that the file is wanted; False when there is none."""
    try:
        os.utime(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _is_older(path: Path, moment: datetime) -> bool:
    return path.stat().st_mtime < moment.timestamp()


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
