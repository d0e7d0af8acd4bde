"""A mentorship: one mentor beside one organisation, what is planned, what was done and reached."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from handlers.domain.ids import (
    ConsultantId,
    MentorRequestId,
    MentorshipId,
    OrganisationId,
    ResultId,
    TicketId,
)
from knowledge_base.values import dataclass


class Phase(StrEnum):
    """What the organisation does with its project while it is accompanied."""

    PREPARING = "preparing"
    RUNNING = "running"


class Complexity(StrEnum):
    """How hard the organisation's project is to do."""

    SIMPLE = "simple"
    MEDIUM = "medium"
    COMPLEX = "complex"


class Mode(StrEnum):
    """A way a mentor and an organisation meet."""

    PHONE = "phone"
    MAIL = "mail"
    TELEGRAM = "telegram"
    ONLINE = "online"
    VISIT = "visit"


class Aim(StrEnum):
    """Whether a result is one on the way, or the last."""

    INTERIM = "interim"
    FINAL = "final"


class RequestState(StrEnum):
    """What became of a request for a mentor."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMentorship:
    """An assignment about to be made; `source` names what it was decided by."""

    organisation: OrganisationId
    mentor: ConsultantId
    programme: str
    phase: Phase
    starts_on: date
    ends_on: date | None = None
    source: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentorship:
    """One mentor beside one organisation, in one phase under one programme.

    `ends_on` is its last day. `reminded_for` is the day by which the organisation should have been
    heard of, as it was when somebody was last told that it was not.
    """

    id: MentorshipId
    organisation: OrganisationId
    mentor: ConsultantId
    programme: str
    phase: Phase
    starts_on: date
    ends_on: date | None
    source: str
    reminded_for: date | None = None

    def lasts(self, day: date) -> bool:
        """Whether the day is one of its days."""
        return self.starts_on <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < day


def foremost(rows: Sequence[Mentorship], day: date, *, programme: str | None) -> Mentorship | None:
    """Return whose an organisation's matter is on a day.

    The one of the matter's programme, else the one that began last; `rows` begin with that.
    """
    lasting = [row for row in rows if row.lasts(day)]
    chosen = [row for row in lasting if row.programme == programme] or lasting
    return chosen[0] if chosen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much help an organisation needs and how it gets it, from a day on.

    `need` is the assessment in words; `every_days` the rhythm in which one hears of the other.
    """

    mentorship: MentorshipId
    need: str
    complexity: Complexity
    modes: tuple[Mode, ...]
    minutes_a_month: int
    every_days: int
    from_on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Time a mentor gave the organisation; less than none takes back what was too much."""

    on: date
    minutes: int
    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """A result about to be planned."""

    mentorship: MentorshipId
    aim: Aim
    planned: str
    due_on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was planned to be reached by a day, and what was; nothing yet without `achieved_on`."""

    id: ResultId
    mentorship: MentorshipId
    aim: Aim
    planned: str
    due_on: date
    achieved: str = ""
    achieved_on: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without it, or it came after that."""
        return (self.achieved_on or today) > self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMentorRequest:
    """A request about to be written down; `ticket` is where the organisation asked, if it did."""

    organisation: OrganisationId
    programme: str
    phase: Phase
    reason: str
    ticket: TicketId | None = None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRequest:
    """An organisation's wish for a mentor; `mentorship` is what came of it."""

    id: MentorRequestId
    organisation: OrganisationId
    programme: str
    phase: Phase
    reason: str
    ticket: TicketId | None
    asked_at: datetime
    asked_by: str
    state: RequestState = RequestState.ASKED
    settled_at: datetime | None = None
    settled_by: str | None = None
    mentorship: MentorshipId | None = None
