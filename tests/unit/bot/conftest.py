"""Units of work on a fresh SQLite database, as the loops of the service use them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.units import Units
from tests.wired import WiredDesk, a_desk


@pytest.fixture
def wired_desk(tmp_path: Path) -> Iterator[WiredDesk]:
    """Lend a desk on a database of this test's own."""
    with a_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def units(wired_desk: WiredDesk) -> Iterator[Units]:
    """Lend units of work in threads."""
    with ThreadPoolExecutor(1) as writers, ThreadPoolExecutor(1) as readers:
        yield Units(
            begin=wired_desk.database.begin,
            begin_reading=wired_desk.database.begin_reading,
            writers=writers,
            readers=readers,
        )
