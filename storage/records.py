"""Records with all their versions: a version is written once, the newest is in force."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter

from knowledge_base.values import dataclass
from storage.prepared import prepared
from storage.rows import records

T = TypeVar("T")

_row = records.c
_of_kind: Final = _row.kind == sa.bindparam("kind")
_NEWEST: Final = prepared(
    sa.select(records)
    .where(_row.id.in_(sa.select(sa.func.max(_row.id)).where(_of_kind).group_by(_row.name)))
    .order_by(_row.name)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Generic[T]):
    """A record as it was written down at a moment."""

    record: T
    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Versions(Generic[T]):
    """The records of one kind."""

    connection: sa.Connection
    kind: str
    shape: TypeAdapter[T]

    def newest(self) -> list[Version[T]]:
        """List the newest version of each, by name."""
        found = self.connection.execute(_NEWEST, {"kind": self.kind})
        return [self._version(row) for row in found]

    def of(self, name: str) -> Sequence[Version[T]]:
        """List the versions of one, the oldest first."""
        own = sa.and_(_row.kind == self.kind, _row.name == name)
        statement = sa.select(records).where(own).order_by(_row.version)
        return [self._version(row) for row in self.connection.execute(statement)]

    def put(self, name: str, record: T, *, at: datetime, by: str) -> bool:
        """Write the record unless its newest version says the same; tell whether it was written."""
        versions = self.of(name)
        if versions and versions[-1].record == record:
            return False
        number = versions[-1].number + 1 if versions else 1
        body = self.shape.dump_python(record, mode="json")
        row = {"kind": self.kind, "name": name, "version": number, "body": body}
        self.connection.execute(sa.insert(records).values(**row, at=at, by=by))
        return True

    def rewrite(self, changed: Iterable[tuple[str, int, T]]) -> None:
        """Write other words over versions: only for what the law takes out of history."""
        for name, number, record in changed:
            own = sa.and_(_row.kind == self.kind, _row.name == name, _row.version == number)
            body = self.shape.dump_python(record, mode="json")
            self.connection.execute(sa.update(records).where(own).values(body=body))

    def names(self) -> Sequence[str]:
        """List the names."""
        statement = sa.select(_row.name).where(_row.kind == self.kind).distinct()
        return self.connection.scalars(statement.order_by(_row.name)).all()

    def _version(self, row: sa.Row[Any]) -> Version[T]:
        record = self.shape.validate_python(row.body)
        return Version(record=record, number=row.version, at=row.at, by=row.by)
