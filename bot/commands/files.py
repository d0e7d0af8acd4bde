"""`helpdesk files`: what is kept beside the database."""

import typer

from bot.app import open_desk
from bot.settings import load_settings

_TOLD = 1000


def rewrite() -> None:
    """Bring every file to the place and under the key of the settings; exit 1 if some cannot be."""
    count = 0
    with open_desk(load_settings()) as app:
        try:
            for count, _ in enumerate(app.database.rewrite_files(), start=1):
                if count % _TOLD == 0:
                    typer.echo(f"{count} rewritten")
        except OSError as wrong:
            typer.echo(f"helpdesk: {wrong}; {count} rewritten, the rest stays as it is", err=True)
            raise typer.Exit(1) from wrong
    typer.echo(f"{count} rewritten; every file is where and as the settings say")
