"""Figures for the funder: one row for each consultation, and no names."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.domain.channels import SPEAKING
from handlers.domain.talks import SPOKEN, Talk
from handlers.domain.tickets import Article, ArticleKind, Status, Ticket
from handlers.ports import UnitOfWork
from handlers.working_time import VILNIUS, WorkingTime, local_day
from knowledge_base.values import dataclass

_ANSWERS = frozenset({ArticleKind.SUGGESTED, ArticleKind.REPLY}) | SPOKEN


class AnsweredBy(StrEnum):
    """Who answered first."""

    FAQ = "faq"
    PERSON = "person"
    NOBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One consultation. `first_reply_days` are working days; None while nobody answered.

    Calls and visits are counted with the minutes they took together, as far as these were told.
    `organisation` is the number of its card: organisations are counted, never named.
    """

    reference: str
    asked_on: date
    municipality: str
    asker_type: str
    organisation: int | None
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
    calls: int = 0
    visits: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Counts consultations, which are tickets, apart from the messages in them.

    To register for a training is none, unless a question came of it.
    """

    working_time: WorkingTime

    def consultations(self, uow: UnitOfWork, *, first: date, last: date) -> list[Consultation]:
        """Return the consultations asked for between two days, both included, oldest first."""
        start = datetime.combine(first, time(), VILNIUS)
        end = datetime.combine(last + timedelta(days=1), time(), VILNIUS)
        owners = {row.id: row.email for row in uow.consultants.rows()}
        asked = uow.tickets.created_between(start, end)
        talks = uow.talks.of(ticket.id for ticket in asked)
        enrolled = uow.trainings.tickets_among([ticket.id for ticket in asked])
        return [
            self._row(
                ticket,
                articles,
                talks.get(ticket.id, ()),
                "" if ticket.owner is None else owners[ticket.owner],
            )
            for ticket in asked
            if not _was_dropped(ticket)
            and (articles := uow.tickets.articles(ticket.id))
            and (ticket.id not in enrolled or any(row.kind in _ANSWERS for row in articles))
        ]

    def _row(
        self, ticket: Ticket, articles: Sequence[Article], talks: Sequence[Talk], owner: str
    ) -> Consultation:
        answers = [article for article in articles if article.kind in _ANSWERS]
        asked = local_day(ticket.created_at)
        first = answers[0] if answers else None
        answered = local_day(first.at) if first else None
        return Consultation(
            reference=ticket.reference,
            asked_on=asked,
            municipality=ticket.municipality or "",
            asker_type=ticket.asker_type.value if ticket.asker_type else "",
            organisation=ticket.organisation,
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
            calls=sum(talk.kind is ArticleKind.CALL for talk in talks),
            visits=sum(talk.kind is ArticleKind.VISIT for talk in talks),
            minutes=sum(talk.about.minutes or 0 for talk in talks),
        )


def _was_dropped(ticket: Ticket) -> bool:
    """Tell whether a consultant took back what they had written down."""
    return ticket.channel in SPEAKING and ticket.status is Status.SPAM


def organisations_in(rows: Iterable[Consultation]) -> int:
    """Count the organisations that asked, each once however often it did."""
    return len({row.organisation for row in rows} - {None})


def _answered_by(first: Article | None) -> AnsweredBy:
    if first is None:
        return AnsweredBy.NOBODY
    return AnsweredBy.FAQ if first.kind is ArticleKind.SUGGESTED else AnsweredBy.PERSON
