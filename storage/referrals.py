"""Referrals to other bodies."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.ids import ConsultantId, ReferralId, TicketId
from handlers.domain.referrals import NewReferral, Referral, ReferralState
from knowledge_base.values import dataclass
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import merges, referrals
from storage.ties import SqlTies

_row = referrals.c
_OF_TICKETS: Final = prepared(
    sa.select(referrals)
    .where(_row.ticket_id.in_(sa.bindparam("tickets", expanding=True)))
    .order_by(_row.id)
)


@dataclass(frozen=True, slots=True)
class SqlReferrals:
    """The port `Referrals`."""

    connection: sa.Connection
    memory: Memory
    ties: SqlTies

    def add(self, new: NewReferral) -> Referral:
        given = asdict(new)
        ticket, consultant = given.pop("ticket"), given.pop("consultant")
        statement = sa.insert(referrals).values(**given, ticket_id=ticket, consultant_id=consultant)
        return _referral(self.connection.execute(statement.returning(referrals)).one())

    def save(self, referral: Referral) -> None:
        statement = sa.update(referrals).where(_row.id == referral.id)
        self.connection.execute(
            statement.values(
                state=referral.state,
                consent=referral.consent,
                follow_up_on=referral.follow_up_on,
                reminded_at=referral.reminded_at,
            )
        )

    def find(self, referral: ReferralId) -> Referral | None:
        return next(iter(self._rows(_row.id == referral)), None)

    def of_ticket(self, ticket: TicketId) -> Sequence[Referral]:
        key, read = ("referrals", ticket), (referrals, merges)
        return self.memory.recall(key, read, lambda: self._of_ticket(ticket))

    def _of_ticket(self, ticket: TicketId) -> list[Referral]:
        within = {"tickets": self.ties.within(ticket)}
        return [_referral(row) for row in self.connection.execute(_OF_TICKETS, within)]

    def due(self, day: date) -> Sequence[Referral]:
        return self._rows(
            _row.state == ReferralState.SENT,
            _row.follow_up_on <= day,
            _row.reminded_at.is_(None),
        )

    def reminded(self, referral: ReferralId, *, at: datetime) -> bool:
        which = (_row.id == referral, _row.reminded_at.is_(None))
        statement = sa.update(referrals).where(*which).values(reminded_at=at)
        return self.connection.execute(statement.returning(_row.id)).one_or_none() is not None

    def _rows(self, *conditions: sa.ColumnElement[bool]) -> list[Referral]:
        statement = sa.select(referrals).where(*conditions).order_by(_row.id)
        return [_referral(row) for row in self.connection.execute(statement)]


def _referral(row: sa.Row[Any]) -> Referral:
    return Referral(
        id=ReferralId(row.id),
        ticket=TicketId(row.ticket_id),
        consultant=ConsultantId(row.consultant_id),
        body=row.body,
        contact=row.contact,
        words=row.words,
        state=ReferralState(row.state),
        consent=row.consent,
        follow_up_on=row.follow_up_on,
        at=row.at,
        reminded_at=row.reminded_at,
    )
