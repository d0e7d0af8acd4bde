"""What municipalities are to be given, version by version."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Attachment
from handlers.domain.deliverables import (
    Deliverable,
    DeliverableKind,
    NewDeliverable,
    Progress,
)
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import ConsultantId, DeliverableId
from knowledge_base.values import dataclass
from storage.rows import deliverables

_row = deliverables.c


@dataclass(frozen=True, slots=True)
class SqlDeliverables:
    """The port `Deliverables`."""

    connection: sa.Connection

    def get(self, deliverable: DeliverableId) -> Deliverable:
        found = self.history(deliverable)
        if not found:
            raise NotFoundError("no-such-deliverable", number=str(deliverable))
        return found[-1]

    def rows(self) -> Sequence[Deliverable]:
        newest = sa.select(sa.func.max(_row.id)).group_by(_row.number)
        statement = sa.select(deliverables).where(_row.id.in_(newest))
        return self._found(statement.order_by(_row.due_on, _row.number))

    def history(self, deliverable: DeliverableId) -> Sequence[Deliverable]:
        own = sa.select(deliverables).where(_row.number == deliverable)
        return self._found(own.order_by(_row.version))

    def add(self, new: NewDeliverable, *, at: datetime, by: str) -> Deliverable:
        known = self.connection.scalar(sa.select(sa.func.max(_row.number))) or 0
        return self._write(new, number=known + 1, version=1, at=at, by=by)

    def change(self, changed: Deliverable, *, at: datetime, by: str) -> Deliverable:
        version = changed.version + 1
        return self._write(changed, number=changed.id, version=version, at=at, by=by)

    def _write(
        self, value: NewDeliverable, *, number: int, version: int, at: datetime, by: str
    ) -> Deliverable:
        given = {each.name: getattr(value, each.name) for each in fields(NewDeliverable)}
        file: Attachment | None = given.pop("file")
        given |= {
            "sha256": file.sha256 if file else None,
            "file": file.name if file else None,
            "content_type": file.content_type if file else None,
            "size": file.size if file else None,
        }
        statement = sa.insert(deliverables).values(
            **given, number=number, version=version, at=at, by=by
        )
        try:
            row = self.connection.execute(statement.returning(deliverables)).one()
        except sa.exc.IntegrityError as taken:
            raise ConflictError("changed-meanwhile") from taken
        return _deliverable(row)

    def _found(self, statement: sa.Select[Any]) -> Sequence[Deliverable]:
        return [_deliverable(row) for row in self.connection.execute(statement)]


def _deliverable(row: sa.Row[Any]) -> Deliverable:
    file = None
    if row.sha256 is not None:
        file = Attachment(
            sha256=row.sha256, name=row.file, content_type=row.content_type, size=row.size
        )
    return Deliverable(
        id=DeliverableId(row.number),
        version=row.version,
        kind=DeliverableKind(row.kind),
        municipality=row.municipality,
        due_on=row.due_on,
        responsible=ConsultantId(row.responsible),
        progress=Progress(row.progress),
        programme=row.programme,
        period=row.period,
        note=row.note,
        file=file,
        at=row.at,
        by=row.by,
    )
