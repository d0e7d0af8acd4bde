"""The articles of threads, found by what they are called and read with their files and copies."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Attachment, Channel
from handlers.domain.ids import ArticleId, ConsultantId, PersonId, TicketId
from handlers.domain.tickets import Article, ArticleKind
from storage.article_names import articles_named
from storage.attachments import attachments_of
from storage.columns import optional
from storage.copies import copies_of
from storage.parents import first_who_awaits
from storage.prepared import prepared
from storage.rows import articles, attachments, copies, merges
from storage.sql import unindexed

SAID_IN: Final = (articles, attachments, copies, merges)
"""What is read of a thread."""

_THREAD: Final = prepared(
    sa.select(articles)
    .where(articles.c.ticket_id.in_(sa.bindparam("tickets", expanding=True)))
    .order_by(articles.c.id)
)
_AWAITING: Final = prepared(sa.select(articles).where(articles.c.id.in_(first_who_awaits())))


def thread(connection: sa.Connection, tickets: Sequence[TicketId]) -> Sequence[Article]:
    """Return what was said in these tickets, oldest first."""
    return _read(connection, _THREAD, {"tickets": tickets})


def first_with_id(
    connection: sa.Connection, channel: Channel, external_ids: Sequence[str], *, kind: ArticleKind
) -> Article | None:
    """Return the article that the first known of the ids names.

    Whoever used an id first keeps it: a borrowed one draws no reply away.
    """
    row = _first_named(connection, channel, external_ids, kind=kind)
    return None if row is None else _complete(connection, [row])[0]


def ticket_with_id(
    connection: sa.Connection, channel: Channel, external_ids: Sequence[str], *, kind: ArticleKind
) -> TicketId | None:
    """Return the ticket of that article."""
    row = _first_named(connection, channel, external_ids, kind=kind)
    return None if row is None else TicketId(row.ticket_id)


def first_awaiting(
    connection: sa.Connection, channel: Channel, external_ids: Sequence[str], *, person: PersonId
) -> Article | None:
    """Return the oldest article of a person that answers one of these messages."""
    which = {"on": channel, "external_ids": list(external_ids), "said_by": person}
    return next(iter(_read(connection, _AWAITING, which)), None)


def _first_named(
    connection: sa.Connection, channel: Channel, external_ids: Sequence[str], *, kind: ArticleKind
) -> sa.Row[Any] | None:
    which = {"on": channel, "as": kind, "external_ids": list(external_ids)}
    statement = _with_id(besides=kind is ArticleKind.INBOUND)
    named = connection.execute(statement, which).all()
    found = {row.external_id: row for row in named}
    known = (found[each] for each in external_ids if each in found)
    return next(known, named[-1] if named else None)


@cache
def _with_id(*, besides: bool) -> sa.Executable:
    """Select articles by their ids; `besides`: or by the further ids they came under."""
    row = articles.c
    ids: sa.BindParameter[Any] = sa.bindparam("external_ids", expanding=True)
    on: sa.BindParameter[str] = sa.bindparam("on")
    which: sa.Select[Any] | sa.CompoundSelect[Any] = sa.select(row.id).where(
        row.channel == on, row.kind == sa.bindparam("as"), row.external_id.in_(ids)
    )
    if besides:
        which = sa.union_all(which, articles_named(ids))
    named = sa.select(articles).where(row.id.in_(which), unindexed(row.channel) == on)
    return prepared(named.order_by(row.id.desc()))


def _read(
    connection: sa.Connection, statement: sa.Executable, which: Mapping[str, object]
) -> Sequence[Article]:
    return _complete(connection, connection.execute(statement, which).all())


def _complete(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> Sequence[Article]:
    """Add the files and copies of articles."""
    numbers = [row.id for row in rows]
    files = attachments_of(connection, attachments.c.article_id, numbers) if rows else {}
    copied = copies_of(connection, numbers) if rows else {}
    return [_article(row, files.get(row.id, ()), copied.get(row.id, ())) for row in rows]


def _article(row: sa.Row[Any], files: tuple[Attachment, ...], copied: tuple[str, ...]) -> Article:
    return Article(
        id=ArticleId(row.id),
        ticket=TicketId(row.ticket_id),
        kind=ArticleKind(row.kind),
        channel=Channel(row.channel),
        author=row.author,
        text=row.text,
        at=row.at,
        full_text=row.full_text,
        person=optional(PersonId, row.person_id),
        consultant=optional(ConsultantId, row.consultant_id),
        external_id=row.external_id,
        entry=row.entry,
        entry_version=row.entry_version,
        attachments=files,
        copies=copied,
        notes=tuple(row.notes.split()),
    )
