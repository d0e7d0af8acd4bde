"""Documents under review."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.reviews import Recommendation, Review, Round, Verdict
from knowledge_base.values import dataclass
from storage.rows import recommendations, review_rounds, reviews
from storage.sql import insert


@dataclass(frozen=True, slots=True)
class SqlReviews:
    """The port `Reviews`."""

    connection: sa.Connection

    def find(self, ticket: TicketId) -> Review | None:
        return next(iter(self._reviews(reviews.c.ticket_id == ticket)), None)

    def rows(self, *, closed: bool) -> Sequence[Review]:
        return self._reviews(sa.true() if closed else reviews.c.closed_at.is_(None))

    def put(self, review: Review) -> None:
        given = _columns(review)
        statement = insert(self.connection, reviews).values(given)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["ticket_id"], set_=given)
        )

    def reminded(self, ticket: TicketId, *, due_on: date) -> bool:
        row = reviews.c
        other = sa.or_(row.reminded_for.is_(None), row.reminded_for != due_on)
        statement = sa.update(reviews).where(row.ticket_id == ticket, other)
        return self.connection.execute(statement.values(reminded_for=due_on)).rowcount == 1

    def rounds(self, ticket: TicketId) -> Sequence[Round]:
        row = review_rounds.c
        statement = sa.select(review_rounds).where(row.ticket_id == ticket).order_by(row.number)
        return [_round(each) for each in self.connection.execute(statement)]

    def add_round(self, added: Round) -> None:
        given = _columns(added)
        given["article_id"] = given.pop("article")
        self.connection.execute(sa.insert(review_rounds).values(given))

    def recommendations(self, ticket: TicketId) -> Sequence[Recommendation]:
        row = recommendations.c
        statement = sa.select(recommendations).where(row.ticket_id == ticket).order_by(row.number)
        return [_recommendation(each) for each in self.connection.execute(statement)]

    def put_recommendation(self, recommendation: Recommendation) -> None:
        given = _columns(recommendation)
        statement = insert(self.connection, recommendations).values(given)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["ticket_id", "number"], set_=given)
        )

    def _reviews(self, which: sa.ColumnElement[bool]) -> list[Review]:
        row = reviews.c
        statement = sa.select(reviews).where(which).order_by(row.due_on, row.ticket_id)
        return [_review(each) for each in self.connection.execute(statement)]


def _columns(value: Review | Round | Recommendation) -> dict[str, Any]:
    given = asdict(value)
    given["ticket_id"] = given.pop("ticket")
    return given


def _review(row: sa.Row[Any]) -> Review:
    return Review(
        ticket=TicketId(row.ticket_id),
        title=row.title,
        due_on=row.due_on,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        closed_at=row.closed_at,
        reminded_for=row.reminded_for,
    )


def _round(row: sa.Row[Any]) -> Round:
    return Round(
        ticket=TicketId(row.ticket_id),
        number=row.number,
        article=ArticleId(row.article_id),
        sha256=row.sha256,
        file=row.file,
        note=row.note,
        at=row.at,
        by=row.by,
    )


def _recommendation(row: sa.Row[Any]) -> Recommendation:
    return Recommendation(
        ticket=TicketId(row.ticket_id),
        number=row.number,
        round=row.round,
        text=row.text,
        place=row.place,
        at=row.at,
        by=row.by,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
    )
