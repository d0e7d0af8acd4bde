"""Those who ask, and how to reach them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby, zip_longest
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import ConsultantId, OrganisationId, PersonId, TicketId
from handlers.domain.organisations import AskerType, Journal
from handlers.domain.people import Person, Proof, Reached
from knowledge_base.values import dataclass
from storage.columns import optional, storable
from storage.joining import Joining, give
from storage.later import Later
from storage.memory import Memory
from storage.newcomers import wait_for_others
from storage.numbers import Numbers
from storage.prepared import prepared
from storage.requesters import Requesters
from storage.rows import addresses, articles, people, tickets
from storage.sql import add_new

_FILLS: Final = ("name", "language", "municipality", "asker_type", "organisation")
_READ: Final = (people, addresses)
_ROWS: Final = (
    sa.select(
        people,
        addresses.c.channel,
        addresses.c.value,
        addresses.c.bounced_at,
        addresses.c.verified_by,
    )
    .join_from(people, addresses, isouter=True)
    .order_by(people.c.id, addresses.c.id)
)
"""People with their addresses, a row of each address."""

_BOUNCED: Final = prepared(
    sa.select(addresses.c.bounced_at).where(
        addresses.c.channel == sa.bindparam("on"), addresses.c.value == sa.bindparam("at")
    )
)
_BY_NUMBER: Final = prepared(_ROWS.where(people.c.id == sa.bindparam("number")))
_BY_ADDRESSES: Final = prepared(
    _ROWS.where(
        people.c.id.in_(
            sa.select(addresses.c.person_id).where(
                addresses.c.channel == sa.bindparam("on"),
                addresses.c.value.in_(sa.bindparam("at", expanding=True)),
            )
        )
    )
)
_BY_ADDRESS: Final = prepared(
    _ROWS.where(
        people.c.id
        == sa.select(addresses.c.person_id)
        .where(addresses.c.channel == sa.bindparam("on"), addresses.c.value == sa.bindparam("at"))
        .scalar_subquery()
    )
)


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """The port `People`."""

    connection: sa.Connection
    memory: Memory
    later: Later
    numbers: Numbers

    def find(self, address: Address) -> Person | None:
        which = {"on": address.channel, "at": address.value}
        return self.memory.recall(
            ("address", address), _READ, lambda: self._one(_BY_ADDRESS, which)
        )

    def expect(self, addresses: Collection[Address]) -> None:
        self._newcomers(addresses)

    def get(self, person: PersonId) -> Person:
        key, which = ("person", person), {"number": person}
        found = self.memory.recall(key, _READ, lambda: self._one(_BY_NUMBER, which))
        if found is None:
            raise NotFoundError("no-such-person", id=str(person))
        return found

    def add(
        self,
        *,
        name: str,
        language: str | None,
        address: Address | None,
        at: datetime,
        proof: Proof | None = None,
    ) -> Person:
        if address is not None and self.find(address) is not None:
            raise _taken()
        number = PersonId(self.numbers.take(people))
        new = {"id": number, "name": name, "language": language, "created_at": at}
        # Nobody can have asked about who was not there, but for whose the address is.
        with self.memory.touching(("address", address), ("bounced", address)):
            self.later.add(people, [new])
            if address is not None:
                proved = {"verified_by": proof, "verified_at": at if proof else None}
                self.later.add(addresses, [{**_row(number, address), **proved}], taken=_taken())
        added = Person(
            id=number,
            name=storable(name),
            language=language,
            municipality=None,
            addresses=() if address is None else (address,),
            proved=frozenset({address}) if address is not None and proof else frozenset(),
        )
        self._know(added)
        Requesters(self.memory).begin(number)
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
        if add_new(self.connection, addresses, _row(person, address)) is None:
            owner = self.find(address)
            if owner is None or owner.id != person:
                raise _taken()

    def rows(self) -> Sequence[Person]:
        return self._several(sa.true())

    def of_organisation(self, organisation: OrganisationId) -> Sequence[Person]:
        return self._several(people.c.organisation == organisation)

    def asking(
        self, queues: Collection[str] | None, *, owner: ConsultantId | None = None
    ) -> frozenset[PersonId]:
        statement = sa.select(tickets.c.requester).distinct()
        if queues is not None:
            statement = statement.where(tickets.c.queue.in_(queues))
        if owner is not None:
            statement = statement.where(tickets.c.owner == owner)
        return frozenset(PersonId(each) for each in self.connection.scalars(statement))

    def of_domain(self, domain: str) -> Sequence[Person]:
        row = addresses.c
        there = row.value.endswith(f"@{domain}", autoescape=True)
        theirs = sa.select(row.person_id).where(row.channel == Channel.MAIL, there)
        return self._several(people.c.id.in_(theirs))

    def rename(self, person: PersonId, name: str) -> None:
        self.connection.execute(sa.update(people).where(people.c.id == person).values(name=name))

    def ask_for(
        self,
        person: PersonId,
        asker_type: AskerType | None,
        organisation: OrganisationId | None,
        *,
        everywhere: bool = False,
    ) -> None:
        known = {"asker_type": asker_type, "organisation": organisation}
        self.connection.execute(sa.update(people).where(people.c.id == person).values(known))
        row = tickets.c
        theirs = row.requester == person
        nowhere_said = sa.and_(theirs, row.asker_type.is_(None), row.organisation.is_(None))
        changed = {**known, "version": row.version + 1}
        which = theirs if everywhere else nowhere_said
        self.connection.execute(sa.update(tickets).where(which).values(changed))

    def prove(self, address: Address, proof: Proof, *, at: datetime) -> None:
        unproved = sa.and_(_is(address), addresses.c.verified_by.is_(None))
        statement = sa.update(addresses).where(unproved)
        self.connection.execute(statement.values(verified_by=proof, verified_at=at))

    def reached(self, person: PersonId) -> Sequence[Reached]:
        own = sa.select(addresses).where(addresses.c.person_id == person).order_by(addresses.c.id)
        return [_reached(row) for row in self.connection.execute(own)]

    def join(self, person: PersonId, other: PersonId) -> Journal:
        self.get(person)
        self.get(other)
        return self._joining.join(person, other)

    def unjoin(self, person: PersonId, journal: Journal) -> PersonId:
        return PersonId(self._joining.undo(person, journal))

    def part(
        self, address: Address, matters: Collection[TicketId], *, language: str | None, at: datetime
    ) -> Person:
        before = self.find(address)
        if before is None:
            raise NotFoundError("no-such-person", id="")
        parted = self.add(name=before.name, language=language, address=None, at=at)
        said = sa.and_(articles.c.ticket_id.in_(matters), articles.c.person_id == before.id)
        give(self.connection, addresses.c.person_id, _is(address), parted.id)
        give(self.connection, tickets.c.requester, tickets.c.id.in_(matters), parted.id)
        give(self.connection, articles.c.person_id, said, parted.id)
        return self.get(parted.id)

    def bounced(self, address: Address, *, at: datetime | None) -> None:
        statement = sa.update(addresses).where(_is(address)).values(bounced_at=at)
        self.connection.execute(statement)

    def bounced_at(self, address: Address) -> datetime | None:
        if self.find(address) is None:
            return None
        key, which = ("bounced", address), {"on": address.channel, "at": address.value}
        looked: datetime | None = self.memory.recall(
            key, _READ, lambda: self.connection.scalar(_BOUNCED, which)
        )
        return looked

    @property
    def _joining(self) -> Joining:
        return Joining(self.connection, people, _FILLS)

    def look_up(self, found: Collection[Address]) -> Collection[Address]:
        """Read who has these addresses at once; return the others, known to be nobody's."""
        newcomers = self._newcomers(found)
        if wait_for_others(self.connection, newcomers):
            return self._newcomers(newcomers)
        return newcomers

    def _newcomers(self, found: Collection[Address]) -> Collection[Address]:
        """Remember who has these addresses; return those that are nobody's."""
        newcomers: list[Address] = []
        for channel in {each.channel for each in found}:
            asked = {storable(each.value): each for each in found if each.channel is channel}
            rows = self.connection.execute(_BY_ADDRESSES, {"on": channel, "at": sorted(asked)})
            for _, group in groupby(rows, key=lambda row: row.id):
                of_one = list(group)
                self._know(_person(of_one), bounced=[row.bounced_at for row in of_one])
                for row in of_one:
                    asked.pop(row.value, None)
            for address in asked.values():
                self.memory.keep(("address", address), _READ, None)
            newcomers += asked.values()
        return newcomers

    def _one(self, statement: sa.Executable, which: Mapping[str, object]) -> Person | None:
        rows = self.connection.execute(statement, which).all()
        if not rows:
            return None
        found = _person(rows)
        self._know(found, bounced=[row.bounced_at for row in rows])
        return found

    def _several(self, condition: sa.ColumnElement[bool]) -> Sequence[Person]:
        rows = self.connection.execute(_ROWS.where(condition))
        by_person = groupby(rows, key=lambda row: row.id)
        return [_person(list(rows)) for _, rows in by_person]

    def _know(self, person: Person, *, bounced: Sequence[datetime | None] = ()) -> None:
        """Remember a person by every way they are looked up."""
        self.memory.keep(("person", person.id), _READ, person)
        for address, bounced_at in zip_longest(person.addresses, bounced[: len(person.addresses)]):
            self.memory.keep(("address", address), _READ, person)
            self.memory.keep(("bounced", address), _READ, bounced_at)


def _taken() -> ConflictError:
    return ConflictError("address-taken")


def _row(person: PersonId, address: Address) -> Mapping[str, object]:
    return {"person_id": person, "channel": address.channel, "value": address.value}


def _is(address: Address) -> sa.ColumnElement[bool]:
    row = addresses.c
    return sa.and_(row.channel == address.channel, row.value == address.value)


def _person(rows: Sequence[sa.Row[Any]]) -> Person:
    row = rows[0]
    reached = [
        (Address(Channel(each.channel), each.value), each.verified_by)
        for each in rows
        if each.channel is not None
    ]
    return Person(
        id=PersonId(row.id),
        name=row.name,
        language=row.language,
        municipality=row.municipality,
        addresses=tuple(address for address, _ in reached),
        chosen_language=row.chosen_language,
        asker_type=optional(AskerType, row.asker_type),
        organisation=optional(OrganisationId, row.organisation),
        proved=frozenset(address for address, proof in reached if proof),
    )


def _reached(row: sa.Row[Any]) -> Reached:
    address = Address(Channel(row.channel), row.value)
    by_channel = Proof.CHANNEL if address.channel is Channel.TELEGRAM else None
    return Reached(
        address=address,
        proof=by_channel if row.verified_by is None else Proof(row.verified_by),
        proved_at=row.verified_at,
        bounced_at=row.bounced_at,
    )
