"""`helpdesk project`: projects of organisations, their stages and what is due."""

from dataclasses import asdict
from pathlib import Path

import typer

from bot.app import open_desk
from bot.commands.mentors import as_words, imports, or_today
from bot.commands.output import named, print_json, print_table
from bot.commands.registry import day, print_taken, read_lines
from bot.settings import load_settings
from handlers.domain.ids import CheckId, ProjectId
from handlers.domain.projects import NewProject, Stage
from handlers.mentorship_views import ProjectFile
from handlers.staff import require


def add(  # noqa: PLR0913 -- an option each
    organisation: str,
    *,
    email: str,
    programme: str,
    title: str,
    stage: str,
    on: str | None,
    call: str,
    contract: str,
    as_json: bool,
) -> None:
    """Write a project down."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        new = NewProject(
            organisation=app.organisation_cards.find(uow, organisation).id,
            programme=programme,
            call=call,
            title=title.strip(),
            contract=contract.strip(),
            stage=named(Stage, stage, field="stage"),
            on=or_today(app, on, field="on"),
            at=app.clock.now(),
            by=email,
        )
        added = app.mentors.projects.add(uow, new, require(uow, email))
        found = app.mentors.project_file(uow, added)
        uow.commit()
    if as_json:
        print_json(_view(found))
    else:
        print_table([_line(found)])


def reach(number: int, stage: str, *, email: str, on: str | None, contract: str | None) -> None:
    """Take a project a step further."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        step, when = named(Stage, stage, field="stage"), or_today(app, on, field="on")
        who, projects = require(uow, email), app.mentors.projects
        projects.reach(uow, ProjectId(number), step, who, on=when, contract=contract)
        uow.commit()
    typer.echo(f"{step.value} since {when}")


def expect(number: int, title: str, *, email: str, due: str | None) -> None:
    """Add a line to a checklist, or move it."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        by = day(due, field="due") if due else None
        who, projects = require(uow, email), app.mentors.projects
        check = projects.expect(uow, ProjectId(number), title, who, due_on=by)
        uow.commit()
    typer.echo(f"check {check.id}")


def tick(number: int, *, email: str, on: str | None, undo: bool) -> None:
    """Tick a line off, or take that back."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        when = None if undo else or_today(app, on, field="on")
        app.mentors.projects.tick(uow, CheckId(number), require(uow, email), on=when)
        uow.commit()
    typer.echo(f"done on {when}" if when else "not done")


def list_all(*, as_json: bool) -> None:
    """Print the projects."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = [app.mentors.project_file(uow, row) for row in uow.projects.rows()]
    if as_json:
        print_json([_view(row) for row in rows])
    else:
        print_table([_line(row) for row in rows])


def show(number: int, *, as_json: bool) -> None:
    """Print everything about a project."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        found = app.mentors.project_file(uow, uow.projects.get(ProjectId(number)))
    if as_json:
        print_json(_view(found))
        return
    print_table([_line(found)])
    print_table([(str(step.on), step.stage.value, step.by) for step in found.stages])
    print_table(
        [
            (str(each.id), str(each.due_on or "-"), str(each.done_on or "-"), each.title)
            for each in found.checks
        ]
    )


def take_in(file: Path, *, email: str, as_json: bool) -> None:
    """Import projects; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        taken = imports(app).project_lines(uow, rows, require(uow, email))
        uow.commit()
    print_taken(taken, "lines", as_json=as_json)


def _view(found: ProjectFile) -> dict[str, object]:
    return {
        **as_words(asdict(found.project)),
        "organisation": {"id": found.organisation.id, "name": found.organisation.name},
        "mentors": [each.email for each in found.mentors],
        "stages": [as_words(asdict(each)) for each in found.stages],
        "checks": [as_words(asdict(each)) for each in found.checks],
    }


def _line(found: ProjectFile) -> tuple[str, ...]:
    ahead = [each for each in found.checks if each.done_on is None and each.due_on]
    return (
        str(found.project.id),
        found.organisation.name,
        found.project.title,
        f"{found.project.stage.value} since {found.project.stage_on}",
        ", ".join(each.email for each in found.mentors) or "no mentor",
        f"{ahead[0].title} by {ahead[0].due_on}" if ahead else "",
    )
