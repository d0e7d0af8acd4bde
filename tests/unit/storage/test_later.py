"""Rows that are written later: together, and before anyone could miss them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.engine import open_engine
from storage.later import Later
from storage.memory import Memory
from storage.rows import copies, leases

_FIRST = {"article_id": 1, "address": "ona@pavyzdys.lt"}
_SECOND = {"article_id": 2, "address": "jonas@pavyzdys.lt"}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = open_engine(None, tmp_path)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE copies (id INTEGER PRIMARY KEY, article_id, address)"
        )
        leases.create(connection)
        yield connection
    engine.dispose()


def test_rows_are_written_by_one_statement(connection: sa.Connection) -> None:
    later, seen = Later(connection, Memory(connection)), list[str]()
    sa.event.listen(connection, "before_cursor_execute", lambda *run: seen.append(run[2]))

    later.add(copies, [_FIRST])
    later.add(copies, [_SECOND])
    assert seen == []
    later.write()
    later.write()

    assert seen == ["INSERT INTO copies (article_id, address) VALUES (?1, ?2)"]


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(copies.c.id),
        sa.select(sa.func.count()).select_from(copies.alias("other")),
        sa.select(leases.c.name).where(sa.exists().where(copies.c.address == leases.c.name)),
        sa.insert(copies).values(article_id=3, address="x"),
        sa.update(copies).values(address="x"),
        sa.delete(leases),
        sa.text("SELECT * FROM copies"),
    ],
    ids=["select", "alias", "subquery", "insert", "update", "delete elsewhere", "text"],
)
def test_what_names_their_table_or_removes_rows_finds_them_written(
    connection: sa.Connection, statement: sa.Executable
) -> None:
    later, seen = Later(connection, Memory(connection)), list[str]()
    sa.event.listen(connection, "before_cursor_execute", lambda *run: seen.append(run[2]))

    later.add(copies, [_FIRST])
    connection.execute(statement)

    assert len(seen) == 2
    assert seen[-1].startswith("INSERT INTO copies (article_id, address) VALUES (?1, ?2)")
    assert connection.scalar(sa.select(copies.c.id).where(copies.c.id == 1)) == 1


def test_what_was_known_of_their_table_is_forgotten_when_they_are_given(
    connection: sa.Connection,
) -> None:
    memory = Memory(connection)
    later = Later(connection, memory)
    known = sa.select(copies.c.address)

    def ask() -> list[str]:
        return memory.recall("all", (copies,), lambda: list(connection.scalars(known)))

    assert ask() == []
    later.add(copies, [_FIRST])
    assert ask() == ["ona@pavyzdys.lt"]
    later.add(copies, [_SECOND])
    later.write()

    assert ask() == ["ona@pavyzdys.lt", "jonas@pavyzdys.lt"]
