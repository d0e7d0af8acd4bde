"""What lets a consultant in: one-time codes and sessions, kept only as SHA-256."""

from datetime import datetime

import sqlalchemy as sa

from handlers.domain.ids import ConsultantId
from knowledge_base.values import dataclass
from storage.columns import optional
from storage.rows import consultants, one_time_codes, sessions


@dataclass(frozen=True, slots=True)
class SqlOneTimeCodes:
    """The port `OneTimeCodes`."""

    connection: sa.Connection

    def issue(self, *, purpose: str, digest: str, subject: str, expires: datetime) -> None:
        self.connection.execute(
            sa.insert(one_time_codes).values(
                purpose=purpose, digest=digest, subject=subject, expires_at=expires
            )
        )

    def redeem(self, *, purpose: str, digest: str, now: datetime) -> str | None:
        row = one_time_codes.c
        self.connection.execute(sa.delete(one_time_codes).where(row.expires_at <= now))
        # Deleting is using up: of two who try at once, one gets the row.
        return self.connection.scalar(
            sa.delete(one_time_codes)
            .where(row.purpose == purpose, row.digest == digest)
            .returning(row.subject)
        )


@dataclass(frozen=True, slots=True)
class SqlSessions:
    """The port `Sessions`."""

    connection: sa.Connection

    def open(self, *, digest: str, consultant: ConsultantId, expires: datetime) -> None:
        self.connection.execute(
            sa.insert(sessions).values(digest=digest, consultant_id=consultant, expires_at=expires)
        )

    def find(self, digest: str, *, now: datetime) -> ConsultantId | None:
        row = sessions.c
        number = self.connection.scalar(
            sa.select(row.consultant_id)
            .join_from(sessions, consultants)
            .where(row.digest == digest, row.expires_at > now, consultants.c.active)
        )
        return optional(ConsultantId, number)

    def close(self, digest: str) -> None:
        self.connection.execute(sa.delete(sessions).where(sessions.c.digest == digest))
