"""The rhythm of a mentorship, held against counting day by day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.ids import ConsultantId, MentorshipId, OrganisationId
from handlers.domain.mentorships import Complexity, Contact, Mentorship, Mode, Phase, Plan
from handlers.rhythm import Month, awaited, by_month, in_force, missed
from tests.builders import NOON

FIRST = date(2026, 1, 31)
DAYS = st.dates(FIRST, date(2026, 12, 31))
MENTORSHIP = Mentorship(
    id=MentorshipId(1),
    organisation=OrganisationId(1),
    mentor=ConsultantId(1),
    programme="bendruomenes",
    phase=Phase.RUNNING,
    starts_on=FIRST,
    ends_on=None,
    source="Sutartis",
)


def a_plan(from_on: date, minutes: int = 60) -> Plan:
    return Plan(
        mentorship=MENTORSHIP.id,
        need="Dokumentai",
        complexity=Complexity.SIMPLE,
        modes=(Mode.PHONE,),
        minutes_a_month=minutes,
        every_days=7,
        from_on=from_on,
        at=NOON,
        by="rasa",
    )


def test_a_rhythm_is_missed_when_its_last_day_has_passed() -> None:
    week = {
        day: missed(date(2026, 3, 1), date(2026, 3, day), every_days=7) for day in (1, 8, 9, 15, 16)
    }

    assert week == {1: 0, 8: 0, 9: 1, 15: 1, 16: 2}
    assert awaited(date(2026, 3, 1), date(2026, 3, 16), every_days=7) == date(2026, 3, 15)


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 90), st.integers(1, 40))
def test_rhythms_are_counted_as_one_counts_days(heard: date, later: int, every: int) -> None:
    counted, last = 0, None
    for day in range(1, later + 1):
        if day % every == 0 and day < later:
            counted, last = counted + 1, heard + timedelta(days=day)

    today = heard + timedelta(days=later)

    assert missed(heard, today, every_days=every) == counted
    assert awaited(heard, today, every_days=every) == last


@given(st.lists(DAYS, max_size=6), DAYS)
def test_the_plan_that_began_last_is_in_force(begun: list[date], today: date) -> None:
    plans = [a_plan(day, minutes) for minutes, day in enumerate(begun, 1)]
    slow = None
    for plan in plans:
        if plan.from_on <= today and (slow is None or plan.from_on >= slow.from_on):
            slow = plan

    assert in_force(plans, today) == slow


@given(
    st.lists(st.tuples(DAYS, st.integers(1, 600)), max_size=8),
    st.lists(st.tuples(DAYS, st.integers(1, 9000)), max_size=3),
    DAYS,
)
def test_each_month_is_held_against_its_own_plan_and_no_minute_is_lost(
    given_on: list[tuple[date, int]], planned: list[tuple[date, int]], today: date
) -> None:
    contacts = [Contact(on=day, minutes=minutes, mode=Mode.PHONE) for day, minutes in given_on]
    plans = [a_plan(day, minutes) for day, minutes in planned]

    months = by_month(MENTORSHIP, plans, contacts, today)

    slow: dict[date, int] = {}
    day = FIRST
    while day <= today:
        plan = in_force(plans, day)
        slow[day.replace(day=1)] = plan.minutes_a_month if plan else 0
        day += timedelta(days=1)
    lasting = {month.first: month.planned for month in months if month.first <= today}
    assert lasting == {**dict.fromkeys(lasting, 0), **slow}
    assert sum(month.given for month in months) == sum(minutes for _, minutes in given_on)
    assert [month.first for month in months] == sorted({month.first for month in months})


def test_a_mentorship_that_is_over_is_measured_to_its_last_day() -> None:
    over = replace(MENTORSHIP, ends_on=date(2026, 2, 10))
    late = Contact(on=date(2026, 4, 1), minutes=5, mode=Mode.MAIL)

    months = by_month(over, [a_plan(FIRST)], [late], date(2026, 12, 1))

    assert months == [
        Month(first=date(2026, 1, 1), planned=60, given=0),
        Month(first=date(2026, 2, 1), planned=60, given=0),
        Month(first=date(2026, 4, 1), planned=0, given=5),
    ]
