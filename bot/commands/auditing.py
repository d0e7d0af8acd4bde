"""`helpdesk audit`: hold each source against the database."""

from datetime import timedelta

import typer

from bot.app import App, open_desk
from bot.commands.output import print_json
from bot.settings import load_settings

_DUE_FOR = timedelta(minutes=10)
_UNCERTAIN_FOR = timedelta(hours=1)


def audit(*, as_json: bool) -> None:
    """Print what is missing or stuck; exit 1 when anything is."""
    with open_desk(load_settings()) as app:
        report = examine(app)
    if as_json:
        print_json(report)
    else:
        typer.echo(f"missing {report['missing']}, stuck {len(report['stuck'])}")
    if report["missing"] or report["stuck"]:
        raise typer.Exit(1)
