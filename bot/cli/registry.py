"""The municipal registry: `helpdesk registry`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json

registry_app = typer.Typer(
    help="Councils of the municipalities: who sits on them.", no_args_is_help=True
)

Where = Annotated[str, typer.Argument(metavar="MUNICIPALITY")]
Which = Annotated[str, typer.Argument(metavar="nvo|bo")]
By = Annotated[str, typer.Option(help="Who does it.")]


@registry_app.command("import")
def registry_import(file: Path, by: By = "import", *, as_json: Json = False) -> None:
    """Import councils from CSV or YAML; name every line that is refused, and then exit 1.

    One row a member: municipality, council (nvo or bo), name, role, represents, from, to,
    source, url, checked_on, checked_by. A council with a refused line stays as it was.
    """
    from bot.commands import registry

    registry.take_in(file, by=by, as_json=as_json)


@registry_app.command("show")
def registry_show(
    municipality: Where,
    *,
    history: Annotated[bool, typer.Option(help="Earlier versions too.")] = False,
    as_json: Json = False,
) -> None:
    """Show the councils of a municipality with their statutes."""
    from bot.commands import registry

    registry.show(municipality, history=history, as_json=as_json)


@registry_app.command("coverage")
def registry_coverage(*, as_json: Json = False) -> None:
    """List which municipalities are silent, stale, over or current."""
    from bot.commands import registry

    registry.coverage(as_json=as_json)


@registry_app.command("statute")
def registry_statute(
    municipality: Where,
    council: Which,
    *,
    title: Annotated[str, typer.Option()],
    adopted: Annotated[str, typer.Option(metavar="D", help="YYYY-MM-DD.")],
    url: Annotated[str | None, typer.Option()] = None,
    file: Annotated[Path | None, typer.Option(help="Its text, kept with its version.")] = None,
    by: By = "import",
) -> None:
    """Add a version of a council's statute."""
    from bot.commands import registry

    registry.add_statute(
        municipality, council, title=title, adopted=adopted, url=url, file=file, by=by
    )


@registry_app.command("statute-file")
def registry_statute_file(municipality: Where, council: Which, version: int, out: Path) -> None:
    """Write the kept text of a statute to a file."""
    from bot.commands import registry

    registry.statute_file(municipality, council, version, out)


@registry_app.command("forget")
def registry_forget(name: str) -> None:
    """Take a member's name out of every version; such a council is told no more until imported."""
    from bot.commands import registry

    registry.forget(name)
