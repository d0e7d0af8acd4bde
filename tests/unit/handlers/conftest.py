"""A desk for each test, on a database of its own."""
# ruff: noqa: ANN401 -- what is given is checked by the function it is given to

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from handlers.staff_room import StaffChat
from tests.wired import STAFF_CHAT, WiredDesk, a_desk

DeskMaker = Callable[..., WiredDesk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[DeskMaker]:
    """Lend a way to open a desk of the test's own wishes."""
    with ExitStack() as stack:

        def opened(**given: Any) -> WiredDesk:
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
