"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

Id: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A 64-bit id. SQLite gives out ids only to a column it knows as INTEGER."""


_Kind = TypeEngine[Any] | type[TypeEngine[Any]]


class Moment(sa.TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC; a naive one is refused."""

    impl: _Kind = sa.DateTime(timezone=True)
    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        if value is None:
            return None
        # SQLite keeps no time zone; what we wrote there was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(sa.TypeDecorator[str]):
    """Text of any length from anywhere.

    PostgreSQL refuses NUL and both databases refuse half a surrogate pair; broken mail has both.
    """

    impl: _Kind = sa.Text
    cache_ok: bool | None = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None if value is None else storable(str(value))


def storable(text: str) -> str:
    """Return the text with what no database takes replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def to_json(value: object) -> str:
    """Write a value for a JSON column, readable in any database shell."""
    return storable(_JSON.encode(value))
