"""What a relay needs beside the debt itself, read for a whole claim at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from handlers.domain.outgoing import Kind, OutboxState, Outgoing
from handlers.domain.tickets import ArticleKind
from storage.attachments import attachments_of
from storage.blobs import Blobs
from storage.rows import articles, attachments, outbox, tickets, topics

_Said = tuple[datetime, int, str]


def outgoing(
    connection: sa.Connection, blobs: Blobs, rows: Sequence[sa.Row[Any]]
) -> list[Outgoing]:
    """Complete claimed rows with their ticket's subject, conversation, topic and files."""
    if not rows:
        return []
    numbers = {row.ticket_id for row in rows if row.ticket_id is not None}
    subjects = _subjects(connection, numbers)
    staff_topics = _topics(connection, numbers)
    conversations = _Conversations(connection, numbers)
    edited = _external_ids(connection, {row.edits for row in rows if row.edits is not None})
    files = attachments_of(connection, attachments.c.outbox_id, [row.id for row in rows])
    return [
        Outgoing(
            id=OutboxId(row.id),
            fence=row.fence,
            kind=Kind(row.kind),
            channel=Channel(row.channel),
            to=row.to,
            key=row.key,
            values=row._mapping["values"],  # noqa: SLF001 -- SQLAlchemy's public name for this
            language=row.language,
            at=row.at,
            attempts=row.attempts,
            doubts=row.doubts,
            ticket=None if row.ticket_id is None else TicketId(row.ticket_id),
            article=None if row.article_id is None else ArticleId(row.article_id),
            subject=subjects.get(row.ticket_id, ""),
            thread=conversations.of(row),
            topic=staff_topics.get((row.ticket_id, row.to)),
            attachments=files.get(row.id, ()),
            rendered=blobs.read(row.rendered, row.rendered_sha256),
            external_id=row.external_id,
            edits=edited.get(row.edits),
        )
        for row in rows
    ]


def _subjects(connection: sa.Connection, numbers: Iterable[int]) -> Mapping[int, str]:
    statement = sa.select(tickets.c.id, tickets.c.subject).where(tickets.c.id.in_(numbers))
    return {row.id: row.subject for row in connection.execute(statement)}


def _topics(connection: sa.Connection, numbers: Iterable[int]) -> Mapping[tuple[int, str], str]:
    row = topics.c
    statement = sa.select(row.ticket_id, row.chat, row.thread).where(row.ticket_id.in_(numbers))
    return {(ticket, chat): thread for ticket, chat, thread in connection.execute(statement)}


def _external_ids(connection: sa.Connection, numbers: Iterable[int]) -> Mapping[int, str]:
    statement = sa.select(outbox.c.id, outbox.c.external_id).where(outbox.c.id.in_(numbers))
    return {row.id: row.external_id for row in connection.execute(statement)}


class _Conversations:
    """What was said before on these tickets: received by a channel, or sent to an address."""

    def __init__(self, connection: sa.Connection, numbers: Iterable[int]) -> None:
        self._received: defaultdict[tuple[int, str], list[_Said]] = defaultdict(list)
        self._sent: defaultdict[tuple[int, str, str], list[_Said]] = defaultdict(list)
        for row in connection.execute(_received(numbers)):
            self._received[row.ticket_id, row.channel].append((row.at, row.id, row.external_id))
        for row in connection.execute(_sent(numbers)):
            said = (row.at, row.id, row.external_id)
            self._sent[row.ticket_id, row.channel, row.to].append(said)

    def of(self, row: sa.Row[Any]) -> tuple[str, ...]:
        """Return the external ids of this row's conversation, oldest first."""
        received = self._received.get((row.ticket_id, row.channel), [])
        sent = self._sent.get((row.ticket_id, row.channel, row.to), [])
        earlier = sorted([*received, *sent])
        return tuple(dict.fromkeys(each for _, _, each in earlier if each != row.external_id))


def _received(numbers: Iterable[int]) -> sa.Select[Any]:
    row = articles.c
    return sa.select(row.id, row.ticket_id, row.channel, row.at, row.external_id).where(
        row.ticket_id.in_(numbers),
        row.kind == ArticleKind.INBOUND,
        row.external_id.is_not(None),
    )


def _sent(numbers: Iterable[int]) -> sa.Select[Any]:
    row = outbox.c
    return sa.select(row.id, row.ticket_id, row.channel, row.to, row.at, row.external_id).where(
        row.ticket_id.in_(numbers),
        row.state.in_([OutboxState.SENDING, OutboxState.DELIVERED]),
        row.external_id.is_not(None),
    )
