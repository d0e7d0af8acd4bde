"""What `helpdesk run` tells the person who started it."""

import os
from contextlib import suppress

import typer

from bot.app import App
from bot.commands.diagnosis import not_configured
from bot.commands.people import sign_in_link
from handlers.domain.errors import InvalidError
from handlers.domain.people import Role
from handlers.ports import UnitOfWork


def print_banner(app: App, address: str) -> None:
    """Print where to open the service, a sign-in link, and what is not configured yet.

    The link is a secret: it is left out where standard output is the system's journal.
    """
    with app.units.begin() as uow:
        code = _administrator_code(app, uow)
        nobody = not any(uow.consultants.serving(queue) for queue in app.access.queues)
        uow.commit()
    if address:
        typer.echo(f"\nAsk page:  {address}/")
        if code and "JOURNAL_STREAM" not in os.environ:
            typer.echo(f"Console:   {sign_in_link(app, code, base=address)}")
            typer.echo("           (works once, for 15 minutes)")
    sentences = [*not_configured(app.settings)]
    if nobody:
        sentences.append(
            "nobody is configured to answer; run: helpdesk consultant add NAME --email E"
        )
    if sentences:
        typer.echo("\nNot configured yet:")
        for sentence in sentences:
            typer.echo(f"  - {sentence}")
    typer.echo("")


def _administrator_code(app: App, uow: UnitOfWork) -> str | None:
    """Return a sign-in code for the administrator, who is made at the very first start."""
    if not uow.consultants.rows():
        # Of several processes that start at this moment, one makes the administrator.
        with suppress(InvalidError):
            app.staff.first_administrator(uow)
    admins = [row for row in uow.consultants.rows() if row.active and row.role is Role.ADMIN]
    return app.staff.sign_in_code(uow, admins[0]) if admins else None
