"""What the queries of the daily round cost after a million messages, beside ten thousand.

The list is that of `tests/contract/test_plans.py`: all that is asked per message, per claim and per
page. Each runs on both sizes by turns, and is rolled back; the database explains each as well.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import sqlalchemy as sa

from benchmarks.table import Row, at_most, main, progress
from handlers.ports import FileStore
from storage import migrations
from storage.engine import open_engine
from storage.files import directory_files
from tests.contract.history import LARGE, QUERIES, Query, fill, plans, reads_whole, run
from tests.servers.loopback import short_folder
from tests.servers.postgresql import PostgreSql

_FEW: Final = 10_000
_MANY: Final = 1_000_000
_TRIES: Final = 3


def rows(rounds: int) -> Iterator[Row]:
    """Measure SQLite, then PostgreSQL."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        few, many = (open_engine(None, folder) for folder in folders)
        yield from _compared("SQLite", few, many, rounds)
    with short_folder("pg") as folder:
        server = PostgreSql(folder / "data")
        with server.database() as small, server.database() as large:
            few, many = (open_engine(each.url, folder) for each in (small, large))
            yield from _compared("PostgreSQL", few, many, rounds)
        server.stop()


def _compared(name: str, few: sa.Engine, many: sa.Engine, rounds: int) -> Iterator[Row]:
    with _filled(few, _FEW) as small, _filled(many, _MANY) as large, _no_files() as files:
        progress(f"plans: {name} has {_MANY:,} rows in each of {len(LARGE)} tables")
        whole = {
            query.name
            for query in QUERIES
            for plan in plans(large, files, query, _MANY)
            if reads_whole(plan)
        }
        large.rollback()
        took: dict[str, list[tuple[float, float]]] = {query.name: [] for query in QUERIES}
        for _ in range(rounds):
            for query in QUERIES:
                both = _once(small, files, query, _FEW), _once(large, files, query, _MANY)
                took[query.name].append(both)
    grown = {query: median(many / few for few, many in each) for query, each in took.items()}
    slowest = max(took, key=lambda query: median(many for _, many in took[query]))
    most = median(many for _, many in took[slowest])
    yield Row(
        what=f"{name}, {len(QUERIES)} queries of the daily round at {_MANY:,} rows: read whole",
        figure=", ".join(sorted(whole)) or "no table",
        ratio=len(whole),
        beside="queries",
        target=at_most(0),
    )
    yield Row(
        what=f"{name}, the same: time",
        figure=f"slowest: {slowest}, {1000 * most:.1f} ms",
        ratio=median(grown.values()),
        beside=f"at {_FEW:,} rows; the worst: {max(grown, key=grown.__getitem__)}"
        f", {max(grown.values()):.1f}",
        target=at_most(1.5),
    )


def _once(connection: sa.Connection, files: FileStore, query: Query, size: int) -> float:
    """Return the time of the query, the quickest of a few tries: the rest is the machine's."""
    tried = []
    for _ in range(_TRIES):
        begun = time.perf_counter()
        run(connection, files, query, size)
        tried.append(time.perf_counter() - begun)
        connection.rollback()
    return min(tried)


@contextmanager
def _filled(engine: sa.Engine, size: int) -> Iterator[sa.Connection]:
    migrations.upgrade(engine)
    with engine.connect() as connection:
        fill(connection, size)
        connection.commit()
        yield connection
    engine.dispose()


@contextmanager
def _no_files() -> Iterator[FileStore]:
    with tempfile.TemporaryDirectory() as folder:
        yield directory_files(Path(folder))


if __name__ == "__main__":
    main(rows)
