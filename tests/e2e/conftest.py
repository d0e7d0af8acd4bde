"""A desk at work for the tests that share it, and databases for those that need their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.e2e.desk import Desk, Town, open_desk
from tests.e2e.nursery import Nursery
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.postgresql import PostgreSql

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def town(dovecot: Dovecot, postfix: Postfix) -> Iterator[Town]:
    """Lend the servers around the desks; a call Telegram would not understand fails the last."""
    from tests.telegram_emulator.threaded import EmulatorThread  # noqa: PLC0415 -- takes seconds

    with EmulatorThread() as telegram:
        yield Town(dovecot=dovecot, postfix=postfix, telegram=telegram)
    assert telegram.violations == []


@pytest.fixture(scope="session")
def sqlite_desk(
    town: Town, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """Lend the desk at work on SQLite."""
    with (
        _with_a_bot_of_its_own(town) as own,
        open_desk(tmp_path_factory.mktemp("desk"), own, nursery, database_url=None) as desk,
    ):
        yield desk


@pytest.fixture(scope="session")
def postgresql_desk(
    town: Town,
    nursery: Nursery,
    postgresql_server: PostgreSql,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    """Lend the desk at work on PostgreSQL."""
    folder = tmp_path_factory.mktemp("desk")
    with (
        _with_a_bot_of_its_own(town) as own,
        postgresql_server.database() as database,
        open_desk(folder, own, nursery, database_url=database.url) as desk,
    ):
        yield desk


@pytest.fixture(params=DATABASES)
def desk(request: pytest.FixtureRequest) -> Desk:
    """Lend a desk at work on all channels, one a database for all tests that take it."""
    lent: Desk = request.getfixturevalue(f"{request.param}_desk")
    return lent


@contextmanager
def _with_a_bot_of_its_own(town: Town) -> Iterator[Town]:
    """Two services that read one bot's updates would take them from each other."""
    from tests.telegram_emulator.threaded import EmulatorThread  # noqa: PLC0415 -- takes seconds

    with EmulatorThread() as telegram:
        yield replace(town, telegram=telegram)
    assert telegram.violations == []


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Lend an empty database of this test's own; None is SQLite in the data directory."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgresql_url")
    return url
