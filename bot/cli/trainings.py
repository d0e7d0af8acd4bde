"""Trainings and those who register for them: `helpdesk training`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json

training_app = typer.Typer(
    help="Trainings: dates, seats, who registered, who came.", no_args_is_help=True
)

Code = Annotated[str, typer.Argument(metavar="CODE", help="A training's code, like m1.")]
By = Annotated[str, typer.Option(help="Who does it.")]
Title = Annotated[str | None, typer.Option(help="What it is called.")]
Days = Annotated[str | None, typer.Option(help="One day or two: 2026-12-01; 2026-12-02.")]
Begins = Annotated[str | None, typer.Option(metavar="HH:MM")]
Ends = Annotated[str | None, typer.Option(metavar="HH:MM")]
Municipality = Annotated[str | None, typer.Option(help="Where it is held.")]
Place = Annotated[str | None, typer.Option(help="The address or the room.")]
Seats = Annotated[int | None, typer.Option(help="How many may come.")]
Cycle = Annotated[str | None, typer.Option(help="The cycle it belongs to.")]
Programme = Annotated[str | None, typer.Option(help="The programme that pays for it.")]
About = Annotated[str | None, typer.Option(help="What it is about, for the calendar.")]


@training_app.command("add")
def training_add(  # noqa: PLR0913 -- one option for each value
    *,
    title: Title = None,
    days: Days = None,
    begins: Begins = None,
    ends: Ends = None,
    municipality: Municipality = None,
    place: Place = None,
    seats: Seats = None,
    cycle: Cycle = None,
    programme: Programme = None,
    about: About = None,
    code: Annotated[str | None, typer.Option(help="Its code; else the next of m1, m2, …")] = None,
    by: By = "command",
) -> None:
    """Add a training to the calendar."""
    from bot.commands import trainings

    values = {"title": title, "days": days, "begins": begins, "ends": ends, "about": about}
    values |= {"municipality": municipality, "place": place, "cycle": cycle, "id": code}
    trainings.add({**values, "programme": programme, "seats": seats}, by=by)


@training_app.command("change")
def training_change(  # noqa: PLR0913 -- one option for each value
    training: Code,
    *,
    title: Title = None,
    days: Days = None,
    begins: Begins = None,
    ends: Ends = None,
    municipality: Municipality = None,
    place: Place = None,
    seats: Seats = None,
    cycle: Cycle = None,
    programme: Programme = None,
    about: About = None,
    called_off: Annotated[
        bool | None, typer.Option("--called-off/--not-called-off", help="It is not held.")
    ] = None,
    by: By = "command",
) -> None:
    """Change a training; those who registered are told of another time or place by themselves."""
    from bot.commands import trainings

    values = {"title": title, "days": days, "begins": begins, "ends": ends, "about": about}
    values |= {"municipality": municipality, "place": place, "cycle": cycle}
    off = None if called_off is None else "yes" if called_off else "no"
    changed = {**values, "programme": programme, "seats": seats, "called_off": off}
    trainings.change(training, changed, by=by)


@training_app.command("import")
def training_import(file: Path, by: By = "import", *, as_json: Json = False) -> None:
    """Import trainings from CSV or YAML; name every line that is refused, and then exit 1.

    One row each: id, title, days, begins, ends, municipality, place, seats, cycle, programme,
    about, called_off.
    """
    from bot.commands import trainings

    trainings.take_in(file, by=by, as_json=as_json)


@training_app.command("list")
def training_list(
    training: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None,
    *,
    past: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    as_json: Json = False,
) -> None:
    """List the trainings ahead, or who registered for one of them."""
    from bot.commands import trainings

    if training is None:
        trainings.list_trainings(past=past, as_json=as_json)
    else:
        trainings.list_enrolments(training, as_json=as_json)


@training_app.command("attend")
def training_attend(
    training: Code,
    who: Annotated[list[str], typer.Argument(metavar="REF...", help="As `training list CODE`.")],
    *,
    day: Annotated[list[str] | None, typer.Option(metavar="D", help="Else every day.")] = None,
    absent: Annotated[bool, typer.Option(help="They did not come after all.")] = False,
) -> None:
    """Note who came, on all days of the training or on some."""
    from bot.commands import trainings

    trainings.attend(training, who, days=day or [], came=not absent)


@training_app.command("export")
def training_export(training: Code, out: Path) -> None:
    """Write who registered and who came to a CSV file: names and addresses, for our own use."""
    from bot.commands import trainings

    trainings.export(training, out)
