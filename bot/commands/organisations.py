"""`helpdesk organisation`: whom people ask for, who is whose member, and what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import typer

from bot.app import App, open_desk
from bot.commands.cards import PersonView, desk_of, person_cells, person_view, reader_of
from bot.commands.output import named, print_json, print_pairs, print_rows, print_table
from bot.commands.registry import print_taken, read_lines
from bot.commands.timelines import LineView, print_timeline, timeline
from bot.settings import load_settings
from handlers.domain.ids import OrganisationId
from handlers.domain.organisations import AskerType, Details, LegalForm, Organisation
from handlers.organisation_rows import is_doubtful, parse_organisations
from handlers.ports import UnitOfWork
from handlers.record_imports import take_in as take_in_records
from handlers.timelines import Timelines
from knowledge_base.record_files import parse_domains

_NONE = "-"


class OrganisationView(TypedDict):
    """An organisation as listed; `doubtful`: its code's last digit is not the usual one."""

    id: int
    name: str
    type: str
    legal_form: str | None
    code: str | None
    doubtful: bool
    municipality: str | None
    umbrella: str | None


class OrganisationCard(TypedDict):
    """An organisation's card as printed."""

    organisation: OrganisationView
    members: list[OrganisationView]
    people: list[PersonView]
    timeline: list[LineView]


def add(
    name: str,
    *,
    kind: str,
    code: str | None,
    form: str | None,
    municipality: str | None,
    umbrella: str | None,
    by: str,
) -> None:
    """Add an organisation."""
    with desk_of() as (app, uow):
        details = Details(
            name=name,
            kind=named(AskerType, kind, field="type"),
            legal_form=_form(form),
            code=code,
            municipality=municipality,
            umbrella=_umbrella(app, uow, umbrella),
        )
        added = app.organisation_cards.add(uow, details, by=by)
    typer.echo(f"card {added.id}: {added.name}")
    _doubt(added.code)


def change(
    said: str,
    *,
    name: str | None,
    kind: str | None,
    code: str | None,
    form: str | None,
    municipality: str | None,
    umbrella: str | None,
    by: str,
) -> None:
    """Write what is given on an organisation's card; what is not stays, a dash takes it away."""
    with desk_of() as (app, uow):
        known = app.organisation_cards.find(uow, said)
        after = replace(
            known,
            name=known.name if name is None else name,
            kind=known.kind if kind is None else named(AskerType, kind, field="type"),
            code=known.code if code is None else _or_none(code),
            legal_form=known.legal_form if form is None else _form(_or_none(form)),
            municipality=known.municipality if municipality is None else _or_none(municipality),
            umbrella=known.umbrella
            if umbrella is None
            else _umbrella(app, uow, _or_none(umbrella)),
        )
        changed = app.organisation_cards.save(uow, after, by=by)
    typer.echo(f"card {known.id}: {'written' if changed else 'as it was'}")
    _doubt(after.code)


def take_in(file: Path, *, by: str, as_json: bool) -> None:
    """Import a file; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with desk_of() as (app, uow):
        parsed = parse_organisations(rows, app.registry.places())
        taken = app.organisation_cards.take_in(uow, parsed, by=by)
    print_taken(taken, "organisations", as_json=as_json)


def take_in_domains(file: Path, *, by: str, as_json: bool) -> None:
    """Import the mail domains of municipalities."""
    rows = read_lines(file)
    with desk_of() as (app, uow):
        parsed = parse_domains(rows, app.registry.places(), app.registry.today)
        now = app.clock.now()
        taken = take_in_records(parsed, lambda each: uow.domains.put(each, at=now, by=by))
    print_taken(taken, "domains", as_json=as_json)


def list_organisations(words: str, *, as_json: bool) -> None:
    """Print the organisations, by name."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        found = app.organisation_cards.search(uow, words)
        rows = [_view(uow, each) for each in found]
    print_rows(rows, _cells, as_json=as_json)


def show(said: str, *, reader: str | None, as_json: bool) -> None:
    """Print an organisation's card."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        who, known = reader_of(uow, reader), app.organisation_cards.find(uow, said)
        people = [
            each
            for each in uow.people.of_organisation(known.id)
            if app.person_cards.sees(uow, each.id, who)
        ]
        card = OrganisationCard(
            organisation=_view(uow, known),
            members=[_view(uow, each) for each in uow.organisations.members(known.id)],
            people=[person_view(uow, each) for each in people],
            timeline=timeline(Timelines(app.access).of_organisation(uow, known.id, who)),
        )
    if as_json:
        print_json(card)
        return
    for field, value in card["organisation"].items():
        typer.echo(f"{field.replace('_', ' ')}: {'-' if value is None else value}")
    for title, rows in (
        ("members", [_cells(each) for each in card["members"]]),
        ("people", [person_cells(each) for each in card["people"]]),
    ):
        if rows:
            typer.echo(f"\n{title}:")
            print_table(rows)
    print_timeline(card["timeline"])


def doubles(*, as_json: bool) -> None:
    """Print the pairs of cards that may be of one organisation."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        pairs = [
            (_view(uow, double.one), _view(uow, double.other))
            for double in app.organisation_cards.doubles(uow)
        ]
    print_pairs(pairs, _cells, as_json=as_json)


def merge(kept: str, other: str, *, by: str) -> None:
    """Make two organisations one."""
    with desk_of() as (app, uow):
        cards = app.organisation_cards
        one, two = cards.find(uow, kept), cards.find(uow, other)
        cards.merge(uow, one.id, two.id, by=by)
        change = uow.changes.of_organisation(one.id)[-1].id
    undo = f"helpdesk organisation unmerge {change}"
    typer.echo(f"card {two.id} is card {one.id} now; to undo: {undo}")


def unmerge(change: int, *, by: str) -> None:
    """Make two organisations of one again."""
    with desk_of() as (app, uow):
        again = app.organisation_cards.unmerge(uow, change, by=by)
    typer.echo(f"card {again} is a card of its own again")


def _view(uow: UnitOfWork, known: Organisation) -> OrganisationView:
    return OrganisationView(
        id=known.id,
        name=known.name,
        type=known.kind.value,
        legal_form=known.legal_form.value if known.legal_form else None,
        code=known.code,
        doubtful=known.code is not None and is_doubtful(known.code),
        municipality=known.municipality,
        umbrella=uow.organisations.get(known.umbrella).name if known.umbrella else None,
    )


def _cells(row: OrganisationView) -> Sequence[str]:
    return (
        str(row["id"]),
        row["name"],
        row["type"],
        row["code"] or "-",
        row["municipality"] or "-",
        row["umbrella"] or "-",
    )


def _form(said: str | None) -> LegalForm | None:
    return named(LegalForm, said, field="form") if said else None


def _umbrella(app: App, uow: UnitOfWork, said: str | None) -> OrganisationId | None:
    return app.organisation_cards.find(uow, said).id if said else None


def _or_none(said: str) -> str | None:
    return None if said == _NONE else said


def _doubt(code: str | None) -> None:
    if code is not None and is_doubtful("".join(code.split())):
        typer.echo("the last digit of the code is not the usual check digit: look at it once more")
