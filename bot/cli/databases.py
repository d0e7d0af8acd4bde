"""Schema and copies."""

from pathlib import Path

import typer

db_app = typer.Typer(help="Schema and copies.", no_args_is_help=True)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema to this version."""
    from bot.commands import databases

    databases.upgrade()


@db_app.command("backup")
def db_backup(file: Path) -> None:
    """Write a copy of everything while the service runs."""
    from bot.commands import databases

    databases.backup(file)


@db_app.command("restore")
def db_restore(file: Path) -> None:
    """Bring a copy back into an empty database and data directory."""
    from bot.commands import databases

    databases.restore(file)
