"""`helpdesk programme` and `helpdesk call`: what is funded, where, and until when one may apply."""

from pathlib import Path

from bot.app import open_desk
from bot.commands.output import print_json, print_rows, print_table
from bot.commands.registry import print_taken, read_lines
from bot.settings import load_settings
from handlers.views import moment
from knowledge_base.record_files import parse_calls, parse_programmes


def take_in_programmes(file: Path, *, by: str, as_json: bool) -> None:
    """Import programmes; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        parsed = parse_programmes(rows, app.funding.places(), app.funding.today)
        taken = app.funding.take_in_programmes(uow, parsed, by=by)
        uow.commit()
    print_taken(taken, "programmes", as_json=as_json)


def list_programmes(*, as_json: bool) -> None:
    """Print the programmes with their numbers by year."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = uow.programmes.programmes()
    if not as_json:
        print_table(
            [
                (row.id, row.name, row.funder, ", ".join(f"{y}: {code}" for y, code in row.codes))
                for row in rows
            ]
        )
        return
    print_json(
        [
            {
                "id": row.id,
                "name": row.name,
                "funder": row.funder,
                "contract": row.contract,
                "starts_on": row.starts_on.isoformat() if row.starts_on else None,
                "ends_on": row.ends_on.isoformat() if row.ends_on else None,
                "codes": {str(year): code for year, code in row.codes},
                "partners": list(row.partners),
                "municipalities": list(row.municipalities),
                "source": row.seen.source,
                "checked_on": row.seen.checked_on.isoformat(),
            }
            for row in rows
        ]
    )


def take_in_calls(file: Path, *, by: str, as_json: bool) -> None:
    """Import calls; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        parsed = parse_calls(rows, app.funding.places(), app.funding.today)
        taken = app.funding.take_in_calls(uow, parsed, by=by)
        uow.commit()
    print_taken(taken, "calls", as_json=as_json)


def list_calls(municipality: str | None, *, history: bool, as_json: bool) -> None:
    """Print the calls, the first to close first, and which of them are told today."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        where = app.registry.place(municipality).official if municipality else None
        known = uow.programmes.calls(where)
        if history:
            known = [
                each for newest in known for each in uow.programmes.call_history(newest.call.name)
            ]
        rows = [
            {
                "call": each.call.name,
                "title": each.call.title,
                "municipality": each.call.municipality,
                "opens_on": each.call.opens_on.isoformat() if each.call.opens_on else "",
                "closes_on": each.call.closes_on.isoformat(),
                "told": "told" if app.funding.may_tell(each.call) else "not told",
                "checked_on": each.call.seen.checked_on.isoformat(),
                "version": str(each.version),
                "at": moment(each.at),
                "by": each.by,
            }
            for each in known
        ]
    columns = ("closes_on", "opens_on", "municipality", "call", "told", "checked_on")
    print_rows(rows, lambda row: [row[column] for column in columns], as_json=as_json)
