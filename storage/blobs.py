"""Bytes a row owns: small ones in the row, large ones in the file store under their SHA-256.

Where files are sealed, small ones go there too: a row cannot be.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from handlers.ports import FileStore
from knowledge_base.values import dataclass
from storage.rows import attachments, deliverables, inbox, outbox, statutes

LARGEST_IN_ROW: Final = 64 * 1024

_CHUNK: Final = 500
_NAMING: Final = (
    attachments.c.sha256,
    inbox.c.raw_sha256,
    outbox.c.rendered_sha256,
    statutes.c.sha256,
    deliverables.c.sha256,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where bytes went: into the row, or into the file store."""

    in_row: bytes | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Blobs:
    """Keeps and reads such bytes."""

    files: FileStore

    def keep(self, content: bytes) -> Kept:
        """Choose the place; a file is written and fsynced before its row can name it."""
        if len(content) <= LARGEST_IN_ROW and not self.files.is_sealed:
            return Kept(content, None)
        return Kept(None, self.files.put(content))

    def read(self, in_row: bytes | None, sha256: str | None) -> bytes | None:
        """Return the bytes; None when they were removed."""
        if in_row is not None:
            return in_row
        return None if sha256 is None else self.files.get(sha256)


def unnamed(connection: sa.Connection, candidates: Sequence[str]) -> frozenset[str]:
    """Return those files no row names any more."""
    named: set[str] = set()
    for start in range(0, len(candidates), _CHUNK):
        some = candidates[start : start + _CHUNK]
        for column in _NAMING:
            named.update(connection.scalars(sa.select(column).where(column.in_(some))))
    return frozenset(candidates) - named
