"""The FAQ entries in force, every version of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from knowledge_base.entries import Entry
from knowledge_base.values import dataclass
from storage.prepared import prepared
from storage.rows import entries as versions

_row = versions.c
_STAMP: Final = prepared(sa.select(sa.func.max(_row.id)))


@dataclass(frozen=True, slots=True)
class SqlEntries:
    """The port `Entries`. A version is never changed or removed."""

    connection: sa.Connection

    def rows(self) -> Sequence[Entry]:
        newest = sa.select(sa.func.max(_row.id)).group_by(_row.entry)
        statement = sa.select(_row.body).where(_row.id.in_(newest)).order_by(_row.entry)
        return [_shape().validate_python(body) for body in self.connection.scalars(statement)]

    def put(self, entries: Sequence[Entry], *, at: datetime, by: str) -> int:
        known = {entry.id: entry for entry in self.rows()}
        new = [version for entry in entries if (version := _next(entry, known)) is not None]
        if new:
            self.connection.execute(sa.insert(versions), [_version(each, at, by) for each in new])
        return len(new)

    def stamp(self) -> int:
        return self.connection.scalar(_STAMP) or 0


def _next(entry: Entry, known: Mapping[str, Entry]) -> Entry | None:
    """Return the entry as its next version; None when it says what the newest one says."""
    newest = known.get(entry.id)
    if newest is None:
        return replace(entry, version=1)
    if replace(entry, version=newest.version) == newest:
        return None
    return replace(entry, version=newest.version + 1)


def _version(entry: Entry, at: datetime, by: str) -> dict[str, Any]:
    body = _shape().dump_python(entry, mode="json")
    return {"entry": entry.id, "version": entry.version, "body": body, "at": at, "by": by}


@cache
def _shape() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)
