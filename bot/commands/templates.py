"""`helpdesk template`: the canned replies of consultants."""

import sys

import typer

from bot.app import App, open_desk
from bot.commands.output import print_rows
from bot.settings import load_settings
from handlers.canned import CannedReplies
from handlers.staff import require
from handlers.views import moment


def add_template(name: str, *, email: str, text: str | None) -> None:
    """Keep a reply."""
    said = sys.stdin.read() if text == "-" else text or ""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        by = require(uow, email).email
        template = _canned(app).add(uow, name=name, text=said, by=by)
        uow.commit()
    typer.echo(f"kept {template.name}")


def list_templates(*, as_json: bool) -> None:
    """Print the replies by name."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = [
            {"name": row.name, "text": row.text, "by": row.by, "at": moment(row.at)}
            for row in uow.templates.rows()
        ]
    print_rows(rows, lambda row: (row["name"], " ".join(row["text"].split())), as_json=as_json)


def remove_template(name: str) -> None:
    """Forget a reply."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        _canned(app).remove(uow, name)
        uow.commit()
    typer.echo(f"removed {name}")


def _canned(app: App) -> CannedReplies:
    return CannedReplies(clock=app.clock, about=app.settings.answer_variables)
