"""Statements that every message runs: compiled once, then handed straight to the driver.

SQLAlchemy gives what it runs events, caches and a context that knows everything about it; that
costs several times what the database needs for a row found by its number. What is `prepared` is
written, typed and compiled by SQLAlchemy, and runs in its transactions; only the way from the
compiled text to the driver's cursor and back is ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor, DBAPIModule
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql import visitors

from storage.compiled import Statement, Text, Values, compiled, takes_lists

_LONGEST: Final = 512
"""On SQLite, each length of a list is a text of its own; longer ones are rare and run as usual."""


def prepared(statement: Statement) -> sa.Executable:
    """Return the statement as one that is run often, by `connection.execute` and `scalar`.

    It must be a constant: what was compiled of it is kept as long as it is. Its result has what
    every `sa.Result` has, and `rowcount`; nothing else of a `CursorResult`.
    """
    if isinstance(statement, sa.Insert) and not statement.returning_column_descriptions:
        statement = statement.inline()  # else PostgreSQL would be asked for the new id
    return _Prepared(statement)


class _Rows(IteratorResult[*tuple[Any, ...]]):
    """What a prepared statement found, or how many rows it changed."""

    def __init__(self, shape: SimpleResultMetaData, rows: Iterable[Any], rowcount: int) -> None:
        super().__init__(shape, iter(rows))
        self.rowcount = rowcount


class _Prepared(sa.Executable):
    """A statement and its texts, one for each database and each set of values it was given."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._texts: dict[tuple[object, ...], Text] = {}
        self._lists = frozenset(
            each.key
            for each in visitors.iterate(statement)
            if isinstance(each, sa.BindParameter) and each.expanding
        )

    def _execute_on_connection(
        self,
        connection: sa.Connection,
        distilled_params: Sequence[Values],
        execution_options: Mapping[str, Any],
    ) -> sa.CursorResult[Any]:
        """Answer `connection.execute`: SQLAlchemy leaves to a statement how it is run."""
        values: Values = distilled_params[0] if distilled_params else {}
        key: tuple[object, ...] = (connection.dialect.name, *values)
        if self._lists and not takes_lists(connection.dialect):
            even = {name: _evened(values[name]) for name in self._lists if name in values}
            lengths = [*map(len, even.values())]
            if max(lengths, default=0) > _LONGEST:
                options = execution_options
                return connection.execute(self._statement, values, execution_options=options)
            key, values = (*key, *lengths), {**values, **even}
            distilled_params = [values]
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = compiled(self._statement, connection.dialect, values)
        return cast("sa.CursorResult[Any]", self._run(connection, text, distilled_params))

    def _execute_on_scalar(
        self,
        connection: sa.Connection,
        distilled_params: Sequence[Values],
        execution_options: Mapping[str, Any],
    ) -> Any:  # noqa: ANN401 -- as SQLAlchemy declares it
        return self._execute_on_connection(connection, distilled_params, execution_options).scalar()

    def _run(self, connection: sa.Connection, text: Text, many: Sequence[Values]) -> _Rows:
        for heed in connection.dispatch.before_execute:
            heed(connection, self._statement, many, {}, {})
        if not connection.in_transaction():
            connection.begin()
        is_many = len(many) > 1
        each = [text.parameters(values) for values in many or [{}]]
        given: Any = each if is_many else each[0]
        cursor = text.cursor(connection.connection.dbapi_connection)
        for heed in connection.dispatch.before_cursor_execute:
            heed(connection, cursor, text.sql, given, None, is_many)
        try:
            if is_many:
                cursor.executemany(text.sql, given)
            else:
                cursor.execute(text.sql, given)
            return _Rows(text.shape, text.rows(cursor), cursor.rowcount)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection, cursor, text.sql, error) from error
        finally:
            cursor.close()


def _evened(members: Sequence[Any]) -> Sequence[Any]:
    """Say the last member again until they are a power of two, so that few texts are compiled.

    A text costs as much to compile as twenty rows to find, and batches are of any size.
    """
    most = len(members)
    even = 1 << (most - 1).bit_length() if most else 0
    return [*members, *[members[-1]] * (even - most)] if even > most else members


def _told(
    connection: sa.Connection, cursor: DBAPICursor, sql: str, error: DBAPIModule.Error
) -> BaseException:
    """Return the driver's error as SQLAlchemy's; never with the values, which are letters."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)
    told = sa.exc.DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
    if lost:
        connection.invalidate(error)
    return told
