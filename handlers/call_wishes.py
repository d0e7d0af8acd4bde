"""Port of the wishes to be called back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.calls import CallWish
from handlers.domain.ids import CallWishId, PersonId, TicketId


class CallWishes(Protocol):
    """Who wants to be called, about which ticket."""

    def add(self, *, ticket: TicketId, person: PersonId, at: datetime) -> CallWish:
        """Begin a wish; its number is awaited."""
        ...

    def save(self, wish: CallWish) -> None:
        """Write every field of the wish."""
        ...

    def find(self, wish: CallWishId) -> CallWish | None:
        """Return the wish, or None."""
        ...

    def newest_of(self, person: PersonId) -> CallWish | None:
        """Return what the person began last."""
        ...

    def due(self, *, before: datetime) -> Sequence[CallWish]:
        """List the calls that are wished for and whose time ends before."""
        ...

    def of_ticket(self, ticket: TicketId) -> Sequence[CallWish]:
        """List a ticket's wishes and those of tickets merged into it, oldest first."""
        ...
