"""Ports of those who ask and for whom, and of how their cards came to say what they say."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.channels import Address
from handlers.domain.ids import ConsultantId, OrganisationId, PersonId, TicketId
from handlers.domain.organisations import AskerType, Change, Details, Journal, Organisation
from handlers.domain.people import Person, Proof, Reached
from knowledge_base.records import MailDomain


class People(Protocol):
    """Those who ask."""

    def find(self, address: Address) -> Person | None:
        """Look a person up by an address."""
        ...

    def expect(self, addresses: Collection[Address]) -> None:
        """Be told who will be looked for: all of them may be looked up at once.

        A hint within this transaction: nothing else depends on it.
        """
        ...

    def get(self, person: PersonId) -> Person:
        """Return the person.

        Raises:
            NotFoundError: no such person.
        """
        ...

    def add(
        self,
        *,
        name: str,
        language: str | None,
        address: Address | None,
        at: datetime,
        proof: Proof | None = None,
    ) -> Person:
        """Remember somebody new; without an address where the channel has none.

        Raises:
            ConflictError: the address became somebody's meanwhile; at the latest by the commit.
        """
        ...

    def set_language(self, person: PersonId, language: str) -> None:
        """Remember the language the person chose."""
        ...

    def set_municipality(self, person: PersonId, municipality: str) -> None:
        """Remember where the person is."""
        ...

    def add_address(self, person: PersonId, address: Address) -> None:
        """Remember one more way to reach the person."""
        ...

    def rows(self) -> Sequence[Person]:
        """List all, the oldest first."""
        ...

    def of_organisation(self, organisation: OrganisationId) -> Sequence[Person]:
        """List those who ask for an organisation, the oldest first."""
        ...

    def asking(
        self, queues: Collection[str] | None, *, owner: ConsultantId | None = None
    ) -> frozenset[PersonId]:
        """Return who has a ticket in these queues, of this owner if one is given; None = any."""
        ...

    def of_domain(self, domain: str) -> Sequence[Person]:
        """List those with a mail address at exactly this domain, the oldest first."""
        ...

    def rename(self, person: PersonId, name: str) -> None:
        """Remember how the person is called."""
        ...

    def ask_for(
        self,
        person: PersonId,
        asker_type: AskerType | None,
        organisation: OrganisationId | None,
        *,
        everywhere: bool = False,
    ) -> None:
        """Remember for whom the person asks, and asked wherever that was not known.

        `everywhere`: in each of their tickets, whatever is known there.
        """
        ...

    def prove(self, address: Address, proof: Proof, *, at: datetime) -> None:
        """Remember that the address is its person's own; the first proof stays."""
        ...

    def reached(self, person: PersonId) -> Sequence[Reached]:
        """List the ways to reach the person with what is known of each, the oldest first."""
        ...

    def join(self, person: PersonId, other: PersonId) -> Journal:
        """Make two people one: whatever is the other's becomes the person's."""
        ...

    def unjoin(self, person: PersonId, journal: Journal) -> PersonId:
        """Make two again of who were joined; return the other."""
        ...

    def part(
        self, address: Address, matters: Collection[TicketId], *, language: str | None, at: datetime
    ) -> Person:
        """Make an address somebody else's again, and these tickets of its person's with it."""
        ...

    def bounced(self, address: Address, *, at: datetime | None) -> None:
        """Remember that what was sent to the address came back for good; None = it arrives."""
        ...

    def bounced_at(self, address: Address) -> datetime | None:
        """Return when something last came back for good; None = never."""
        ...


class Organisations(Protocol):
    """Port of the organisations people ask for."""

    def add(self, details: Details, *, at: datetime) -> Organisation:
        """Remember a new one.

        Raises:
            ConflictError: another has this code.
        """
        ...

    def get(self, organisation: OrganisationId) -> Organisation:
        """Return the organisation.

        Raises:
            NotFoundError: no such organisation.
        """
        ...

    def find(self, organisation: OrganisationId) -> Organisation | None:
        """Return the organisation, or None."""
        ...

    def by_code(self, code: str) -> Organisation | None:
        """Find an organisation by its code."""
        ...

    def rows(self) -> Sequence[Organisation]:
        """List all, the oldest first."""
        ...

    def names(self, *, limit: int) -> Sequence[str]:
        """List the names of those added last."""
        ...

    def members(self, umbrella: OrganisationId) -> Sequence[Organisation]:
        """List those that are members of one, by name."""
        ...

    def save(self, organisation: Organisation) -> None:
        """Write every field.

        Raises:
            ConflictError: another has this code.
        """
        ...

    def join(self, organisation: OrganisationId, other: OrganisationId) -> Journal:
        """Make two one: whatever names the other will name the organisation."""
        ...

    def unjoin(self, organisation: OrganisationId, journal: Journal) -> OrganisationId:
        """Make two again of what was joined; return the other.

        Raises:
            ConflictError: a third has the other's code by now.
        """
        ...


class Domains(Protocol):
    """Port of the mail domains of municipalities; a version is never changed."""

    def rows(self) -> Sequence[MailDomain]:
        """List the version in force of each."""
        ...

    def put(self, domain: MailDomain, *, at: datetime, by: str) -> bool:
        """Write a domain that differs from its newest version; tell whether it did."""
        ...


class Changes(Protocol):
    """Port of the history of cards; it goes with a card that is joined to another."""

    def record(self, change: Change) -> None:
        """Add a line; its `id` and `undone_at` are not looked at."""
        ...

    def get(self, change: int) -> Change:
        """Return a line.

        Raises:
            NotFoundError: no such line.
        """
        ...

    def of_person(self, person: PersonId) -> Sequence[Change]:
        """List a person's, the oldest first."""
        ...

    def of_organisation(self, organisation: OrganisationId) -> Sequence[Change]:
        """List an organisation's, the oldest first."""
        ...

    def undone(self, change: int, *, at: datetime) -> None:
        """Remember that a line was undone."""
        ...
