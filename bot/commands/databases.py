"""`helpdesk db`: schema and copies."""

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
    with open_database(load_settings()) as database:
        database.backup(file)
    typer.echo(f"copied to {file}")


def restore(file: Path) -> None:
    """Replace everything by a copy."""
    with open_database(load_settings()) as database:
        database.restore(file)
    typer.echo(f"restored from {file}")
