"""Where bytes lie under a name: the port of such a place, and a folder on a disk."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from handlers.domain.errors import NotFoundError
from knowledge_base.values import dataclass

SEAL: Final = "sealed"
"""What only the right keys open; there as soon as a key was used."""


class DamagedError(OSError):
    """A file is not what was kept; somebody or something changed it where it lies."""


class BucketError(OSError):
    """The bucket cannot be used; the sentence is the server's, or of whoever did not reach it."""


class BucketAddress(Protocol):
    """Where a bucket is, and with which keys it opens; without endpoint it is Amazon's."""

    @property
    def name(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def endpoint(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def ca_file(self) -> Path | None: ...
    @property
    def access_key(self) -> str: ...
    @property
    def secret_key(self) -> str: ...


class Shelf(Protocol):
    """Bytes under names that begin with two hexadecimal digits, whole and durable or not there."""

    def keep(self, name: str, content: Callable[[], bytes]) -> None:
        """Keep bytes under a name, asking for them only if they are not there yet."""
        ...

    def get(self, name: str) -> bytes:
        """Return the bytes.

        Raises:
            NotFoundError: there are none under this name.
        """
        ...

    def delete(self, name: str) -> None:
        """Remove the bytes; absent is fine."""
        ...

    def names(self, part: int, *, before: datetime | None = None) -> Iterator[str]:
        """Name everything in one of 256 parts, or what nobody kept since a moment."""
        ...

    def delete_unused(self, name: str, *, since: datetime) -> None:
        """Remove the bytes unless somebody kept them since."""
        ...

    def seals(self) -> Sequence[str]:
        """Return the words of the keys in use here, that of the newest first."""
        ...

    def mark(self, words: Sequence[str], *, is_first: bool = False) -> None:
        """Write those words down; the first ones only if nobody did so meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class DirectoryShelf:
    """A folder of files, `ab/cd/abcd...`, each complete and fsynced before it has its name.

    A full disk surfaces as OSError, and nothing half-written is ever under a final name.
    """

    folder: Path
    _settled: set[Path] = field(default_factory=set, init=False, repr=False, compare=False)

    def is_used(self) -> bool:
        """Whether anything was ever kept here."""
        return self.folder.exists()

    def keep(self, name: str, content: Callable[[], bytes]) -> None:
        path = self._path(name)
        if not _touched(path):
            self._make_folder(path.parent)
            _write(path, content())
        _fsync_folder(path.parent)

    def get(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as missing:
            raise NotFoundError("no-such-file", sha256=name) from missing

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self, part: int, *, before: datetime | None = None) -> Iterator[str]:
        for path in (self.folder / f"{part:02x}").glob("*/[!.]*"):
            # Somebody may remove it while we look.
            with suppress(FileNotFoundError):
                if before is None or _is_older(path, before):
                    yield path.name

    def delete_unused(self, name: str, *, since: datetime) -> None:
        path = self._path(name)
        leaving = path.with_name(f".leaving-{name}")
        try:
            # Whoever puts these bytes from here on finds nothing, and writes them anew.
            path.rename(leaving)
            if _is_older(leaving, since):
                leaving.unlink()
            else:
                leaving.rename(path)
        except FileNotFoundError:
            return

    def seals(self) -> Sequence[str]:
        try:
            return (self.folder / SEAL).read_text(encoding="ascii").split()
        except FileNotFoundError:
            return ()

    def mark(self, words: Sequence[str], *, is_first: bool = False) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / SEAL
        if not words:
            path.unlink(missing_ok=True)
        elif not is_first:
            _write(path, "\n".join(words).encode())
        else:
            fresh = self.folder / f".{SEAL}-{os.getpid()}"
            _write(fresh, "\n".join(words).encode())
            with suppress(FileExistsError):
                # Not replaced: of two processes that start at once, the second must agree.
                path.hardlink_to(fresh)
            fresh.unlink()
        _fsync_folder(self.folder)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:4] / name

    def _make_folder(self, folder: Path) -> None:
        if folder.exists():
            return
        self._settle(self.folder)
        self._settle(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _fsync_folder(folder.parent)

    def _settle(self, folder: Path) -> None:
        """Have a folder that survives a power cut: its parent was told, once, to keep its name."""
        try:
            folder.mkdir(mode=0o700, parents=True)
        except FileExistsError:
            if folder in self._settled:
                return
        _fsync_folder(folder.parent)
        self._settled.add(folder)


def _write(path: Path, content: bytes) -> None:
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
