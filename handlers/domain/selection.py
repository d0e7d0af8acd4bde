"""Who applied to take part in a programme, and what was decided."""

from datetime import datetime
from enum import StrEnum

from handlers.domain.ids import ApplicationId, OrganisationId, TicketId
from knowledge_base.values import dataclass


class Choice(StrEnum):
    """What an application came to."""

    APPLIED = "applied"
    SELECTED = "selected"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({Choice.SELECTED, Choice.WAITING, Choice.DECLINED})
"""What those who steer may decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """An application about to be written down: a municipality's or an organisation's."""

    programme: str
    municipality: str | None
    organisation: OrganisationId | None
    motivation: str
    ticket: TicketId | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision with its reason; the newest is in force, the others are history."""

    choice: Choice
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(NewApplication):
    """An application with everything that was decided of it, the oldest first."""

    id: ApplicationId
    decisions: tuple[Decision, ...] = ()

    @property
    def choice(self) -> Choice:
        """What is in force."""
        return self.decisions[-1].choice if self.decisions else Choice.APPLIED

    @property
    def reason(self) -> str:
        """Why."""
        return self.decisions[-1].reason if self.decisions else ""

    @property
    def since(self) -> datetime:
        """Since when: it orders the waiting list."""
        return self.decisions[-1].at if self.decisions else self.at

    @property
    def is_live(self) -> bool:
        """Whether it still asks for something."""
        return self.choice not in {Choice.DECLINED, Choice.WITHDRAWN}
