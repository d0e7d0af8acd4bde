"""Those who ask, and for whom: `helpdesk person` and `helpdesk organisation`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json
from bot.cli.people import person_app

organisation_app = typer.Typer(help="Organisations people ask for.", no_args_is_help=True)

By = Annotated[str, typer.Option(help="Who does it.")]
Who = Annotated[str, typer.Argument(metavar="PERSON", help="An address, or a card's number.")]
Which = Annotated[
    str, typer.Argument(metavar="ORGANISATION", help="A code, a card's number, or the name.")
]
Reader = Annotated[
    str | None,
    typer.Option("--as", metavar="EMAIL", help="Show what this consultant may see; else all."),
]
Type = Annotated[
    str | None,
    typer.Option(
        "--type", help="bendruomenine, nvo, savivaldybe, taryba, valstybe or kita; - = not known."
    ),
]
Words = Annotated[str, typer.Option("--search", help="Words of what is looked for.")]


@person_app.command("list")
def person_list(search: Words = "", reader: Reader = None, *, as_json: Json = False) -> None:
    """List people, by name."""
    from bot.commands import cards

    cards.list_people(search, reader=reader, as_json=as_json)


@person_app.command("show")
def person_show(person: Who, reader: Reader = None, *, as_json: Json = False) -> None:
    """Show a person's card with its timeline."""
    from bot.commands import cards

    cards.show_person(person, reader=reader, as_json=as_json)


@person_app.command("set")
def person_set(
    person: Who,
    name: Annotated[str | None, typer.Option()] = None,
    asker_type: Type = None,
    organisation: Annotated[
        str | None, typer.Option(help="A code, a card's number or a name; - = none.")
    ] = None,
    municipality: Annotated[str | None, typer.Option()] = None,
    by: By = "command",
    *,
    everywhere: Annotated[
        bool, typer.Option(help="It was never otherwise: change every ticket too.")
    ] = False,
) -> None:
    """Write on a person's card for whom they ask, from now on."""
    from bot.commands import cards

    cards.set_person(
        person,
        name=name,
        asker_type=asker_type,
        organisation=organisation,
        municipality=municipality,
        by=by,
        everywhere=everywhere,
    )


@person_app.command("doubles")
def person_doubles(*, as_json: Json = False) -> None:
    """Propose cards that may be of one person; nothing is changed."""
    from bot.commands import cards

    cards.person_doubles(as_json=as_json)


@person_app.command("merge")
def person_merge(kept: Who, other: Who, by: By = "command") -> None:
    """Make two cards one; they read each other's tickets from then on."""
    from bot.commands import cards

    cards.merge_people(kept, other, by=by)


@person_app.command("unmerge")
def person_unmerge(change: int, by: By = "command") -> None:
    """Undo a merge, by its number in the card's timeline."""
    from bot.commands import cards

    cards.unmerge_people(change, by=by)


@person_app.command("prove")
def person_prove(address: str, by: By = "command") -> None:
    """Vouch for an address: somebody made sure it is the person's."""
    from bot.commands import cards

    cards.prove(address, by=by)


@organisation_app.command("add")
def organisation_add(
    name: str,
    kind: Annotated[str, typer.Option("--type", help="As for `person set`.")],
    code: Annotated[str | None, typer.Option(help="Nine digits.")] = None,
    form: Annotated[
        str | None,
        typer.Option(help="asociacija, viesoji-istaiga, paramos-fondas or kita."),
    ] = None,
    municipality: Annotated[str | None, typer.Option()] = None,
    umbrella: Annotated[str | None, typer.Option(help="Whose member it is.")] = None,
    by: By = "command",
) -> None:
    """Add an organisation and print the number of its card."""
    from bot.commands import organisations

    organisations.add(
        name,
        kind=kind,
        code=code,
        form=form,
        municipality=municipality,
        umbrella=umbrella,
        by=by,
    )


@organisation_app.command("set")
def organisation_set(
    organisation: Which,
    name: Annotated[str | None, typer.Option()] = None,
    kind: Annotated[str | None, typer.Option("--type")] = None,
    code: Annotated[str | None, typer.Option(help="- = none, as below.")] = None,
    form: Annotated[str | None, typer.Option()] = None,
    municipality: Annotated[str | None, typer.Option()] = None,
    umbrella: Annotated[str | None, typer.Option()] = None,
    by: By = "command",
) -> None:
    """Change an organisation's card."""
    from bot.commands import organisations

    organisations.change(
        organisation,
        name=name,
        kind=kind,
        code=code,
        form=form,
        municipality=municipality,
        umbrella=umbrella,
        by=by,
    )


@organisation_app.command("import")
def organisation_import(file: Path, by: By = "import", *, as_json: Json = False) -> None:
    """Import organisations from CSV or YAML; name every line that is refused, and then exit 1.

    One row each: name, kind, legal_form, code, municipality, umbrella (a code or a name). One with
    a code is known by it, else by name and municipality; what a line leaves out stays as it was.
    """
    from bot.commands import organisations

    organisations.take_in(file, by=by, as_json=as_json)


@organisation_app.command("domains")
def organisation_domains(file: Path, by: By = "import", *, as_json: Json = False) -> None:
    """Import the mail domains of municipalities, by which their staff are proposed as askers.

    One row each: domain, municipality, source, url, checked_on, checked_by.
    """
    from bot.commands import organisations

    organisations.take_in_domains(file, by=by, as_json=as_json)


@organisation_app.command("list")
def organisation_list(search: Words = "", *, as_json: Json = False) -> None:
    """List organisations, by name."""
    from bot.commands import organisations

    organisations.list_organisations(search, as_json=as_json)


@organisation_app.command("show")
def organisation_show(organisation: Which, reader: Reader = None, *, as_json: Json = False) -> None:
    """Show an organisation's card with its members, people and timeline."""
    from bot.commands import organisations

    organisations.show(organisation, reader=reader, as_json=as_json)


@organisation_app.command("doubles")
def organisation_doubles(*, as_json: Json = False) -> None:
    """Propose cards that may be of one organisation; nothing is changed."""
    from bot.commands import organisations

    organisations.doubles(as_json=as_json)


@organisation_app.command("merge")
def organisation_merge(kept: Which, other: Which, by: By = "command") -> None:
    """Make two cards one: whatever is the other's becomes the kept one's."""
    from bot.commands import organisations

    organisations.merge(kept, other, by=by)


@organisation_app.command("unmerge")
def organisation_unmerge(change: int, by: By = "command") -> None:
    """Undo a merge, by its number in the card's timeline."""
    from bot.commands import organisations

    organisations.unmerge(change, by=by)
