"""Trainings with their versions, and who registered for them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from handlers.domain.ids import EnrolmentId, PersonId, TicketId
from handlers.domain.trainings import (
    Enrolment,
    KnownTraining,
    NewEnrolment,
    Seat,
    Training,
)
from knowledge_base.values import dataclass
from storage.records import Version, Versions
from storage.rows import enrolments, records

_KIND = "training"
_PIECE = 500
_row = enrolments.c


@dataclass(frozen=True, slots=True)
class SqlTrainings:
    """The port `Trainings`."""

    connection: sa.Connection

    def known(self, training: str) -> KnownTraining | None:
        return next(reversed(self.history(training)), None)

    def rows(self) -> Sequence[KnownTraining]:
        found = [_known(version) for version in self._versions.newest()]
        return sorted(found, key=lambda each: (each.training.sittings, each.training.id))

    def history(self, training: str) -> Sequence[KnownTraining]:
        return [_known(version) for version in self._versions.of(training)]

    def put(self, training: Training, *, at: datetime, by: str) -> bool:
        return self._versions.put(training.id, training, at=at, by=by)

    def hold(self, training: str) -> None:
        own = sa.and_(records.c.kind == _KIND, records.c.name == training)
        # SQLite, whose writer is alone, leaves FOR UPDATE out.
        statement = sa.select(records.c.id).where(own).order_by(records.c.id).with_for_update()
        self.connection.execute(statement).all()

    def enrolments(self, training: str) -> Sequence[Enrolment]:
        return self._found(_row.training == training)

    def of_person(self, person: PersonId) -> Sequence[Enrolment]:
        return self._found(_row.person_id == person)

    def of_ticket(self, ticket: TicketId) -> Sequence[Enrolment]:
        return self._found(_row.ticket_id == ticket)

    def enrol(self, enrolment: NewEnrolment) -> Enrolment:
        statement = sa.insert(enrolments).values(
            training=enrolment.training,
            ticket_id=enrolment.ticket,
            person_id=enrolment.person,
            attended="",
            **_changing(enrolment),
        )
        return _enrolment(self.connection.execute(statement.returning(enrolments)).one())

    def save(self, enrolment: Enrolment) -> None:
        attended = " ".join(day.isoformat() for day in enrolment.attended)
        statement = sa.update(enrolments).where(_row.id == enrolment.id)
        self.connection.execute(statement.values(attended=attended, **_changing(enrolment)))

    def tickets_among(self, tickets: Collection[TicketId]) -> frozenset[TicketId]:
        wanted, found = list(tickets), set[TicketId]()
        for start in range(0, len(wanted), _PIECE):
            own = _row.ticket_id.in_(wanted[start : start + _PIECE])
            found.update(
                map(TicketId, self.connection.scalars(sa.select(_row.ticket_id).where(own)))
            )
        return frozenset(found)

    def _found(self, which: sa.ColumnElement[bool]) -> Sequence[Enrolment]:
        statement = sa.select(enrolments).where(which).order_by(_row.at, _row.id)
        return [_enrolment(row) for row in self.connection.execute(statement)]

    @property
    def _versions(self) -> Versions[Training]:
        return Versions(self.connection, _KIND, _shape())


def _changing(enrolment: NewEnrolment) -> dict[str, object]:
    return {
        "name": enrolment.name,
        "organisation": enrolment.organisation,
        "municipality": enrolment.municipality,
        "seat": enrolment.seat,
        "at": enrolment.at,
        "told": enrolment.told,
        "reminded_for": enrolment.reminded_for,
    }


def _enrolment(row: sa.Row[Any]) -> Enrolment:
    return Enrolment(
        id=EnrolmentId(row.id),
        training=row.training,
        ticket=TicketId(row.ticket_id),
        person=PersonId(row.person_id),
        name=row.name,
        organisation=row.organisation,
        municipality=row.municipality,
        seat=Seat(row.seat),
        at=row.at,
        told=row.told,
        reminded_for=row.reminded_for,
        attended=tuple(date.fromisoformat(day) for day in row.attended.split()),
    )


def _known(version: Version[Training]) -> KnownTraining:
    return KnownTraining(
        training=version.record, version=version.number, at=version.at, by=version.by
    )


@cache
def _shape() -> TypeAdapter[Training]:
    return TypeAdapter(Training)
