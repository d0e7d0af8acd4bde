"""`helpdesk inbox` and `outbox`: durable work, shown and retried."""

import sys

import typer

from bot.app import open_desk
from bot.commands.output import ALL, named, print_rows
from bot.settings import load_settings
from handlers.domain.ids import InboxId, OutboxId
from handlers.domain.messages import InboxState
from handlers.domain.outgoing import OutboxState
from handlers.views import InboxView, OutboxView, inbox_view, outbox_view


def list_inbox(*, state: str | None, as_json: bool) -> None:
    """Print the inbox rows, newest first."""
    wanted = named(InboxState, state, field="state") if state else None
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.inbox.rows(state=wanted, limit=ALL)
    print_rows([inbox_view(row) for row in rows], _inbox_line, as_json=as_json)


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
    wanted = named(OutboxState, state, field="state") if state else None
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.outbox.rows(state=wanted, limit=ALL)
    print_rows([outbox_view(row) for row in rows], _outbox_line, as_json=as_json)


def retry_outbox(message: int) -> None:
    """Queue a dead or uncertain message again."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        uow.outbox.retry(OutboxId(message), now=app.clock.now())
        uow.commit()
    typer.echo(f"outbox {message} will be tried again")


def _inbox_line(row: InboxView) -> tuple[str, ...]:
    told = row["reason"] or row["error"] or ""
    return str(row["id"]), row["state"], row["channel"], row["reference"] or "", told


def _outbox_line(row: OutboxView) -> tuple[str, ...]:
    number, reference = str(row["id"]), row["reference"] or ""
    return number, row["state"], row["kind"], row["channel"], reference, row["error"] or ""
