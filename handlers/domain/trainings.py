"""Trainings, and who has a seat in one."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.domain.ids import EnrolmentId, PersonId, TicketId
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

_WRITTEN_DOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One event of one day or two; `cycle` names the row of events it belongs to.

    The hours are those of each day. `id` is short: people type it to register.
    """

    id: str
    title: str
    days: tuple[date, ...]
    begins: time
    ends: time
    municipality: str
    place: str
    seats: int
    cycle: str = ""
    programme: str = ""
    about: str = ""
    called_off: bool = False

    @property
    def first_on(self) -> date:
        """The day it begins."""
        return self.days[0]

    @property
    def hours(self) -> str:
        """The hours of each day as people write them."""
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    @property
    def as_told(self) -> str:
        """When and where, in a form that differs as soon as either does."""
        days = ", ".join(day.isoformat() for day in self.days)
        return f"{days} {self.hours} {self.municipality} {self.place}"

    @property
    def sittings(self) -> tuple[tuple[datetime, datetime], ...]:
        """When each day of it begins and ends."""
        return tuple(
            (
                datetime.combine(day, self.begins, VILNIUS),
                datetime.combine(day, self.ends, VILNIUS),
            )
            for day in self.days
        )

    def is_ahead(self, now: datetime) -> bool:
        """Whether it has not begun."""
        return now < self.sittings[0][0]

    def lasts(self, now: datetime) -> bool:
        """Whether it is ahead, or over so lately that who came is still being written down."""
        return now.date() <= self.days[-1] + _WRITTEN_DOWN

    def is_open(self, now: datetime) -> bool:
        """Whether one may register."""
        return not self.called_off and self.is_ahead(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTraining:
    """A training as it was written down at a moment; the newest version is in force."""

    training: Training
    version: int
    at: datetime
    by: str


class Seat(StrEnum):
    """What somebody who registered has."""

    TAKEN = "taken"
    WAITING = "waiting"
    LEFT = "left"


STANDING = frozenset({Seat.TAKEN, Seat.WAITING})
"""Those who want to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnrolment:
    """Somebody about to be registered; `told` is when and where, as they are told it."""

    training: str
    ticket: TicketId
    person: PersonId
    name: str
    organisation: str
    municipality: str | None
    seat: Seat
    at: datetime
    told: str
    reminded_for: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(NewEnrolment):
    """Somebody registered for a training, each person once.

    `at` decides the order of the waiting list; `attended` are the days they came.
    """

    id: EnrolmentId
    attended: tuple[date, ...] = ()
