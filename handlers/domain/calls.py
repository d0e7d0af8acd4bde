"""A wish to be called back: on which number, and when."""

from datetime import datetime
from enum import StrEnum

from handlers.domain.ids import CallWishId, PersonId, TicketId
from knowledge_base.values import dataclass


class CallState(StrEnum):
    """How far a wish is: its number is awaited; what is wished may be cancelled.

    It ends when somebody is spoken to, or was called in vain so often that we wrote instead.
    """

    NUMBER = "number"
    WISHED = "wished"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWish:
    """Somebody wants to be called about a ticket.

    `phone` is E.164; the call is due at `ends_at`. `note` is what was said beside the number.
    `missed` is how often nobody answered.
    """

    id: CallWishId
    ticket: TicketId
    person: PersonId
    state: CallState
    at: datetime
    phone: str | None = None
    note: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    missed: int = 0
