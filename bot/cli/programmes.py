"""Programmes and their calls: `helpdesk programme` and `helpdesk call`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json

programme_app = typer.Typer(help="Funded measures.", no_args_is_help=True)
call_app = typer.Typer(help="Calls for applications by municipality.", no_args_is_help=True)

By = Annotated[str, typer.Option(help="Who does it.")]


@programme_app.command("import")
def programme_import(file: Path, by: By = "import", *, as_json: Json = False) -> None:
    """Import programmes from CSV or YAML; name every line that is refused, and then exit 1.

    One row each: id, name, funder, contract, from, to, codes (2025: 2.1.1.1; …), partners,
    municipalities, source, url, checked_on, checked_by.
    """
    from bot.commands import programmes

    programmes.take_in_programmes(file, by=by, as_json=as_json)


@programme_app.command("list")
def programme_list(*, as_json: Json = False) -> None:
    """List the programmes."""
    from bot.commands import programmes

    programmes.list_programmes(as_json=as_json)


@call_app.command("import")
def call_import(file: Path, by: By = "import", *, as_json: Json = False) -> None:
    """Import calls from CSV or YAML; name every line that is refused, and then exit 1.

    One row for each municipality: programme, call, title, municipality, from, to, withdrawn,
    source, url, checked_on, checked_by.
    """
    from bot.commands import programmes

    programmes.take_in_calls(file, by=by, as_json=as_json)


@call_app.command("list")
def call_list(
    municipality: Annotated[str | None, typer.Option()] = None,
    *,
    history: Annotated[bool, typer.Option(help="Earlier versions too.")] = False,
    as_json: Json = False,
) -> None:
    """List the calls, the first to close first, and which of them are told today."""
    from bot.commands import programmes

    programmes.list_calls(municipality, history=history, as_json=as_json)
