"""Working time: Lithuanian days and hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

import pytest
from holidays.countries.lithuania import Lithuania
from hypothesis import given
from hypothesis import strategies as some

from handlers.working_time import VILNIUS, Closure, WorkingTime
from tests.unit.handlers.minutes import MINUTE, Minutes, count_minutes, easter, works
from tests.wired import CLOSES, HOURS, OPENS

LEAVE = Closure(first=date(2026, 12, 28), last=date(2027, 1, 3), why="kolektyvinės atostogos")
ON_LEAVE = replace(HOURS, closures=(LEAVE,))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


@given(some.dates(date(2021, 1, 1), date(2060, 12, 31)))
def test_working_days_are_those_of_the_law(day: date) -> None:
    assert HOURS.is_working_day(day) is works(day)


def test_working_days_are_those_of_a_library_that_others_keep() -> None:
    """Its next version may know of a new holiday: this is where we hear of it."""
    first, end = date(2021, 1, 1), date(2081, 1, 1)
    days = [*map(date.fromordinal, range(first.toordinal(), end.toordinal()))]
    free = Lithuania(years=range(first.year, end.year))

    worked = [day for day in days if HOURS.is_working_day(day)]

    assert worked == [day for day in days if day.weekday() not in {5, 6} and day not in free]


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


@cache
def _year(start: datetime, days: int, working_time: WorkingTime) -> Minutes:
    return count_minutes(
        start,
        days,
        opens=working_time.opens,
        closes=working_time.closes,
        closures=working_time.closures,
    )


@pytest.mark.soak
def test_working_time_agrees_with_counting_minute_by_minute(*, soak: bool) -> None:
    """Years with both changes of the clock, movable feasts, and a planned closure in each."""
    random = Random(6)  # noqa: S311 -- the same pairs each time
    for year in range(2021, 2041) if soak else (2026,):
        eve = easter(year) - timedelta(days=4)
        away = Closure(first=eve, last=eve + timedelta(days=1), why="mokymai")
        opens, closes = random.choice([(OPENS, CLOSES), (time(8, 30), time(16, 45))])
        hours = replace(HOURS, opens=opens, closes=closes, closures=(away,))
        minutes = _year(datetime(year, 1, 1, tzinfo=UTC), 366 if soak else 310, hours)
        for _ in range(2000 if soak else 200):
            first, last = sorted(random.choices(range(minutes.end), k=2))
            start, end = minutes.at(first), minutes.at(last)
            worked = minutes.between(first, last)

            assert hours.between(start, end) == worked, (start, end)

            if worked:
                by = minutes.after(first, worked // MINUTE)
                assert hours.after(start, worked) == minutes.at(by), (start, worked)


@given(
    some.datetimes(datetime(2021, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 -- made aware below
    some.timedeltas(timedelta(), timedelta(hours=200)),
)
def test_after_so_much_work_so_much_work_was_done(naive: datetime, worked: timedelta) -> None:
    start = naive.replace(tzinfo=UTC)

    due = ON_LEAVE.after(start, worked)

    assert ON_LEAVE.between(start, due) == worked
    assert ON_LEAVE.between(start, due - timedelta(microseconds=1)) <= worked


def test_the_clock_that_changes_over_a_weekend_costs_nobody_an_hour() -> None:
    friday = at("2026-03-27T17:00")

    assert HOURS.after(friday, timedelta(hours=2)) == at("2026-03-30T10:00")
    assert HOURS.between(friday, at("2026-03-30T10:00")) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("moment", "closure"),
    [
        ("2026-12-23T17:59", None),
        ("2026-12-23T18:00", LEAVE),
        ("2026-12-27T12:00", LEAVE),
        ("2026-12-30T12:00", LEAVE),
        ("2027-01-03T12:00", LEAVE),
        ("2027-01-04T08:00", None),
        ("2026-12-22T20:00", None),
    ],
)
def test_a_planned_closure_is_told_of_from_the_last_evening_before_it(
    moment: str, closure: Closure | None
) -> None:
    assert ON_LEAVE.closure_at(at(moment)) == closure


def test_nobody_works_while_the_desk_is_closed_by_plan() -> None:
    wednesday = at("2026-12-23T17:00")

    assert not ON_LEAVE.is_open(at("2026-12-29T12:00"))
    assert ON_LEAVE.expected(wednesday) == date(2027, 1, 5)
    assert ON_LEAVE.after(wednesday, timedelta(hours=2)) == at("2027-01-04T10:00")
