"""How work is shared out: routes, rules of queues, remits, absences and turns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from handlers.domain.ids import AbsenceId, ConsultantId
from handlers.domain.tickets import Status
from handlers.staffing import Absence, KnownRoute, NewAbsence, QueueRule, Remit
from knowledge_base.routes import Route
from knowledge_base.values import dataclass
from storage.columns import optional
from storage.memory import Memory
from storage.records import Version, Versions
from storage.rows import absences, records, tickets, turns
from storage.sql import insert

# Any number of ours: on PostgreSQL, two processes that give questions out take turns by it.
_TURNS_LOCK: Final = 6_822_002

_away = absences.c


@dataclass(frozen=True, slots=True)
class SqlRoutes:
    """The port `Routes`. Each question asks for all of them, so they are remembered."""

    connection: sa.Connection
    memory: Memory

    def rows(self) -> Sequence[KnownRoute]:
        return self.memory.recall("routes", (records,), self._rows)

    def history(self, name: str) -> Sequence[KnownRoute]:
        return [_known(version) for version in self._versions.of(name)]

    def put(self, route: Route, *, at: datetime, by: str) -> bool:
        return self._versions.put(route.name, route, at=at, by=by)

    def _rows(self) -> Sequence[KnownRoute]:
        return [_known(version) for version in self._versions.newest()]

    @property
    def _versions(self) -> Versions[Route]:
        return Versions(self.connection, "route", _route_shape())


@dataclass(frozen=True, slots=True)
class SqlStaffing:
    """The port `Staffing`."""

    connection: sa.Connection
    memory: Memory

    def rules(self) -> Mapping[str, QueueRule]:
        return self.memory.recall("rules", (records,), self._newest_rules)

    def put_rule(self, rule: QueueRule, *, at: datetime, by: str) -> bool:
        return self._rules.put(rule.queue, rule, at=at, by=by)

    def remits(self) -> Mapping[ConsultantId, Remit]:
        return {version.record.consultant: version.record for version in self._remits.newest()}

    def put_remit(self, remit: Remit, *, at: datetime, by: str) -> bool:
        return self._remits.put(str(remit.consultant), remit, at=at, by=by)

    def absences(self, since: date) -> Sequence[Absence]:
        standing = sa.select(absences).where(_away.last >= since, _away.ended_at.is_(None))
        rows = self.connection.execute(standing.order_by(_away.first, _away.id))
        return [_absence(row) for row in rows]

    def add_absence(self, absence: NewAbsence, *, at: datetime, by: str) -> Absence:
        statement = (
            sa.insert(absences)
            .values(
                consultant_id=absence.consultant,
                first=absence.first,
                last=absence.last,
                substitute_id=absence.substitute,
                at=at,
                by=by,
            )
            .returning(absences)
        )
        return _absence(self.connection.execute(statement).one())

    def end_absence(self, absence: AbsenceId, *, at: datetime, by: str) -> None:
        standing = sa.and_(_away.id == absence, _away.ended_at.is_(None))
        self.connection.execute(
            sa.update(absences).where(standing).values(ended_at=at, ended_by=by)
        )

    def take_turns(self, queue: str) -> Mapping[ConsultantId, datetime]:
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURNS_LOCK)))
        given = sa.select(turns.c.consultant_id, turns.c.at).where(turns.c.queue == queue)
        return {ConsultantId(who): at for who, at in self.connection.execute(given)}

    def had_turn(self, queue: str, consultant: ConsultantId, *, at: datetime) -> None:
        statement = insert(self.connection, turns).values(
            queue=queue, consultant_id=consultant, at=at
        )
        own = [turns.c.queue, turns.c.consultant_id]
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=own, set_={"at": at})
        )

    def loads(self) -> Mapping[ConsultantId, int]:
        row = tickets.c
        counted = (
            sa.select(row.owner, sa.func.count())
            .where(row.status == Status.OPEN, row.owner.is_not(None), row.practice.is_(sa.false()))
            .group_by(row.owner)
        )
        return {ConsultantId(who): count for who, count in self.connection.execute(counted)}

    def _newest_rules(self) -> Mapping[str, QueueRule]:
        return {version.record.queue: version.record for version in self._rules.newest()}

    @property
    def _rules(self) -> Versions[QueueRule]:
        return Versions(self.connection, "queue", _rule_shape())

    @property
    def _remits(self) -> Versions[Remit]:
        return Versions(self.connection, "remit", _remit_shape())


def _known(version: Version[Route]) -> KnownRoute:
    return KnownRoute(route=version.record, version=version.number, at=version.at, by=version.by)


def _absence(row: sa.Row[Any]) -> Absence:
    return Absence(
        id=AbsenceId(row.id),
        consultant=ConsultantId(row.consultant_id),
        first=row.first,
        last=row.last,
        substitute=optional(ConsultantId, row.substitute_id),
    )


@cache
def _route_shape() -> TypeAdapter[Route]:
    return TypeAdapter(Route)


@cache
def _rule_shape() -> TypeAdapter[QueueRule]:
    return TypeAdapter(QueueRule)


@cache
def _remit_shape() -> TypeAdapter[Remit]:
    return TypeAdapter(Remit)
