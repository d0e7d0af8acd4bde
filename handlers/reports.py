"""Figures for the funder: one row for each consultation, and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.ports import UnitOfWork
from handlers.working_time import VILNIUS, WorkingTime

_ANSWERS = frozenset({ArticleKind.SUGGESTED, ArticleKind.REPLY})


class AnsweredBy(StrEnum):
    """Who answered first."""

    FAQ = "faq"
    PERSON = "person"
    NOBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One consultation. `first_reply_days` are working days; None while nobody answered."""

    reference: str
    asked_on: date
    municipality: str
    channel: str
    language: str
    queue: str
    topic: str
    programme: str
    consultant: str
    answered_by: AnsweredBy
    first_reply_days: int | None
    messages: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Counts consultations, which are tickets, apart from the messages in them."""

    working_time: WorkingTime

    def consultations(self, uow: UnitOfWork, *, first: date, last: date) -> list[Consultation]:
        """Return the consultations asked for between two days, both included, oldest first."""
        start = datetime.combine(first, time(), VILNIUS)
        end = datetime.combine(last + timedelta(days=1), time(), VILNIUS)
        owners = {row.id: row.email for row in uow.consultants.rows()}
        return [
            self._row(
                ticket,
                uow.tickets.articles(ticket.id),
                "" if ticket.owner is None else owners[ticket.owner],
            )
            for ticket in uow.tickets.created_between(start, end)
        ]

    def _row(self, ticket: Ticket, articles: Sequence[Article], owner: str) -> Consultation:
        answers = [article for article in articles if article.kind in _ANSWERS]
        asked = ticket.created_at.astimezone(VILNIUS).date()
        first = answers[0] if answers else None
        answered = first.at.astimezone(VILNIUS).date() if first else None
        return Consultation(
            reference=ticket.reference,
            asked_on=asked,
            municipality=ticket.municipality or "",
            channel=ticket.channel.value,
            language=ticket.language,
            queue=ticket.queue,
            topic=ticket.topic or "",
            programme=ticket.programme or "",
            consultant=owner,
            answered_by=_answered_by(first),
            first_reply_days=self.working_time.days(asked, answered) if answered else None,
            messages=len(articles),
            outcome=ticket.status.value,
        )


def _answered_by(first: Article | None) -> AnsweredBy:
    if first is None:
        return AnsweredBy.NOBODY
    return AnsweredBy.PERSON if first.kind is ArticleKind.REPLY else AnsweredBy.FAQ
