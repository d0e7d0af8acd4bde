"""Working time: Lithuanian days and hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.working_time import VILNIUS, WorkingTime
from tests.wired import CLOSES, OPENS

HOURS = WorkingTime(opens=OPENS, closes=CLOSES, answer_days=2)
FIXED = {(1, 1), (2, 16), (3, 11), (5, 1), (6, 24), (7, 6), (8, 15), (11, 1), (11, 2)} | {
    (12, 24),
    (12, 25),
    (12, 26),
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


def easter(year: int) -> date:
    """Compute Easter Sunday (Meeus, Jones, Butcher), apart from the library under test."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - (c % 4)) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def works(day: date) -> bool:
    """Decide the slow and obvious way."""
    if day.weekday() in {5, 6} or (day.month, day.day) in FIXED:
        return False
    return day != easter(day.year) + timedelta(days=1)


@given(some.dates(date(2021, 1, 1), date(2060, 12, 31)))
def test_working_days_are_those_of_the_law(day: date) -> None:
    assert HOURS.is_working_day(day) is works(day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-04-06", "Easter Monday"),
        ("2026-11-02", "Vėlinės"),
        ("2026-06-24", "Joninės"),
        ("2026-12-24", "Kūčios"),
        ("2026-02-16", "Vasario 16-oji"),
        ("2026-03-01", "Sunday"),
    ],
)
def test_nobody_works_on(day: str, name: str) -> None:
    assert not HOURS.is_working_day(date.fromisoformat(day)), name


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02T08:59:59", False),
        ("2026-03-02T09:00:00", True),
        ("2026-03-02T17:59:59", True),
        ("2026-03-02T18:00:00", False),
        ("2026-02-28T12:00:00", False),
        ("2026-11-02T12:00:00", False),
    ],
)
def test_the_desk_is_open_in_its_hours_on_working_days(moment: str, *, is_open: bool) -> None:
    assert HOURS.is_open(at(moment)) is is_open


def test_hours_are_those_of_vilnius_in_summer_and_winter() -> None:
    winter, summer = (
        datetime(2026, 3, 27, 6, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 6, 30, tzinfo=UTC),
    )

    assert (HOURS.is_open(winter), HOURS.is_open(summer)) == (False, True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2026-03-02T10:00", "2026-03-04"),
        ("2026-03-02T17:59", "2026-03-04"),
        ("2026-03-02T18:00", "2026-03-05"),
        ("2026-03-02T07:00", "2026-03-04"),
        ("2026-03-06T10:00", "2026-03-10"),
        ("2026-03-07T10:00", "2026-03-12"),
        ("2026-04-03T19:00", "2026-04-09"),
        ("2026-10-30T10:00", "2026-11-04"),
        ("2026-12-23T19:00", "2026-12-30"),
    ],
)
def test_an_answer_is_planned_in_working_days(asked: str, expected: str) -> None:
    assert HOURS.expected(at(asked)).isoformat() == expected


@given(
    some.datetimes(datetime(2021, 1, 1), datetime(2040, 12, 1)),  # noqa: DTZ001 -- made aware below
    some.integers(0, 10),
    some.sampled_from([time(9), time(12, 30), time(18)]),
)
def test_the_planned_day_agrees_with_counting_by_hand(
    naive: datetime, days: int, closes: time
) -> None:
    moment = naive.replace(tzinfo=UTC)
    local = moment.astimezone(VILNIUS)
    counted = works(local.date()) and local.time() < closes
    day = local.date()
    while not counted:
        day += timedelta(days=1)
        counted = works(day)
    for _ in range(days):
        day += timedelta(days=1)
        while not works(day):
            day += timedelta(days=1)

    assert WorkingTime(opens=OPENS, closes=closes, answer_days=days).expected(moment) == day


def test_nights_weekends_and_holidays_are_no_working_time() -> None:
    friday = datetime(2026, 11, 20, 14, 0, tzinfo=VILNIUS)
    christmas_eve = datetime(2026, 12, 24, 10, 0, tzinfo=VILNIUS)

    assert HOURS.between(friday, friday + timedelta(days=3)) == timedelta(hours=9)
    assert HOURS.between(christmas_eve, christmas_eve + timedelta(hours=5)) == timedelta()
    assert HOURS.between(friday, friday) == timedelta()
