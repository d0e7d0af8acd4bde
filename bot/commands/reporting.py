"""`helpdesk report`: the funder's figures as CSV, a workbook or JSON."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

import typer

from bot.app import open_desk
from bot.settings import load_settings
from handlers.domain.errors import InvalidError
from handlers.reports import Consultation, Reports, organisations_in

_COLUMNS = [field.name for field in fields(Consultation)]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report(*, first: str, last: str, out: Path) -> None:
    """Write one row for each consultation asked for between two days."""
    writers: dict[str, Callable[[Path, Sequence[Consultation]], None]] = {
        ".csv": _csv,
        ".xlsx": _xlsx,
        ".json": _json,
    }
    write = writers.get(out.suffix.lower())
    if write is None:
        raise InvalidError("report-format", field="out", given=out.suffix)
    days = day_of(first, "from"), day_of(last, "to")
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = Reports(working_time=app.working_time).consultations(
            uow, first=days[0], last=days[1]
        )
    write(out, rows)
    typer.echo(
        f"{len(rows)} consultations of {organisations_in(rows)} organisations written to {out}"
    )


def day_of(text: str, field: str) -> date:
    """Read a day that was given.

    Raises:
        InvalidError: it is none; the option is named.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidError("bad-date", field=field, given=text) from None


def _cells(row: Consultation) -> list[str | int]:
    """Return a row as text and numbers; text that a spreadsheet would run is made plain."""
    cells = (getattr(row, name) for name in _COLUMNS)
    return [plain_cell(cell) for cell in cells]


def plain_cell(value: date | str | int | None) -> str | int:
    """Return a number, or text that no spreadsheet takes for a formula."""
    if isinstance(value, int):
        return value
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(out: Path, rows: Sequence[Consultation]) -> None:
    # The byte order mark makes spreadsheets read Lithuanian letters.
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_cells(row) for row in rows)


def _xlsx(out: Path, rows: Sequence[Consultation]) -> None:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Konsultacijos")
    sheet.append(_COLUMNS)
    for row in rows:
        sheet.append(_cells(row))
    workbook.save(out)


def _json(out: Path, rows: Sequence[Consultation]) -> None:
    document = [{**asdict(row), "asked_on": row.asked_on.isoformat()} for row in rows]
    out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
