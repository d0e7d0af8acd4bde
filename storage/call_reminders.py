"""Who wants to be reminded before a call closes."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from handlers.call_reminders import CallReminder
from handlers.domain.ids import TicketId
from knowledge_base.values import dataclass
from storage.rows import call_reminders
from storage.sql import insert

_row = call_reminders.c


@dataclass(frozen=True, slots=True)
class SqlCallReminders:
    """The port `CallReminders`."""

    connection: sa.Connection

    def ask(self, reminder: CallReminder) -> bool:
        own = _is(reminder)
        statement = insert(self.connection, call_reminders).values(
            ticket_id=reminder.ticket, call=reminder.call, asked_at=reminder.asked_at
        )
        added = self.connection.scalar(statement.on_conflict_do_nothing().returning(_row.id))
        again = (
            sa.update(call_reminders)
            .where(own, _row.ended_at.is_not(None))
            .values(asked_at=reminder.asked_at, ended_at=None)
        )
        return added is not None or bool(self.connection.execute(again).rowcount)

    def end(self, ticket: TicketId, *, at: datetime) -> int:
        own = sa.and_(_row.ticket_id == ticket, _row.ended_at.is_(None))
        statement = sa.update(call_reminders).where(own).values(ended_at=at)
        return self.connection.execute(statement).rowcount

    def standing(self) -> Sequence[CallReminder]:
        statement = sa.select(call_reminders).where(_row.ended_at.is_(None)).order_by(_row.id)
        return [
            CallReminder(
                ticket=TicketId(row.ticket_id),
                call=row.call,
                asked_at=row.asked_at,
                told_for=row.told_for,
            )
            for row in self.connection.execute(statement)
        ]

    def told(self, reminder: CallReminder, *, closes_on: date) -> bool:
        others = sa.or_(_row.told_for.is_(None), _row.told_for != closes_on)
        own = sa.and_(_is(reminder), _row.ended_at.is_(None), others)
        statement = sa.update(call_reminders).where(own).values(told_for=closes_on)
        return self.connection.execute(statement).rowcount == 1


def _is(reminder: CallReminder) -> sa.ColumnElement[bool]:
    return sa.and_(_row.ticket_id == reminder.ticket, _row.call == reminder.call)
