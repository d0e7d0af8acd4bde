"""Make two rows one, and two again: whatever names the one is made to name the other."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, cast

import sqlalchemy as sa

from handlers.domain.errors import ConflictError
from handlers.domain.organisations import Journal
from knowledge_base.values import dataclass
from storage.columns import Moment
from storage.rows import metadata, tickets
from storage.sql import insert

_PIECE: Final = 500


@dataclass(frozen=True, slots=True)
class Joining:
    """Joins rows of one table; `fills` are the columns the kept row takes where it has nothing.

    Every column that names such a row is changed, those of tables to come included. What was
    changed is written into a journal; undoing it gives back what still names the kept row. Where
    two may not stand side by side (one place at one training), the later one stays.
    """

    connection: sa.Connection
    table: sa.Table
    fills: Collection[str]

    def join(self, kept: int, other: int) -> Journal:
        """Make the other row's everything the kept one's, and remove it.

        Raises:
            ConflictError: one of them is gone: somebody else was joining them.
        """
        ours, theirs = self._row(kept), self._row(other)
        filled = {name: theirs[name] for name in self.fills if theirs[name] and not ours[name]}
        dropped = [
            row
            for column in columns_naming(self.table)
            for row in self._dropped(column, other, kept)
        ]
        moved = {
            str(column): self._moved(column, other, kept) for column in columns_naming(self.table)
        }
        self.connection.execute(sa.delete(self.table).where(self.table.c.id == other))
        if filled:
            which = self.table.c.id == kept
            self.connection.execute(sa.update(self.table).where(which).values(filled))
        found = {column: numbers for column, numbers in moved.items() if numbers}
        row = {name: _as_json(value) for name, value in theirs.items()}
        return {"row": row, "filled": filled, "moved": found, "dropped": dropped}

    def undo(self, kept: int, journal: Journal) -> int:
        """Make them two again and return the number of the other row."""
        row = cast("Mapping[str, Any]", journal["row"])
        for name, value in cast("Mapping[str, Any]", journal["filled"]).items():
            still = (self.table.c.id == kept, self.table.c[name] == value)
            before: object = None if self.table.c[name].nullable else ""
            self.connection.execute(sa.update(self.table).where(*still).values({name: before}))
        self.connection.execute(sa.insert(self.table).values(_values(self.table, row)))
        moved = cast("Mapping[str, Sequence[int]]", journal["moved"])
        for column in columns_naming(self.table):
            for some in _pieces(moved.get(str(column), ())):
                still_kept = sa.and_(column.table.c.id.in_(some), column == kept)
                give(self.connection, column, still_kept, row["id"])
        for each in cast("Sequence[Mapping[str, Any]]", journal.get("dropped", ())):
            table = metadata.tables[each["table"]]
            again = insert(self.connection, table).values(_values(table, each["row"]))
            self.connection.execute(again.on_conflict_do_nothing())
        return int(row["id"])

    def _row(self, number: int) -> Mapping[str, Any]:
        statement = sa.select(self.table).where(self.table.c.id == number)
        row = self.connection.execute(statement.with_for_update()).mappings().one_or_none()
        if row is None:
            raise ConflictError("changed-meanwhile")
        return dict(row)

    def _dropped(self, column: sa.Column[Any], other: int, kept: int) -> list[Mapping[str, object]]:
        """Remove the earlier of each two rows that may not both be the kept one's."""
        table, ours = column.table, column.table.alias()
        same = [
            sa.and_(
                column == other,
                ours.c[column.name] == kept,
                *(table.c[each.name] == ours.c[each.name] for each in key if each is not column),
            )
            for key in _keys_with(column)
        ]
        if not same:
            return []
        earlier = sa.case((table.c.id < ours.c.id, table.c.id), else_=ours.c.id)
        pairs = self.connection.scalars(sa.select(earlier).join_from(table, ours, sa.or_(*same)))
        which = table.c.id.in_(pairs.all())
        found = self.connection.execute(sa.select(table).where(which)).mappings()
        rows = [{name: _as_json(value) for name, value in row.items()} for row in found]
        self.connection.execute(sa.delete(table).where(which))
        return [{"table": table.name, "row": row} for row in rows]

    def _moved(self, column: sa.Column[Any], other: int, kept: int) -> Sequence[int]:
        statement = sa.select(column.table.c.id).where(column == other)
        numbers = self.connection.scalars(statement.order_by(column.table.c.id)).all()
        if numbers:
            give(self.connection, column, column == other, kept)
        return numbers


def columns_naming(table: sa.Table) -> list[sa.Column[Any]]:
    """List every column that names a row of the table."""
    return [
        column
        for each in metadata.sorted_tables
        for column in each.c
        if any(key.column is table.c.id for key in column.foreign_keys)
    ]


def _keys_with(column: sa.Column[Any]) -> list[list[sa.Column[Any]]]:
    """List the columns of each unique key of which the column is a part."""
    keys = [
        list(each.columns)
        for each in column.table.constraints
        if isinstance(each, sa.UniqueConstraint)
    ]
    return [key for key in keys if column in key]


def give(
    connection: sa.Connection,
    column: sa.Column[Any],
    which: sa.ColumnElement[bool],
    to: int,
) -> None:
    """Make rows name another one; of a ticket, what anybody read before is out of date then."""
    changes: dict[sa.Column[Any], object] = {column: to}
    if column.table is tickets:
        changes[tickets.c.version] = tickets.c.version + 1
    connection.execute(sa.update(column.table).where(which).values(changes))


def _values(table: sa.Table, row: Mapping[str, Any]) -> dict[str, object]:
    return {name: _from_json(table.c[name], value) for name, value in row.items()}


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _from_json(column: sa.Column[Any], value: Any) -> object:  # noqa: ANN401 -- any column's
    if value is None:
        return None
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if isinstance(column.type, Moment) else value


def _pieces(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list into what one statement takes as its bound values."""
    for start in range(0, len(numbers), _PIECE):
        yield numbers[start : start + _PIECE]
