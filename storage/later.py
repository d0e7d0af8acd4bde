"""Rows that nobody reads back at once: gathered, and written together before anyone could."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from storage.memory import Memory
from storage.prepared import prepared

Rows = Sequence[Mapping[str, object]]


class Later:
    """Keeps new rows of one transaction until a statement names their table, or the commit.

    A batch of letters has its lines of history, debts and files written by one statement each. No
    statement misses them: whatever names their table, by whatever way it is made, finds them
    written; so does whatever removes rows, on which they may hang. What they hang on themselves is
    written before they are given here.
    """

    def __init__(self, connection: sa.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._rows: defaultdict[sa.Table, list[Mapping[str, object]]] = defaultdict(list)
        self._listens = False

    def add(self, table: sa.Table, rows: Rows) -> None:
        """Have rows written, each with the same columns as all others of this table."""
        if not rows:
            return
        if not self._listens:
            sa.event.listen(self._connection, "before_cursor_execute", self._notice)
            self._listens = True
        self._memory.change(table)
        self._rows[table] += rows

    def write(self) -> None:
        """Write what was gathered."""
        self._write(list(self._rows))

    def _write(self, tables: Iterable[sa.Table]) -> None:
        gathered = [(table, self._rows.pop(table)) for table in tables]
        for table, rows in gathered:
            # What was known of the table was forgotten when these were given.
            with self._memory.touching():
                self._connection.execute(_adding(table), rows)

    def _notice(
        self,
        _connection: sa.Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        _context: object,
        _is_many: object,
    ) -> None:
        if self._rows:
            removes = "DELETE" in statement
            self._write([each for each in self._rows if removes or each.name in statement])


@cache
def _adding(table: sa.Table) -> sa.Executable:
    return prepared(sa.insert(table))
