"""The time of one source, carried on; and what a process does when it was set."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import CarriedClock, Timekeeper
from bot.units import Units
from storage.database import SqlDatabase, open_sql_database
from tests.contract.builders import LEASE, NOON, a_received
from tests.contract.inbox_steps import add, claim

HOUR = timedelta(hours=1)


class Source:
    """A clock that stands still until somebody sets it."""

    def __init__(self) -> None:
        self.at = NOON
        self.answers = True

    def __call__(self) -> datetime:
        if not self.answers:
            raise OSError("the database cannot be used")
        return self.at


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlDatabase]:
    with open_sql_database(None, tmp_path) as database:
        database.upgrade()
        yield database


@pytest.fixture
def units(database: SqlDatabase) -> Iterator[Units]:
    with ThreadPoolExecutor(1) as thread:
        begin = database.begin
        yield Units(begin=begin, begin_reading=begin, writers=thread, readers=thread)


def test_a_clock_that_was_set_is_followed() -> None:
    source = Source()
    clock = CarriedClock(source)
    assert NOON <= clock.now() < NOON + timedelta(minutes=1)

    source.at = NOON + HOUR
    ahead = clock.look()
    assert HOUR - timedelta(minutes=1) < ahead <= HOUR
    assert clock.now() >= NOON + HOUR

    source.at = NOON - HOUR
    assert clock.look() < -HOUR
    assert clock.now() < NOON


def test_time_goes_on_while_nobody_can_be_asked() -> None:
    source = Source()
    clock = CarriedClock(source)
    before = clock.now()

    source.answers = False
    with pytest.raises(OSError, match="cannot be used"):
        clock.look()

    assert before <= clock.now() < NOON + timedelta(minutes=1)


def test_time_never_goes_back_for_a_trifle() -> None:
    source = Source()
    clock = CarriedClock(source)
    before = clock.now()

    clock.look()

    assert clock.now() >= before


@pytest.mark.parametrize("set_while_nobody_ran", [True, False])
async def test_work_from_a_time_to_come_is_taken_when_the_clock_was_set_back(
    units: Units, *, set_while_nobody_ran: bool
) -> None:
    source, stopping = Source(), asyncio.Event()
    if set_while_nobody_ran:
        source.at = NOON - HOUR
    clock = CarriedClock(source)
    keeper = Timekeeper(clock=clock, units=units, lease=LEASE, stopping=stopping)
    await units.write(lambda uow: add(uow, a_received(received_at=NOON + LEASE)))

    async with asyncio.TaskGroup() as group:
        group.create_task(keeper.run())
        source.at = NOON - HOUR
        async with asyncio.timeout(10):
            while not await units.write(lambda uow: claim(uow, now=clock.now())):
                pass
        stopping.set()
