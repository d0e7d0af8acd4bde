"""How far each mailbox folder was read."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from handlers.ports import Cursor
from knowledge_base.values import dataclass
from storage.prepared import prepared
from storage.rows import mail_cursors
from storage.sql import insert

_row = mail_cursors.c
_ADVANCE: Final = prepared(
    sa.update(mail_cursors).where(
        _row.mailbox == sa.bindparam("of"),
        _row.folder == sa.bindparam("at"),
        _row.uid_validity == sa.bindparam("under"),
        _row.last_uid < sa.bindparam("to"),
    )
)


@dataclass(frozen=True, slots=True)
class SqlCursors:
    """The port `Cursors`."""

    connection: sa.Connection

    def find(self, *, mailbox: str, folder: str, uid_validity: int) -> Cursor | None:
        statement = sa.select(mail_cursors).where(
            _row.mailbox == mailbox, _row.folder == folder, _row.uid_validity == uid_validity
        )
        row = self.connection.execute(statement).one_or_none()
        if row is None:
            return None
        return Cursor(
            mailbox=row.mailbox,
            folder=row.folder,
            uid_validity=row.uid_validity,
            first_uid=row.first_uid,
            last_uid=row.last_uid,
            since=row.since,
        )

    def first_start(self, *, mailbox: str, folder: str) -> datetime | None:
        statement = sa.select(_row.since).where(_row.mailbox == mailbox, _row.folder == folder)
        return self.connection.scalar(statement.order_by(_row.since).limit(1))

    def save(self, cursor: Cursor) -> None:
        statement = insert(self.connection, mail_cursors).values(
            mailbox=cursor.mailbox,
            folder=cursor.folder,
            uid_validity=cursor.uid_validity,
            first_uid=cursor.first_uid,
            last_uid=cursor.last_uid,
            since=cursor.since,
        )
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=[_row.mailbox, _row.folder, _row.uid_validity],
                set_={"last_uid": statement.excluded.last_uid},
                where=_row.last_uid < statement.excluded.last_uid,
            )
        )

    def advance(self, *, mailbox: str, folder: str, uid_validity: int, last_uid: int) -> None:
        which = {"of": mailbox, "at": folder, "under": uid_validity}
        self.connection.execute(_ADVANCE, {**which, "to": last_uid, "last_uid": last_uid})
