"""A process whose database does not answer does nothing that another may do by then."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, open_desk
from bot.relay import Relay
from bot.settings import Settings
from bot.shared import Job, exclusive
from bot.status import RoleStatus
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, OutboxState, Outgoing, Owed, Rendered, Taken
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from tests.unit.bot.processes import a_process
from tests.wired import WiredDesk

LEASE = timedelta(seconds=0.3)


@dataclass(frozen=True, slots=True)
class Network:
    """Lies between a process and its database; cut, it keeps everything back until mended."""

    whole: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.whole.set()

    def over(self, begin: UnitOfWorkFactory) -> UnitOfWorkFactory:
        @contextmanager
        def begun() -> Iterator[UnitOfWork]:
            assert self.whole.wait(10)
            with begin() as uow:
                yield uow

        return begun


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    """Lend a network that is mended at the end, so that no thread is left behind it."""
    network = Network()
    yield network
    network.whole.set()


@dataclass
class Line:
    """A transport that says when it renders and when it delivers, and then waits for the test."""

    rendering: Callable[[], None] = lambda: None
    delivering: asyncio.Event = field(default_factory=asyncio.Event)
    handed: list[str] = field(default_factory=list)
    at_once: int = 1

    def render(self, message: Outgoing) -> Rendered:
        self.rendering()
        return Rendered(content=message.to.encode(), external_id=None)

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        del rendered
        self.delivering.set()
        await asyncio.sleep(LEASE.total_seconds() * 4)
        self.handed.append(message.to)
        return Taken("taken")

    async def delivered(self, rendered: Rendered) -> None:
        del rendered

    async def close(self) -> None:
        return


@pytest.fixture
def owed(wired_desk: WiredDesk) -> WiredDesk:
    """Lend a desk that owes Ona a reply."""
    debt = Owed(
        kind=Kind.REPLY,
        channel=Channel.MAIL,
        to="ona@nvo.lt",
        key=Key.REPLY,
        values={"text": "Taip.", "author": "Rasa"},
        language="lt",
        at=wired_desk.clock.now(),
    )
    wired_desk.do(lambda uow: uow.outbox.owe(debt))
    return wired_desk


def _relay(desk: WiredDesk, units: Units, network: Network, line: Line) -> Relay:
    return Relay(
        units=replace(units, begin=network.over(units.begin)),
        clock=desk.clock,
        deliveries=desk.deliveries,
        transports={Channel.MAIL: line},
        lease=LEASE,
        wakeup=Wakeup(),
        stopping=asyncio.Event(),
    )


def _states(desk: WiredDesk) -> list[OutboxState]:
    with desk.database.begin_reading() as uow:
        return [row.state for row in uow.outbox.rows()]


async def test_a_delivery_is_given_up_when_its_lease_cannot_be_renewed(
    owed: WiredDesk, units: Units, network: Network
) -> None:
    line = Line()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(_relay(owed, units, network, line).relay_once(Channel.MAIL))
        await line.delivering.wait()
        network.whole.clear()

    assert (line.handed, _states(owed)) == ([], [OutboxState.SENDING])


async def test_an_answer_that_comes_after_the_lease_sends_nothing(
    owed: WiredDesk, units: Units, network: Network
) -> None:
    """The commit of `sending` was the last that got through, and was heard of when mended."""
    line = Line(rendering=network.whole.clear)
    async with asyncio.timeout(5):
        await _relay(owed, units, network, line).relay_once(Channel.MAIL)
    network.whole.set()
    async with asyncio.timeout(5):
        await units.write(lambda _: None)  # one writer: what was kept back is written now

    assert (line.delivering.is_set(), _states(owed)) == (False, [OutboxState.SENDING])


async def test_a_delivery_that_takes_longer_than_its_lease_is_finished(
    owed: WiredDesk, units: Units, network: Network
) -> None:
    line = Line()
    await _relay(owed, units, network, line).relay_once(Channel.MAIL)

    assert (line.handed, _states(owed)) == (["ona@nvo.lt"], [OutboxState.DELIVERED])


# Work of one process at a time -------------------------------------------------------------------


@dataclass
class Host:
    """One process that reads a mailbox when it may, and what it said of that."""

    job: Job
    stopping: asyncio.Event
    said: list[RoleStatus]


def _host(app: App, name: str, reading: set[str]) -> Host:
    shared, said = a_process(app, name), list[RoleStatus]()

    async def read() -> None:
        assert not reading, "two read one mailbox"
        reading.add(name)
        try:
            await asyncio.Event().wait()
        finally:
            reading.remove(name)

    return Host(exclusive(shared, "mailbox", read, report=said.append), shared.stopping, said)


async def test_a_host_that_is_cut_off_stops_reading_before_the_other_begins(
    tmp_path: Path, network: Network
) -> None:
    with (
        open_desk(Settings(data_dir=tmp_path, lease_seconds=LEASE.total_seconds())) as app,
        ThreadPoolExecutor(1) as threads,
    ):
        reading: set[str] = set()
        own = replace(app.units, begin=network.over(app.units.begin), writers=threads)
        first, second = _host(replace(app, units=own), "a", reading), _host(app, "b", reading)
        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            group.create_task(first.job())
            await _until(lambda: reading == {"a"})
            group.create_task(second.job())
            await _until(lambda: bool(second.said))
            network.whole.clear()
            await _until(lambda: reading == {"b"})
            network.whole.set()
            await _until(lambda: first.said[-1].ok)
            still = set(reading)
            first.stopping.set()
            second.stopping.set()

    assert still == {"b"}
    assert [status.detail for status in dict.fromkeys(first.said)] == [
        "the database does not answer",
        "standing by; another process does it",
    ]


async def _until(look: Callable[[], bool]) -> None:
    while not look():  # noqa: ASYNC110 -- nobody tells when a thread has written
        await asyncio.sleep(0.01)
