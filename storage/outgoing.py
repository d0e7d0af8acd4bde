"""What a relay needs beside the debt itself, read for a whole claim at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from handlers.domain.outgoing import Kind, OutboxState, Outgoing
from handlers.domain.tickets import ArticleKind
from storage.attachments import attachments_of
from storage.blobs import Blobs
from storage.columns import optional
from storage.prepared import prepared
from storage.rows import articles, attachments, outbox, tickets, topics
from storage.sql import unindexed

NEEDED: Final = (
    outbox.c.id,
    outbox.c.fence,
    outbox.c.kind,
    outbox.c.channel,
    outbox.c.to,
    outbox.c.key,
    outbox.c["values"].label("said"),  # `values` is a method of rows
    outbox.c.language,
    outbox.c.at,
    outbox.c.attempts,
    outbox.c.doubts,
    outbox.c.ticket_id,
    outbox.c.article_id,
    outbox.c.rendered,
    outbox.c.rendered_sha256,
    outbox.c.external_id,
    outbox.c.edits,
    # Named in full: what a claim returns on SQLite has bare names, and files have an `id` as well.
    sa.exists().where(attachments.c.outbox_id == sa.literal_column("outbox.id")).label("has_files"),
)
"""What `outgoing` reads of a row."""

_Said = tuple[datetime, int, str]
_these: Final[sa.BindParameter[int]] = sa.bindparam("numbers", expanding=True)
_SUBJECTS: Final = prepared(
    sa.select(tickets.c.id, tickets.c.subject).where(tickets.c.id.in_(_these))
)
_TOPICS: Final = prepared(
    sa.select(topics.c.ticket_id, topics.c.chat, topics.c.thread).where(
        topics.c.ticket_id.in_(_these)
    )
)
_NAMES: Final = prepared(
    sa.select(outbox.c.id, outbox.c.external_id).where(outbox.c.id.in_(_these))
)
_RECEIVED: Final = prepared(
    sa.select(
        articles.c.id,
        articles.c.ticket_id,
        articles.c.channel,
        articles.c.at,
        articles.c.external_id,
    ).where(
        articles.c.ticket_id.in_(_these),
        articles.c.kind == ArticleKind.INBOUND,
        articles.c.external_id.is_not(None),
    )
)
_SENT: Final = prepared(
    sa.select(
        outbox.c.id,
        outbox.c.ticket_id,
        outbox.c.channel,
        outbox.c.to,
        outbox.c.at,
        outbox.c.external_id,
    ).where(
        outbox.c.ticket_id.in_(_these),
        unindexed(outbox.c.state).in_([OutboxState.SENDING, OutboxState.DELIVERED]),
        outbox.c.external_id.is_not(None),
    )
)


def outgoing(
    connection: sa.Connection, blobs: Blobs, rows: Sequence[sa.Row[Any]]
) -> list[Outgoing]:
    """Complete claimed rows with their ticket's subject, conversation, topic and files."""
    if not rows:
        return []
    numbers = {row.ticket_id for row in rows if row.ticket_id is not None}
    in_chats = {row.ticket_id for row in rows if row.channel == Channel.TELEGRAM} & numbers
    subjects = _subjects(connection, numbers)
    staff_topics = _topics(connection, in_chats)
    conversations = _Conversations(connection, numbers)
    edited = _external_ids(connection, {row.edits for row in rows if row.edits is not None})
    with_files = [row.id for row in rows if row.has_files]
    files = attachments_of(connection, attachments.c.outbox_id, with_files) if with_files else {}
    return [
        Outgoing(
            id=OutboxId(number),
            fence=fence,
            kind=Kind(kind),
            channel=Channel(channel),
            to=to,
            key=key,
            values=said,
            language=language,
            at=at,
            attempts=attempts,
            doubts=doubts,
            ticket=optional(TicketId, ticket),
            article=optional(ArticleId, article),
            subject=subjects.get(ticket, ""),
            thread=conversations.of(ticket, channel, to, but=name),
            topic=staff_topics.get((ticket, to)),
            attachments=files.get(number, ()),
            rendered=blobs.read(in_row, sha256),
            external_id=name,
            edits=edited.get(edits),
        )
        # Unpacked as `NEEDED` has them: each asked for by its name takes several times as long.
        for (
            number,
            fence,
            kind,
            channel,
            to,
            key,
            said,
            language,
            at,
            attempts,
            doubts,
            ticket,
            article,
            in_row,
            sha256,
            name,
            edits,
            _,
        ) in map(tuple, rows)
    ]


def _subjects(connection: sa.Connection, numbers: Collection[int]) -> Mapping[int, str]:
    return {row.id: row.subject for row in _found(connection, _SUBJECTS, numbers)}


def _topics(connection: sa.Connection, numbers: Collection[int]) -> Mapping[tuple[int, str], str]:
    found = _found(connection, _TOPICS, numbers)
    return {(row.ticket_id, row.chat): row.thread for row in found}


def _external_ids(connection: sa.Connection, numbers: Collection[int]) -> Mapping[int, str]:
    return {row.id: row.external_id for row in _found(connection, _NAMES, numbers)}


class _Conversations:
    """What was said before on these tickets: received by a channel, or sent to an address."""

    def __init__(self, connection: sa.Connection, numbers: Collection[int]) -> None:
        self._received: defaultdict[tuple[int, str], list[_Said]] = defaultdict(list)
        self._sent: defaultdict[tuple[int, str, str], list[_Said]] = defaultdict(list)
        for said in _found(connection, _RECEIVED, numbers):
            received = self._received[said.ticket_id, said.channel]
            received.append((said.at, said.id, said.external_id))
        for row in _found(connection, _SENT, numbers):
            sent = self._sent[row.ticket_id, row.channel, row.to]
            sent.append((row.at, row.id, row.external_id))

    def of(self, ticket: int, channel: str, to: str, *, but: str | None) -> tuple[str, ...]:
        """Return the external ids of this address's conversation but one, oldest first."""
        received = self._received.get((ticket, channel), [])
        sent = self._sent.get((ticket, channel, to), [])
        if not (received or sent):
            return ()
        earlier = sorted([*received, *sent])
        return tuple(dict.fromkeys(each for _, _, each in earlier if each != but))


def _found(
    connection: sa.Connection, statement: sa.Executable, numbers: Collection[int]
) -> Sequence[sa.Row[Any]]:
    if not numbers:
        return ()
    return connection.execute(statement, {"numbers": list(numbers)}).all()
