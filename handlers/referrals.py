"""Port of the referrals to other bodies."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from handlers.domain.ids import ReferralId, TicketId
from handlers.domain.referrals import NewReferral, Referral


class Referrals(Protocol):
    """Which matters were shown to whom, and when to ask what came of it."""

    def add(self, new: NewReferral) -> Referral:
        """Keep a referral."""
        ...

    def save(self, referral: Referral) -> None:
        """Write its state, its consent and its day."""
        ...

    def find(self, referral: ReferralId) -> Referral | None:
        """Return the referral, or None."""
        ...

    def of_ticket(self, ticket: TicketId) -> Sequence[Referral]:
        """List a ticket's referrals and those of tickets merged into it, oldest first."""
        ...

    def due(self, day: date) -> Sequence[Referral]:
        """List those sent whose day has come and of which nobody was reminded."""
        ...

    def reminded(self, referral: ReferralId, *, at: datetime) -> bool:
        """Note that its owner was reminded; False when somebody else noted it first."""
        ...
