"""Work that several tasks want done at the same moment shares a transaction, and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.units import Units
from handlers.domain.errors import ConflictError
from handlers.ports import UnitOfWork
from tests.builders import NOON

_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Counted:
    """Counts the units of work that were begun."""

    begin: Callable[[], AbstractContextManager[UnitOfWork]]
    begun: int = 0

    @contextmanager
    def __call__(self) -> Iterator[UnitOfWork]:
        self.begun += 1
        with self.begin() as uow:
            yield uow


@pytest.fixture
def counted(units: Units) -> Counted:
    return Counted(units.begin)


def _acquire(name: str) -> Callable[[UnitOfWork], bool]:
    return lambda uow: uow.leases.acquire(name, holder="a", now=NOON, lease=_HOUR)


_Look = Callable[[UnitOfWork], object]


def _held_until(name: str) -> Callable[[UnitOfWork], datetime | None]:
    return lambda uow: uow.leases.held_until(name)


def _conflict(_: UnitOfWork) -> None:
    raise ConflictError("lease-lost")


def _in_turn(uow: UnitOfWork, works: Sequence[_Look]) -> Sequence[object]:
    return [work(uow) for work in works]


async def _held(units: Units, name: str) -> bool:
    """Tell whether somebody has the right."""
    return not await units.write(
        lambda uow: uow.leases.acquire(name, holder="b", now=NOON, lease=_HOUR)
    )


async def test_what_is_asked_for_at_once_is_one_transaction(units: Units, counted: Counted) -> None:
    joint = replace(units, begin=counted)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(joint.write_jointly(_acquire(name))) for name in "xyz"]

    assert ([task.result() for task in tasks], counted.begun) == ([True, True, True], 1)
    assert [await _held(units, name) for name in "xyz"] == [True, True, True]


async def test_who_is_expected_joins(units: Units, counted: Counted) -> None:
    expected = [True]
    write = replace(units, begin=counted).jointly(_run_all, expects_more=lambda: bool(expected))

    async with asyncio.TaskGroup() as group:
        first = group.create_task(_run(write, "x"))
        for _ in range(3):
            await asyncio.sleep(0)
        begun_before = counted.begun
        expected.clear()
        second = group.create_task(_run(write, "y"))

    assert (first.result(), second.result(), begun_before, counted.begun) == (True, True, 0, 1)


async def test_who_is_expected_and_does_not_come_is_waited_for_a_moment_only(units: Units) -> None:
    write = units.jointly(_run_all, expects_more=lambda: True)

    async with asyncio.timeout(5):
        assert await _run(write, "x")


def _run_all(uow: UnitOfWork, names: Sequence[str]) -> Sequence[bool]:
    return [_acquire(name)(uow) for name in names]


async def _run(write: Callable[[str], Awaitable[object]], name: str) -> object:
    return await write(name)


async def test_what_fails_fails_alone(units: Units) -> None:
    outcomes = await asyncio.gather(
        units.write_jointly(_acquire("x")),
        units.write_jointly(_conflict),
        units.write_jointly(_acquire("y")),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [bool, ConflictError, bool]
    assert [await _held(units, name) for name in "xy"] == [True, True]


async def test_a_database_that_cannot_be_used_is_told_to_all(units: Units) -> None:
    @contextmanager
    def broken() -> Iterator[UnitOfWork]:
        with units.begin():
            raise OSError("the disk is full")

    joint = replace(units, begin=broken)

    outcomes = await asyncio.gather(
        *(joint.write_jointly(_acquire(name)) for name in "xy"), return_exceptions=True
    )

    assert [str(outcome) for outcome in outcomes] == ["the disk is full"] * 2


async def test_who_stops_waiting_in_time_writes_nothing(units: Units) -> None:
    async with asyncio.TaskGroup() as group:
        kept = group.create_task(units.write_jointly(_acquire("x")))
        given_up = group.create_task(units.write_jointly(_acquire("y")))
        await asyncio.sleep(0)
        given_up.cancel()

    assert kept.result()
    assert [await _held(units, name) for name in "xy"] == [True, False]


async def test_what_is_looked_up_at_once_is_one_transaction(units: Units, counted: Counted) -> None:
    joint = replace(units, begin_reading=counted)

    found = await asyncio.gather(*(joint.read_jointly(_held_until(name)) for name in "xyz"))

    assert (found, counted.begun) == ([None, None, None], 1)


async def test_a_look_that_fails_fails_alone(units: Units) -> None:
    outcomes = await asyncio.gather(
        units.read_jointly(_conflict),
        units.read_jointly(_held_until("x")),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [ConflictError, type(None)]


def test_a_look_in_the_thread_itself_fails_alone_too(units: Units) -> None:
    outcomes = units.look(_in_turn, [_conflict, _held_until("x")])

    assert [type(outcome) for outcome in outcomes] == [ConflictError, type(None)]


def test_a_look_that_fails_together_is_taken_one_by_one(units: Units) -> None:
    works = [_held_until("x"), _held_until("y")]

    def alone(uow: UnitOfWork, works: Sequence[_Look]) -> Sequence[object]:
        return _in_turn(uow, works if len(works) == 1 else [_conflict])

    assert units.look(alone, works) == units.look(_in_turn, works)
