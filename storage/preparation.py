"""What consultants prepare: drafts and canned replies."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.drafts import Draft, NewDraft, Template
from handlers.domain.errors import ConflictError
from handlers.domain.ids import ConsultantId, DraftId, TicketId
from handlers.domain.tickets import reference_of
from knowledge_base.values import dataclass
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import drafts, templates
from storage.sql import insert

_row = drafts.c
_OF_TICKET: Final = prepared(sa.select(drafts).where(_row.ticket_id == sa.bindparam("ticket")))


@dataclass(frozen=True, slots=True)
class SqlDrafts:
    """The port `Drafts`."""

    connection: sa.Connection
    memory: Memory

    def put(self, draft: NewDraft) -> Draft:
        self.connection.execute(sa.delete(drafts).where(_row.ticket_id == draft.ticket))
        statement = (
            insert(self.connection, drafts)
            .values(
                ticket_id=draft.ticket,
                consultant_id=draft.consultant,
                text=draft.text,
                external_id=draft.external_id,
                at=draft.at,
            )
            .on_conflict_do_nothing()
            .returning(drafts)
        )
        kept = self.connection.execute(statement).first()
        if kept is None:
            raise ConflictError("ticket-changed", reference=reference_of(draft.ticket))
        return _draft(kept)

    def of(self, ticket: TicketId) -> Draft | None:
        key, which = ("draft", ticket), {"ticket": ticket}
        return self.memory.recall(key, (drafts,), lambda: self._one(_OF_TICKET, which))

    def take(self, ticket: TicketId, draft: DraftId) -> Draft | None:
        # Deleting is taking: of two who try at once, one gets the row.
        statement = (
            sa.delete(drafts)
            .where(_row.ticket_id == ticket, _row.id == draft)
            .returning(*drafts.columns)
        )
        return self._one(statement)

    def _one(
        self, statement: sa.Executable, which: Mapping[str, object] | None = None
    ) -> Draft | None:
        found = self.connection.execute(statement, which).first()
        return None if found is None else _draft(found)


@dataclass(frozen=True, slots=True)
class SqlTemplates:
    """The port `Templates`."""

    connection: sa.Connection

    def put(self, template: Template) -> None:
        values = {"text": template.text, "by": template.by, "at": template.at}
        statement = insert(self.connection, templates).values(name=template.name, **values)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_=values)
        )

    def find(self, name: str) -> Template | None:
        statement = sa.select(templates).where(templates.c.name == name)
        found = self.connection.execute(statement).first()
        return None if found is None else _template(found)

    def rows(self) -> Sequence[Template]:
        statement = sa.select(templates).order_by(templates.c.name)
        return [_template(row) for row in self.connection.execute(statement)]

    def remove(self, name: str) -> bool:
        statement = sa.delete(templates).where(templates.c.name == name)
        return self.connection.execute(statement).rowcount == 1


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(
        id=DraftId(row.id),
        ticket=TicketId(row.ticket_id),
        consultant=ConsultantId(row.consultant_id),
        text=row.text,
        at=row.at,
        external_id=row.external_id,
    )


def _template(row: sa.Row[Any]) -> Template:
    return Template(name=row.name, text=row.text, by=row.by, at=row.at)
