"""`helpdesk registry`: the councils of the municipalities."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_json, print_table
from bot.settings import load_settings
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.ports import UnitOfWork
from handlers.record_imports import Taken
from handlers.records import KnownCouncil
from handlers.registry import Standing
from handlers.views import moment
from knowledge_base.municipalities import Place
from knowledge_base.record_files import parse_councils
from knowledge_base.record_rows import Refused, Row, read_rows
from knowledge_base.records import CouncilKind, Member, Statute


class MemberView(TypedDict):
    """A member as printed."""

    name: str
    role: str
    represents: str
    since: str
    until: str


class VersionView(TypedDict):
    """A version of a council as printed."""

    version: int
    checked_on: str
    checked_by: str | None
    source: str
    url: str | None
    at: str
    by: str
    members: list[MemberView]


class StatuteView(TypedDict):
    """A version of a statute as printed."""

    version: int
    title: str
    adopted_on: str
    url: str | None
    file: str | None


class CouncilView(TypedDict):
    """A council as printed."""

    council: str
    standing: str
    versions: list[VersionView]
    statutes: list[StatuteView]


def take_in(file: Path, *, by: str, as_json: bool) -> None:
    """Import a file; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        parsed = parse_councils(rows, app.registry.places(), app.registry.today)
        taken = app.registry.take_in(uow, parsed, by=by)
        uow.commit()
    print_taken(taken, "councils", as_json=as_json)


def show(municipality: str, *, history: bool, as_json: bool) -> None:
    """Print what is known of a municipality's councils."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        place = app.registry.place(municipality)
        shown = [_council(app, uow, place, kind, history=history) for kind in CouncilKind]
    document = {
        "municipality": place.official,
        "name": place.name,
        "genitive": place.genitive,
        "locative": place.locative,
        "councils": shown,
    }
    if as_json:
        print_json(document)
        return
    typer.echo(place.name)
    for council in shown:
        typer.echo(f"\n{council['council']}: {council['standing']}")
        for version in council["versions"]:
            typer.echo(f"  version {version['version']}, checked {version['checked_on']}")
            print_table([("   ", *map(str, member.values())) for member in version["members"]])
        for statute in council["statutes"]:
            typer.echo(f"  statute {statute['version']}: {statute['title']}")


def coverage(*, as_json: bool) -> None:
    """Print where every municipality stands, the silent ones first."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = app.registry.coverage(uow)
    if as_json:
        print_json(
            [
                {
                    "municipality": row.municipality,
                    "council": row.kind.value,
                    "standing": row.standing.value,
                    "checked_on": row.checked_on.isoformat() if row.checked_on else None,
                }
                for row in rows
            ]
        )
        return
    order = [Standing.SILENT, Standing.STALE, Standing.ENDED, Standing.CURRENT]
    print_table(
        [
            (row.standing.value, row.municipality, row.kind.value, str(row.checked_on or "-"))
            for row in sorted(rows, key=lambda row: order.index(row.standing))
        ]
    )
    counted = Counter(row.standing for row in rows)
    typer.echo(", ".join(f"{counted[each]} {each.value}" for each in order))


def add_statute(
    municipality: str,
    council: str,
    *,
    title: str,
    adopted: str,
    url: str | None,
    file: Path | None,
    by: str,
) -> None:
    """Add a version of a statute."""
    kind = named(CouncilKind, council, field="council")
    with open_desk(load_settings()) as app:
        statute = Statute(
            municipality=app.registry.place(municipality).official,
            kind=kind,
            title=title,
            adopted_on=day(adopted, field="adopted"),
            url=url,
            sha256=app.files.put(_bytes(file)) if file else None,
            file=file.name if file else None,
        )
        with app.units.begin() as uow:
            added = app.registry.add_statute(uow, statute, by=by)
            uow.commit()
    typer.echo(f"{added.municipality}, {added.kind.value}: version {added.version}")


def statute_file(municipality: str, council: str, version: int, out: Path) -> None:
    """Write the text of one version of a statute."""
    kind = named(CouncilKind, council, field="council")
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        place = app.registry.place(municipality)
        found = [
            each.sha256
            for each in uow.registry.statutes(place.official, kind)
            if each.version == version and each.sha256
        ]
        if not found:
            raise NotFoundError("no-such-file")
        out.write_bytes(app.files.get(found[0]))


def forget(name: str) -> None:
    """Take a name out of the registry's history."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        count = uow.registry.forget(name)
        uow.commit()
    typer.echo(f"taken out of {count} versions")


def read_lines(file: Path) -> Sequence[Row | Refused]:
    """Read the rows of a CSV or YAML file.

    Raises:
        InvalidError: there is no such file, or it is no text.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="file", file=str(file)) from missing
    except UnicodeDecodeError as wrong:
        raise InvalidError("not-utf-8", field="file", file=str(file)) from wrong
    return read_rows(text, is_yaml=file.suffix.lower() in {".yaml", ".yml"})


def print_taken(taken: Taken, what: str, *, as_json: bool) -> None:
    """Report an import line by line; refused lines make the command fail."""
    if as_json:
        refused = [{"line": each.line, "reason": each.reason} for each in taken.refused]
        changed = {"changed": taken.changed, "unchanged": taken.unchanged}
        print_json({**changed, "refused": refused})
    else:
        for each in taken.refused:
            typer.echo(f"line {each.line}: {each.reason}")
        typer.echo(
            f"{taken.changed} {what} are new or changed, {taken.unchanged} as they were, "
            f"{len(taken.refused)} lines refused"
        )
    if taken.refused:
        raise typer.Exit(1)


def day(text: str, *, field: str) -> date:
    """Read a day.

    Raises:
        InvalidError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidError("no-such-day", field=field, given=text) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="file", file=str(file)) from missing


def _council(
    app: App, uow: UnitOfWork, place: Place, kind: CouncilKind, *, history: bool
) -> CouncilView:
    versions = uow.registry.history(place.official, kind)
    newest = versions[-1].council if versions else None
    return CouncilView(
        council=kind.value,
        standing=app.registry.standing(newest).value,
        versions=[_version(each) for each in (versions if history else versions[-1:])],
        statutes=[_statute(each) for each in uow.registry.statutes(place.official, kind)],
    )


def _version(known: KnownCouncil) -> VersionView:
    seen = known.council.seen
    return VersionView(
        version=known.version,
        checked_on=seen.checked_on.isoformat(),
        checked_by=seen.checked_by,
        source=seen.source,
        url=seen.url,
        at=moment(known.at),
        by=known.by,
        members=[_member(each) for each in known.council.members],
    )


def _member(member: Member) -> MemberView:
    return MemberView(
        name=member.name,
        role=member.role,
        represents=member.represents,
        since=member.since.isoformat() if member.since else "",
        until=member.until.isoformat() if member.until else "",
    )


def _statute(statute: Statute) -> StatuteView:
    return StatuteView(
        version=statute.version,
        title=statute.title,
        adopted_on=statute.adopted_on.isoformat(),
        url=statute.url,
        file=statute.file,
    )
