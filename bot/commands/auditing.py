"""`helpdesk audit`: hold each source against the database."""

import asyncio
from datetime import timedelta
from typing import TypedDict

import typer

from bot.app import App, open_desk
from bot.commands.output import print_json
from bot.errors import ConfigurationError
from bot.settings import load_settings

_DUE_FOR = timedelta(minutes=10)
_UNCERTAIN_FOR = timedelta(hours=1)


class SourceView(TypedDict):
    """One mailbox: what it holds since we began, and what of it we have."""

    name: str
    seen: int
    stored: int
    missing: list[str]


class AuditView(TypedDict):
    """The whole comparison (CONTRACT, `audit`)."""

    sources: list[SourceView]
    inbox: dict[str, int]
    outbox: dict[str, int]
    stuck: list[str]
    missing: int


def audit(*, as_json: bool) -> None:
    """Print what is missing or stuck; exit 1 when anything is."""
    with open_desk(load_settings()) as app:
        sources = _sources(app)
        view = _view(app, sources)
    if as_json:
        print_json(view)
    else:
        for source in sources:
            typer.echo(
                f"{source['name']}: {source['seen']} seen, {source['stored']} stored, "
                f"{len(source['missing'])} missing"
            )
        typer.echo(f"{view['missing']} missing, {len(view['stuck'])} stuck")
    if view["missing"] or view["stuck"]:
        raise typer.Exit(1)


def _view(app: App, sources: list[SourceView]) -> AuditView:
    now = app.clock.now()
    with app.units.begin_reading() as uow:
        inbox, outbox = uow.inbox.counts(), uow.outbox.counts()
        stuck = [f"inbox {row}" for row in uow.inbox.stuck(before=now - _DUE_FOR)]
        stuck += [
            f"outbox {row}"
            for row in uow.outbox.stuck(
                before=now - _DUE_FOR, uncertain_before=now - _UNCERTAIN_FOR
            )
        ]
    return {
        "sources": sources,
        "inbox": {state.value: count for state, count in inbox.items()},
        "outbox": {state.value: count for state, count in outbox.items()},
        "stuck": stuck,
        "missing": sum(len(source["missing"]) for source in sources),
    }


def _sources(app: App) -> list[SourceView]:
    """Look at each mailbox, and compare it with what was stored from it."""
    from bot.email.imap_wire import ImapError
    from bot.reconciling import reconcile

    try:
        found = asyncio.run(reconcile(app))
    except ImapError as unreachable:
        raise ConfigurationError(f"HELPDESK_IMAP_HOST: {unreachable}") from unreachable
    return [
        {
            "name": source.name,
            "seen": source.seen,
            "stored": source.seen - len(source.missing),
            "missing": list(source.missing),
        }
        for source in found
    ]
