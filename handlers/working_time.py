"""Working time: Lithuanian working days and hours, in Europe/Vilnius."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

VILNIUS = ZoneInfo("Europe/Vilnius")
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """When somebody is at the desk, and how many working days an answer takes."""

    opens: time
    closes: time
    answer_days: int

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the moment lies within working hours."""
        local = moment.astimezone(VILNIUS)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day is neither a weekend nor a public holiday."""
        return day.weekday() < _SATURDAY and day not in _holidays(day.year)

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
        whole, day = timedelta(), first.date()
        while day <= last.date():
            if self.is_working_day(day):
                opens = datetime.combine(day, self.opens, VILNIUS)
                closes = datetime.combine(day, self.closes, VILNIUS)
                whole += max(timedelta(), min(closes, last) - max(opens, first))
            day += timedelta(days=1)
        return whole

    def _next(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


@cache
def _holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year.

    Computed whole: the library's own set grows as it is asked, which threads must not watch.
    """
    # Importing it takes longer than most commands.
    from holidays.countries.lithuania import Lithuania  # noqa: PLC0415 -- see above

    return frozenset(Lithuania(years=year))
