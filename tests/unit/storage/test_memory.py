"""What a unit of work remembers of its look-ups, and when it forgets."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.engine import open_engine
from storage.memory import Memory
from storage.rows import leases, troubles

_LEASED = (leases,)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = open_engine(None, tmp_path)
    with engine.connect() as connection:
        leases.create(connection)
        troubles.create(connection)
        yield connection
    engine.dispose()


@pytest.fixture
def holders(connection: sa.Connection) -> Callable[[], list[str]]:
    memory = Memory(connection)
    found = sa.select(leases.c.name)
    return lambda: memory.recall("holders", _LEASED, lambda: list(connection.scalars(found).all()))


def test_what_was_looked_up_is_not_looked_up_again(connection: sa.Connection) -> None:
    memory, asked = Memory(connection), list[str]()

    for _ in range(2):
        memory.recall("nobody", _LEASED, lambda: asked.append("asked"))

    assert asked == ["asked"]


@pytest.mark.parametrize(
    "write",
    [
        sa.insert(leases).values(name="b", holder="x", until=datetime(2026, 11, 22, tzinfo=UTC)),
        sa.update(leases).values(name="b"),
        sa.delete(leases),
        sa.text("UPDATE leases SET name = 'b'"),
    ],
    ids=["insert", "update", "delete", "text"],
)
def test_what_a_statement_changes_is_looked_up_again(
    connection: sa.Connection, holders: Callable[[], list[str]], write: sa.Executable
) -> None:
    connection.exec_driver_sql("INSERT INTO leases VALUES ('a', 'x', '2026-11-22')")
    assert holders() == ["a"]

    connection.execute(write)

    assert holders() == list(connection.scalars(sa.select(leases.c.name)).all()) != ["a"]


def test_a_change_elsewhere_and_a_question_forget_nothing(
    connection: sa.Connection, holders: Callable[[], list[str]]
) -> None:
    assert holders() == []
    connection.exec_driver_sql("INSERT INTO leases VALUES ('a', 'x', '2026-11-22')")

    connection.execute(sa.delete(troubles))
    connection.execute(sa.select(leases))

    assert holders() == []


def test_a_change_that_is_vouched_for_makes_only_what_it_touches_forgotten(
    connection: sa.Connection,
) -> None:
    memory, asked = Memory(connection), list[str]()

    def ask(*names: str) -> None:
        for name in names:
            memory.recall(name, _LEASED, partial(asked.append, name))

    ask("mine", "another")
    with memory.touching("mine", "never asked"):
        connection.execute(sa.delete(leases))
    ask("mine", "another")
    connection.execute(sa.delete(leases))
    ask("mine", "another")

    assert asked == ["mine", "another", "mine", "mine", "another"]
