"""Processes that share a PostgreSQL database wake each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from bot.bells import Bells
from bot.wakeup import Wakeup
from storage.database import open_sql_database

_LISTENERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'LISTEN%' AND datname = current_database()
"""


@asynccontextmanager
async def _process(url: str, folder: Path) -> AsyncIterator[Wakeup]:
    """Run what carries rings, as each process does; lend its bell."""
    bell, stopping = Wakeup(), asyncio.Event()
    with open_sql_database(url, folder) as database:
        bells = Bells(
            database=database,
            wakeups={"arrivals": bell},
            stopping=stopping,
            listens=0.05,
            retry=0.05,
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(bells.run())
            yield bell
            stopping.set()


async def _heard(ringing: Wakeup, waiting: Wakeup) -> None:
    """Ring until the other one hears: what nobody listens to yet is lost."""
    await waiting.wait(0)  # what it rang itself is kept, and would pass for ours
    async with asyncio.TaskGroup() as group:
        heard = group.create_task(waiting.wait(3600))
        while not heard.done():
            ringing.ring()
            await asyncio.wait([heard], timeout=0.05)


async def test_a_ring_wakes_the_other_process(postgresql_url: str, tmp_path: Path) -> None:
    async with (
        asyncio.timeout(30),
        _process(postgresql_url, tmp_path) as here,
        _process(postgresql_url, tmp_path) as there,
    ):
        await _heard(here, there)
        await _heard(there, here)


async def test_after_the_database_was_lost_rings_are_heard_again(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with (
        asyncio.timeout(30),
        _process(postgresql_url, tmp_path) as here,
        _process(postgresql_url, tmp_path) as there,
    ):
        await _heard(here, there)
        await _heard(there, here)
        with psycopg.connect(postgresql_url) as administrator:
            lost = administrator.execute(_LISTENERS).fetchall()
        await _heard(here, there)

    assert lost == [(True,), (True,)]


async def test_what_rang_elsewhere_is_not_told_on() -> None:
    """Else two processes would ring for ever."""
    bell = Wakeup()

    bell.echo()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bell.rung_here(), timeout=0)
