"""Who wants to be called back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.calls import CallState, CallWish
from handlers.domain.ids import CallWishId, PersonId, TicketId
from knowledge_base.values import dataclass
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import call_wishes, merges
from storage.ties import SqlTies

_row = call_wishes.c
_NEWEST: Final = prepared(
    sa.select(call_wishes)
    .where(_row.person_id == sa.bindparam("person"))
    .order_by(_row.id.desc())
    .limit(1)
)
_OF_TICKETS: Final = prepared(
    sa.select(call_wishes)
    .where(_row.ticket_id.in_(sa.bindparam("tickets", expanding=True)))
    .order_by(_row.id)
)


@dataclass(frozen=True, slots=True)
class SqlCallWishes:
    """The port `CallWishes`."""

    connection: sa.Connection
    memory: Memory
    ties: SqlTies

    def add(self, *, ticket: TicketId, person: PersonId, at: datetime) -> CallWish:
        statement = sa.insert(call_wishes).values(
            ticket_id=ticket, person_id=person, state=CallState.NUMBER, note="", at=at
        )
        row = self.connection.execute(statement.returning(call_wishes)).one()
        return _wish(row)

    def save(self, wish: CallWish) -> None:
        statement = sa.update(call_wishes).where(_row.id == wish.id)
        self.connection.execute(
            statement.values(
                state=wish.state,
                phone=wish.phone,
                note=wish.note,
                starts_at=wish.starts_at,
                ends_at=wish.ends_at,
                missed=wish.missed,
            )
        )

    def find(self, wish: CallWishId) -> CallWish | None:
        return next(iter(self._rows(_row.id == wish)), None)

    def newest_of(self, person: PersonId) -> CallWish | None:
        row = self.connection.execute(_NEWEST, {"person": person}).one_or_none()
        return None if row is None else _wish(row)

    def due(self, *, before: datetime) -> Sequence[CallWish]:
        return self._rows(sa.and_(_row.state == CallState.WISHED, _row.ends_at < before))

    def of_ticket(self, ticket: TicketId) -> Sequence[CallWish]:
        key, read = ("calls", ticket), (call_wishes, merges)
        return self.memory.recall(key, read, lambda: self._of_ticket(ticket))

    def _of_ticket(self, ticket: TicketId) -> list[CallWish]:
        within = {"tickets": self.ties.within(ticket)}
        return [_wish(row) for row in self.connection.execute(_OF_TICKETS, within)]

    def _rows(self, condition: sa.ColumnElement[bool]) -> list[CallWish]:
        statement = sa.select(call_wishes).where(condition).order_by(_row.id)
        return [_wish(row) for row in self.connection.execute(statement)]


def _wish(row: sa.Row[Any]) -> CallWish:
    return CallWish(
        id=CallWishId(row.id),
        ticket=TicketId(row.ticket_id),
        person=PersonId(row.person_id),
        state=CallState(row.state),
        at=row.at,
        phone=row.phone,
        note=row.note,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        missed=row.missed,
    )
