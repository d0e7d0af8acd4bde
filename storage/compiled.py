"""The text of a prepared statement, and the way of its values into the driver and back.

SQLAlchemy writes the statement and knows the types; here its names become numbers, what it holds
itself is written into the text, and a list is one value where the database knows lists. So a server
plans a statement once, whatever it is given.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import Any, Final, TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler

from knowledge_base.values import dataclass

Statement: TypeAlias = sa.Select[Any] | sa.Insert | sa.Update | sa.Delete
Values: TypeAlias = Mapping[str, Any]
_Convert: TypeAlias = Callable[[Any], Any]

_NAMED: Final = re.compile(
    r"(?P<not>NOT )?IN \(__\[POSTCOMPILE_(?P<list>\w+)\]\)|%\((?P<name>\w+)\)s|%%"
)
"""What SQLAlchemy leaves open in a text whose values go by names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the driver is given for values of these names, and lists of these lengths.

    `places` are the names in the order of their numbers in `sql`, each with what makes of its value
    what the driver wants; `members` are those of the lists that are cut into values. `columns` are
    those that the driver gives otherwise than they are wanted; None: the statement finds no rows.
    """

    sql: str
    cursor: Callable[[Any], DBAPICursor]
    places: Sequence[tuple[str, _Convert | None]]
    members: Mapping[str, Sequence[str]]
    shape: SimpleResultMetaData
    columns: Sequence[tuple[int, _Convert]] | None

    def parameters(self, values: Values) -> Sequence[object]:
        """Put the values in their places."""
        if self.members:
            values = dict(values)
            for name, each in self.members.items():
                values.update(zip(each, values[name], strict=True))
        given = [
            values[name] if convert is None else convert(values[name])
            for name, convert in self.places
        ]
        return tuple(given)

    def rows(self, cursor: DBAPICursor) -> Sequence[Sequence[Any]]:
        """Return what was found, as SQLAlchemy would."""
        if self.columns is None:
            return ()
        rows = cursor.fetchall()
        if not (rows and self.columns):
            return rows
        columns: list[Sequence[Any]] = [*zip(*rows, strict=True)]
        for place, convert in self.columns:
            columns[place] = [convert(value) for value in columns[place]]
        return [*zip(*columns, strict=True)]


def takes_lists(dialect: sa.Dialect) -> bool:
    """Tell whether a list is one value, so that its length does not matter."""
    return dialect.name == "postgresql"


def compiled(statement: Statement, dialect: sa.Dialect, values: Values) -> Text:
    """Write the text for values like these.

    Raises:
        TypeError: Python would have to make values of its own.
    """
    named = dialect
    if dialect.paramstyle != "pyformat":
        named = cast("Callable[..., sa.Dialect]", type(dialect))(paramstyle="pyformat")
    written = statement.compile(dialect=named, column_keys=list(values))
    if written.insert_prefetch or written.update_prefetch:
        raise TypeError("a prepared statement has no values made by Python")
    writing = _Writing(written, dialect, values)
    found = (
        statement.column_descriptions
        if isinstance(statement, sa.Select)
        else statement.returning_column_descriptions
    )
    kinds = [each["type"].dialect_impl(dialect) for each in found]
    reads = [(place, kind.result_processor(dialect, None)) for place, kind in enumerate(kinds)]
    return Text(
        sql=_NAMED.sub(writing.mark, written.string),
        cursor=dialect.loaded_dbapi.RawCursor if takes_lists(dialect) else methodcaller("cursor"),
        places=list(writing.places.items()),
        members=writing.members,
        shape=SimpleResultMetaData([each["name"] for each in found]),
        columns=[(place, read) for place, read in reads if read is not None] if found else None,
    )


class _Writing:
    """Numbers the values as the text names them."""

    def __init__(self, written: SQLCompiler, dialect: sa.Dialect, values: Values) -> None:
        self._written, self._dialect, self._values = written, dialect, values
        self._sign = "$" if takes_lists(dialect) else "?"
        self._numbers: dict[str, int] = {}
        self.places: dict[str, _Convert | None] = {}
        self.members: dict[str, Sequence[str]] = {}

    def mark(self, found: re.Match[str]) -> str:
        """Say what stands in the text for what was left open."""
        if found["list"]:
            negated = bool(found["not"])
            return self._list(found["list"], "NOT IN" if negated else "IN")
        return self._one(found["name"]) if found["name"] else "%"

    def _one(self, name: str) -> str:
        bind = self._written.binds[name]
        if name not in self._values:
            return self._literal(bind.type, bind.effective_value)
        return self._place(name, self._convert(bind.type))

    def _list(self, name: str, is_in: str) -> str:
        kind = self._written.binds[name].type
        convert = self._convert(kind)
        if name not in self._values:
            values = self._written.binds[name].effective_value or ()
            return f"{is_in} ({', '.join(self._literal(kind, each) for each in values)})"
        if takes_lists(self._dialect) and is_in == "IN":
            of = self._dialect.type_compiler_instance.process(kind)
            whole = list if convert is None else lambda values: [*map(convert, values)]
            return f"= ANY ({self._place(name, whole)}::{of}[])"
        each = self.members[name] = [f"{name} {n}" for n in range(len(self._values[name]))]
        return f"{is_in} ({', '.join(self._place(member, convert) for member in each)})"

    def _place(self, name: str, convert: _Convert | None) -> str:
        self.places.setdefault(name, convert)
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        return f"{self._sign}{number}"

    def _convert(self, kind: sa.types.TypeEngine[Any]) -> _Convert | None:
        return kind.dialect_impl(self._dialect).bind_processor(self._dialect)

    def _literal(self, kind: sa.types.TypeEngine[Any], value: object) -> str:
        return self._written.render_literal_value(value, kind).replace("%%", "%")
