"""Calls and visits that were held."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from handlers.domain.ids import ArticleId, ConsultantId, TicketId
from handlers.domain.talks import Particulars, Talk
from handlers.domain.tickets import ArticleKind
from knowledge_base.values import dataclass
from storage.rows import articles, talks, tickets
from storage.sql import pieces

_row, _article = talks.c, articles.c


@dataclass(frozen=True, slots=True)
class SqlTalks:
    """The port `Talks`."""

    connection: sa.Connection

    def add(self, article: ArticleId, about: Particulars) -> None:
        self.connection.execute(sa.insert(talks).values(article_id=article, **asdict(about)))

    def save(self, talk: Talk) -> None:
        which = sa.update(talks).where(_row.article_id == talk.article)
        self.connection.execute(which.values(**asdict(talk.about)))
        said = sa.update(articles).where(_article.id == talk.article)
        self.connection.execute(said.values(text=talk.advice))

    def remove(self, article: ArticleId) -> None:
        self.connection.execute(sa.delete(talks).where(_row.article_id == article))
        which = sa.update(articles).where(_article.id == article)
        self.connection.execute(which.values(kind=ArticleKind.NOTE))

    def find(self, article: ArticleId) -> Talk | None:
        return next(iter(self._talks(_row.article_id == article)), None)

    def of(self, tickets: Iterable[TicketId]) -> Mapping[TicketId, Sequence[Talk]]:
        found = defaultdict[TicketId, list[Talk]](list)
        for some in pieces(tickets):
            for talk in self._talks(_article.ticket_id.in_(some)):
                found[talk.ticket].append(talk)
        return found

    def between(self, start: datetime, end: datetime) -> Sequence[Talk]:
        real = tickets.c.practice.is_(sa.false())
        return self._talks(_article.at >= start, _article.at < end, real)

    def _talks(self, *conditions: sa.ColumnElement[bool]) -> Sequence[Talk]:
        columns = (_article.ticket_id, _article.kind, _article.consultant_id, _article.text)
        of_ticket = tickets.c.id == _article.ticket_id
        statement = (
            sa.select(talks, *columns, _article.at)
            .join(articles, _article.id == _row.article_id)
            .join(tickets, of_ticket)
            .where(*conditions)
            .order_by(_article.at, _article.id)
        )
        return [_talk(row) for row in self.connection.execute(statement)]


def _talk(row: sa.Row[Any]) -> Talk:
    return Talk(
        article=ArticleId(row.article_id),
        ticket=TicketId(row.ticket_id),
        kind=ArticleKind(row.kind),
        consultant=ConsultantId(row.consultant_id),
        held_at=row.at,
        advice=row.text,
        about=Particulars(
            minutes=row.minutes,
            participants=row.participants,
            place=row.place,
            organisation=row.organisation,
        ),
    )
