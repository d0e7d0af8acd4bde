"""`helpdesk mentor`: who accompanies which organisation, by which plan, and what came of it."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_json, print_table
from bot.commands.registry import day, print_taken, read_lines
from bot.commands.tickets import ticket_id
from bot.settings import load_settings
from handlers.domain.ids import MentorRequestId, MentorshipId, ResultId
from handlers.domain.mentorships import (
    Aim,
    Complexity,
    Contact,
    Mode,
    NewMentorRequest,
    NewMentorship,
    NewResult,
    Phase,
    Plan,
)
from handlers.mentor_imports import MentorImports
from handlers.mentorship_views import Accompanied, MentorshipFile
from handlers.staff import require
from knowledge_base.values import dataclass

_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first and the last day as they were typed."""

    first: str | None
    last: str | None


def assign(  # noqa: PLR0913 -- an option each
    organisation: str,
    *,
    email: str,
    mentor: str,
    programme: str,
    phase: str,
    source: str,
    days: Days,
    request: int | None,
    as_json: bool,
) -> None:
    """Put a mentor beside an organisation."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        new = NewMentorship(
            organisation=app.organisation_cards.find(uow, organisation).id,
            mentor=require(uow, mentor).id,
            programme=programme,
            phase=named(Phase, phase, field="phase"),
            starts_on=or_today(app, days.first, field="from"),
            ends_on=day(days.last, field="to") if days.last else None,
            source=source,
            at=app.clock.now(),
            by=email,
        )
        granted = MentorRequestId(request) if request is not None else None
        added = app.mentors.mentoring.assign(uow, new, require(uow, email), request=granted)
        row = app.mentors.glance(uow, added)
        uow.commit()
    _print_one(row, as_json=as_json)


def list_all(*, over: bool, as_json: bool) -> None:
    """Print who accompanies whom."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = app.mentors.listing(uow, over=over)
    if as_json:
        print_json([glance_view(row) for row in rows])
    else:
        print_table([_line(row) for row in rows])


def show(number: int, *, as_json: bool) -> None:
    """Print everything about a mentorship."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        found = app.mentors.file(uow, uow.mentorships.get(MentorshipId(number)))
    if as_json:
        print_json(_file_view(found))
        return
    print_table([_line(found.at_a_glance)])
    if plan := found.at_a_glance.plan:
        hours, ways = plan.minutes_a_month / _HOUR, ", ".join(plan.modes)
        typer.echo(f"need: {plan.need} ({plan.complexity})")
        typer.echo(f"plan: {hours:g} h a month, every {plan.every_days} days, {ways}")
    for month in found.months:
        given, planned = month.given / _HOUR, month.planned / _HOUR
        typer.echo(f"{month.first:%Y-%m}: {given:.1f} h of {planned:.1f} h")
    print_table(
        [
            (str(each.id), each.aim.value, str(each.due_on), each.planned, each.achieved or "-")
            for each in found.results
        ]
    )


def plan(
    number: int,
    *,
    email: str,
    need: str,
    complexity: str,
    modes: list[str],
    hours: float,
    every: int,
    first: str | None,
) -> None:
    """Assess the need and plan how it is met."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        new = Plan(
            mentorship=MentorshipId(number),
            need=need.strip(),
            complexity=named(Complexity, complexity, field="complexity"),
            modes=tuple(dict.fromkeys(named(Mode, mode, field="mode") for mode in modes)),
            minutes_a_month=round(hours * _HOUR),
            every_days=every,
            from_on=or_today(app, first, field="from"),
            at=app.clock.now(),
            by=email,
        )
        app.mentors.mentoring.plan(uow, new, require(uow, email))
        uow.commit()
    typer.echo(f"planned from {new.from_on}")


def record(number: int, *, email: str, minutes: int, mode: str, on: str | None) -> None:
    """Record time given."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        contact = Contact(
            on=or_today(app, on, field="on"),
            minutes=minutes,
            mode=named(Mode, mode, field="mode"),
        )
        app.mentors.mentoring.record(uow, MentorshipId(number), contact, require(uow, email))
        uow.commit()
    typer.echo(f"{contact.minutes} minutes on {contact.on}")


def expect(number: int, *, email: str, planned: str, due: str, aim: str) -> None:
    """Plan a result."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        new = NewResult(
            mentorship=MentorshipId(number),
            aim=named(Aim, aim, field="aim"),
            planned=planned.strip(),
            due_on=day(due, field="due"),
            at=app.clock.now(),
            by=email,
        )
        added = app.mentors.mentoring.expect(uow, new, require(uow, email))
        uow.commit()
    typer.echo(f"result {added.id}")


def achieve(number: int, *, email: str, what: str, on: str | None) -> None:
    """Say what was reached."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        who, reached = require(uow, email), or_today(app, on, field="on")
        app.mentors.mentoring.achieve(uow, ResultId(number), who, achieved=what, on=reached)
        uow.commit()
    typer.echo(f"achieved on {reached}")


def end(number: int, *, email: str, on: str | None) -> None:
    """Write down the last day."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        last, who = or_today(app, on, field="on"), require(uow, email)
        app.mentors.mentoring.end(uow, MentorshipId(number), who, on=last)
        uow.commit()
    typer.echo(f"ends on {last}")


def ask(
    organisation: str, *, email: str, programme: str, phase: str, reason: str, ticket: str | None
) -> None:
    """Ask for a mentor."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        new = NewMentorRequest(
            organisation=app.organisation_cards.find(uow, organisation).id,
            programme=programme,
            phase=named(Phase, phase, field="phase"),
            reason=reason.strip(),
            ticket=ticket_id(ticket) if ticket else None,
            at=app.clock.now(),
            by=email,
        )
        asked = app.mentors.mentoring.ask(uow, new, require(uow, email))
        uow.commit()
    typer.echo(f"request {asked.id}")


def list_requests(*, as_json: bool) -> None:
    """Print the requests."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = [
            (row, uow.organisations.get(row.organisation)) for row in uow.mentor_requests.rows()
        ]
    if as_json:
        print_json([{**as_words(asdict(row)), "name": body.name} for row, body in rows])
        return
    print_table(
        [
            (str(row.id), row.state.value, body.name, row.phase.value, row.reason)
            for row, body in rows
        ]
    )


def decline(number: int, *, email: str) -> None:
    """Settle a request without a mentor."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        app.mentors.mentoring.decline(uow, MentorRequestId(number), require(uow, email))
        uow.commit()
    typer.echo(f"request {number} is declined")


def take_in(file: Path, *, email: str, as_json: bool) -> None:
    """Import mentorships; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        taken = imports(app).mentorships(uow, rows, require(uow, email))
        uow.commit()
    print_taken(taken, "mentorships", as_json=as_json)


def imports(app: App) -> MentorImports:
    """Return what takes files in."""
    return MentorImports(
        mentoring=app.mentors.mentoring,
        projects=app.mentors.projects,
        cards=app.organisation_cards,
    )


def or_today(app: App, said: str | None, *, field: str) -> date:
    """Read a day; none said is today."""
    return day(said, field=field) if said else app.mentors.mentoring.today


def as_words(values: dict[str, object]) -> dict[str, object]:
    """Make values fit for JSON: days and moments as text, lists as lists."""
    return {name: _word(value) for name, value in values.items()}


def glance_view(row: Accompanied) -> dict[str, object]:
    """Return a mentorship at a glance as printed."""
    return {
        **as_words(asdict(row.mentorship)),
        "organisation": {"id": row.organisation.id, "name": row.organisation.name},
        "mentor": row.mentor.email,
        "plan": as_words(asdict(row.plan)) if row.plan else None,
        "heard_on": row.heard_on.isoformat(),
        "silent_since": row.silent_since.isoformat() if row.silent_since else None,
        "late_results": row.late,
    }


def _file_view(found: MentorshipFile) -> dict[str, object]:
    return {
        **glance_view(found.at_a_glance),
        "plans": [as_words(asdict(each)) for each in found.plans],
        "months": [as_words(asdict(each)) for each in found.months],
        "contacts": [as_words(asdict(each)) for each in found.contacts],
        "results": [as_words(asdict(each)) for each in found.results],
        "projects": [as_words(asdict(each.project)) for each in found.projects],
    }


def _word(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _print_one(row: Accompanied, *, as_json: bool) -> None:
    if as_json:
        print_json(glance_view(row))
    else:
        print_table([_line(row)])


def _line(row: Accompanied) -> tuple[str, ...]:
    lasting = row.mentorship
    return (
        str(lasting.id),
        row.organisation.name,
        row.mentor.email,
        lasting.programme,
        lasting.phase.value,
        f"{lasting.starts_on} – {lasting.ends_on or ''}".strip(),
        f"silent since {row.silent_since}" if row.silent_since else f"heard {row.heard_on}",
    )
