"""Working time: Lithuanian working days and hours, in Europe/Vilnius."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from knowledge_base.values import dataclass

VILNIUS = ZoneInfo("Europe/Vilnius")
_SATURDAY: Final = 5
_HOLIDAYS: Final = frozenset(
    {(1, 1), (2, 16), (3, 11), (5, 1), (6, 24), (7, 6), (8, 15)}
    | {(11, 1), (11, 2), (12, 24), (12, 25), (12, 26)}
)
"""The public holidays of a fixed date: month and day."""


def local_day(moment: datetime) -> date:
    """Return the day a moment falls on in Lithuania."""
    return moment.astimezone(VILNIUS).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days, both included, on which nobody is at the desk though the calendar says otherwise."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """When somebody is at the desk, and how many working days an answer takes.

    The clocks of Lithuania change on Sundays, so a working day is as long as its hours say.
    """

    opens: time
    closes: time
    answer_days: int
    closures: tuple[Closure, ...] = ()

    @property
    def day(self) -> timedelta:
        """How long a working day is."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the moment lies within working hours."""
        local = moment.astimezone(VILNIUS)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day is no weekend, no public holiday, and nobody planned to be away."""
        return _works(day, self.closures)

    def closure_at(self, moment: datetime) -> Closure | None:
        """Return the planned closure that lies between the moment and the next open hour.

        So it is told of on the evening before it, and on the free days around it as well.
        """
        local = moment.astimezone(VILNIUS)
        day = local.date()
        if self.is_working_day(day) and local.time() < self.closes:
            return None
        reopens = self._next(day)
        near = (each for each in self.closures if each.first < reopens and day <= each.last)
        return max(near, key=lambda each: each.last, default=None)

    def expected(self, asked: datetime) -> date:
        """Return the day by which an answer is planned.

        Counted from the next working day when the question came after closing time.
        """
        local = asked.astimezone(VILNIUS)
        day = local.date()
        if not self.is_working_day(day) or local.time() >= self.closes:
            day = self._next(day)
        for _ in range(self.answer_days):
            day = self._next(day)
        return day

    def days(self, first: date, last: date) -> int:
        """Count the working days after the first day, up to and including the last."""
        count = 0
        while first < last:
            first += timedelta(days=1)
            count += self.is_working_day(first)
        return count

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much working time lies between two moments."""
        first, last = start.astimezone(VILNIUS), end.astimezone(VILNIUS)
        if first.date() >= last.date():
            return self._on(first.date(), first, last)
        # Of the days between, whole ones, it is enough to know how many there are.
        whole = sum(
            _works(date.fromordinal(day), self.closures)
            for day in range(first.toordinal() + 1, last.toordinal())
        )
        edges = self._on(first.date(), first, last) + self._on(last.date(), first, last)
        return whole * self.day + edges

    def after(self, start: datetime, worked: timedelta) -> datetime:
        """Return the first moment by which so much working time has passed since the start."""
        if not worked:
            return start
        first = start.astimezone(VILNIUS)
        day, left = first.date(), worked
        while True:
            if self.is_working_day(day):
                opens = max(datetime.combine(day, self.opens, VILNIUS), first)
                room = datetime.combine(day, self.closes, VILNIUS) - opens
                if room >= left:
                    return (opens + left).astimezone(UTC)
                left -= max(timedelta(), room)
            day += timedelta(days=1)

    def _on(self, day: date, first: datetime, last: datetime) -> timedelta:
        """Return how much of a day's working time lies between two moments in Vilnius."""
        if not self.is_working_day(day):
            return timedelta()
        opens = datetime.combine(day, self.opens, VILNIUS)
        closes = datetime.combine(day, self.closes, VILNIUS)
        return max(timedelta(), min(closes, last) - max(opens, first))

    def _next(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


@lru_cache(maxsize=4096)
def _works(day: date, closures: tuple[Closure, ...]) -> bool:
    if day.weekday() >= _SATURDAY or _is_holiday(day):
        return False
    return not any(each.first <= day <= each.last for each in closures)


def _is_holiday(day: date) -> bool:
    """Tell whether the day is a public holiday (Labour Code XII-2603, Article 123, paragraph 1).

    Those that are always a Sunday need not be known here.
    """
    return (day.month, day.day) in _HOLIDAYS or day == easter(day.year) + timedelta(days=1)
