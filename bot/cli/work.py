"""What was received and what is owed."""

from typing import Annotated

import typer

from bot.cli.options import Json

inbox_app = typer.Typer(help="Messages received.", invoke_without_command=True)
outbox_app = typer.Typer(help="Messages owed.", invoke_without_command=True)


@inbox_app.callback()
def inbox(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help="pending, done or shunted.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """List received messages, newest first."""
    if context.invoked_subcommand is None:
        from bot.commands import work

        work.list_inbox(state=state, as_json=as_json)


@inbox_app.command("show")
def inbox_show(message: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Print the raw bytes."""
    from bot.commands import work

    work.show_inbox(message)


@inbox_app.command("retry")
def inbox_retry(message: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Put a shunted message back to work."""
    from bot.commands import work

    work.retry_inbox(message)


@outbox_app.callback()
def outbox(
    context: typer.Context,
    state: Annotated[
        str | None,
        typer.Option(help="queued, sending, delivered, deferred, uncertain or dead."),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """List owed messages, newest first."""
    if context.invoked_subcommand is None:
        from bot.commands import work

        work.list_outbox(state=state, as_json=as_json)


@outbox_app.command("retry")
def outbox_retry(message: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Queue a dead or uncertain message again."""
    from bot.commands import work

    work.retry_outbox(message)
