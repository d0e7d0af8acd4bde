"""`helpdesk review`: documents under review."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.app import App, open_desk
from bot.commands.output import print_rows
from bot.commands.registry import day
from bot.commands.tickets import ticket_id
from bot.settings import load_settings
from handlers.domain.channels import Attachment
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.people import Consultant
from handlers.domain.reviews import Recommendation, Verdict
from handlers.domain.tickets import reference_of
from handlers.ports import FileStore, UnitOfWork
from handlers.reviewing import ReviewFile, Reviewing, read_review
from handlers.staff import require
from knowledge_base.values import dataclass

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What one command works with."""

    reviewing: Reviewing
    uow: UnitOfWork
    who: Consultant
    files: FileStore


def begin(reference: str, *, email: str, title: str, due: str) -> None:
    """Make a ticket a review."""
    due_on, ticket = day(due, field="due"), ticket_id(reference)
    with _working(email) as work:
        review = work.reviewing.open(work.uow, ticket, work.who, title=title, due_on=due_on)
    typer.echo(f"{reference_of(ticket)}: {review.title}, by {review.due_on}")


def begin_round(reference: str, *, email: str, name: str, file: Path | None, note: str) -> None:
    """Begin a round."""
    ticket = ticket_id(reference)
    with _working(email) as work:
        added = keep_file(work.files, file) if file else None
        begun = work.reviewing.round(work.uow, ticket, work.who, name=name, note=note, added=added)
    typer.echo(f"{reference_of(ticket)}: version {begun.number} is {begun.file}")


def recommend(reference: str, *, email: str, text: str, place: str) -> None:
    """Recommend something."""
    ticket = ticket_id(reference)
    with _working(email) as work:
        made = work.reviewing.recommend(work.uow, ticket, work.who, text=text, place=place)
    typer.echo(f"{reference_of(ticket)}: recommendation {made.number}")


def settle(reference: str, number: int, *, email: str, declined: bool, reason: str) -> None:
    """Note what became of a recommendation."""
    ticket, verdict = ticket_id(reference), Verdict.DECLINED if declined else Verdict.ACCEPTED
    with _working(email) as work:
        work.reviewing.settle(work.uow, ticket, work.who, number, verdict, reason=reason)
    typer.echo(f"{reference_of(ticket)}: recommendation {number} {verdict.value}")


def draft(reference: str, *, email: str) -> None:
    """Draft an answer of the open recommendations."""
    ticket = ticket_id(reference)
    with _working(email) as work:
        prepared = work.reviewing.draft(work.uow, ticket, work.who)
    typer.echo(prepared.text)


def close(reference: str, *, email: str) -> None:
    """End a review."""
    ticket = ticket_id(reference)
    with _working(email) as work:
        work.reviewing.close(work.uow, ticket, work.who)
    typer.echo(f"{reference_of(ticket)}: done")


def show(reference: str | None, *, closed: bool, as_json: bool) -> None:
    """Print the reviews, or the recommendations of one."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        if reference is None:
            files = _reviewing(app).listing(uow, None, closed=closed)
            today = app.registry.today
            rows = [_review(each, late=each.review.is_late(today)) for each in files]
        else:
            rows = [_recommendation(each) for each in _file(uow, reference).recommendations]
    columns = ("reference", "due_on", "state", "title") if reference is None else _RECOMMENDED
    print_rows(rows, lambda row: [row[column] for column in columns], as_json=as_json)


_RECOMMENDED = ("number", "round", "verdict", "place", "text", "reason")


def keep_file(files: FileStore, path: Path) -> Attachment:
    """Keep a file from the disk.

    Raises:
        InvalidError: there is none.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="file", file=str(path)) from missing
    kind, _ = mimetypes.guess_type(path.name)
    return Attachment(
        sha256=files.put(content),
        name=path.name,
        content_type=kind or _UNKNOWN,
        size=len(content),
    )


@contextmanager
def _working(email: str) -> Iterator[_Work]:
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        who = require(uow, email)
        yield _Work(reviewing=_reviewing(app), uow=uow, who=who, files=app.files)
        uow.commit()


def _reviewing(app: App) -> Reviewing:
    return Reviewing(clock=app.clock, desk=app.desk)


def _file(uow: UnitOfWork, reference: str) -> ReviewFile:
    review = uow.reviews.find(ticket_id(reference))
    if review is None:
        raise NotFoundError("no-review", reference=reference)
    return read_review(uow, review)


def _review(file: ReviewFile, *, late: bool) -> dict[str, str]:
    review = file.review
    state = "done" if review.closed_at else "late" if late else "open"
    return {
        "reference": reference_of(review.ticket),
        "title": review.title,
        "due_on": review.due_on.isoformat(),
        "state": state,
        "rounds": str(len(file.rounds)),
        "recommendations": str(len(file.recommendations)),
        "open": str(len(file.open)),
    }


def _recommendation(each: Recommendation) -> dict[str, str]:
    return {
        "number": str(each.number),
        "round": str(each.round),
        "verdict": each.verdict.value,
        "place": each.place,
        "text": each.text,
        "reason": each.reason,
        "by": each.by,
    }
