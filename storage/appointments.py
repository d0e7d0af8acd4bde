"""Appointments for visits."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from handlers.domain.appointments import Appointment, Attendance, NewAppointment
from handlers.domain.ids import AppointmentId, ConsultantId, TicketId
from knowledge_base.values import dataclass
from storage.rows import appointments
from storage.ties import SqlTies

_row = appointments.c


@dataclass(frozen=True, slots=True)
class SqlAppointments:
    """The port `Appointments`."""

    connection: sa.Connection
    ties: SqlTies

    def add(self, new: NewAppointment) -> Appointment:
        given = asdict(new)
        ticket, consultant = given.pop("ticket"), given.pop("consultant")
        statement = sa.insert(appointments).values(
            **given,
            ticket_id=ticket,
            consultant_id=consultant,
            sequence=0,
            state=Attendance.INVITED,
        )
        return _appointment(self.connection.execute(statement.returning(appointments)).one())

    def save(self, appointment: Appointment) -> None:
        statement = sa.update(appointments).where(_row.id == appointment.id)
        self.connection.execute(
            statement.values(
                starts_at=appointment.starts_at,
                ends_at=appointment.ends_at,
                place=appointment.place,
                about=appointment.about,
                sequence=appointment.sequence,
                state=appointment.state,
                answered_at=appointment.answered_at,
            )
        )

    def find(self, appointment: AppointmentId) -> Appointment | None:
        return next(iter(self._rows(_row.id == appointment)), None)

    def by_uid(self, uid: str) -> Appointment | None:
        return next(iter(self._rows(_row.uid == uid)), None)

    def of_ticket(self, ticket: TicketId) -> Sequence[Appointment]:
        return self._rows(_row.ticket_id.in_(self.ties.within(ticket)))

    def _rows(self, condition: sa.ColumnElement[bool]) -> list[Appointment]:
        statement = sa.select(appointments).where(condition).order_by(_row.id)
        return [_appointment(row) for row in self.connection.execute(statement)]


def _appointment(row: sa.Row[Any]) -> Appointment:
    return Appointment(
        id=AppointmentId(row.id),
        uid=row.uid,
        ticket=TicketId(row.ticket_id),
        consultant=ConsultantId(row.consultant_id),
        attendee=row.attendee,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        about=row.about,
        at=row.at,
        sequence=row.sequence,
        state=Attendance(row.state),
        answered_at=row.answered_at,
    )
