"""A promise of speed: what runs per message and per page costs the same after many years."""

from pathlib import Path

import sqlalchemy as sa

from handlers.ports import FileStore
from storage import migrations
from storage.engine import open_engine
from tests.contract.history import QUERIES, fill, plans, reads_whole, steps

_ROWS = 10_000
_STEPS = 60
"""Hundreds of steps of SQLite; to look at each row once takes more."""


def test_no_query_of_the_daily_round_reads_a_large_table_whole(
    engine: sa.Engine, files: FileStore
) -> None:
    with engine.connect() as connection:
        fill(connection, _ROWS)
        found = {query.name: plans(connection, files, query, _ROWS) for query in QUERIES}

    whole = {name: [reads_whole(plan) for plan in explained] for name, explained in found.items()}
    assert {name: tables for name, tables in whole.items() if any(tables)} == {}
    claims = [found[query.name][0] for query in QUERIES[:2]]
    for table, claim in zip(("inbox", "outbox"), claims, strict=True):
        assert f"ix_{table}_unfinished" in claim
        assert f"ix_{table}_lane" in claim
    assert "ix_outbox_unfinished_answers" in claims[1]


def test_no_query_of_the_daily_round_follows_an_index_of_what_all_rows_share(
    tmp_path: Path, files: FileStore
) -> None:
    """SQLite read every article of the channel for each mail that answered another."""
    engine = open_engine(None, tmp_path)
    migrations.upgrade(engine)
    with engine.connect() as connection:
        fill(connection, _ROWS)
        taken = {query.name: steps(connection, files, query, _ROWS) for query in QUERIES}
    engine.dispose()

    assert {name: many for name, many in taken.items() if many > _STEPS} == {}
