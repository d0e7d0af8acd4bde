"""Rights that one process holds at a time."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from knowledge_base.values import dataclass
from storage.rows import leases
from storage.sql import insert

_NOBODY = ""


@dataclass(frozen=True, slots=True)
class SqlLeases:
    """The port `Leases`: one conditional upsert decides who holds the right."""

    connection: sa.Connection

    def acquire(self, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
        row = leases.c
        statement = insert(self.connection, leases).values(
            name=name, holder=holder, until=now + lease
        )
        statement = statement.on_conflict_do_update(
            index_elements=[row.name],
            set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
            where=sa.or_(row.holder.in_([holder, _NOBODY]), row.until <= now),
        )
        return self.connection.scalar(statement.returning(row.name)) is not None

    def release(self, name: str, *, holder: str) -> None:
        ours = sa.and_(leases.c.name == name, leases.c.holder == holder)
        self.connection.execute(sa.update(leases).where(ours).values(holder=_NOBODY))

    def held_until(self, name: str) -> datetime | None:
        until: datetime | None = self.connection.scalar(
            sa.select(leases.c.until).where(leases.c.name == name)
        )
        return until
