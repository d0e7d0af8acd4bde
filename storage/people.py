"""Those who ask, and how to reach them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import PersonId, TicketId
from handlers.domain.people import Person
from storage.columns import storable
from storage.memory import Memory
from storage.rows import addresses, articles, metadata, people, tickets
from storage.sql import insert

_NAMING_PEOPLE: Final = [
    column
    for table in metadata.sorted_tables
    for column in table.c
    if any(key.column is people.c.id for key in column.foreign_keys)
]
"""Every column that names a person, those of tables to come included."""

_READ: Final = (people, addresses)


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """The port `People`."""

    connection: sa.Connection
    memory: Memory

    def find(self, address: Address) -> Person | None:
        owner = sa.select(addresses.c.person_id).where(_is(address)).scalar_subquery()
        return self.memory.recall(address, _READ, lambda: self._one(people.c.id == owner))

    def get(self, person: PersonId) -> Person:
        key = ("person", person)
        found = self.memory.recall(key, _READ, lambda: self._one(people.c.id == person))
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
        added = Person(
            id=number,
            name=storable(name),
            language=language,
            municipality=None,
            addresses=() if address is None else (address,),
        )
        self._know(added)
        return added

    def set_language(self, person: PersonId, language: str) -> None:
        statement = sa.update(people).where(people.c.id == person)
        self.connection.execute(statement.values(language=language, chosen_language=language))

    def set_municipality(self, person: PersonId, municipality: str) -> None:
        statement = sa.update(people).where(people.c.id == person)
        self.connection.execute(statement.values(municipality=municipality))

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

    def join(self, person: PersonId, other: PersonId) -> None:
        ours, theirs = self.get(person), self.get(other)
        for column in _NAMING_PEOPLE:
            self._give(column, column == other, person)
        known = {"name": ours.name or theirs.name, "language": ours.language or theirs.language}
        place = ours.municipality or theirs.municipality
        statement = sa.update(people).where(people.c.id == person)
        self.connection.execute(statement.values(**known, municipality=place))
        self.connection.execute(sa.delete(people).where(people.c.id == other))

    def part(
        self, address: Address, matters: Collection[TicketId], *, language: str | None, at: datetime
    ) -> Person:
        before = self.find(address)
        if before is None:
            raise NotFoundError("no-such-person", id="")
        parted = self.add(name=before.name, language=language, address=None, at=at)
        said = sa.and_(articles.c.ticket_id.in_(matters), articles.c.person_id == before.id)
        self._give(addresses.c.person_id, _is(address), parted.id)
        self._give(tickets.c.requester, tickets.c.id.in_(matters), parted.id)
        self._give(articles.c.person_id, said, parted.id)
        return self.get(parted.id)

    def _give(
        self, column: sa.Column[Any], which: sa.ColumnElement[bool], person: PersonId
    ) -> None:
        changes: dict[sa.Column[Any], object] = {column: person}
        if column.table is tickets:  # what anybody read of it before is out of date
            changes[tickets.c.version] = tickets.c.version + 1
        self.connection.execute(sa.update(column.table).where(which).values(changes))

    def bounced(self, address: Address, *, at: datetime | None) -> None:
        statement = sa.update(addresses).where(_is(address)).values(bounced_at=at)
        self.connection.execute(statement)

    def bounced_at(self, address: Address) -> datetime | None:
        if self.find(address) is None:
            return None
        bounced_at = sa.select(addresses.c.bounced_at).where(_is(address))
        key = ("bounced", address)
        return self.memory.recall(key, _READ, lambda: self.connection.scalar(bounced_at))

    def _one(self, condition: sa.ColumnElement[bool]) -> Person | None:
        statement = (
            sa.select(people, addresses.c.channel, addresses.c.value, addresses.c.bounced_at)
            .join_from(people, addresses, isouter=True)
            .where(condition)
            .order_by(addresses.c.id)
        )
        rows = self.connection.execute(statement).all()
        if not rows:
            return None
        found = _person(rows[0], rows)
        self._know(found, bounced=[row.bounced_at for row in rows])
        return found

    def _know(self, person: Person, *, bounced: Sequence[datetime | None] = ()) -> None:
        """Remember a person by every way they are looked up."""
        self.memory.keep(("person", person.id), _READ, person)
        for address, bounced_at in zip_longest(person.addresses, bounced[: len(person.addresses)]):
            self.memory.keep(address, _READ, person)
            self.memory.keep(("bounced", address), _READ, bounced_at)


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
        chosen_language=row.chosen_language,
    )
