"""`helpdesk tickets`, `ticket` and `desk`: the desk on the command line."""

import sys
from collections.abc import Callable, Sequence

import typer

from bot.app import App, open_desk
from bot.commands.output import ALL, named, print_json, print_rows
from bot.settings import load_settings
from handlers.desk import Words
from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, parse_reference
from handlers.drafting import Drafting
from handlers.ports import UnitOfWork
from handlers.staff import require
from handlers.unrouting import Unrouting
from handlers.views import DeadlineView, TicketSummary, TicketView, summaries, ticket_view


def list_tickets(*, status: str | None, queue: str | None, as_json: bool) -> None:
    """Print the tickets, newest first."""
    wanted = named(Status, status, field="status") if status else None
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        if queue is not None and queue not in app.access.queues:
            raise InvalidError("no-such-queue", field="queue", queue=queue)
        tickets = uow.tickets.rows(
            statuses=None if wanted is None else [wanted],
            queues=None if queue is None else [queue],
            limit=ALL,
        )
        shown = summaries(uow, tickets)
    print_rows(shown, _line, as_json=as_json)


def _line(row: TicketSummary) -> tuple[str, ...]:
    return row["reference"], row["status"], row["queue"] or "", row["channel"], row["subject"]


def show_ticket(reference: str, *, as_json: bool) -> None:
    """Print one ticket with its thread."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        view = view_of(app, uow, ticket_id(reference))
    if as_json:
        print_json(view)
    else:
        _print(view)


def act(
    verb: str,
    reference: str,
    *,
    email: str,
    words: Callable[[], Words],
    queue: str | None,
    as_json: bool,
) -> None:
    """Do what a consultant asks on the command line."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        ticket = ticket_id(reference)
        _act(app, uow, verb, ticket, require(uow, email), words=words, queue=queue)
        view = view_of(app, uow, ticket)
        uow.commit()
    print_done(view, as_json=as_json)


def print_done(view: TicketView, *, as_json: bool) -> None:
    """Print a ticket as an act left it."""
    if as_json:
        print_json(view)
    else:
        typer.echo(f"{view['reference']}  {view['status']}  {view['queue']}")


def ticket_id(reference: str) -> TicketId:
    """Read a reference like NVO-123.

    Raises:
        NotFoundError: it is none.
    """
    found = parse_reference(reference)
    if found is None:
        raise NotFoundError("no-such-ticket", reference=reference)
    return found


def view_of(app: App, uow: UnitOfWork, number: TicketId) -> TicketView:
    """Show a ticket with its deadlines."""
    ticket = uow.tickets.get(number)
    return ticket_view(uow, ticket, app.deadlines.of(uow, [ticket])[ticket.id])


def _act(
    app: App,
    uow: UnitOfWork,
    verb: str,
    ticket: TicketId,
    who: Consultant,
    *,
    words: Callable[[], Words],
    queue: str | None,
) -> None:
    desk = app.desk
    match verb:
        case "reply":
            desk.reply(uow, ticket, who, words())
        case "note":
            desk.note(uow, ticket, who, words())
        case "draft":
            Drafting(clock=app.clock, desk=desk).prepare(uow, ticket, who, words())
        case "transfer":
            if queue is None:
                raise InvalidError("no-such-queue", field="queue", queue="")
            desk.transfer(uow, ticket, who, queue=queue)
        case _:
            acts = {
                "take": desk.take,
                "release": desk.release,
                "resolve": desk.resolve,
                "reopen": desk.reopen,
                "unroute": Unrouting(desk=desk).undo,
            }
            acts[verb](uow, ticket, who)


def words(text: str | None, copies: Sequence[str]) -> Callable[[], Words]:
    """Return what reads the words when they are needed: from the command, or standard input."""

    def read() -> Words:
        said = sys.stdin.read() if text == "-" else (text or "")
        addresses = tuple(address.strip().lower() for address in copies)
        return Words(text=said, channel=Channel.COMMAND, copies=addresses)

    return read


def _print(view: TicketView) -> None:
    typer.echo(f"{view['reference']}  {view['status']}  {view['queue']}  {view['subject']}")
    for deadline in view["deadlines"]:
        typer.echo(_in_words(deadline))
    for article in view["articles"]:
        delivery = f" · {article['delivery']['state']}" if article["delivery"] else ""
        typer.echo(
            f"\n--- {article['kind']} · {article['author']} · {article['created_at']}{delivery}"
        )
        typer.echo(article["text"])


def _in_words(deadline: DeadlineView) -> str:
    """Say how a deadline is reckoned."""
    worked, target = _hours(deadline["worked_minutes"]), _hours(deadline["target_minutes"])
    state = f"met {deadline['met_at']}" if deadline["met_at"] else deadline["state"]
    due = f", due {deadline['due']}" if deadline["due"] and not deadline["met_at"] else ""
    late = ", late" if deadline["late"] else ""
    pauses = "".join(
        f"; not counted {pause['start']} to {pause['end'] or 'now'}" for pause in deadline["pauses"]
    )
    aim = deadline["aim"]
    return (
        f"{aim}: {state}{due}{late}; worked {worked} of {target} since {deadline['since']}{pauses}"
    )


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02} min"
