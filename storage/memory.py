"""What a unit of work has looked up, so that it asks once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

import sqlalchemy as sa

T = TypeVar("T")


class Memory:
    """Remembers look-ups for one transaction, each until a table it reads is written to.

    Repositories say what they read and never what they change: the statements themselves tell, so
    a new way of writing cannot leave something out of date behind. A statement that names no table
    (text, DDL) makes everything forgotten. Who writes what nearly every message needs may vouch for
    more: that a statement shows in these look-ups and in no other (`touching`).
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[Hashable, object] = {}
        self._reading: defaultdict[sa.FromClause, set[Hashable]] = defaultdict(set)
        self._touched: tuple[Hashable, ...] | None = None
        self._listens = False

    def recall(self, key: Hashable, reads: tuple[sa.Table, ...], look_up: Callable[[], T]) -> T:
        """Return what is known under the key, looking it up if nothing is."""
        if key not in self._known:
            self.keep(key, reads, look_up())
        return cast("T", self._known[key])

    def known(self, key: Hashable) -> object:
        """Return what is known under the key; None, too, if nothing is."""
        return self._known.get(key)

    def knows(self, key: Hashable, value: object) -> bool:
        """Tell whether this is what is known under the key."""
        return key in self._known and self._known[key] == value

    def keep(self, key: Hashable, reads: tuple[sa.Table, ...], value: object) -> None:
        """Remember what was learned on the way."""
        if not self._listens:
            # Not before: most transactions of the relay look nothing up.
            sa.event.listen(self._connection, "before_execute", self._notice)
            self._listens = True
        self._known[key] = value
        for table in reads:
            self._reading[table].add(key)

    @contextmanager
    def touching(self, *keys: Hashable) -> Iterator[None]:
        """Let the statement run within make only these look-ups forgotten."""
        before, self._touched = self._touched, keys
        try:
            yield
        finally:
            self._touched = before

    def change(self, table: sa.FromClause) -> None:
        """Forget what was read of a table that changes."""
        if self._touched is not None:
            forgotten: Iterable[Hashable] = self._touched
        else:
            forgotten = self._reading.pop(table, ())
        for key in forgotten:
            self._known.pop(key, None)

    def _notice(
        self,
        _connection: sa.Connection,
        statement: sa.Executable,
        _many: object,
        _one: object,
        _options: object,
    ) -> None:
        match statement:
            case sa.UpdateBase():
                self.change(statement.table)
            case sa.SelectBase() | sa.sql.functions.FunctionElement():
                pass
            case _:
                self._known.clear()
                self._reading.clear()
