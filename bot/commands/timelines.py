"""How cards print their timelines."""

from collections.abc import Sequence
from typing import TypedDict

import typer

from bot.commands.output import print_table
from handlers.timelines import Line
from handlers.views import moment


class LineView(TypedDict):
    """A line of a timeline as printed; `change` is what `unmerge` takes."""

    at: str
    what: str
    reference: str | None
    subject: str | None
    status: str | None
    change: int | None
    by: str | None
    undone: bool


def timeline(lines: Sequence[Line]) -> list[LineView]:
    """Return the lines as printed."""
    return [_line(line) for line in lines]


def print_timeline(lines: Sequence[LineView]) -> None:
    """Print a line each."""
    if lines:
        typer.echo("")
    print_table([_cells(line) for line in lines])


def _cells(line: LineView) -> tuple[str, ...]:
    undone = " (undone)" if line["undone"] else ""
    named = line["reference"] or f"{line['change']}"
    about = line["subject"] if line["reference"] else f"by {line['by']}{undone}"
    return (line["at"], line["what"], named, about or "", line["status"] or "")


def _line(line: Line) -> LineView:
    ticket, change = line.ticket, line.change
    return LineView(
        at=moment(line.at),
        what=line.what.value if change is None else change.type,
        reference=ticket.reference if ticket else None,
        subject=ticket.subject if ticket else None,
        status=ticket.status.value if ticket else None,
        change=change.id if change else None,
        by=change.actor if change else line.article.author if line.article else None,
        undone=change is not None and change.undone_at is not None,
    )
