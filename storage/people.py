"""Those who ask, and how to reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import PersonId
from handlers.domain.people import Person
from storage.rows import addresses, people
from storage.sql import insert


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """The port `People`."""

    connection: sa.Connection

    def find(self, address: Address) -> Person | None:
        owner = sa.select(addresses.c.person_id).where(_is(address)).scalar_subquery()
        return self._one(people.c.id == owner)

    def get(self, person: PersonId) -> Person:
        found = self._one(people.c.id == person)
        if found is None:
            raise NotFoundError("no-such-person", id=str(person))
        return found

    def add(
        self, *, name: str, language: str | None, address: Address | None, at: datetime
    ) -> Person:
        """Remember somebody new.

        Raises:
            ConflictError: the address became somebody's meanwhile.
        """
        statement = (
            sa.insert(people)
            .values(name=name, language=language, created_at=at)
            .returning(people.c.id)
        )
        number = PersonId(self.connection.execute(statement).scalar_one())
        if address is not None:
            self.add_address(number, address)
        return Person(
            id=number,
            name=name,
            language=language,
            municipality=None,
            addresses=() if address is None else (address,),
        )

    def set_language(self, person: PersonId, language: str) -> None:
        statement = sa.update(people).where(people.c.id == person).values(language=language)
        self.connection.execute(statement)

    def add_address(self, person: PersonId, address: Address) -> None:
        """Remember one more way to reach the person; one known already is fine.

        Raises:
            ConflictError: it is somebody else's.
        """
        statement = (
            insert(self.connection, addresses)
            .values(person_id=person, channel=address.channel, value=address.value)
            .on_conflict_do_nothing()
            .returning(addresses.c.id)
        )
        if self.connection.scalar(statement) is None:
            owner = self.find(address)
            if owner is None or owner.id != person:
                raise ConflictError("address-taken")

    def bounced(self, address: Address, *, at: datetime) -> None:
        statement = sa.update(addresses).where(_is(address)).values(bounced_at=at)
        self.connection.execute(statement)

    def bounced_at(self, address: Address) -> datetime | None:
        return self.connection.scalar(sa.select(addresses.c.bounced_at).where(_is(address)))

    def _one(self, condition: sa.ColumnElement[bool]) -> Person | None:
        statement = (
            sa.select(people, addresses.c.channel, addresses.c.value)
            .join_from(people, addresses, isouter=True)
            .where(condition)
            .order_by(addresses.c.id)
        )
        rows = self.connection.execute(statement).all()
        return _person(rows[0], rows) if rows else None


def _is(address: Address) -> sa.ColumnElement[bool]:
    row = addresses.c
    return sa.and_(row.channel == address.channel, row.value == address.value)


def _person(row: sa.Row[Any], reached: Sequence[sa.Row[Any]]) -> Person:
    return Person(
        id=PersonId(row.id),
        name=row.name,
        language=row.language,
        municipality=row.municipality,
        addresses=tuple(
            Address(Channel(each.channel), each.value)
            for each in reached
            if each.channel is not None
        ),
    )
