"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

Id: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A 64-bit id. SQLite gives out ids only to a column it knows as INTEGER."""


_Kind = TypeEngine[Any] | type[TypeEngine[Any]]
T = TypeVar("T")


class Moment(sa.TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC; a naive one is refused."""

    impl: _Kind = sa.DateTime(timezone=True)
    cache_ok: bool | None = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], object]:
        # One function, not one of ours within one of SQLAlchemy's: nearly every value is a moment
        # or words.
        return _as_sqlite_keeps_it if dialect.name == "sqlite" else _in_utc

    def result_processor(
        self,
        dialect: Dialect,
        coltype: object,  # noqa: ARG002 -- SQLAlchemy's signature
    ) -> Callable[[Any], datetime | None]:
        return _as_sqlite_kept_it if dialect.name == "sqlite" else _in_utc


def in_utc(value: datetime) -> datetime:
    """Return the moment as it is given back, in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else in_utc(value)


def _as_sqlite_keeps_it(value: datetime | None) -> str | None:
    """Write a moment as SQLAlchemy does, without a time zone."""
    if value is None:
        return None
    at = in_utc(value)
    # In half the time of `isoformat` or an f-string.
    day, time = (at.year, at.month, at.day), (at.hour, at.minute, at.second, at.microsecond)
    return "%04d-%02d-%02d %02d:%02d:%02d.%06d" % (*day, *time)  # noqa: UP031


def _as_sqlite_kept_it(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


class Words(sa.TypeDecorator[str]):
    """Text of any length from anywhere.

    PostgreSQL refuses NUL and both databases refuse half a surrogate pair; broken mail has both.
    """

    impl: _Kind = sa.Text
    cache_ok: bool | None = True

    def process_literal_param(self, value: str | None, dialect: Dialect) -> str:  # noqa: ARG002 -- SQLAlchemy's signature
        return str(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002 -- SQLAlchemy's signature
        return as_words


def as_words(value: object) -> str | None:
    """Return a value as its column keeps it."""
    return None if value is None else storable(str(value))


def optional(kind: Callable[[Any], T], value: object) -> T | None:
    """Return what a column holds as one of its kind, None where it holds nothing."""
    return None if value is None else kind(value)


def storable(text: str) -> str:
    """Return the text with what no database takes replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_json(value: object) -> str:
    """Write a value for a JSON column, readable in any database shell."""
    return storable(_JSON.encode(value))
