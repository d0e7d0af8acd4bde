"""A promise of speed: what runs per message and per page reads no table whole, however long."""

import sqlalchemy as sa

from handlers.ports import FileStore
from tests.contract.history import QUERIES, fill, plans, reads_whole

_ROWS = 10_000


def test_no_query_of_the_daily_round_reads_a_large_table_whole(
    engine: sa.Engine, files: FileStore
) -> None:
    with engine.connect() as connection:
        fill(connection, _ROWS)

        found = {
            query.name: whole
            for query in QUERIES
            if (whole := [reads_whole(plan) for plan in plans(connection, files, query, _ROWS)])
        }

    assert {name: tables for name, tables in found.items() if any(tables)} == {}


def test_a_claim_reads_the_indexes_of_unfinished_rows(engine: sa.Engine, files: FileStore) -> None:
    with engine.connect() as connection:
        fill(connection, _ROWS)

        claims = [plans(connection, files, query, _ROWS)[0] for query in QUERIES[:2]]

    for table, plan in zip(("inbox", "outbox"), claims, strict=True):
        assert f"ix_{table}_unfinished" in plan
        assert f"ix_{table}_lane" in plan
