"""Port of the reviews of documents."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from handlers.domain.ids import TicketId
from handlers.domain.reviews import Recommendation, Review, Round


class Reviews(Protocol):
    """Reviews with their rounds and recommendations; a round is never changed."""

    def find(self, ticket: TicketId) -> Review | None:
        """Return the review a ticket is, if it is one."""
        ...

    def rows(self, *, closed: bool) -> Sequence[Review]:
        """List those not done, or all, the first to be done first."""
        ...

    def put(self, review: Review) -> None:
        """Write a review down, or what changed of it."""
        ...

    def reminded(self, ticket: TicketId, *, due_on: date) -> bool:
        """Note the reminder of a day; False when somebody else noted it first."""
        ...

    def rounds(self, ticket: TicketId) -> Sequence[Round]:
        """List the versions, the oldest first."""
        ...

    def add_round(self, added: Round) -> None:
        """Write a version down."""
        ...

    def recommendations(self, ticket: TicketId) -> Sequence[Recommendation]:
        """List what was recommended, by number."""
        ...

    def put_recommendation(self, recommendation: Recommendation) -> None:
        """Write a recommendation down, or what became of it."""
        ...
