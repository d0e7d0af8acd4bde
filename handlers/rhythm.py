"""The rhythm of a mentorship: how often its organisation is to be heard of, and time by month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from handlers.domain.mentorships import Contact, Mentorship, Plan
from knowledge_base.values import dataclass


def missed(heard_on: date, today: date, *, every_days: int) -> int:
    """Count the rhythms that have passed whole since somebody was heard of.

    Heard on the 1st with a rhythm of seven days, by the 8th is in time; on the 9th one has passed.
    """
    return max(0, ((today - heard_on).days - 1) // every_days)


def awaited(heard_on: date, today: date, *, every_days: int) -> date | None:
    """Return the last day by which word was due and did not come; None while nothing was missed."""
    count = missed(heard_on, today, every_days=every_days)
    return heard_on + timedelta(days=count * every_days) if count else None


def net(contacts: Iterable[Contact]) -> Mapping[date, int]:
    """Sum the minutes of each day; a day of which all was taken back is not among them."""
    found: dict[date, int] = {}
    for contact in contacts:
        found[contact.on] = found.get(contact.on, 0) + contact.minutes
    return {day: minutes for day, minutes in found.items() if minutes}


def in_force(plans: Sequence[Plan], day: date) -> Plan | None:
    """Return the plan of a day: of those that had begun, the one that began last.

    `plans` come in the order they were written: of two of the same day the later one counts.
    """
    begun = [plan for plan in plans if plan.from_on <= day]
    return max(reversed(begun), key=lambda plan: plan.from_on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of a mentorship: minutes planned for it against minutes given."""

    first: date
    planned: int
    given: int


def by_month(
    mentorship: Mentorship, plans: Sequence[Plan], contacts: Sequence[Contact], today: date
) -> Sequence[Month]:
    """Hold what was planned against what was given, month by month up to today.

    A month is measured by the plan of its last day within the mentorship, whole: hours a month are
    not cut to days. Time given outside the mentorship's days counts in its own month.
    """
    end = min(today, mentorship.ends_on or today)
    given: dict[date, int] = {}
    for contact in contacts:
        month = contact.on.replace(day=1)
        given[month] = given.get(month, 0) + contact.minutes
    planned = dict(_planned(mentorship.starts_on, end, plans))
    return [
        Month(first=month, planned=planned.get(month, 0), given=given.get(month, 0))
        for month in sorted(planned.keys() | given.keys())
    ]


def _planned(start: date, end: date, plans: Sequence[Plan]) -> Iterator[tuple[date, int]]:
    month = start.replace(day=1)
    while month <= end:
        following = (month + timedelta(days=31)).replace(day=1)
        plan = in_force(plans, min(end, following - timedelta(days=1)))
        yield month, plan.minutes_a_month if plan else 0
        month = following
