"""A desk for each test, copied from one migrated database."""
# ruff: noqa: ANN401 -- what is given is checked by the function it is given to

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from handlers.staff_room import StaffChat
from storage.database import open_sql_database
from tests.wired import STAFF_CHAT, WiredDesk, a_desk

DeskMaker = Callable[..., WiredDesk]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty database with the schema, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    with open_sql_database(None, folder) as database:
        database.upgrade()
    return folder


@pytest.fixture
def open_desk(migrated: Path, tmp_path: Path) -> Iterator[DeskMaker]:
    """Lend a way to open a desk of the test's own wishes."""
    with ExitStack() as stack:

        def opened(**given: Any) -> WiredDesk:
            shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
            return stack.enter_context(a_desk(tmp_path, **given))

        yield opened


@pytest.fixture
def desk(open_desk: DeskMaker) -> WiredDesk:
    """Lend a desk that answers, mails, and has no staff chat."""
    return open_desk()


@pytest.fixture
def chat_desk(open_desk: DeskMaker) -> WiredDesk:
    """Lend a desk whose consultants work in a staff chat."""
    return open_desk(chats=[StaffChat(STAFF_CHAT)])
