"""Projects of organisations: `helpdesk project`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.mentors import Day, Organisation, Programme
from bot.cli.options import As, Json

project_app = typer.Typer(help="Projects of organisations.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="PROJECT")]
_STAGES = "applied, selected, contract, running, reported or declined."


@project_app.command("add")
def project_add(  # noqa: PLR0913 -- an option each
    organisation: Organisation,
    email: As,
    *,
    programme: Programme,
    title: Annotated[str, typer.Option()],
    stage: Annotated[str, typer.Option(help=_STAGES)] = "applied",
    on: Day = None,
    call: Annotated[str, typer.Option(help="The id of the call it answers.")] = "",
    contract: Annotated[str, typer.Option(help="Its contract's number.")] = "",
    as_json: Json = False,
) -> None:
    """Write a project down."""
    from bot.commands import projects

    projects.add(
        organisation,
        email=email,
        programme=programme,
        title=title,
        stage=stage,
        on=on,
        call=call,
        contract=contract,
        as_json=as_json,
    )


@project_app.command("stage")
def project_stage(
    number: Number,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help=_STAGES)],
    email: As,
    *,
    on: Day = None,
    contract: Annotated[str | None, typer.Option(help="Its contract's number.")] = None,
) -> None:
    """Take a project a step further."""
    from bot.commands import projects

    projects.reach(number, stage, email=email, on=on, contract=contract)


@project_app.command("check")
def project_check(
    number: Number,
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    email: As,
    *,
    due: Annotated[str | None, typer.Option(metavar="D", help="YYYY-MM-DD.")] = None,
) -> None:
    """Add a line to the checklist, or give the line of this title another day."""
    from bot.commands import projects

    projects.expect(number, title, email=email, due=due)


@project_app.command("done")
def project_done(
    check: Annotated[int, typer.Argument(metavar="CHECK")],
    email: As,
    *,
    on: Day = None,
    undo: Annotated[bool, typer.Option(help="It is to be done after all.")] = False,
) -> None:
    """Tick a line of a checklist off."""
    from bot.commands import projects

    projects.tick(check, email=email, on=on, undo=undo)


@project_app.command("list")
def project_list(*, as_json: Json = False) -> None:
    """List the projects with their stages, mentors and what is due next."""
    from bot.commands import projects

    projects.list_all(as_json=as_json)


@project_app.command("show")
def project_show(number: Number, *, as_json: Json = False) -> None:
    """Show a project: its way and its checklist."""
    from bot.commands import projects

    projects.show(number, as_json=as_json)


@project_app.command("import")
def project_import(file: Path, email: As, *, as_json: Json = False) -> None:
    """Import projects from CSV or YAML; name every line that is refused, and then exit 1.

    One row for each line of a checklist: organisation, programme, call, title, contract, stage, on,
    check, due, done.
    """
    from bot.commands import projects

    projects.take_in(file, email=email, as_json=as_json)
