"""Trainings from the lines of a file, or from the options of a command: taken or refused."""

from collections.abc import Sequence
from datetime import date, time

from handlers.domain.trainings import Training
from knowledge_base.municipalities import Places
from knowledge_base.record_files import each_row
from knowledge_base.record_rows import Parsed, Refused, Row
from knowledge_base.text import tokens

_LONGEST_ID = 24
"""People type it, and buttons carry it."""

_MOST_DAYS = 2
_MOST_SEATS = 10_000


def parse_trainings(rows: Sequence[Row | Refused], places: Places) -> Parsed[Training]:
    """Return the trainings of a file, one row each; the days are written with semicolons."""
    return each_row(rows, lambda row: parse_training(row, places), lambda each: each.id)


def parse_training(row: Row, places: Places) -> Training:
    """Return one training; raises ValueError naming what is wrong."""
    days, begins, ends = _days(row), _hour(row, "begins"), _hour(row, "ends")
    if ends <= begins:
        raise ValueError("it ends before it begins")
    return Training(
        id=_id(row),
        title=row.need("title"),
        days=days,
        begins=begins,
        ends=ends,
        municipality=row.municipality(places),
        place=row.need("place"),
        seats=_seats(row),
        cycle=row.text("cycle"),
        programme=row.text("programme"),
        about=row.text("about"),
        called_off=row.is_yes("called_off"),
    )


def as_row(training: Training) -> dict[str, str]:
    """Write a training the way a file does, so that a command may change some of it."""
    return {
        "id": training.id,
        "title": training.title,
        "days": "; ".join(day.isoformat() for day in training.days),
        "begins": f"{training.begins:%H:%M}",
        "ends": f"{training.ends:%H:%M}",
        "municipality": training.municipality,
        "place": training.place,
        "seats": str(training.seats),
        "cycle": training.cycle,
        "programme": training.programme,
        "about": training.about,
        "called_off": "yes" if training.called_off else "no",
    }


def _id(row: Row) -> str:
    name = row.name("id")
    if len(name) > _LONGEST_ID or not tokens(name):
        raise ValueError(f"id: {name} is longer than {_LONGEST_ID} signs, or has no letter")
    return name


def _days(row: Row) -> tuple[date, ...]:
    said = row.several("days")
    if not 1 <= len(said) <= _MOST_DAYS:
        raise ValueError("days: write one day or two, like 2026-12-01; 2026-12-02")
    try:
        days = tuple(date.fromisoformat(each) for each in said)
    except ValueError:
        raise ValueError(f"days: {'; '.join(said)} are no dates; write 2026-12-01") from None
    if list(days) != sorted(set(days)):
        raise ValueError("days: the second day comes after the first")
    return days


def _hour(row: Row, column: str) -> time:
    said = row.need(column).replace(".", ":")
    try:
        return time.fromisoformat((said if ":" in said else f"{said}:00").rjust(5, "0"))
    except ValueError:
        raise ValueError(f"{column}: {said} is no hour; write it like 09:00") from None


def _seats(row: Row) -> int:
    said = row.need("seats")
    if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= _MOST_SEATS):
        raise ValueError(f"seats: {said} is no number of seats")
    return int(said)
