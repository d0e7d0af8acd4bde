"""`helpdesk consultation`: calls and visits, written down and listed."""

from datetime import date, datetime, time, timedelta

import typer

from bot.app import App, open_desk
from bot.commands.output import print_json, print_rows
from bot.commands.reporting import day_of
from bot.commands.tickets import ticket_id
from bot.settings import load_settings
from handlers.domain.calls import CallState
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError
from handlers.domain.ids import ArticleId
from handlers.domain.talks import Particulars, Told, overridden
from handlers.domain.tickets import ArticleKind
from handlers.phones import parse_phone
from handlers.staff import require
from handlers.talk_lines import read_talk, split_reference
from handlers.talk_views import talk_view
from handlers.working_time import VILNIUS, local_day
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was told by name; empty = not told."""

    name: str
    phone: str
    mail: str
    organisation: str
    municipality: str
    topic: str
    minutes: int | None
    participants: int | None
    place: str
    date: str
    advice: str


def log(email: str, line: str, given: Given, *, visit: bool, reference: str, as_json: bool) -> None:
    """Write down a call or a visit, and print what was understood."""
    kind = ArticleKind.VISIT if visit else ArticleKind.CALL
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        today = local_day(app.clock.now())
        named, line = split_reference(line)
        read = read_talk(line, kind, places=app.registry.places(), today=today)
        number = ticket_id(reference) if reference else named
        ticket = uow.tickets.get(number) if number is not None else None
        told = overridden(read, _told(app, given, today))
        if not told.municipality and told.municipalities:
            either = ", ".join(told.municipalities)
            raise InvalidError("which-municipality", field="municipality", either=either)
        talk = app.talking.consultations.log(uow, require(uow, email), kind, told, ticket=ticket)
        view = talk_view(uow, talk)
        uow.commit()
    if as_json:
        print_json(view)
        return
    for name, value in view.items():
        if value not in {"", None}:
            typer.echo(f"{name}: {value}")


def list_talks(first: str, last: str, *, email: str, as_json: bool) -> None:
    """Print the calls and visits of a period, as far as the consultant may read them."""
    start, end = day_of(first, "from"), day_of(last, "to") + timedelta(days=1)
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        who = require(uow, email)
        talks = uow.talks.between(
            datetime.combine(start, time(), VILNIUS), datetime.combine(end, time(), VILNIUS)
        )
        rows = [
            talk_view(uow, talk)
            for talk in talks
            if app.access.sees(who, uow.tickets.get(talk.ticket))
        ]
    print_rows(
        rows,
        lambda row: (
            str(row["number"]),
            row["held_on"],
            row["kind"],
            "" if row["minutes"] is None else f"{row['minutes']} min",
            row["reference"],
            row["municipality"],
            row["organisation"],
            row["advice"][:60],
        ),
        as_json=as_json,
    )


def summarise(number: int, *, email: str, to: str, text: str) -> None:
    """Owe the caller a written summary."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        who = require(uow, email)
        ticket = app.talking.consultations.summarise(uow, who, ArticleId(number), to=to, text=text)
        uow.commit()
    typer.echo(f"{ticket.reference}: the summary will be sent")


def missed(reference: str, *, email: str) -> None:
    """Write down that nobody answered a call."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        ticket = uow.tickets.get(ticket_id(reference))
        wish = app.talking.missed_calls.note(uow, ticket, require(uow, email))
        uow.commit()
    if wish.state is CallState.MISSED or wish.starts_at is None:
        typer.echo(f"{reference}: called {wish.missed} times; the asker is written to")
    else:
        due = wish.starts_at.astimezone(VILNIUS)
        typer.echo(f"{reference}: due again {due:%Y-%m-%d %H:%M}")


def drop(number: int, *, email: str) -> None:
    """Count a talk no longer."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        ticket = app.talking.consultations.drop(uow, require(uow, email), ArticleId(number))
        uow.commit()
    typer.echo(f"{ticket.reference}: no longer counted")


def _told(app: App, given: Given, today: date) -> Told:
    where = app.registry.place(given.municipality) if given.municipality else None
    return Told(
        advice=given.advice,
        name=given.name,
        address=_address(given),
        municipalities=(where.official,) if where else (),
        queue=given.topic or None,
        about=Particulars(
            minutes=given.minutes,
            participants=given.participants,
            place=given.place,
            organisation=given.organisation,
        ),
        held_at=_held_at(given.date, today),
    )


def _address(given: Given) -> Address | None:
    if given.phone:
        number = parse_phone(given.phone)
        if number is None:
            raise InvalidError("bad-phone", field="phone", given=given.phone)
        return Address(Channel.PHONE, number)
    return Address(Channel.MAIL, given.mail.strip().lower()) if given.mail else None


def _held_at(given: str, today: date) -> datetime | None:
    day = day_of(given, "date") if given else today
    return None if day == today else datetime.combine(day, time(12), VILNIUS)
