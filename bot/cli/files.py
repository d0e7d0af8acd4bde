"""Kept files."""

import typer

files_app = typer.Typer(help="Attachments and raw messages.", no_args_is_help=True)


@files_app.command("rewrite")
def files_rewrite() -> None:
    """Bring every file to the place and under the key the settings say now, while running."""
    from bot.commands import files

    files.rewrite()
