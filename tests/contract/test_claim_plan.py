"""A promise of speed: a claim looks at unfinished rows only, however long the history is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from handlers.ports import FileStore
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.builders import EVERY, LEASE, NOON


@pytest.mark.parametrize("table", ["inbox", "outbox"])
def test_a_claim_reads_the_indexes_of_unfinished_rows(
    engine: sa.Engine, files: FileStore, table: str
) -> None:
    with engine.connect() as connection, _statements(engine) as seen:
        uow = SqlUnitOfWork(connection, files)
        port = uow.inbox if table == "inbox" else uow.outbox
        port.claim(now=NOON, lease=LEASE, limit=10, channels=EVERY)
        statement, parameters = next(each for each in seen if "picked" in each[0])

        plan = _plan(connection, statement, parameters)

    assert f"ix_{table}_unfinished" in plan
    assert f"ix_{table}_lane" in plan


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
    # An empty table is read whole, whatever indexes it has.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
    rows = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
    return "\n".join(str(row[0]) for row in rows)
