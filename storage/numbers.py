"""The ids of new rows, known before the rows are written."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from storage.prepared import prepared
from storage.rows import articles, people, tickets

_NUMBERED: Final = (people, tickets, articles)


def _next(place: int) -> sa.Select[int, int]:
    """Select as many numbers of a sequence of PostgreSQL as the parameter says.

    The text does not name the table: nothing of it has to be written before (`Later`).
    """
    sequence = sa.literal(f"{_NUMBERED[place].name}_id_seq", sa.String)
    number = sa.func.nextval(sequence, type_=sa.BigInteger)
    rows = sa.func.generate_series(1, sa.bindparam(_wanted(place), type_=sa.Integer))
    return sa.select(
        sa.literal(place, sa.Integer).label("place"), number.label("number")
    ).select_from(rows.alias("rows"))


def _wanted(place: int) -> str:
    return f"wanted_{place}"


_TAKE: Final = prepared(sa.select(sa.union_all(*map(_next, range(len(_NUMBERED)))).subquery()))
_counters: Final = sa.table(
    "sqlite_sequence", sa.column("name", sa.String), sa.column("seq", sa.Integer)
)
_COUNTED: Final = prepared(sa.select(_counters.c.seq).where(_counters.c.name == sa.bindparam("of")))


class Numbers:
    """Gives out the ids of people, tickets and articles, in one transaction.

    So a row can be named by others before it is written, and all of a batch are written together.
    PostgreSQL's sequences are asked once for what a batch will need. On SQLite whoever writes is
    alone, and counts on from the last number given out.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._counts = connection.dialect.name == "sqlite"
        self._reserved: defaultdict[sa.Table, deque[int]] = defaultdict(deque)
        self._last: dict[sa.Table, int] = {}

    def reserve(self, wanted: Mapping[sa.Table, int]) -> None:
        """Ask for so many numbers of each table; those nobody takes are never given out again."""
        if self._counts:
            return
        counts = {_wanted(place): wanted.get(each, 0) for place, each in enumerate(_NUMBERED)}
        for place, number in sorted(self._connection.execute(_TAKE, counts)):
            self._reserved[_NUMBERED[place]].append(number)

    def take(self, table: sa.Table) -> int:
        """Give out the next number of a table."""
        if self._counts:
            last = self._last.get(table)
            if last is None:
                last = self._connection.scalar(_COUNTED, {"of": table.name}) or 0
            self._last[table] = last + 1
            return last + 1
        if not self._reserved[table]:
            self.reserve({table: 1})
        return self._reserved[table].popleft()

    def forget(self) -> None:
        """Begin anew in the next transaction: others may have written meanwhile."""
        self._reserved.clear()
        self._last.clear()
