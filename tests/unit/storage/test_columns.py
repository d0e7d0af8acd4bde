"""Column types: what goes in comes out, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.columns import Moment, storable, to_json

_SQLITE = sqlite.dialect()


def test_a_moment_is_kept_in_utc() -> None:
    vilnius = timezone(timedelta(hours=3))

    bound = Moment().process_bind_param(datetime(2026, 7, 1, 12, tzinfo=vilnius), _SQLITE)

    assert bound == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert bound.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(naive, _SQLITE)


def test_what_sqlite_gives_back_is_utc() -> None:
    naive = datetime(2026, 7, 1, 9, tzinfo=UTC).replace(tzinfo=None)

    assert Moment().process_result_value(naive, _SQLITE) == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert Moment().process_result_value(None, _SQLITE) is None
    assert Moment().process_bind_param(None, _SQLITE) is None


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
