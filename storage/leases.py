"""Rights that one process holds at a time."""

from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa

from knowledge_base.values import dataclass
from storage.prepared import prepared
from storage.rows import leases
from storage.sql import insert_on

_NOBODY = ""


@dataclass(frozen=True, slots=True)
class SqlLeases:
    """The port `Leases`: one conditional upsert decides who holds the right."""

    connection: sa.Connection

    def acquire(self, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
        asked = {"name": name, "holder": holder, "until": now + lease, "mine": holder, "now": now}
        return self.connection.scalar(_acquiring(self.connection.dialect.name), asked) is not None

    def release(self, name: str, *, holder: str) -> None:
        ours = sa.and_(leases.c.name == name, leases.c.holder == holder)
        self.connection.execute(sa.update(leases).where(ours).values(holder=_NOBODY))

    def held_until(self, name: str) -> datetime | None:
        until: datetime | None = self.connection.scalar(
            sa.select(leases.c.until).where(leases.c.name == name)
        )
        return until


@cache
def _acquiring(dialect: str) -> sa.Executable:
    row, statement = leases.c, insert_on(dialect, leases)
    free = statement.on_conflict_do_update(
        index_elements=[row.name],
        set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
        where=sa.or_(
            row.holder == sa.bindparam("mine"),
            row.holder == _NOBODY,
            row.until <= sa.bindparam("now", type_=row.until.type),
        ),
    )
    return prepared(free.returning(row.name))
