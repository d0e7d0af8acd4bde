"""When somebody can call back: at once, and the halves of the next working days."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from handlers.domain.calls import CallState, CallWish
from handlers.working_time import VILNIUS, WorkingTime, local_day
from knowledge_base.values import dataclass

_NOON, _AFTERNOON = time(12), time(13)
_DAYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A part of a working day when somebody can call; `name` is what its button carries."""

    name: str
    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> str:
        """The hours on a Lithuanian clock."""
        return f"{self._local(self.starts_at)}–{self._local(self.ends_at)}"

    @property
    def day(self) -> date:
        """The day in Lithuania."""
        return local_day(self.starts_at)

    def _local(self, moment: datetime) -> str:
        return f"{moment.astimezone(VILNIUS):%H:%M}"


def slots(working_time: WorkingTime, now: datetime) -> Iterator[Slot]:
    """List the parts of the next days that are not over, the soonest first.

    There is always one: after a long closure those of the first day it is over.
    """
    day = local_day(now)
    found = False
    last = day + timedelta(days=_DAYS)
    if working_time.is_open(now):
        yield Slot(name="soon", starts_at=now, ends_at=_moment(day, working_time.closes))
    while day < last or not found:
        for name, starts, ends in _halves(working_time, day):
            if working_time.is_working_day(day) and now < starts < ends:
                found = True
                yield Slot(name=f"{day:%Y%m%d}{name}", starts_at=starts, ends_at=ends)
        day += timedelta(days=1)


def wished_call(wishes: Sequence[CallWish]) -> dict[str, str]:
    """Say on which number, which day and when the newest wish of a ticket wants the call."""
    wish = next((each for each in reversed(wishes) if each.state is CallState.WISHED), None)
    if wish is None or wish.starts_at is None or wish.ends_at is None:
        return {"call_phone": "", "call_on": "", "call_hours": ""}
    slot = Slot(name="", starts_at=wish.starts_at, ends_at=wish.ends_at)
    return {
        "call_phone": wish.phone or "",
        "call_on": slot.day.isoformat(),
        "call_hours": slot.hours,
    }


def _halves(working_time: WorkingTime, day: date) -> Iterator[tuple[str, datetime, datetime]]:
    opens, closes = working_time.opens, working_time.closes
    yield "a", _moment(day, opens), _moment(day, min(_NOON, closes))
    if closes > _AFTERNOON:
        yield "b", _moment(day, max(_AFTERNOON, opens)), _moment(day, closes)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=VILNIUS)
