"""The cards of people: who asks for whom, by which addresses, and who is one with whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from handlers.access import STEERING, Access
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from handlers.domain.events import Changed, Transferred
from handlers.domain.ids import OrganisationId, PersonId
from handlers.domain.organisations import AskerType, Change
from handlers.domain.people import Consultant, Person, Proof
from handlers.domain.tickets import Ticket, TicketEvent
from handlers.doubles import Double, doubles
from handlers.organisations import MERGED, official
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.routing import Routing
from knowledge_base.municipalities import Places
from knowledge_base.record_rows import is_words
from knowledge_base.records import FORGOTTEN
from knowledge_base.text import fold
from knowledge_base.values import dataclass

_PERSON: Final = "person"
_ADDRESSED: Final = (Channel.MAIL, Channel.PHONE, Channel.TELEGRAM)
_WORDS_OF_A_NAME: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksFor:
    """For whom somebody asks."""

    asker_type: AskerType | None = None
    organisation: OrganisationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a consultant writes on a person's card, whole."""

    name: str
    municipality: str | None
    asks_for: AsksFor


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCards:
    """Keeps the cards of people, with who changed what when.

    - A ticket keeps for whom it was asked; a person who goes to work elsewhere asks for others
      from then on. `everywhere` puts right what was never true.
    - A consultant sees who has a ticket they may read; those who steer see who has none as well.
    - Joined people read each other's tickets, so only who may read them all joins them. That two
      are one is proposed, never decided here, and joining can be undone.
    """

    clock: Clock
    access: Access
    places: Callable[[], Places]
    reactions: Reactions
    routing: Routing

    def find(self, uow: UnitOfWork, said: str) -> Person:
        """Return the person of this number or address.

        Raises:
            NotFoundError: there is none.
        """
        said = said.strip()
        for channel in _ADDRESSED:
            value = said.lower() if channel is Channel.MAIL else said
            found = uow.people.find(Address(channel, value))
            if found is not None:
                return found
        if not said.isdecimal() or len(said) > len("123456789"):
            raise NotFoundError("no-such-person", id=said)
        return uow.people.get(PersonId(int(said)))

    def search(
        self, uow: UnitOfWork, words: str, who: Consultant | None = None
    ) -> Sequence[Person]:
        """List those whose name, address or municipality has the words, by name; none = all."""
        wanted = fold(words).split()
        hidden = self._hidden(uow, who)
        found = [
            each
            for each in uow.people.rows()
            if each.id not in hidden
            and _is_somebody(each)
            and all(word in fold(_searched(each)) for word in wanted)
        ]
        return sorted(found, key=lambda each: (fold(each.name), each.id))

    def sees(self, uow: UnitOfWork, person: PersonId, who: Consultant | None) -> bool:
        """Tell whether somebody may see a person's card; None is who runs the service."""
        if who is None:
            return True
        matters = uow.tickets.of_person(person)
        steers = who.active and who.role in STEERING
        return any(self.access.sees(who, ticket) for ticket in matters) or (steers and not matters)

    def write(
        self,
        uow: UnitOfWork,
        person: PersonId,
        about: About,
        *,
        by: str,
        everywhere: bool = False,
    ) -> None:
        """Write what is known of a person, and remember who did.

        Raises:
            InvalidError: something said of them cannot be.
        """
        before = uow.people.get(person)
        name = " ".join(about.name.split())
        if name and name != before.name and not is_words(name):
            raise InvalidError("not-text", field="name")
        municipality = official(about.municipality, self.places())
        changed: dict[str, object] = {}
        if name != before.name:
            uow.people.rename(person, name)
            changed["name"] = name
        if municipality is not None and municipality != before.municipality:
            uow.people.set_municipality(person, municipality)
            changed["municipality"] = municipality
        changed |= self._ask_for(uow, before, about.asks_for, everywhere=everywhere)
        if changed:
            self._journal(uow, person, "changed", changed, by=by)

    def say_in_ticket(
        self, uow: UnitOfWork, ticket: Ticket, said: AsksFor, who: Consultant, *, only_here: bool
    ) -> Ticket:
        """Write for whom a ticket was asked, and unless `only_here` its requester from now on.

        A question that waits untouched goes where it would have gone, had it been known: to the
        organisation's mentor, or by a route.

        Raises:
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: there is no such organisation.
        """
        self.access.require(who, ticket)
        organisation = uow.organisations.get(said.organisation) if said.organisation else None
        if not only_here:
            before = uow.people.get(ticket.requester)
            changed = self._ask_for(uow, before, said)
            if changed:
                self._journal(uow, before.id, "changed", changed, by=who.email)
            ticket = uow.tickets.get(ticket.id)
        now = self.clock.now()
        told = replace(ticket, asker_type=said.asker_type, organisation=said.organisation)
        if organisation is not None and told.municipality is None:
            told = replace(told, municipality=organisation.municipality)
        saved = uow.tickets.save(told, at=now)
        reasons = (said.asker_type or "", organisation.name if organisation else "")
        line = TicketEvent(
            type="asker_said", at=now, actor=who.email, reasons=tuple(filter(None, reasons))
        )
        uow.tickets.record(ticket.id, line)
        placed = self.routing.place(uow, saved)
        self.reactions.owe(uow, Changed(ticket=placed))
        if placed != saved:
            self.reactions.owe(uow, Transferred(ticket=placed))
        return placed

    def prove(self, uow: UnitOfWork, person: PersonId, address: Address, *, by: str) -> None:
        """Vouch for an address: somebody made sure it is the person's.

        Raises:
            NotFoundError: the person has no such address.
        """
        if address not in uow.people.get(person).addresses:
            raise NotFoundError("no-such-address")
        uow.people.prove(address, Proof.STAFF, at=self.clock.now())
        self._journal(uow, person, "proved", {"address": address.value}, by=by)

    def doubles(self, uow: UnitOfWork, who: Consultant | None = None) -> Sequence[Double[Person]]:
        """Propose cards that may be of one person: a whole name that is the same, and no more."""
        named = [each for each in self.search(uow, "", who) if _is_whole(each.name)]
        return doubles(
            sorted(named, key=lambda each: each.id), name=lambda each: each.name, apart=_are_apart
        )

    def merge(
        self,
        uow: UnitOfWork,
        kept: PersonId,
        other: PersonId,
        *,
        by: str,
        who: Consultant | None = None,
    ) -> None:
        """Make two people one: what the kept card does not say, the other does.

        Raises:
            NotAllowedError: somebody may not read all the tickets of both.
            InvalidError: it is one card already.
        """
        if kept == other:
            raise InvalidError("merge-itself", field=_PERSON)
        self._require_all(uow, (kept, other), who)
        journal = uow.people.join(kept, other)
        self._journal(uow, kept, MERGED, journal, by=by)

    def unmerge(
        self, uow: UnitOfWork, change: int, *, by: str, who: Consultant | None = None
    ) -> PersonId:
        """Undo a merge, with everything that is still as it left it; return the other person.

        Raises:
            NotFoundError: there is no such merge.
            ConflictError: it was undone already.
        """
        made = uow.changes.get(change)
        if made.type != MERGED or made.person is None:
            raise NotFoundError("no-such-change", id=str(change))
        if made.undone_at is not None:
            raise ConflictError("undone-already")
        self._require_all(uow, (made.person,), who)
        again = uow.people.unjoin(made.person, made.what)
        uow.changes.undone(change, at=self.clock.now())
        self._journal(uow, made.person, "unmerged", {"other": again}, by=by)
        return again

    def _hidden(self, uow: UnitOfWork, who: Consultant | None) -> frozenset[PersonId]:
        """List whom somebody may not see, by the rule of `sees`, all at once."""
        if who is None:
            return frozenset()
        everybody = frozenset(each.id for each in uow.people.rows())
        unrestricted = [each for each in self.access.queues if not self.access.is_restricted(each)]
        own = uow.people.asking(unrestricted, owner=who.id) if who.active else frozenset()
        seen = own | uow.people.asking(self.access.visible_queues(who))
        if who.active and who.role in STEERING:
            seen |= everybody - uow.people.asking(None)
        return everybody - seen

    def _require_all(
        self, uow: UnitOfWork, people: Sequence[PersonId], who: Consultant | None
    ) -> None:
        if who is None:
            return
        matters = [ticket for person in people for ticket in uow.tickets.of_person(person)]
        if not all(self.access.sees(who, ticket) for ticket in matters):
            raise NotAllowedError("person-not-yours")

    def _ask_for(
        self, uow: UnitOfWork, before: Person, said: AsksFor, *, everywhere: bool = False
    ) -> dict[str, object]:
        if said.organisation is not None:
            uow.organisations.get(said.organisation)
        known = AsksFor(asker_type=before.asker_type, organisation=before.organisation)
        if said == known and not everywhere:
            return {}
        uow.people.ask_for(before.id, said.asker_type, said.organisation, everywhere=everywhere)
        return {"asker_type": said.asker_type, "organisation": said.organisation}

    def _journal(
        self, uow: UnitOfWork, person: PersonId, what: str, said: Mapping[str, object], *, by: str
    ) -> None:
        now = self.clock.now()
        uow.changes.record(Change(type=what, at=now, actor=by, person=person, what=said))


def _is_somebody(person: Person) -> bool:
    """Tell a card from what erasing left of one."""
    return bool(person.addresses) or person.name not in {"", FORGOTTEN}


def _is_whole(name: str) -> bool:
    return len(name.split()) >= _WORDS_OF_A_NAME


def _are_apart(one: Person, other: Person) -> bool:
    """Tell whether two of one name are surely two: of different places or organisations."""
    places = (one.municipality, other.municipality)
    speak_for = (one.organisation, other.organisation)
    return any(all(pair) and pair[0] != pair[1] for pair in (places, speak_for))


def _searched(person: Person) -> str:
    parts = (person.name, person.municipality, *(each.value for each in person.addresses))
    return " ".join(filter(None, parts))
