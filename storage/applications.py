"""Applications to take part in a programme, and what was decided of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from handlers.domain.errors import NotFoundError
from handlers.domain.ids import ApplicationId, OrganisationId, TicketId
from handlers.domain.selection import Application, Choice, Decision, NewApplication
from knowledge_base.values import dataclass
from storage.rows import application_decisions, applications

_row = applications.c
_decision = application_decisions.c


@dataclass(frozen=True, slots=True)
class SqlApplications:
    """The port `Applications`."""

    connection: sa.Connection

    def get(self, application: ApplicationId) -> Application:
        found = self._found(_row.id == application)
        if not found:
            raise NotFoundError("no-such-application", number=str(application))
        return found[0]

    def rows(self, programme: str | None = None) -> Sequence[Application]:
        return self._found(sa.true() if programme is None else _row.programme == programme)

    def add(self, application: NewApplication) -> Application:
        statement = sa.insert(applications).values(
            programme=application.programme,
            municipality=application.municipality,
            organisation_id=application.organisation,
            motivation=application.motivation,
            ticket_id=application.ticket,
            at=application.at,
            by=application.by,
        )
        return _application(self.connection.execute(statement.returning(applications)).one(), ())

    def decide(self, application: ApplicationId, decision: Decision) -> None:
        self.connection.execute(
            sa.insert(application_decisions).values(
                application_id=application,
                choice=decision.choice,
                reason=decision.reason,
                at=decision.at,
                by=decision.by,
            )
        )

    def _found(self, which: sa.ColumnElement[bool]) -> Sequence[Application]:
        found = self.connection.execute(sa.select(applications).where(which).order_by(_row.id))
        rows = found.all()
        decided: defaultdict[int, list[Decision]] = defaultdict(list)
        own = sa.select(_row.id).where(which)
        statement = sa.select(application_decisions).where(_decision.application_id.in_(own))
        for row in self.connection.execute(statement.order_by(_decision.id)):
            decided[row.application_id].append(
                Decision(choice=Choice(row.choice), reason=row.reason, at=row.at, by=row.by)
            )
        return [_application(row, tuple(decided[row.id])) for row in rows]


def _application(row: sa.Row[Any], decisions: tuple[Decision, ...]) -> Application:
    return Application(
        id=ApplicationId(row.id),
        programme=row.programme,
        municipality=row.municipality,
        organisation=OrganisationId(row.organisation_id) if row.organisation_id else None,
        motivation=row.motivation,
        ticket=TicketId(row.ticket_id) if row.ticket_id else None,
        at=row.at,
        by=row.by,
        decisions=decisions,
    )
