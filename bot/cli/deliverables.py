"""What municipalities are to be given: `helpdesk deliverable`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import As, Json

deliverable_app = typer.Typer(
    help="Analyses, reviews of plans and councils' plans owed to municipalities.",
    no_args_is_help=True,
)

Number = Annotated[int, typer.Argument(metavar="NUMBER")]


@deliverable_app.command("add")
def deliverable_add(
    kind: Annotated[str, typer.Argument(metavar="analysis|plan-review|council-plan")],
    municipality: Annotated[str, typer.Argument(metavar="MUNICIPALITY")],
    email: As,
    *,
    due: Annotated[str, typer.Option(metavar="D", help="By when, YYYY-MM-DD.")],
    responsible: Annotated[str, typer.Option(help="Whose work it is: an e-mail.")],
    programme: Annotated[str, typer.Option(help="The id of a programme.")] = "",
    period: Annotated[str, typer.Option(help="The years of a plan, like 2026–2028.")] = "",
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Plan a deliverable of a municipality."""
    from bot.commands import deliverables

    planned = deliverables.Planned(
        kind=kind, municipality=municipality, due=due, responsible=responsible
    )
    deliverables.add(planned, email=email, programme=programme, period=period, note=note)


@deliverable_app.command("set")
def deliverable_set(
    number: Number,
    email: As,
    *,
    state: Annotated[str | None, typer.Option(metavar="planned|started|delivered|dropped")] = None,
    due: Annotated[str | None, typer.Option(metavar="D")] = None,
    responsible: Annotated[str | None, typer.Option(help="An e-mail.")] = None,
    file: Annotated[Path | None, typer.Option(help="What is delivered.")] = None,
    note: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Say how far it is, lay its file down, move its day or give it to somebody else."""
    from bot.commands import deliverables

    changes = deliverables.Changes(
        state=state, due=due, responsible=responsible, file=file, note=note
    )
    deliverables.change(number, changes, email=email)


@deliverable_app.command("list")
def deliverable_list(
    email: As,
    number: Annotated[int | None, typer.Argument(metavar="[NUMBER]")] = None,
    *,
    over: Annotated[bool, typer.Option("--all", help="What is done, too.")] = False,
    as_json: Json = False,
) -> None:
    """List them, the late first; or the history of one."""
    from bot.commands import deliverables

    deliverables.show(number, email=email, over=over, as_json=as_json)


@deliverable_app.command("file")
def deliverable_file(number: Number, out: Path, email: As) -> None:
    """Write the file of a deliverable."""
    from bot.commands import deliverables

    deliverables.write_file(number, out, email=email)
