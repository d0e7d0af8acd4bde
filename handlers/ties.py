"""Ports of what ties tickets: merges and links; and of what marks them: tags and watchers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.ids import ArticleId, ConsultantId, TicketId
from handlers.domain.tickets import Status
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A ticket that goes on in another, and what both were before.

    `into_version` is the other's right after the merge: as long as it has that, nobody did
    anything with it since.
    """

    ticket: TicketId
    into: TicketId
    status: Status
    into_status: Status
    into_version: int
    at: datetime


class Ties(Protocol):
    """Which tickets belong together. A merged ticket keeps its articles: threads are joined.

    `Tickets.articles` lists the thread of a ticket with those of all that were merged into it.
    """

    def merge(self, merge: Merge) -> None:
        """Let a ticket go on in another.

        Raises:
            ConflictError: it is merged already.
        """
        ...

    def merged(self, ticket: TicketId) -> Merge | None:
        """Return the merge by which the ticket goes on in another, if it does."""
        ...

    def unmerge(self, ticket: TicketId) -> None:
        """Let the ticket be one of its own again."""
        ...

    def within(self, ticket: TicketId) -> Sequence[TicketId]:
        """List the ticket and all that were merged into it, and into those, by number."""
        ...

    def link(self, one: TicketId, other: TicketId, *, at: datetime) -> bool:
        """Tie two tickets; False when they were tied before."""
        ...

    def unlink(self, one: TicketId, other: TicketId) -> bool:
        """Untie two tickets; False when they were not tied."""
        ...

    def linked(self, ticket: TicketId) -> Sequence[TicketId]:
        """List the tickets tied to this one, by number."""
        ...

    def move(self, article: ArticleId, to: TicketId) -> None:
        """Make an article another ticket's, with the raw message it came in."""
        ...


class Marks(Protocol):
    """What consultants put on tickets: words to find them by, and their wish to be told."""

    def tag(self, ticket: TicketId, tag: str) -> bool:
        """Add a tag; False when it was there."""
        ...

    def untag(self, ticket: TicketId, tag: str) -> bool:
        """Take a tag away; False when it was not there."""
        ...

    def tags(self, tickets: Iterable[TicketId]) -> Mapping[TicketId, Sequence[str]]:
        """List the tags of these tickets, in alphabetical order."""
        ...

    def watch(self, ticket: TicketId, consultant: ConsultantId) -> bool:
        """Let the consultant be told of new articles; False when they are already."""
        ...

    def unwatch(self, ticket: TicketId, consultant: ConsultantId) -> bool:
        """Tell the consultant no more; False when they were not told."""
        ...

    def watchers(self, ticket: TicketId) -> Sequence[ConsultantId]:
        """List who is told."""
        ...
