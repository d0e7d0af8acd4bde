"""Attachments and large raw messages, called by the SHA-256 of their content.

They are written one way: on one shelf, sealed with one key or with none. They are read in every way
they may have been written before: with the previous key, without one, on this machine's disk
before there was a bucket. `rewrite` ends that.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handlers.domain.errors import NotFoundError
from knowledge_base.values import dataclass
from storage.shelves import DamagedError, DirectoryShelf, Shelf

if TYPE_CHECKING:
    from storage.sealing import Seal  # the extra `encryption`

_FOLDER: Final = "files"
_HEX: Final = frozenset("0123456789abcdef")
_LENGTH: Final = hashlib.sha256().digest_size * 2
_PARTS: Final = 256
_SHORTEST: Final = 32
"""Characters; a key is made by a machine, not thought up."""


class FilesKeyError(Exception):
    """A key of the files is missing, wrong or weak; the sentence says which."""


@dataclass(frozen=True, slots=True)
class FileKeys:
    """The key files are written with, and the one that older ones may have been."""

    present: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to keep a file: where, and sealed with which key."""

    shelf: Shelf
    seal: "Seal | None"

    def keep(self, sha256: str, content: bytes) -> None:
        self.shelf.keep(self._name(sha256), lambda: self._closed(sha256, content))

    def get(self, sha256: str) -> bytes:
        kept = self.shelf.get(self._name(sha256))
        return kept if self.seal is None else self.seal.open(kept, sha256)

    def delete(self, sha256: str) -> None:
        self.shelf.delete(self._name(sha256))

    def delete_unused(self, sha256: str, *, since: datetime) -> None:
        self.shelf.delete_unused(self._name(sha256), since=since)

    def sha256_of(self, name: str) -> str | None:
        """Return what rows call a file; None for one that was kept in another way."""
        if self.seal is None:
            return name if _is_sha256(name) else None
        return self.seal.sha256_of(name)

    def _name(self, sha256: str) -> str:
        return sha256 if self.seal is None else self.seal.name(sha256)

    def _closed(self, sha256: str, content: bytes) -> bytes:
        return content if self.seal is None else self.seal.close(content, sha256)


@dataclass(frozen=True, slots=True)
class Files:
    """The port `FileStore`: written the first way, read in all."""

    ways: tuple[Way, ...]

    @property
    def is_sealed(self) -> bool:
        return self.ways[0].seal is not None

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.ways[0].keep(sha256, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        _require_sha256(sha256)
        # The first once more at the end: it may have come there while we looked elsewhere.
        for way in (*self.ways, *self.ways[:1]):
            with suppress(NotFoundError):
                return way.get(sha256)
        raise NotFoundError("no-such-file", sha256=sha256)

    def delete(self, sha256: str) -> None:
        _require_sha256(sha256)
        for way in self.ways:
            way.delete(sha256)

    def unused_since(self, part: int, moment: datetime) -> Sequence[str]:
        found = (
            way.sha256_of(name)
            for shelf in self._shelves
            for name in shelf.names(part, before=moment)
            for way in self.ways
            if way.shelf is shelf
        )
        return sorted({sha256 for sha256 in found if sha256 is not None})

    def delete_unused(self, sha256: str, *, since: datetime) -> None:
        _require_sha256(sha256)
        for way in self.ways:
            way.delete_unused(sha256, since=since)

    def rewrite(self) -> Iterator[str]:
        """Bring every file to the first way, beside a running service; name each that moved.

        A file leaves its old place only when it was read back from the new one: whoever is stopped
        in between begins again. Only at the end are older keys no longer asked for.

        Raises:
            DamagedError: some were changed where they are kept; all others have moved.
            OSError: a shelf cannot be used.
        """
        damaged: list[str] = []
        for way, sha256 in self._strays():
            try:
                self._move(way, sha256)
            except NotFoundError:
                continue  # its ticket was erased meanwhile
            except DamagedError:
                damaged.append(sha256)
                continue
            yield sha256
        if damaged:
            raise DamagedError(f"{len(damaged)} files are damaged, the first is {damaged[0]}")
        for shelf in self._shelves:
            seal = self.ways[0].seal
            shelf.mark([seal.word] if seal and shelf is self.ways[0].shelf else [])

    def _move(self, way: Way, sha256: str) -> None:
        content = way.get(sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedError(sha256)
        self.ways[0].keep(sha256, content)
        if self.ways[0].get(sha256) != content:
            raise DamagedError(sha256)
        way.delete(sha256)

    def _strays(self) -> Iterator[tuple[Way, str]]:
        """Find every file that was kept in another way than the first."""
        for shelf in self._shelves:
            older = [way for way in self.ways[1:] if way.shelf is shelf]
            for part in range(_PARTS):
                for name in list(shelf.names(part)):
                    for way in older:
                        sha256 = way.sha256_of(name)
                        if sha256 is not None:
                            yield way, sha256

    @property
    def _shelves(self) -> Sequence[Shelf]:
        return list({id(way.shelf): way.shelf for way in self.ways}.values())


def open_files(data_dir: Path, keys: FileKeys | None = None, bucket: Shelf | None = None) -> Files:
    """Return the files kept in the data directory, or in a bucket and before in that directory.

    Raises:
        FilesKeyError: the files were sealed with another key, or a key is weak.
        OSError: the place cannot be used.
    """
    keys = keys or FileKeys()
    directory = DirectoryShelf(data_dir / _FOLDER)
    shelves: list[Shelf] = [directory]
    if bucket is not None:
        shelves = [bucket, directory] if directory.is_used() else [bucket]
    seals = _seals(keys)
    for shelf in shelves:
        _agree(shelf, seals, writes=shelf is shelves[0])
    return Files(tuple(Way(shelf, seal) for shelf in shelves for seal in seals))


def directory_files(data_dir: Path) -> Files:
    """Return the files of the data directory for whoever opens none of them."""
    return Files((Way(DirectoryShelf(data_dir / _FOLDER), None),))


def _seals(keys: FileKeys) -> "list[Seal | None]":
    """Return what files are written with, then what they may have been written with."""
    given = [key for key in (keys.present, keys.previous) if key is not None]
    if any(len(key) < _SHORTEST for key in given):
        raise FilesKeyError(f"the key must have at least {_SHORTEST} characters")
    if not given:
        return [None]
    from storage.sealing import make_seal  # noqa: PLC0415 -- the extra `encryption`

    made = [make_seal(key) for key in given]
    return [*made, None] if keys.present is not None else [None, *made]


def _agree(shelf: Shelf, seals: "Sequence[Seal | None]", *, writes: bool) -> None:
    """Hold the keys against those in use on the shelf, and write a new one down."""
    words = [seal.word for seal in seals if seal is not None]
    used = list(shelf.seals())
    is_new = writes and seals[0] is not None and used[:1] != words[:1]
    if is_new and set(used) <= set(words):
        shelf.mark([words[0], *(word for word in used if word != words[0])], is_first=not used)
        used = list(shelf.seals())
    if set(used) <= set(words):
        return
    if not words:
        raise FilesKeyError("the files are sealed; the key they were sealed with is needed")
    raise FilesKeyError("files were sealed with another key; it is needed until they are rewritten")


def _is_sha256(name: str) -> bool:
    return len(name) == _LENGTH and _HEX.issuperset(name)


def _require_sha256(name: str) -> None:
    if not _is_sha256(name):
        raise NotFoundError("no-such-file", sha256=name)
