"""Working time the slow and obvious way: minute by minute, by laws written down once more here."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate

from handlers.working_time import VILNIUS, Closure

MINUTE = timedelta(minutes=1)
_FIXED = {(1, 1), (2, 16), (3, 11), (5, 1), (6, 24), (7, 6), (8, 15), (11, 1), (11, 2)} | {
    (12, 24),
    (12, 25),
    (12, 26),
}


@cache
def easter(year: int) -> date:
    """Compute Easter Sunday (Meeus, Jones, Butcher), apart from the library under test."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - (c % 4)) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def works(day: date) -> bool:
    """Decide by the law whether people work on a day."""
    if day.weekday() in {5, 6} or (day.month, day.day) in _FIXED:
        return False
    return day != easter(day.year) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Every minute from a moment on: how many working minutes came before it."""

    start: datetime
    worked: Sequence[int]

    @property
    def end(self) -> int:
        """How many minutes were looked at."""
        return len(self.worked) - 1

    def at(self, minute: int) -> datetime:
        """Return a minute's moment."""
        return self.start + minute * MINUTE

    def between(self, first: int, last: int) -> timedelta:
        """Count the working minutes from one to another."""
        return max(0, self.worked[last] - self.worked[first]) * MINUTE

    def after(self, first: int, minutes: int) -> int:
        """Find the first minute by which so many have been worked."""
        return bisect_left(self.worked, self.worked[first] + minutes, lo=first)


def count_minutes(
    start: datetime, days: int, *, opens: time, closes: time, closures: Sequence[Closure] = ()
) -> Minutes:
    """Look at each minute of so many days on a clock in Vilnius."""
    moments = (
        (start + each * MINUTE).astimezone(VILNIUS).replace(tzinfo=None)
        for each in range(days * 24 * 60)
    )
    open_minutes = (
        opens <= moment.time() < closes
        and works(moment.date())
        and not any(each.first <= moment.date() <= each.last for each in closures)
        for moment in moments
    )
    return Minutes(start, [*accumulate(open_minutes, initial=0)])
