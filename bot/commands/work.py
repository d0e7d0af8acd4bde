"""`helpdesk inbox` and `outbox`: durable work, shown and retried."""

import sys

import typer

from bot.app import open_desk
from bot.commands.output import ALL, print_json, print_table
from bot.settings import load_settings
from handlers.domain.errors import InvalidError
from handlers.domain.ids import InboxId, OutboxId
from handlers.domain.messages import InboxState
from handlers.domain.outgoing import OutboxState
from handlers.views import inbox_view, outbox_view


def list_inbox(*, state: str | None, as_json: bool) -> None:
    """Print the inbox rows, newest first."""
    if state is not None and state not in {item.value for item in InboxState}:
        raise InvalidError("no-such-state", field="state", state=state)
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.inbox.rows(state=InboxState(state) if state else None, limit=ALL)
    views = [inbox_view(row) for row in rows]
    if as_json:
        print_json(views)
        return
    print_table(
        [
            (
                str(row["id"]),
                row["state"],
                row["channel"],
                row["reference"] or "",
                row["reason"] or row["error"] or "",
            )
            for row in views
        ]
    )


def show_inbox(message: int) -> None:
    """Print the raw bytes of a message as they were received."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        raw = uow.inbox.raw(InboxId(message))
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def retry_inbox(message: int) -> None:
    """Put a shunted message back to work."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        uow.inbox.retry(InboxId(message), now=app.clock.now())
        uow.commit()
    typer.echo(f"inbox {message} will be tried again")


def list_outbox(*, state: str | None, as_json: bool) -> None:
    """Print the outbox rows, newest first."""
    if state is not None and state not in {item.value for item in OutboxState}:
        raise InvalidError("no-such-state", field="state", state=state)
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.outbox.rows(state=OutboxState(state) if state else None, limit=ALL)
    views = [outbox_view(row) for row in rows]
    if as_json:
        print_json(views)
        return
    print_table(
        [
            (
                str(row["id"]),
                row["state"],
                row["kind"],
                row["channel"],
                row["reference"] or "",
                row["error"] or "",
            )
            for row in views
        ]
    )


def retry_outbox(message: int) -> None:
    """Queue a dead or uncertain message again."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        uow.outbox.retry(OutboxId(message), now=app.clock.now())
        uow.commit()
    typer.echo(f"outbox {message} will be tried again")
