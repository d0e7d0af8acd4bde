"""Which topic of which staff chat shows a ticket."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from handlers.domain.ids import TicketId
from knowledge_base.values import dataclass
from storage.columns import optional
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import topics

_row = topics.c
_OF_TICKET: Final = prepared(
    sa.select(_row.chat, _row.thread)
    .where(_row.ticket_id == sa.bindparam("ticket"))
    .order_by(_row.chat)
)


@dataclass(frozen=True, slots=True)
class SqlTopics:
    """The port `Topics`."""

    connection: sa.Connection
    memory: Memory

    def find(self, *, chat: str, ticket: TicketId) -> str | None:
        statement = sa.select(_row.thread).where(_row.chat == chat, _row.ticket_id == ticket)
        return self.connection.scalar(statement)

    def of(self, ticket: TicketId) -> Sequence[tuple[str, str]]:
        return self.memory.recall(("topics", ticket), (topics,), lambda: self._of(ticket))

    def _of(self, ticket: TicketId) -> Sequence[tuple[str, str]]:
        found = self.connection.execute(_OF_TICKET, {"ticket": ticket})
        return [(chat, thread) for chat, thread in found]

    def ticket(self, *, chat: str, thread: str) -> TicketId | None:
        statement = sa.select(_row.ticket_id).where(_row.chat == chat, _row.thread == thread)
        number = self.connection.scalar(statement)
        return optional(TicketId, number)

    def save(self, *, chat: str, ticket: TicketId, thread: str) -> None:
        same = sa.or_(_row.ticket_id == ticket, _row.thread == thread)
        self.connection.execute(sa.delete(topics).where(_row.chat == chat, same))
        self.connection.execute(
            sa.insert(topics).values(chat=chat, ticket_id=ticket, thread=thread)
        )

    def forget(self, *, chat: str, ticket: TicketId) -> None:
        self.connection.execute(
            sa.delete(topics).where(_row.chat == chat, _row.ticket_id == ticket)
        )
