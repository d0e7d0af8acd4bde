"""What consultants read on the cards of people and organisations, and how the forms are read."""

from collections.abc import Mapping, Sequence

from bot.console.site import Site
from handlers.access import STEERING
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import OrganisationId, PersonId, TicketId
from handlers.domain.organisations import AskerType, Details, LegalForm, Organisation
from handlers.domain.people import Consultant, Person, Reached
from handlers.doubles import doubles_of
from handlers.organisation_rows import is_doubtful
from handlers.people import About, AsksFor
from handlers.ports import UnitOfWork
from handlers.proposals import Proposal, proposal
from handlers.timelines import Line, Timelines
from knowledge_base.values import dataclass

Form = Mapping[str, str]

SHOWN = 200
"""So many cards are listed; a search finds the rest."""

_OFFERED = 500
_SHOWN_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person's card; `double` are cards that may be of the same person."""

    person: Person
    organisation: Organisation | None
    reached: Sequence[Reached]
    proposal: Proposal | None
    proposed: Organisation | None
    lines: Sequence[Line]
    doubles: Sequence[Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """An organisation's card; `may_write`: the reader may change it."""

    organisation: Organisation
    umbrella: Organisation | None
    members: Sequence[Organisation]
    people: Sequence[Person]
    lines: Sequence[Line]
    doubles: Sequence[Organisation]
    doubtful: bool
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskerSaid:
    """For whom a ticket was asked, and what may be proposed."""

    organisation: Organisation | None
    proposal: Proposal | None
    proposed: Organisation | None
    offered: Sequence[str]


def person_page(site: Site, uow: UnitOfWork, who: Consultant, number: PersonId) -> PersonPage:
    """Collect a person's card.

    Raises:
        NotFoundError: there is none, or it is not theirs to see.
    """
    person = uow.people.get(number)
    if not site.person_cards.sees(uow, number, who):
        raise NotFoundError("no-such-person")
    found = proposal(uow, person)
    return PersonPage(
        person=person,
        organisation=_organisation(uow, person.organisation),
        reached=uow.people.reached(number),
        proposal=found,
        proposed=_organisation(uow, found.organisation if found else None),
        lines=Timelines(site.access).of_person(uow, number, who)[:_SHOWN_LINES],
        doubles=doubles_of(person, site.person_cards.doubles(uow, who)),
    )


def organisation_page(
    site: Site, uow: UnitOfWork, who: Consultant, number: OrganisationId
) -> OrganisationPage:
    """Collect an organisation's card.

    Raises:
        NotFoundError: there is none.
    """
    known = uow.organisations.get(number)
    return OrganisationPage(
        organisation=known,
        umbrella=_organisation(uow, known.umbrella),
        members=uow.organisations.members(number),
        people=[
            each
            for each in uow.people.of_organisation(number)
            if site.person_cards.sees(uow, each.id, who)
        ],
        lines=Timelines(site.access).of_organisation(uow, number, who)[:_SHOWN_LINES],
        doubles=doubles_of(known, site.organisation_cards.doubles(uow)),
        doubtful=known.code is not None and is_doubtful(known.code),
        may_write=may_write(site, uow, who, number),
    )


def asker_said(uow: UnitOfWork, person: Person, organisation: OrganisationId | None) -> AskerSaid:
    """Collect for whom a ticket was asked."""
    found = proposal(uow, person)
    return AskerSaid(
        organisation=_organisation(uow, organisation),
        proposal=found,
        proposed=_organisation(uow, found.organisation if found else None),
        offered=offered(uow),
    )


def offered(uow: UnitOfWork) -> Sequence[str]:
    """List names of organisations to choose from while typing."""
    return uow.organisations.names(limit=_OFFERED)


def may_write(site: Site, uow: UnitOfWork, who: Consultant, number: OrganisationId) -> bool:
    """Tell whether somebody may change a card: who steers, is its mentor, or reads its tickets."""
    tickets = uow.tickets.of_organisation(number)
    return (
        who.role in STEERING
        or not tickets
        or bool(uow.mentorships.rows(organisation=number, mentor=who.id))
        or any(site.access.sees(who, ticket) for ticket in tickets)
    )


def say_asker(site: Site, uow: UnitOfWork, ticket: TicketId, who: Consultant, form: Form) -> None:
    """Write for whom a ticket was asked, as its form says."""
    site.person_cards.say_in_ticket(
        uow, uow.tickets.get(ticket), asks_for(site, uow, form), who, only_here="only_here" in form
    )


def asks_for(site: Site, uow: UnitOfWork, form: Form) -> AsksFor:
    """Read for whom somebody asks; of a known organisation the type need not be said.

    Raises:
        NotFoundError: there is no such organisation.
    """
    said = form.get("organisation", "").strip()
    known = site.organisation_cards.find(uow, said) if said else None
    kind = form.get("asker_type", "")
    if kind in {each.value for each in AskerType}:
        asker_type: AskerType | None = AskerType(kind)
    else:
        asker_type = known.kind if known else None
    return AsksFor(asker_type=asker_type, organisation=known.id if known else None)


def about(site: Site, uow: UnitOfWork, form: Form) -> About:
    """Read a person's card from its form."""
    return About(
        name=form.get("name", ""),
        municipality=form.get("municipality", "").strip() or None,
        asks_for=asks_for(site, uow, form),
    )


def details(site: Site, uow: UnitOfWork, form: Form) -> Details:
    """Read an organisation's card from its form.

    Raises:
        InvalidError: its type is missing.
        NotFoundError: there is no such umbrella.
    """
    umbrella = form.get("umbrella", "").strip()
    kind, legal_form = form.get("kind", ""), form.get("legal_form", "")
    if kind not in {each.value for each in AskerType}:
        raise InvalidError("no-such-type", field="kind", type=kind)
    return Details(
        name=form.get("name", ""),
        kind=AskerType(kind),
        legal_form=LegalForm(legal_form) if legal_form in set(LegalForm) else None,
        code=form.get("code") or None,
        municipality=form.get("municipality", "").strip() or None,
        umbrella=site.organisation_cards.find(uow, umbrella).id if umbrella else None,
    )


def _organisation(uow: UnitOfWork, number: OrganisationId | None) -> Organisation | None:
    return None if number is None else uow.organisations.get(number)
