"""Many new rows of a table, added by one statement."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import sqlalchemy as sa

from storage.columns import Moment, Words, as_words, in_utc, to_json
from storage.prepared import prepared
from storage.sql import insert_on

Rows = Sequence[Mapping[str, object]]
_Write = Callable[[Any], object]

_ROWS: Final = "rows"


def add_all(
    connection: sa.Connection, table: sa.Table, rows: Rows, *, or_pass_over: bool = False
) -> int:
    """Add rows, all of the same columns, in the order given, and return how many were added.

    PostgreSQL takes them as one value, a JSON array: of rows sent one by one each takes the driver
    more than three times as long, and the server a third longer.

    Raises:
        KeyError: a row lacks a column that others have.
    """
    columns = tuple(rows[0])
    if connection.dialect.name == "sqlite":
        return connection.execute(_one_by_one(table, or_pass_over), rows).rowcount
    writers = _writers(table, columns)
    given = [{name: write(row[name]) for name, write in writers.items()} for row in rows]
    return connection.execute(_as_one(table, columns, or_pass_over), {_ROWS: given}).rowcount


@cache
def _one_by_one(table: sa.Table, or_pass_over: bool) -> sa.Executable:  # noqa: FBT001 -- cached
    adding = insert_on("sqlite", table)
    return prepared(adding.on_conflict_do_nothing() if or_pass_over else adding)


@lru_cache(maxsize=64)
def _as_one(
    table: sa.Table,
    columns: tuple[str, ...],
    or_pass_over: bool,  # noqa: FBT001 -- cached
) -> sa.Executable:
    kept = [table.c[name] for name in columns]
    given = sa.func.json_to_recordset(sa.bindparam(_ROWS, type_=sa.JSON))
    # A value that is JSON itself travels as a string: as part of the array, its \u0000 is refused.
    read = given.table_valued(
        *(sa.column(each.name, sa.Text if _is_json(each) else each.type) for each in kept)
    ).render_derived("given", with_types=True)
    values = [
        sa.cast(read.c[each.name], each.type) if _is_json(each) else read.c[each.name]
        for each in kept
    ]
    adding = insert_on("postgresql", table).from_select(
        [*columns], sa.select(*values), include_defaults=False
    )
    return prepared(adding.on_conflict_do_nothing() if or_pass_over else adding)


@lru_cache(maxsize=64)
def _writers(table: sa.Table, columns: tuple[str, ...]) -> Mapping[str, _Write]:
    """Return what makes of each column's value one that JSON has a form for."""
    return {name: _writer(table.c[name]) for name in columns}


def _writer(column: sa.Column[Any]) -> _Write:
    match column.type:
        case Words():
            return as_words
        case Moment():
            return lambda moment: None if moment is None else in_utc(moment).isoformat()
        case sa.JSON():
            return to_json
        case sa.Integer() | sa.Boolean():  # also those of 64 bits
            return _as_it_is
        case other:
            raise TypeError(f"{column} is of {other!r}, which nobody writes as JSON yet")


def _as_it_is(value: object) -> object:
    return value


def _is_json(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.JSON)
