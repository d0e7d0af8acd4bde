"""Port of the wishes to be reminded before a call closes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from handlers.domain.ids import TicketId
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReminder:
    """Somebody's wish to be reminded; `told_for` is the closing day they were reminded of."""

    ticket: TicketId
    call: str
    asked_at: datetime
    told_for: date | None = None


class CallReminders(Protocol):
    """Port of the wishes that stand; one ended is kept as proof, and stands no more."""

    def ask(self, reminder: CallReminder) -> bool:
        """Write a wish down, again if it had ended; tell whether it is new."""
        ...

    def end(self, ticket: TicketId, *, at: datetime) -> int:
        """End the wishes of a ticket; return how many stood."""
        ...

    def standing(self) -> Sequence[CallReminder]:
        """List the wishes that stand, the oldest first."""
        ...

    def told(self, reminder: CallReminder, *, closes_on: date) -> bool:
        """Note the reminder of a closing day; False when somebody else noted it first."""
        ...
