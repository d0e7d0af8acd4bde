"""`helpdesk db`: schema and copies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.app import open_database
from bot.settings import load_settings


def upgrade() -> None:
    """Bring the schema to this version."""
    with open_database(load_settings()) as database:
        database.upgrade()
    typer.echo("the schema is up to date")


def backup(file: Path) -> None:
    """Write a copy of everything while the service runs."""
    settings = load_settings()
    with open_database(settings) as database, _in_words():
        database.backup(file)
    typer.echo(f"copied to {file}")
    if settings.files_url:
        typer.echo(f"what is in {settings.files_url} is not part of it: copy that bucket as well")


def restore(file: Path) -> None:
    """Bring a copy back into an empty database."""
    with open_database(load_settings()) as database, _in_words():
        database.restore(file)
    typer.echo(f"restored from {file}")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as refused:
        typer.echo(f"helpdesk: {refused}", err=True)
        raise typer.Exit(1) from refused
