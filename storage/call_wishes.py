"""Who wants to be called back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from handlers.domain.calls import CallState, CallWish
from handlers.domain.ids import CallWishId, PersonId, TicketId
from storage.memory import Memory
from storage.rows import call_wishes, merges
from storage.ties import SqlTies

_row = call_wishes.c


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
        return next(reversed(self._rows(_row.person_id == person)), None)

    def due(self, *, before: datetime) -> Sequence[CallWish]:
        return self._rows(sa.and_(_row.state == CallState.WISHED, _row.ends_at < before))

    def of_ticket(self, ticket: TicketId) -> Sequence[CallWish]:
        key, within = ("calls", ticket), self.ties.within(ticket)
        look_up = partial(self._rows, _row.ticket_id.in_(within))
        return self.memory.recall(key, (call_wishes, merges), look_up)

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
