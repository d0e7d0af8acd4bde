"""Rows that nobody reads back at once: gathered, and written together before anyone could."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cache, lru_cache
from typing import Final

import sqlalchemy as sa

from handlers.domain.errors import ConflictError
from knowledge_base.values import dataclass
from storage.many import Rows, add_all
from storage.memory import Memory
from storage.rows import metadata

_WORD: Final = re.compile(r"\w+")
_CHANGES: Final = re.compile(r"\b(?:INSERT INTO|UPDATE) (\w+)")


@dataclass(slots=True)
class _Gathered:
    """What is to be done with one table, new rows first.

    `taken` and `stale` are raised where a statement adds or changes fewer rows than it was given.
    """

    new: list[Mapping[str, object]] = field(default_factory=list)
    taken: ConflictError | None = None
    changes: list[Mapping[str, object]] = field(default_factory=list)
    change: sa.Executable | None = None
    stale: ConflictError | None = None


class Later:
    """Keeps new rows and changes of one transaction until the commit, or a statement asks for them.

    A batch of letters has its tickets, articles, lines of history, debts and files written by one
    statement each. No statement misses them: whatever names their table, by whatever way it is
    made, finds them written; so does whatever changes rows that may name them, and whatever removes
    rows, on which they may hang. What they hang on themselves is written before them.

    Whichever statement finds that a row was refused: the transaction can only be rolled back.
    """

    def __init__(self, connection: sa.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._gathered: defaultdict[sa.Table, _Gathered] = defaultdict(_Gathered)
        self._refusal: ConflictError | None = None
        self._listens = False

    def add(self, table: sa.Table, rows: Rows, *, taken: ConflictError | None = None) -> None:
        """Have rows written, each with the same columns as all others of this table.

        `taken` is raised when they are, if somebody else has written one like them meanwhile.
        """
        if not rows:
            return
        gathered = self._gathering(table)
        gathered.new += rows
        gathered.taken = gathered.taken or taken

    def change(
        self,
        table: sa.Table,
        statement: sa.Executable,
        values: Mapping[str, object],
        *,
        stale: ConflictError,
    ) -> None:
        """Have one row changed by a statement, the same for all others of this table.

        `stale` is raised when they are, if the row is no longer the one the statement means.
        """
        gathered = self._gathering(table)
        gathered.changes.append(values)
        gathered.change, gathered.stale = statement, gathered.stale or stale

    def write(self) -> None:
        """Write what was gathered.

        Raises:
            ConflictError: what a row was given with, now or by a statement before.
        """
        if self._refusal is not None:
            raise self._refusal
        self._write(list(self._gathered))

    def _gathering(self, table: sa.Table) -> _Gathered:
        if not self._listens:
            sa.event.listen(self._connection, "before_cursor_execute", self._notice)
            self._listens = True
        self._memory.change(table)
        return self._gathered[table]

    def _write(self, tables: Iterable[sa.Table]) -> None:
        for table in tables:
            for each in _with_parents(table):
                if gathered := self._gathered.pop(each, None):
                    self._add(each, gathered)
                    self._change(gathered)

    def _add(self, table: sa.Table, gathered: _Gathered) -> None:
        if not gathered.new:
            return
        with self._memory.touching():  # what was known was forgotten when the rows were given
            added = add_all(
                self._connection, table, gathered.new, or_pass_over=gathered.taken is not None
            )
        self._make_sure(len(gathered.new), added, gathered.taken)

    def _change(self, gathered: _Gathered) -> None:
        if gathered.change is None:
            return
        with self._memory.touching():
            changed = self._connection.execute(gathered.change, gathered.changes).rowcount
        self._make_sure(len(gathered.changes), changed, gathered.stale)

    def _make_sure(self, wanted: int, written: int, refusal: ConflictError | None) -> None:
        if refusal is not None and written < wanted:
            self._refusal = refusal
            raise refusal

    def _notice(
        self,
        _connection: sa.Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        _context: object,
        _is_many: object,
    ) -> None:
        if not self._gathered:
            return
        needed = _needed_by(statement)
        self._write([each for each in self._gathered if needed is None or each.name in needed])


@lru_cache(maxsize=512)
def _needed_by(statement: str) -> frozenset[str] | None:
    """Return the names of the tables that are to be written before a statement; None: all."""
    words = frozenset(_WORD.findall(statement))
    if "DELETE" in words:
        return None
    changed = [metadata.tables.get(name) for name in _CHANGES.findall(statement)]
    parents = (_with_parents(table) for table in changed if table is not None)
    return words.union(parent.name for each in parents for parent in each)


@cache
def _with_parents(table: sa.Table) -> Sequence[sa.Table]:
    """Return the table after all it hangs on."""
    found = {table}
    for key in table.foreign_keys:
        if key.column.table is not table:
            found.update(_with_parents(key.column.table))
    return [each for each in metadata.sorted_tables if each in found]
