"""A long history, and the queries that must not read it: one list for the test and the benchmark.

- `fill` puts in so many people, each with a ticket, an article, an event, a message that came and
  one that left; nearly all of it long ago and finished, as in a desk that worked for years.
- A query is a call of a port. Its statements are caught as they run, and explained.
"""

import itertools
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

import psycopg
import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.ids import InboxId, PersonId, TicketId
from handlers.domain.messages import Prepared, Thread
from handlers.domain.tickets import Status
from handlers.ports import FileStore, UnitOfWork
from storage.rows import addresses, articles, inbox, outbox, people, ticket_events, tickets
from storage.unit_of_work import SqlUnitOfWork
from tests.asked import asked
from tests.builders import a_mail
from tests.contract.builders import EVERY, LEASE, NOON

LARGE: Final = (people, addresses, tickets, articles, ticket_events, inbox, outbox)
"""What grows with every message; no query of the daily round may read one of them whole."""

_UNFINISHED: Final = 100
_RECENT: Final = 100
_LONG_AGO: Final = NOON - timedelta(days=400)
_HOUR: Final = timedelta(hours=1)
_QUEUES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Something asked per message, per claim or per page, of the row in the middle."""

    name: str
    ask: Callable[[UnitOfWork, int], object]


QUERIES: Final = (
    Query(name="claim from the inbox", ask=lambda uow, _: _claim(uow.inbox)),
    Query(name="claim from the outbox", ask=lambda uow, _: _claim(uow.outbox)),
    Query(
        name="claim one of the inbox",
        ask=lambda uow, row: uow.inbox.claim_one(InboxId(row), now=NOON, lease=LEASE),
    ),
    Query(name="when the inbox is next due", ask=lambda uow, _: uow.inbox.next_due(after=NOON)),
    Query(
        name="how many mails wait",
        ask=lambda uow, _: uow.inbox.waiting(Channel.MAIL, now=NOON, most=_QUEUES),
    ),
    Query(name="since when the inbox waits", ask=lambda uow, _: uow.inbox.oldest_due()),
    Query(name="since when the outbox waits", ask=lambda uow, _: uow.outbox.oldest_due()),
    Query(name="leases that ran out", ask=lambda uow, _: uow.outbox.lapsed(now=NOON)),
    Query(name="a message known by its bytes", ask=lambda uow, _: uow.inbox.known(["none"])),
    Query(
        name="mails of the last hour",
        ask=lambda uow, _: uow.inbox.received_since(NOON - _HOUR, channel=Channel.MAIL),
    ),
    Query(name="a person by address", ask=lambda uow, row: uow.people.find(_address(row))),
    Query(name="a person", ask=lambda uow, row: uow.people.get(PersonId(row))),
    Query(name="a ticket", ask=lambda uow, row: uow.tickets.get(TicketId(row))),
    Query(name="a ticket's thread", ask=lambda uow, row: uow.tickets.articles(TicketId(row))),
    Query(name="a ticket's events", ask=lambda uow, row: uow.tickets.events(TicketId(row))),
    Query(name="a ticket's debts", ask=lambda uow, row: uow.outbox.of_ticket(TicketId(row))),
    Query(name="a person's tickets", ask=lambda uow, row: uow.tickets.of_person(PersonId(row))),
    Query(
        name="the article a mail answers",
        ask=lambda uow, row: uow.tickets.find_article(
            channel=Channel.MAIL, external_ids=[_message_id(row)]
        ),
    ),
    Query(
        name="what letters ask that are about to be filed",
        ask=lambda uow, row: uow.expect([_letter(row), _letter(row + 1)]),
    ),
    Query(
        name="articles that wait for their parent",
        ask=lambda uow, row: uow.tickets.find_awaiting(
            channel=Channel.MAIL, external_ids=[_message_id(row)], person=PersonId(row)
        ),
    ),
    Query(
        name="the letter of ours a mail answers",
        ask=lambda uow, row: uow.outbox.find_sent(
            channel=Channel.MAIL, external_ids=[_message_id(row)]
        ),
    ),
    Query(
        name="automatic mails lately",
        ask=lambda uow, row: uow.outbox.automatic_recently(
            _address(row).value,
            address_since=NOON - 24 * _HOUR,
            domain_since=NOON - _HOUR,
            since=NOON - _HOUR,
        ),
    ),
    Query(
        name="automatic mails to a domain",
        ask=lambda uow, row: uow.outbox.automatic_since(
            NOON - _HOUR, to=f"@{_address(row).value.partition('@')[2]}"
        ),
    ),
    Query(
        name="automatic mails to an address",
        ask=lambda uow, row: uow.outbox.automatic_subjects(
            NOON - 24 * _HOUR, to=_address(row).value
        ),
    ),
    Query(
        name="calls of the last minute",
        ask=lambda uow, _: uow.outbox.tried_since(NOON - _HOUR, channel=Channel.TELEGRAM),
    ),
    Query(
        name="open tickets",
        ask=lambda uow, _: uow.tickets.rows(statuses=[Status.NEW, Status.OPEN, Status.WAITING]),
    ),
    Query(
        name="new tickets of a queue",
        ask=lambda uow, _: uow.tickets.rows(statuses=[Status.NEW], queues=["queue 1"]),
    ),
    Query(
        name="silent tickets",
        ask=lambda uow, _: uow.tickets.silent_since(NOON, status=Status.ANSWERED),
    ),
)


def _claim(port: Any) -> object:  # noqa: ANN401 -- either of two ports
    return port.claim(now=NOON, lease=LEASE, limit=10, channels=EVERY)


def _address(row: int) -> Address:
    return Address(channel=Channel.MAIL, value=f"narys{row}@namai.test")


def _letter(row: int) -> Prepared:
    thread = Thread(references=(_message_id(row),))
    return a_mail(sender=_address(row), external_id=f"<new{row}@x>", thread=thread)


def _message_id(row: int) -> str:
    return f"<{row}@namai.test>"


def run(connection: sa.Connection, files: FileStore, query: Query, rows: int) -> None:
    """Ask, with a memory that remembers nothing."""
    query.ask(SqlUnitOfWork(connection, files), rows // 2)


def plans(connection: sa.Connection, files: FileStore, query: Query, rows: int) -> list[str]:
    """Run the query and return how the database goes about each of its statements."""
    with asked(connection.engine) as seen:
        run(connection, files, query, rows)
    return [_plan(connection, *each) for each in seen if not each[0].startswith("INSERT")]


def reads_whole(plan: str) -> list[str]:
    """Name the large tables the plan reads from end to end."""
    names = "|".join(table.name for table in LARGE)
    whole = rf"(?:^SCAN|Seq Scan on) ({names})\b(?!.* USING (?:COVERING )?INDEX ix_\w+_unfinished)"
    return re.findall(whole, plan, re.MULTILINE)


def steps(connection: sa.Connection, files: FileStore, query: Query, rows: int) -> int:
    """Run the query on SQLite and count its steps, in hundreds.

    They tell what no plan does: that an index was read from end to end of what all rows share.
    """
    taken = itertools.count()
    database = connection.connection.driver_connection
    if not isinstance(database, sqlite3.Connection):
        raise TypeError("only SQLite counts its steps")
    database.set_progress_handler(lambda: next(taken) < 0, 100)
    try:
        run(connection, files, query, rows)
    finally:
        database.set_progress_handler(None, 100)
    return next(taken)


# The history --------------------------------------------------------------------------------------


def fill(connection: sa.Connection, rows: int) -> None:
    """Put in a long history. PostgreSQL counts it by itself sooner or later, SQLite never does."""
    for table, columns in _history(rows).items():
        connection.execute(_filling(table, columns, rows))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


def _history(rows: int) -> Mapping[sa.Table, Mapping[str, object]]:
    row: sa.ColumnElement[int] = sa.literal_column("row", sa.Integer)
    is_unfinished = row % (rows // _UNFINISHED) == 0
    named = sa.literal("narys") + sa.cast(row, sa.Text) + "@namai.test"
    at = sa.case((row > rows - _RECENT, _moment(NOON)), else_=_moment(_LONG_AGO))
    due = sa.case((is_unfinished, _moment(NOON)), else_=sa.null())
    state = sa.case((is_unfinished, Status.NEW), else_=Status.RESOLVED)
    message_id = sa.literal("<") + sa.cast(row, sa.Text) + "@namai.test>"
    work = {"due_at": due, "fence": 0, "attempts": 0}
    return {
        people: {"id": row, "name": "Narys", "created_at": at},
        addresses: {"person_id": row, "channel": "mail", "value": named},
        tickets: {
            "id": row,
            "version": 1,
            "status": state,
            "queue": sa.literal("queue ") + sa.cast(row % _QUEUES, sa.Text),
            "requester": row,
            "channel": "mail",
            "language": "lt",
            "subject": "Klausimas",
            "offered": [],
            "practice": False,
            "created_at": at,
            "updated_at": at,
        },
        articles: {
            "id": row,
            "ticket_id": row,
            "kind": "inbound",
            "channel": "mail",
            "author": "Narys",
            "text": "Kur miega katinas?",
            "at": at,
            "person_id": row,
            "external_id": message_id,
        },
        ticket_events: {
            "ticket_id": row,
            "type": "queued",
            "at": at,
            "actor": "helpdesk",
            "reasons": [],
        },
        inbox: {
            **work,
            "channel": "mail",
            "source": "INBOX",
            "external_id": sa.cast(row, sa.Text),
            "digest": message_id,
            "lane": named,
            "history": False,
            "state": "done",
            "ticket_id": row,
            "size": 0,
            "received_at": at,
        },
        outbox: {
            **work,
            "kind": "acknowledgement",
            "channel": "mail",
            "to": named,
            "key": "acknowledgement",
            "values": {},
            "language": "lt",
            "at": at,
            "ticket_id": row,
            "state": "delivered",
            "external_id": message_id,
            "doubts": 0,
        },
    }


def _moment(moment: object) -> sa.ColumnElement[Any]:
    return sa.literal(moment, inbox.c.received_at.type)


def _filling(table: sa.Table, columns: Mapping[str, object], rows: int) -> sa.Insert:
    count = sa.select(sa.literal(1).label("row")).cte("count", recursive=True)
    count = count.union_all(sa.select(count.c.row + 1).where(count.c.row < rows))
    given = [
        value if isinstance(value, sa.ColumnElement) else sa.literal(value, table.c[name].type)
        for name, value in columns.items()
    ]
    return sa.insert(table).from_select(list(columns), sa.select(*given).select_from(count))


# What the database is told ------------------------------------------------------------------------


def _plan(connection: sa.Connection, statement: str, parameters: Any) -> str:  # noqa: ANN401 -- as seen
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row.detail) for row in rows)
    if isinstance(parameters, Mapping):
        found: Sequence[Sequence[Any]] = connection.exec_driver_sql(
            f"EXPLAIN {statement}", parameters
        ).all()
    else:  # prepared: its values go by numbers
        driver = cast("psycopg.Connection", connection.connection.driver_connection)
        found = psycopg.RawCursor(driver).execute(f"EXPLAIN {statement}", parameters).fetchall()
    return "\n".join(str(row[0]) for row in found)
