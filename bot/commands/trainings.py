"""`helpdesk training`: the calendar, and those who register."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from bot.app import App, open_desk
from bot.commands.output import print_rows
from bot.commands.registry import day, print_taken, read_lines
from bot.commands.reporting import plain_cell
from bot.settings import load_settings
from handlers.domain.channels import Channel
from handlers.domain.tickets import reference_of
from handlers.domain.trainings import Enrolment, Training
from handlers.ports import UnitOfWork
from handlers.training_rows import parse_trainings
from handlers.trainings import Offer

Values = Mapping[str, str | int | None]


def add(values: Values, *, by: str) -> None:
    """Add a training and print its code."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        added = app.intake.enrolling.calendar.add(uow, _given(values), by=by)
        uow.commit()
    typer.echo(f"{added.id}: {added.title}, {_days(added)}")


def change(training: str, values: Values, *, by: str) -> None:
    """Change some values of a training."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        changed = app.intake.enrolling.calendar.change(uow, training, _given(values), by=by)
        uow.commit()
    typer.echo(f"{changed.id}: {changed.title}, {_days(changed)}")


def take_in(file: Path, *, by: str, as_json: bool) -> None:
    """Import trainings; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        parsed = parse_trainings(rows, app.intake.enrolling.calendar.places())
        taken = app.intake.enrolling.calendar.take_in(uow, parsed, by=by)
        uow.commit()
    print_taken(taken, "trainings", as_json=as_json)


def list_trainings(*, past: bool, as_json: bool) -> None:
    """Print the trainings, the first to begin first."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        now = app.clock.now()
        rows = [
            _training(app.intake.enrolling.calendar.offer(uow, known))
            for known in uow.trainings.rows()
            if past or known.training.is_ahead(now)
        ]
    columns = ("id", "days", "hours", "municipality", "title", "seats", "state")
    print_rows(rows, lambda row: [str(row[column]) for column in columns], as_json=as_json)


def list_enrolments(training: str, *, as_json: bool) -> None:
    """Print who registered for a training, in the order of the list."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = _enrolments(app, uow, training)
    columns = ("reference", "seat", "name", "organisation", "attended")
    print_rows(rows, lambda row: [row[column] for column in columns], as_json=as_json)


def attend(training: str, who: Sequence[str], *, days: Sequence[str], came: bool) -> None:
    """Note who came."""
    on = [day(each, field="day") for each in days]
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        noted = app.intake.enrolling.calendar.attend(uow, training, who, days=on, came=came)
        uow.commit()
    for each in noted:
        attended = ", ".join(map(str, each.attended)) or "nobody saw them"
        typer.echo(f"{reference_of(each.ticket)} {each.name}: {attended}")


def export(training: str, out: Path) -> None:
    """Write who registered and who came, readable by spreadsheets."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = _enrolments(app, uow, training)
    # The byte order mark makes spreadsheets read Lithuanian letters.
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows([plain_cell(row[column]) for column in _COLUMNS] for row in rows)
    typer.echo(f"{len(rows)} enrolments written to {out}")


_COLUMNS = (
    "reference",
    "seat",
    "name",
    "organisation",
    "municipality",
    "address",
    "registered_at",
    "attended",
)


def _given(values: Values) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value is not None}


def _days(training: Training) -> str:
    return ", ".join(each.isoformat() for each in training.days)


def _training(offer: Offer) -> dict[str, str | int]:
    training = offer.training
    return {
        "id": training.id,
        "title": training.title,
        "cycle": training.cycle,
        "programme": training.programme,
        "days": _days(training),
        "hours": training.hours,
        "municipality": training.municipality,
        "place": training.place,
        "seats": f"{offer.taken}/{training.seats}",
        "waiting": offer.waiting,
        "came": offer.came,
        "length": len(training.days),
        "state": "called off" if training.called_off else f"{offer.waiting} waiting",
        "version": offer.known.version,
    }


def _enrolments(app: App, uow: UnitOfWork, training: str) -> list[dict[str, str]]:
    app.intake.enrolling.calendar.require(uow, training)
    return [_enrolment(uow, each) for each in uow.trainings.enrolments(training)]


def _enrolment(uow: UnitOfWork, enrolment: Enrolment) -> dict[str, str]:
    known = uow.people.get(enrolment.person).addresses
    mails = [each.value for each in known if each.channel is Channel.MAIL]
    return {
        "reference": reference_of(enrolment.ticket),
        "seat": enrolment.seat.value,
        "name": enrolment.name,
        "organisation": enrolment.organisation,
        "municipality": enrolment.municipality or "",
        "address": mails[-1] if mails else "",
        "registered_at": enrolment.at.isoformat(timespec="minutes"),
        "attended": ", ".join(each.isoformat() for each in enrolment.attended),
    }
