"""Organisations, and the history of their cards and of people's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import OrganisationId, PersonId
from handlers.domain.organisations import (
    AskerType,
    Change,
    Details,
    Journal,
    LegalForm,
    Organisation,
)
from knowledge_base.values import dataclass
from storage.columns import optional
from storage.joining import Joining
from storage.rows import changes, organisations

ASKED: Final = ("asker_type", "organisation")
"""Columns of people and tickets that say for whom is asked."""

_FILLS: Final = ("legal_form", "code", "municipality", "umbrella")
_row = organisations.c


@dataclass(frozen=True, slots=True)
class SqlOrganisations:
    """The port `Organisations`."""

    connection: sa.Connection

    def add(self, details: Details, *, at: datetime) -> Organisation:
        given = {each.name: getattr(details, each.name) for each in fields(details)}
        statement = sa.insert(organisations).values({**given, "created_at": at}).returning(_row.id)
        with _one_of_a_code():
            number = self.connection.execute(statement).scalar_one()
        return Organisation(id=OrganisationId(number), **given)

    def get(self, organisation: OrganisationId) -> Organisation:
        found = self.find(organisation)
        if found is None:
            raise NotFoundError("no-such-organisation", id=str(organisation))
        return found

    def find(self, organisation: OrganisationId) -> Organisation | None:
        return self._one(_row.id == organisation)

    def by_code(self, code: str) -> Organisation | None:
        return self._one(_row.code == code)

    def rows(self) -> Sequence[Organisation]:
        statement = sa.select(organisations).order_by(_row.id)
        return [_organisation(row) for row in self.connection.execute(statement)]

    def names(self, *, limit: int) -> Sequence[str]:
        newest = sa.select(_row.name).order_by(_row.id.desc()).limit(limit)
        return self.connection.scalars(newest).all()

    def members(self, umbrella: OrganisationId) -> Sequence[Organisation]:
        statement = sa.select(organisations).where(_row.umbrella == umbrella).order_by(_row.name)
        return [_organisation(row) for row in self.connection.execute(statement)]

    def save(self, organisation: Organisation) -> None:
        values = {each.name: getattr(organisation, each.name) for each in fields(organisation)}
        statement = sa.update(organisations).where(_row.id == values.pop("id")).values(values)
        with _one_of_a_code():
            self.connection.execute(statement)

    def join(self, organisation: OrganisationId, other: OrganisationId) -> Journal:
        return self._joining.join(organisation, other)

    def unjoin(self, organisation: OrganisationId, journal: Journal) -> OrganisationId:
        with _one_of_a_code():
            return OrganisationId(self._joining.undo(organisation, journal))

    @property
    def _joining(self) -> Joining:
        return Joining(self.connection, organisations, _FILLS)

    def _one(self, condition: sa.ColumnElement[bool]) -> Organisation | None:
        row = self.connection.execute(sa.select(organisations).where(condition)).one_or_none()
        return None if row is None else _organisation(row)


@dataclass(frozen=True, slots=True)
class SqlChanges:
    """The port `Changes`."""

    connection: sa.Connection

    def record(self, change: Change) -> None:
        self.connection.execute(
            sa.insert(changes).values(
                person_id=change.person,
                organisation_id=change.organisation,
                type=change.type,
                at=change.at,
                actor=change.actor,
                what=change.what,
            )
        )

    def get(self, change: int) -> Change:
        found = self._rows(changes.c.id == change)
        if not found:
            raise NotFoundError("no-such-change", id=str(change))
        return found[0]

    def of_person(self, person: PersonId) -> Sequence[Change]:
        return self._rows(changes.c.person_id == person)

    def of_organisation(self, organisation: OrganisationId) -> Sequence[Change]:
        return self._rows(changes.c.organisation_id == organisation)

    def undone(self, change: int, *, at: datetime) -> None:
        done = sa.update(changes).where(changes.c.id == change)
        self.connection.execute(done.values(undone_at=at))

    def _rows(self, which: sa.ColumnElement[bool]) -> Sequence[Change]:
        statement = sa.select(changes).where(which).order_by(changes.c.id)
        return [_change(row) for row in self.connection.execute(statement)]


@contextmanager
def _one_of_a_code() -> Iterator[None]:
    """Refuse what would give two organisations one code; of two who do so at once, one is told."""
    try:
        yield
    except sa.exc.IntegrityError as taken:
        raise ConflictError("code-taken") from taken


def _organisation(row: sa.Row[Any]) -> Organisation:
    return Organisation(
        id=OrganisationId(row.id),
        name=row.name,
        kind=AskerType(row.kind),
        legal_form=optional(LegalForm, row.legal_form),
        code=row.code,
        municipality=row.municipality,
        umbrella=optional(OrganisationId, row.umbrella),
    )


def _change(row: sa.Row[Any]) -> Change:
    return Change(
        id=row.id,
        type=row.type,
        at=row.at,
        actor=row.actor,
        person=optional(PersonId, row.person_id),
        organisation=optional(OrganisationId, row.organisation_id),
        what=row.what,
        undone_at=row.undone_at,
    )
