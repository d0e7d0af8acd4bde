"""What happened with a person or an organisation: their tickets, calls, visits, and their cards."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from handlers.access import Access
from handlers.domain.ids import OrganisationId, PersonId
from handlers.domain.organisations import Change
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

_SPOKEN = frozenset({ArticleKind.CALL, ArticleKind.VISIT})


class Happened(StrEnum):
    """What a line is about."""

    TICKET = "ticket"
    CALL = "call"
    VISIT = "visit"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a timeline; one of a ticket names it, one of a card names the change."""

    at: datetime
    what: Happened
    ticket: Ticket | None = None
    article: Article | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Timelines:
    """Puts together what happened, the newest first.

    What somebody may not read is not there, not even as a number; `who` None is whoever runs the
    service. A change of a card names no ticket and is shown to all who may see the card.
    """

    access: Access

    def of_person(
        self, uow: UnitOfWork, person: PersonId, who: Consultant | None = None
    ) -> Sequence[Line]:
        """Return what happened with a person."""
        lines = self._tickets(uow, uow.tickets.of_person(person), who)
        return _newest_first([*lines, *_changes(uow.changes.of_person(person))])

    def of_organisation(
        self, uow: UnitOfWork, organisation: OrganisationId, who: Consultant | None = None
    ) -> Sequence[Line]:
        """Return what happened with an organisation, whoever asked for it."""
        lines = self._tickets(uow, uow.tickets.of_organisation(organisation), who)
        return _newest_first([*lines, *_changes(uow.changes.of_organisation(organisation))])

    def _tickets(
        self, uow: UnitOfWork, tickets: Iterable[Ticket], who: Consultant | None
    ) -> Sequence[Line]:
        lines = []
        for ticket in tickets:
            if ticket.practice or (who is not None and not self.access.sees(who, ticket)):
                continue
            lines.append(Line(at=ticket.created_at, what=Happened.TICKET, ticket=ticket))
            lines += [
                Line(
                    at=article.at,
                    what=Happened(article.kind.value),
                    ticket=ticket,
                    article=article,
                )
                for article in uow.tickets.articles(ticket.id)
                if article.kind in _SPOKEN
            ]
        return lines


def _changes(changes: Iterable[Change]) -> Sequence[Line]:
    return [Line(at=each.at, what=Happened.CHANGE, change=each) for each in changes]


def _newest_first(lines: Iterable[Line]) -> Sequence[Line]:
    return sorted(lines, key=lambda line: line.at, reverse=True)
