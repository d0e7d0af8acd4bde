"""`helpdesk mentor report`: the funder's figures of mentoring."""

import csv
from dataclasses import fields
from pathlib import Path

import typer

from bot.app import open_desk
from bot.commands.registry import day
from bot.commands.reporting import plain_cell
from bot.settings import load_settings
from handlers.domain.errors import InvalidError
from handlers.mentor_reports import Mentored, MentorReports


def report(*, first: str, last: str, out: Path) -> None:
    """Write a row for each mentorship, readable by spreadsheets."""
    if out.suffix.lower() != ".csv":
        raise InvalidError("report-format", field="out", given=out.suffix)
    days = day(first, field="from"), day(last, field="to")
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = MentorReports(access=app.access).mentored(uow, first=days[0], last=days[1])
    columns = [field.name for field in fields(Mentored)]
    # The byte order mark makes spreadsheets read Lithuanian letters.
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([plain_cell(getattr(row, name)) for name in columns] for row in rows)
    organisations = len({row.organisation for row in rows})
    typer.echo(f"{len(rows)} mentorships of {organisations} organisations written to {out}")
