"""Those who answer, and the queues they serve."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ConsultantId
from handlers.domain.people import Consultant, NewConsultant, Role
from knowledge_base.values import dataclass
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import consultant_queues, consultants, sessions
from storage.sql import insert

_READ: Final = (consultants, consultant_queues)
_ROWS: Final = (
    sa.select(consultants, consultant_queues.c.queue)
    .join_from(consultants, consultant_queues, isouter=True)
    .order_by(consultants.c.id)
)
_ALL: Final = prepared(_ROWS)


@dataclass(frozen=True, slots=True)
class SqlConsultants:
    """The port `Consultants`. E-mail addresses are kept in lower case."""

    connection: sa.Connection
    memory: Memory

    def add(self, consultant: NewConsultant) -> Consultant:
        email = consultant.email.lower()
        self._refuse_taken(email, consultant.telegram)
        statement = (
            insert(self.connection, consultants)
            .values(
                name=consultant.name,
                email=email,
                telegram=consultant.telegram,
                role=consultant.role,
                signature=consultant.signature,
                active=True,
                private=False,
                created_at=consultant.at,
            )
            .on_conflict_do_nothing()
            .returning(consultants.c.id)
        )
        number = self.connection.scalar(statement)
        if number is None:
            raise InvalidError("consultant-taken", field="email")
        self._serve(ConsultantId(number), consultant.queues)
        return self.get(ConsultantId(number))

    def restore(self, consultant: ConsultantId, new: NewConsultant) -> Consultant:
        self._refuse_taken(new.email.lower(), new.telegram, besides=consultant)
        self._change(
            consultant,
            name=new.name,
            email=new.email.lower(),
            telegram=new.telegram,
            role=new.role,
            signature=new.signature,
            active=True,
            private=False,
        )
        served = consultant_queues.c.consultant_id == consultant
        self.connection.execute(sa.delete(consultant_queues).where(served))
        self._serve(consultant, new.queues)
        return self.get(consultant)

    def get(self, consultant: ConsultantId) -> Consultant:
        which = consultants.c.id == consultant
        found = self.memory.recall(("consultant", consultant), _READ, lambda: self._one(which))
        if found is None:
            raise NotFoundError("no-such-consultant", id=str(consultant))
        return found

    def by_email(self, email: str) -> Consultant | None:
        return self._one(consultants.c.email == email.lower(), consultants.c.active)

    def by_telegram(self, telegram: str) -> Consultant | None:
        return self._one(consultants.c.telegram == telegram, consultants.c.active)

    def serving(self, queue: str) -> Sequence[Consultant]:
        return [row for row in self.rows() if row.active and queue in row.queues]

    def rows(self) -> Sequence[Consultant]:
        return self.memory.recall("consultants", _READ, lambda: self._found(_ALL))

    def link_telegram(self, consultant: ConsultantId, telegram: str) -> None:
        row = consultants.c
        others = (row.telegram == telegram, row.id != consultant)
        self.connection.execute(sa.update(consultants).where(*others).values(telegram=None))
        self._change(consultant, telegram=telegram)

    def work_privately(self, consultant: ConsultantId, *, wanted: bool) -> None:
        self._change(consultant, private=wanted)

    def disable(self, consultant: ConsultantId) -> None:
        self._change(consultant, active=False)
        self.connection.execute(sa.delete(sessions).where(sessions.c.consultant_id == consultant))

    def _serve(self, consultant: ConsultantId, queues: Collection[str]) -> None:
        if queues:
            self.connection.execute(
                sa.insert(consultant_queues),
                [{"consultant_id": consultant, "queue": queue} for queue in sorted(queues)],
            )

    def _refuse_taken(
        self, email: str, telegram: str | None, *, besides: ConsultantId | None = None
    ) -> None:
        row = consultants.c
        same = row.email == email
        if telegram is not None:
            same = sa.or_(same, row.telegram == telegram)
        statement = sa.select(row.email).where(same, row.id.is_distinct_from(besides))
        taken = self.connection.scalars(statement).all()
        if taken:
            raise InvalidError("consultant-taken", field="email" if email in taken else "telegram")

    def _change(self, consultant: ConsultantId, **changes: object) -> None:
        statement = sa.update(consultants).where(consultants.c.id == consultant).values(changes)
        if self.connection.execute(statement).rowcount != 1:
            raise NotFoundError("no-such-consultant", id=str(consultant))

    def _one(self, *conditions: sa.ColumnElement[bool]) -> Consultant | None:
        return next(iter(self._some(*conditions)), None)

    def _some(self, *conditions: sa.ColumnElement[bool]) -> Sequence[Consultant]:
        return self._found(_ROWS.where(*conditions))

    def _found(self, statement: sa.Executable) -> Sequence[Consultant]:
        queues: defaultdict[int, set[str]] = defaultdict(set)
        found: dict[int, sa.Row[Any]] = {}
        for row in self.connection.execute(statement):
            found[row.id] = row
            if row.queue is not None:
                queues[row.id].add(row.queue)
        return [_consultant(row, frozenset(queues[number])) for number, row in found.items()]


def _consultant(row: sa.Row[Any], queues: frozenset[str]) -> Consultant:
    return Consultant(
        id=ConsultantId(row.id),
        name=row.name,
        email=row.email,
        telegram=row.telegram,
        role=Role(row.role),
        signature=row.signature,
        active=row.active,
        private=row.private,
        queues=queues,
    )
