"""Who takes what on: how queues are shared out, what consultants serve, and who is away when."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from handlers.domain.ids import AbsenceId, ConsultantId
from knowledge_base.routes import Route
from knowledge_base.values import dataclass


class Mode(StrEnum):
    """How a queue's questions find their owner."""

    FIRST_TAKE = "first-take"
    ROUND_ROBIN = "round-robin"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRule:
    """How one queue works; `release_hours` of working time, 0 = never, None = as all do."""

    queue: str
    mode: Mode = Mode.FIRST_TAKE
    release_hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remit:
    """What a consultant is given; what is empty is not limited, without `capacity` nor is that."""

    consultant: ConsultantId
    languages: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    capacity: int | None = None

    def covers(self, *, language: str, municipality: str | None) -> bool:
        """Tell whether a question is one of those; an unknown place is in nobody's few."""
        speaks = not self.languages or language in self.languages
        return speaks and (not self.municipalities or municipality in self.municipalities)

    def has_room(self, load: int) -> bool:
        """Tell whether another ticket fits beside so many."""
        return self.capacity is None or load < self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAbsence:
    """Days, both included, on which somebody is away, and who stands in."""

    consultant: ConsultantId
    first: date
    last: date
    substitute: ConsultantId | None = None

    def covers(self, day: date) -> bool:
        """Tell whether somebody is away on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(NewAbsence):
    """An absence that was written down."""

    id: AbsenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRoute:
    """A route as it was written down at a moment; the newest version is in force."""

    route: Route
    version: int
    at: datetime
    by: str


class Routes(Protocol):
    """Port of the routes; a version is never changed."""

    def rows(self) -> Sequence[KnownRoute]:
        """List the version in force of each, withdrawn ones too."""
        ...

    def history(self, name: str) -> Sequence[KnownRoute]:
        """List every version of a route, the oldest first."""
        ...

    def put(self, route: Route, *, at: datetime, by: str) -> bool:
        """Write a route that differs from its newest version; tell whether it did."""
        ...


class Staffing(Protocol):
    """Port of how work is shared out."""

    def rules(self) -> Mapping[str, QueueRule]:
        """Return the rules of the queues that have one."""
        ...

    def put_rule(self, rule: QueueRule, *, at: datetime, by: str) -> bool:
        """Write a rule that differs from the one in force; tell whether it did."""
        ...

    def remits(self) -> Mapping[ConsultantId, Remit]:
        """Return what consultants are given, of those of whom something is said."""
        ...

    def put_remit(self, remit: Remit, *, at: datetime, by: str) -> bool:
        """Write a remit that differs from the one in force; tell whether it did."""
        ...

    def absences(self, since: date) -> Sequence[Absence]:
        """List absences that last to this day or longer and were not ended, by first day."""
        ...

    def add_absence(self, absence: NewAbsence, *, at: datetime, by: str) -> Absence:
        """Write an absence down."""
        ...

    def end_absence(self, absence: AbsenceId, *, at: datetime, by: str) -> None:
        """Let an absence count no longer; ended already is fine."""
        ...

    def take_turns(self, queue: str) -> Mapping[ConsultantId, datetime]:
        """Return who was given a question of the queue last when.

        Until the end of the transaction nobody else gives one out.
        """
        ...

    def had_turn(self, queue: str, consultant: ConsultantId, *, at: datetime) -> None:
        """Note that somebody was given one."""
        ...

    def loads(self) -> Mapping[ConsultantId, int]:
        """Count the open tickets of those who have any; practice does not count."""
        ...
