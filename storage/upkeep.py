"""What is remembered of the service itself: its troubles, and what its audits found."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import OutboxState
from handlers.ports import Reconciled, Standing
from knowledge_base.values import dataclass
from storage.rows import outbox, reconciliations, troubles
from storage.sql import insert


@dataclass(frozen=True, slots=True)
class SqlTroubles:
    """The port `Troubles`."""

    connection: sa.Connection

    def find(self, name: str) -> Standing | None:
        statement = sa.select(troubles).where(troubles.c.name == name)
        row = self.connection.execute(statement).one_or_none()
        return None if row is None else Standing(**row._asdict())

    def save(self, trouble: Standing) -> None:
        statement = insert(self.connection, troubles).values(asdict(trouble))
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=[troubles.c.name],
                set_={"since": trouble.since, "told_at": trouble.told_at},
            )
        )


@dataclass(frozen=True, slots=True)
class SqlReconciliations:
    """The port `Reconciliations`."""

    connection: sa.Connection

    def save(self, found: Sequence[Reconciled]) -> None:
        self.connection.execute(sa.delete(reconciliations))
        if found:
            self.connection.execute(sa.insert(reconciliations), [asdict(each) for each in found])

    def rows(self) -> Sequence[Reconciled]:
        statement = sa.select(reconciliations).order_by(reconciliations.c.source)
        return [Reconciled(**row._asdict()) for row in self.connection.execute(statement)]

    def delivered(
        self, start: datetime, end: datetime, *, channel: Channel
    ) -> Mapping[OutboxId, str]:
        row = outbox.c
        statement = sa.select(row.id, row.external_id).where(
            row.channel == channel,
            row.state == OutboxState.DELIVERED,
            row.external_id.is_not(None),
            row.claimed_at >= start,
            row.claimed_at < end,
        )
        rows = self.connection.execute(statement.order_by(row.id))
        return {OutboxId(number): name for number, name in rows}
