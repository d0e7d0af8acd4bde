"""`helpdesk deliverable`: what municipalities are to be given."""

from pathlib import Path

import typer

from bot.app import open_desk
from bot.commands.output import named, print_rows
from bot.commands.registry import day
from bot.commands.reviews import keep_file
from bot.settings import load_settings
from handlers.delivering import Delivering, Step
from handlers.domain.deliverables import (
    Deliverable,
    DeliverableKind,
    NewDeliverable,
    Progress,
)
from handlers.domain.errors import NotAllowedError, NotFoundError
from handlers.domain.ids import DeliverableId
from handlers.ports import UnitOfWork
from handlers.staff import require
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A deliverable as it was typed."""

    kind: str
    municipality: str
    due: str
    responsible: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changes, as it was typed."""

    state: str | None
    due: str | None
    responsible: str | None
    file: Path | None
    note: str | None


def add(planned: Planned, *, email: str, programme: str, period: str, note: str) -> None:
    """Plan a deliverable and print its number."""
    kind, due_on = named(DeliverableKind, planned.kind, field="kind"), day(planned.due, field="due")
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        if programme and uow.programmes.programme(programme) is None:
            raise NotFoundError("no-such-programme", programme=programme)
        new = NewDeliverable(
            kind=kind,
            municipality=app.registry.place(planned.municipality).official,
            due_on=due_on,
            responsible=require(uow, planned.responsible).id,
            programme=programme,
            period=period,
            note=note,
        )
        added = Delivering(clock=app.clock).plan(uow, new, require(uow, email))
        uow.commit()
    typer.echo(f"deliverable {added.id}: {added.kind.value}, {added.municipality}, {added.due_on}")


def change(number: int, changes: Changes, *, email: str) -> None:
    """Change a deliverable."""
    state = named(Progress, changes.state, field="state") if changes.state else None
    due_on = day(changes.due, field="due") if changes.due else None
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        step = Step(
            progress=state,
            due_on=due_on,
            responsible=require(uow, changes.responsible).id if changes.responsible else None,
            file=keep_file(app.files, changes.file) if changes.file else None,
            note=changes.note,
        )
        delivering = Delivering(clock=app.clock)
        changed = delivering.step(uow, DeliverableId(number), step, require(uow, email))
        uow.commit()
    typer.echo(f"deliverable {changed.id}: {changed.progress.value}, {changed.due_on}")


def show(number: int | None, *, email: str, over: bool, as_json: bool) -> None:
    """Print the deliverables one may see, or the history of one."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        who, delivering = require(uow, email), Delivering(clock=app.clock)
        today = app.registry.today
        if number is None:
            rows = delivering.listing(uow, who, today, over=over)
        else:
            rows = [
                row
                for row in uow.deliverables.history(DeliverableId(number))
                if delivering.sees(who, row)
            ]
        views = [_view(uow, row, late=row.is_late(today)) for row in rows]
    columns = ("number", "due_on", "state", "late", "kind", "municipality", "responsible", "file")
    print_rows(views, lambda row: [str(row[column]) for column in columns], as_json=as_json)


def write_file(number: int, out: Path, *, email: str) -> None:
    """Write the file of a deliverable."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        found = uow.deliverables.get(DeliverableId(number))
        if not Delivering(clock=app.clock).sees(require(uow, email), found):
            raise NotAllowedError("not-responsible", number=str(number))
        if found.file is None:
            raise NotFoundError("no-such-file")
        out.write_bytes(app.files.get(found.file.sha256))


def _view(uow: UnitOfWork, row: Deliverable, *, late: bool) -> dict[str, str | int]:
    return {
        "number": row.id,
        "kind": row.kind.value,
        "municipality": row.municipality,
        "programme": row.programme,
        "period": row.period,
        "due_on": row.due_on.isoformat(),
        "state": row.progress.value,
        "late": "late" if late else "",
        "responsible": uow.consultants.get(row.responsible).email,
        "file": row.file.name if row.file else "",
        "note": row.note,
        "version": row.version,
        "at": row.at.isoformat(timespec="minutes"),
        "by": row.by,
    }
