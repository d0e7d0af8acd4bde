"""`helpdesk person`: who asks, by which addresses, for whom, and what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_json, print_pairs, print_rows, print_table
from bot.commands.timelines import LineView, print_timeline, timeline
from bot.settings import load_settings
from handlers.domain.errors import NotFoundError
from handlers.domain.organisations import AskerType
from handlers.domain.people import Consultant, Person
from handlers.people import About, AsksFor
from handlers.ports import UnitOfWork
from handlers.proposals import proposal
from handlers.staff import require
from handlers.timelines import Timelines
from handlers.views import moment

_NONE = "-"


class PersonView(TypedDict):
    """A person as listed."""

    id: int
    name: str
    addresses: list[str]
    asker_type: str | None
    organisation: str | None
    municipality: str | None


class AddressView(TypedDict):
    """An address as printed; `proof` says how it is known to be the person's."""

    channel: str
    value: str
    proof: str | None
    proved_at: str | None
    bounced_at: str | None


class ProposalView(TypedDict):
    """For whom a person may be asking."""

    domain: str
    asker_type: str
    municipality: str | None
    organisation: str | None


class PersonCard(TypedDict):
    """A person's card as printed."""

    person: PersonView
    addresses: list[AddressView]
    proposal: ProposalView | None
    timeline: list[LineView]


def list_people(words: str, *, reader: str | None, as_json: bool) -> None:
    """Print the people, by name."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        found = app.person_cards.search(uow, words, reader_of(uow, reader))
        rows = [person_view(uow, person) for person in found]
    print_rows(rows, person_cells, as_json=as_json)


def show_person(said: str, *, reader: str | None, as_json: bool) -> None:
    """Print a person's card."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        card = _card(app, uow, said, reader_of(uow, reader))
    if as_json:
        print_json(card)
        return
    person = card["person"]
    typer.echo(f"{person['id']}  {person['name']}")
    for what in ("asker_type", "organisation", "municipality"):
        typer.echo(f"{what.replace('_', ' ')}: {person[what] or '-'}")
    if card["proposal"]:
        about = ", ".join(str(value) for value in card["proposal"].values() if value)
        typer.echo(f"perhaps: {about}")
    print_table(
        [
            (each["channel"], each["value"], each["proof"] or "not proved")
            for each in card["addresses"]
        ]
    )
    print_timeline(card["timeline"])


def set_person(
    said: str,
    *,
    name: str | None,
    asker_type: str | None,
    organisation: str | None,
    municipality: str | None,
    by: str,
    everywhere: bool,
) -> None:
    """Write what is given on a person's card; what is not stays."""
    with desk_of() as (app, uow):
        person = app.person_cards.find(uow, said)
        kind = person.asker_type
        if asker_type is not None:
            kind = None if asker_type == _NONE else named(AskerType, asker_type, field="type")
        where = person.organisation
        if organisation is not None:
            found = None if organisation == _NONE else organisation
            where = app.organisation_cards.find(uow, found).id if found else None
        about = About(
            name=person.name if name is None else name,
            municipality=municipality,
            asks_for=AsksFor(asker_type=kind, organisation=where),
        )
        app.person_cards.write(uow, person.id, about, by=by, everywhere=everywhere)
    typer.echo(f"written on card {person.id}")


def person_doubles(*, as_json: bool) -> None:
    """Print the pairs of cards that may be of one person."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        pairs = [
            (person_view(uow, double.one), person_view(uow, double.other))
            for double in app.person_cards.doubles(uow)
        ]
    print_pairs(pairs, person_cells, as_json=as_json)


def merge_people(kept: str, other: str, *, by: str) -> None:
    """Make two people one."""
    with desk_of() as (app, uow):
        cards = app.person_cards
        one, two = cards.find(uow, kept), cards.find(uow, other)
        cards.merge(uow, one.id, two.id, by=by)
        change = uow.changes.of_person(one.id)[-1].id
    typer.echo(f"card {two.id} is card {one.id} now; to undo: helpdesk person unmerge {change}")


def unmerge_people(change: int, *, by: str) -> None:
    """Make two people of one again."""
    with desk_of() as (app, uow):
        again = app.person_cards.unmerge(uow, change, by=by)
    typer.echo(f"card {again} is a card of its own again")


def prove(value: str, *, by: str) -> None:
    """Vouch for an address."""
    with desk_of() as (app, uow):
        person = app.person_cards.find(uow, value)
        said = value.strip().lower()
        address = next((each for each in person.addresses if each.value == said), None)
        if address is None:
            raise NotFoundError("no-such-address")
        app.person_cards.prove(uow, person.id, address, by=by)
    typer.echo(f"{address.value} is proved to be the person's of card {person.id}")


def person_view(uow: UnitOfWork, person: Person) -> PersonView:
    """Return a person as listed."""
    return PersonView(
        id=person.id,
        name=person.name,
        addresses=[each.value for each in person.addresses],
        asker_type=person.asker_type.value if person.asker_type else None,
        organisation=uow.organisations.get(person.organisation).name
        if person.organisation
        else None,
        municipality=person.municipality,
    )


def person_cells(row: PersonView) -> tuple[str, ...]:
    """Return a person as a line."""
    return (
        str(row["id"]),
        row["name"],
        ", ".join(row["addresses"]),
        row["asker_type"] or "-",
        row["organisation"] or "-",
        row["municipality"] or "-",
    )


def _card(app: App, uow: UnitOfWork, said: str, who: Consultant | None) -> PersonCard:
    person = app.person_cards.find(uow, said)
    if not app.person_cards.sees(uow, person.id, who):
        raise NotFoundError("no-such-person", id=said)
    proposed = proposal(uow, person)
    return PersonCard(
        person=person_view(uow, person),
        addresses=[
            AddressView(
                channel=each.address.channel.value,
                value=each.address.value,
                proof=each.proof.value if each.proof else None,
                proved_at=moment(each.proved_at) if each.proved_at else None,
                bounced_at=moment(each.bounced_at) if each.bounced_at else None,
            )
            for each in uow.people.reached(person.id)
        ],
        proposal=ProposalView(
            domain=proposed.domain,
            asker_type=proposed.asker_type.value,
            municipality=proposed.municipality,
            organisation=uow.organisations.get(proposed.organisation).name
            if proposed.organisation
            else None,
        )
        if proposed
        else None,
        timeline=timeline(Timelines(app.access).of_person(uow, person.id, who)),
    )


def reader_of(uow: UnitOfWork, email: str | None) -> Consultant | None:
    """Return the consultant for whose eyes it is printed; None is who runs the service."""
    return require(uow, email) if email else None


@contextmanager
def desk_of() -> Iterator[tuple[App, UnitOfWork]]:
    """Open a unit of work of the desk and keep what was done in it."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        yield app, uow
        uow.commit()
