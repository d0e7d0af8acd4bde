"""`helpdesk visit`: invitations out, answers shown."""

from datetime import datetime

import typer

from bot.app import open_desk
from bot.commands.output import print_rows
from bot.commands.tickets import ticket_id
from bot.settings import load_settings
from handlers.domain.appointments import Appointment
from handlers.domain.errors import InvalidError
from handlers.domain.ids import AppointmentId
from handlers.inviting import Meeting
from handlers.staff import require
from handlers.working_time import VILNIUS


def meeting(start: str, *, minutes: int, place: str, about: str) -> Meeting:
    """Read when, where and what about.

    Raises:
        InvalidError: the time is none.
    """
    try:
        starts_at = datetime.strptime(start, "%Y-%m-%d %H:%M").replace(tzinfo=VILNIUS)
    except ValueError as wrong:
        raise InvalidError("bad-date", field="start", given=start) from wrong
    return Meeting(starts_at=starts_at, minutes=minutes, place=place, about=about)


def invite(reference: str, wanted: Meeting, *, email: str, to: str) -> None:
    """Owe the asker an invitation."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        ticket, who = uow.tickets.get(ticket_id(reference)), require(uow, email)
        visit = app.talking.inviting.invite(uow, ticket, who, wanted, to=to)
        uow.commit()
    typer.echo(_line(visit))


def move(number: int, wanted: Meeting, *, email: str) -> None:
    """Owe the asker another time or place."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        who = require(uow, email)
        visit = app.talking.inviting.move(uow, AppointmentId(number), who, wanted)
        uow.commit()
    typer.echo(_line(visit))


def cancel(number: int, *, email: str) -> None:
    """Owe the asker word that nothing comes of it."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        visit = app.talking.inviting.cancel(uow, AppointmentId(number), require(uow, email))
        uow.commit()
    typer.echo(_line(visit))


def list_visits(reference: str, *, email: str, as_json: bool) -> None:
    """Print the appointments of a ticket the consultant may read."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        ticket = uow.tickets.get(ticket_id(reference))
        app.access.require(require(uow, email), ticket)
        rows = [
            {
                "number": str(each.id),
                "start": _start(each),
                "place": each.place,
                "about": each.about,
                "attendee": each.attendee,
                "state": each.state.value,
            }
            for each in uow.appointments.of_ticket(ticket.id)
        ]
    print_rows(rows, lambda row: list(row.values()), as_json=as_json)


def _line(visit: Appointment) -> str:
    return f"{visit.id}  {_start(visit)}  {visit.place}  {visit.attendee}  {visit.state.value}"


def _start(visit: Appointment) -> str:
    return f"{visit.starts_at.astimezone(VILNIUS):%Y-%m-%d %H:%M}"
