"""Port of the calls and visits that were held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.talks import Particulars, Talk


class Talks(Protocol):
    """What is counted of the articles that are calls or visits."""

    def add(self, article: ArticleId, about: Particulars) -> None:
        """Keep the particulars of an article just written."""
        ...

    def save(self, talk: Talk) -> None:
        """Write the particulars again, and what the article says was advised."""
        ...

    def remove(self, article: ArticleId) -> None:
        """Make a note of what was no talk."""
        ...

    def find(self, article: ArticleId) -> Talk | None:
        """Return the talk of an article, or None."""
        ...

    def of(self, tickets: Iterable[TicketId]) -> Mapping[TicketId, Sequence[Talk]]:
        """List the talks of each of the tickets, the first held first."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[Talk]:
        """List the talks held from `start` up to but not at `end`, the first first."""
        ...
