"""Column types: what goes in comes out, on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.columns import Moment, storable, to_json

_WRITE: Final = Moment().bind_processor(sqlite.dialect())
_READ: Final = Moment().result_processor(sqlite.dialect(), None)
_HAND: Final = Moment().bind_processor(sa.make_url("postgresql+psycopg://").get_dialect()())


def test_a_moment_is_kept_in_utc() -> None:
    vilnius = timezone(timedelta(hours=3))
    noon = datetime(2026, 7, 1, 12, tzinfo=vilnius)

    handed = _HAND(noon)

    assert (_WRITE(noon), _WRITE(None)) == ("2026-07-01 09:00:00.000000", None)
    assert handed == noon
    assert isinstance(handed, datetime)
    assert handed.tzinfo is UTC


@pytest.mark.parametrize("bind", [_WRITE, _HAND])
def test_a_moment_without_a_time_zone_is_refused(bind: Callable[[datetime], object]) -> None:
    naive = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"):
        bind(naive)


@given(st.datetimes(timezones=st.just(UTC)))
def test_sqlite_keeps_moments_as_sqlalchemy_writes_them(moment: datetime) -> None:
    usual = sa.DateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
    assert usual is not None

    assert _WRITE(moment) == usual(moment)
    assert _READ(_WRITE(moment)) == moment
    assert _READ(None) is None


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("ąčęėįšųūž „kabutės“ 🙂", "ąčęėįšųūž „kabutės“ 🙂"),
        ("a\0b", "a\ufffdb"),
        ("\ud83d", "\ufffd"),
        ("a\ude42b", "a\ufffdb"),
    ],
)
def test_what_no_database_takes_is_replaced(given_text: str, kept: str) -> None:
    assert storable(given_text) == kept


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_proper_text_is_left_alone(text: str) -> None:
    assert storable(text) == text


@given(st.text(st.characters(categories=["Cs", "Lu", "Cc"])))
def test_any_text_becomes_storable(text: str) -> None:
    kept = storable(text)

    assert "\0" not in kept
    assert kept.encode().decode() == kept
    assert storable(kept) == kept


def test_json_is_readable_in_a_database_shell() -> None:
    assert to_json({"tekstas": "ąžuolas", "kiek": [1, None]}) == (
        '{"tekstas":"ąžuolas","kiek":[1,null]}'
    )
