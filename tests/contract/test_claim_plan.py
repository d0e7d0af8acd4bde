"""A promise of speed: a claim looks at unfinished rows only, however long the history is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
import sqlalchemy as sa

from handlers.ports import FileStore
from storage.rows import inbox, outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.builders import EVERY, LEASE, NOON

_ROWS: Final = 10_000
_UNFINISHED_ONE_IN: Final = 100

_WORK: Final[dict[str, Any]] = {"due_at": None, "fence": 0, "attempts": 0}
_INBOX: Final[dict[str, Any]] = {
    **_WORK,
    "channel": "mail",
    "source": "INBOX",
    "history": False,
    "size": 0,
}
_OUTBOX: Final[dict[str, Any]] = {
    **_WORK,
    "kind": "reply",
    "channel": "mail",
    "key": "reply",
    "values": {},
}
_A_ROW: Final[dict[sa.Table, dict[str, Any]]] = {
    inbox: {**_INBOX, "state": "done", "received_at": NOON},
    outbox: {**_OUTBOX, "state": "delivered", "language": "lt", "at": NOON, "doubts": 0},
}


@pytest.mark.parametrize("table", [inbox, outbox], ids=str)
def test_a_claim_reads_the_indexes_of_unfinished_rows(
    engine: sa.Engine, files: FileStore, table: sa.Table
) -> None:
    with engine.connect() as connection, _statements(engine) as seen:
        _fill(connection, table)
        uow = SqlUnitOfWork(connection, files)
        port = uow.inbox if table is inbox else uow.outbox
        port.claim(now=NOON, lease=LEASE, limit=10, channels=EVERY)
        statement, parameters = next(each for each in seen if "picked" in each[0])

        plan = _plan(connection, statement, parameters)

    assert f"ix_{table}_unfinished" in plan
    assert f"ix_{table}_lane" in plan


def _fill(connection: sa.Connection, table: sa.Table) -> None:
    """Put in a long history and let the planner count it: a small table it reads whole."""
    connection.execute(sa.insert(table), [_row(table, number) for number in range(_ROWS)])
    connection.exec_driver_sql(f"ANALYZE {table}")


def _row(table: sa.Table, number: int) -> dict[str, Any]:
    lane = "lane" if table is inbox else "to"
    due = None if number % _UNFINISHED_ONE_IN else NOON
    return {**_A_ROW[table], lane: f"lane {number // 2}", "external_id": str(number), "due_at": due}


@contextmanager
def _statements(engine: sa.Engine) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def keep(_connection: object, _cursor: object, *call: Any) -> None:  # noqa: ANN401 -- as given
        seen.append((call[0], call[1]))

    sa.event.listen(engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", keep)


def _plan(connection: sa.Connection, statement: str, parameters: Any) -> str:  # noqa: ANN401 -- as seen
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row.detail) for row in rows)
    rows = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
    return "\n".join(str(row[0]) for row in rows)
