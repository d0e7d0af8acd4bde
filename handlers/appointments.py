"""Port of the appointments for visits."""

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.appointments import Appointment, NewAppointment
from handlers.domain.ids import AppointmentId, TicketId


class Appointments(Protocol):
    """Who is invited to which visit, and what they said."""

    def add(self, new: NewAppointment) -> Appointment:
        """Keep an appointment."""
        ...

    def save(self, appointment: Appointment) -> None:
        """Write what may change: when, where, what about, its sequence and the answer."""
        ...

    def find(self, appointment: AppointmentId) -> Appointment | None:
        """Return the appointment, or None."""
        ...

    def by_uid(self, uid: str) -> Appointment | None:
        """Find an appointment by its name in calendars."""
        ...

    def of_ticket(self, ticket: TicketId) -> Sequence[Appointment]:
        """List a ticket's appointments and those of tickets merged into it, oldest first."""
        ...
