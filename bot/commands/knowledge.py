"""`helpdesk kb`: the knowledge base as YAML, checked and approved by people."""

from pathlib import Path

import typer

from bot.app import open_desk
from bot.clock import SystemClock
from bot.commands.output import print_json, print_table
from bot.settings import load_settings
from handlers.domain.errors import InvalidError
from handlers.working_time import local_day
from knowledge_base.entries import Entry
from knowledge_base.files import ContentError, Fault, Severity, build, read_entries, write_entries
from knowledge_base.shipped import content_faults
from knowledge_base.siblings import stolen_questions


def check(file: Path | None) -> None:
    """Report every fault with entry and reason; a fault that refuses loading exits with 1."""
    today = local_day(SystemClock().now())
    entries = _entries(file)
    found = list(content_faults(entries, today=today))
    if entries and not any(fault.severity is Severity.ERROR for fault in found):
        found += stolen_questions(build(entries).matcher)
    for fault in found:
        typer.echo(_line(fault))
    if any(fault.severity is Severity.ERROR for fault in found):
        raise typer.Exit(1)
    if not found:
        typer.echo("no faults")


def list_entries(*, as_json: bool) -> None:
    """Print the entries in force."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.entries.rows()
    if as_json:
        print_json([_entry(row) for row in rows])
        return
    print_table(
        [
            (row.id, row.status.value, row.behaviour.value, row.approved_by or "-", row.question)
            for row in rows
        ]
    )


def take_in(file: Path, *, by: str) -> None:
    """Import entries from a file; nothing is imported when one of them has an error."""
    entries = _read(file)
    errors = [row for row in content_faults(entries) if row.severity is Severity.ERROR]
    if errors:
        for fault in errors:
            typer.echo(_line(fault))
        raise typer.Exit(1)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        changed = app.curation.take_in(uow, entries, by=by)
        uow.commit()
    typer.echo(f"{changed} of {len(entries)} entries are new or changed")


def export(file: Path) -> None:
    """Write the entries in force to a file."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.entries.rows()
    write_entries(file, rows)
    typer.echo(f"{len(rows)} entries written")


def approve(ids: list[str], *, everything: bool, by: str) -> None:
    """Approve entries for automatic answers on every channel."""
    if everything == bool(ids):
        raise InvalidError("name-entries-or-all", field="id")
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        approved = app.curation.approve(uow, None if everything else ids, by=by)
        uow.commit()
    typer.echo(f"{len(approved)} entries approved by {by}")


def _entries(file: Path | None) -> tuple[Entry, ...]:
    if file is not None:
        return _read(file)
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        return tuple(uow.entries.rows())


def _read(file: Path) -> tuple[Entry, ...]:
    try:
        return read_entries(file)
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="file", file=str(file)) from missing
    except ContentError as wrong:
        for fault in wrong.faults:
            typer.echo(_line(fault))
        raise typer.Exit(1) from wrong


def _line(fault: Fault) -> str:
    return f"{fault.severity.value}: {fault.entry_id}: {fault.reason}"


def _entry(row: Entry) -> dict[str, object]:
    return {
        "id": row.id,
        "version": row.version,
        "topic": row.topic,
        "question": row.question,
        "status": row.status.value,
        "behaviour": row.behaviour.value,
        "approved_by": row.approved_by,
        "review_by": row.review_by.isoformat() if row.review_by else None,
    }
