"""The inbox worker: nothing lost, one bad message delays nobody."""

import asyncio
import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.knowledge import Knowledge
from bot.preparing import UnreadableError
from bot.units import Units
from bot.wakeup import Wakeup
from bot.worker import Worker
from handlers.commands import Command, Receive, Skip
from handlers.domain.channels import Address, Channel
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed, InboxState, Outcome, Received
from handlers.ports import InboxEntry, UnitOfWork
from tests.builders import NOON, a_mail
from tests.contract.inbox_steps import done
from tests.wired import WiredDesk

Prepare = Callable[[Claimed], Command]


@dataclass
class Reading:
    """A preparer that does as the test says, by the raw bytes."""

    says: dict[bytes, Prepare]
    prepared: list[bytes] = field(default_factory=list)

    async def prepare(self, message: Claimed) -> Command:
        self.prepared.append(message.raw)
        return self.says.get(message.raw, _question)(message)


def _question(message: Claimed) -> Command:
    return Receive(message=a_mail(external_id=f"<{message.id}@pavyzdys.lt>"))


def _raise(error: Exception) -> Prepare:
    def prepare(_message: Claimed) -> Command:
        raise error

    return prepare


def _refused_by_database(_message: Claimed) -> Command:
    """Return what preparing cannot see and the database refuses: a time without a zone."""
    return Receive(message=replace(a_mail(), received_at=NOON.replace(tzinfo=None)))


@pytest.fixture
def work(wired_desk: WiredDesk, units: Units) -> Callable[..., tuple[Worker, Reading]]:
    def build(says: dict[bytes, Prepare] | None = None) -> tuple[Worker, Reading]:
        reading = Reading(says or {})
        worker = Worker(
            units=units,
            clock=wired_desk.clock,
            handling=wired_desk.handling,
            knowledge=Knowledge(begin_reading=units.begin_reading, max_wrong_answers=0.02),
            preparers={Channel.MAIL: reading},
            lease=timedelta(seconds=60),
            arrivals=Wakeup(),
            debts=Wakeup(),
            stopping=asyncio.Event(),
        )
        return worker, reading

    return build


def _arrive(desk: WiredDesk, *raws: bytes) -> list[InboxId]:
    def add(uow: UnitOfWork) -> list[InboxId]:
        added = [
            uow.inbox.add(
                Received(
                    channel=Channel.MAIL,
                    source="inbox",
                    external_id=f"INBOX:1:{raw.decode()}",
                    lane=None,
                    raw=raw,
                    received_at=NOON,
                )
            )
            for raw in raws
        ]
        return [row for row in added if row is not None]

    return desk.do(add)


def _rows(desk: WiredDesk, messages: Sequence[InboxId]) -> list[InboxEntry]:
    return desk.do(lambda uow: [uow.inbox.get(message) for message in messages])


async def test_a_batch_is_filed_and_asked_for_only_once(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    messages = _arrive(wired_desk, b"a", b"b", b"c")
    worker, reading = work()

    assert [await worker.work_off(), await worker.work_off()] == [3, 0]

    assert sorted(reading.prepared) == [b"a", b"b", b"c"]
    assert [(row.state, row.outcome, row.ticket) for row in _rows(wired_desk, messages)] == [
        (InboxState.DONE, Outcome.FILED, number) for number in (1, 2, 3)
    ]


async def test_batch_after_batch_is_filed_until_it_is_time_to_stop(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    messages = _arrive(wired_desk, *(b"%d" % number for number in range(25)))
    worker, reading = work()

    def stop(message: Claimed) -> Command:
        worker.stopping.set()
        return _question(message)

    reading.says[b"15"] = stop
    worked = await worker.work_off()
    again, _ = work()

    rows = _rows(wired_desk, messages)
    assert (worked, sum(row.state is InboxState.DONE for row in rows)) == (20, 20)
    assert [row.attempts for row in rows[20:]] == [0] * 5
    assert await again.work_off() == 5


async def test_what_cannot_be_filed_keeps_no_batch_from_being_claimed(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    messages = _arrive(wired_desk, *(b"%d" % number for number in range(30)))
    torn = {b"%d" % number: _raise(UnreadableError("torn")) for number in range(10)}
    worker, _ = work({**torn, b"12": _refused_by_database})

    assert await worker.work_off() == 30

    rows = _rows(wired_desk, messages)
    assert [row.id for row in rows if row.state is InboxState.PENDING] == [messages[12]]
    assert sum(row.state is InboxState.SHUNTED for row in rows) == 10


async def test_a_batch_is_filed_in_the_order_of_its_writers(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    """Two workers with newcomers' letters in different orders waited for each other."""

    def from_writer(message: Claimed) -> Command:
        sender = Address(Channel.MAIL, f"{message.raw.decode()}@nvo.lt")
        return Receive(message=a_mail(external_id=f"<{message.id}@nvo.lt>", sender=sender))

    messages = _arrive(wired_desk, b"c", b"a", b"b")
    worker, _ = work(dict.fromkeys((b"a", b"b", b"c"), from_writer))

    await worker.work_off()

    assert [row.ticket for row in _rows(wired_desk, messages)] == [3, 1, 2]


async def test_what_cannot_be_read_is_shunted_at_once_and_the_others_are_filed(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    messages = _arrive(wired_desk, b"good", b"torn", b"fine")
    worker, _ = work({b"torn": _raise(UnreadableError("the mail is empty"))})

    await worker.work_off()

    assert [(row.state, row.error) for row in _rows(wired_desk, messages)] == [
        (InboxState.DONE, None),
        (InboxState.SHUNTED, "the mail is empty"),
        (InboxState.DONE, None),
    ]


@pytest.mark.parametrize("poison", [_raise(ValueError("secret words")), _refused_by_database])
async def test_what_keeps_failing_is_shunted_in_the_end_and_delays_nobody(
    poison: Prepare, wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    messages = _arrive(wired_desk, b"good", b"poison", b"fine")
    worker, reading = work({b"poison": poison})

    for _ in range(5):
        await worker.work_off()
        wired_desk.clock.move(minutes=1)

    rows = _rows(wired_desk, messages)
    assert [row.state for row in rows] == [
        InboxState.DONE,
        InboxState.SHUNTED,
        InboxState.DONE,
    ]
    assert (rows[1].attempts, reading.prepared.count(b"poison")) == (4, 4)
    assert "secret" not in (rows[1].error or "")


@pytest.mark.parametrize(
    "trouble", [OSError(errno.ENOSPC, "No space left on device"), ConnectionError("away")]
)
async def test_a_message_outlasts_a_full_disk(
    trouble: OSError, wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    """A mail with a file was parked for a person after seven seconds without room for it."""
    (message,) = _arrive(wired_desk, b"good")
    worker, reading = work({b"good": _raise(trouble)})

    for _ in range(6):
        await worker.work_off()
        wired_desk.clock.move(minutes=1)
    reading.says.clear()
    await worker.work_off()

    [row] = _rows(wired_desk, [message])
    assert (row.state, row.attempts) == (InboxState.DONE, 7)


async def test_a_shunted_message_is_filed_when_a_person_retries_it(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    (message,) = _arrive(wired_desk, b"torn")
    worker, reading = work({b"torn": _raise(UnreadableError("torn"))})
    await worker.work_off()

    reading.says.clear()
    wired_desk.do(lambda uow: uow.inbox.retry(message, now=wired_desk.clock.now()))
    await worker.work_off()

    assert [(row.state, row.ticket) for row in _rows(wired_desk, [message])] == [
        (InboxState.DONE, 1)
    ]


async def test_a_lease_that_was_lost_files_nothing_twice_and_holds_nobody_up(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    message, neighbour = _arrive(wired_desk, b"slow", b"fine")

    def overtaken(claimed: Claimed) -> Command:
        wired_desk.clock.move(minutes=2)
        other = wired_desk.do(
            lambda uow: uow.inbox.claim_one(
                claimed.id, now=wired_desk.clock.now(), lease=timedelta(seconds=60)
            )
        )
        assert other is not None
        wired_desk.do(lambda uow: done(uow, other, reason="other"))
        return _question(claimed)

    worker, _ = work({b"slow": overtaken})

    await worker.work_off()

    assert [(row.state, row.reason) for row in _rows(wired_desk, [message, neighbour])] == [
        (InboxState.DONE, "other"),
        (InboxState.DONE, "question"),
    ]
    assert len(wired_desk.tickets()) == 1


async def test_a_batch_is_prepared_while_another_is_held(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    messages = _arrive(wired_desk, *(b"%d" % number for number in range(25)))
    usual, reading = work()
    together = asyncio.Barrier(20)

    class Meeting:
        async def prepare(self, message: Claimed) -> Command:
            prepared = len(reading.prepared)
            command = await reading.prepare(message)
            if prepared < together.parties:
                await together.wait()
            elif prepared == len(messages) - 1:
                usual.stopping.set()
            return command

    worker = replace(usual, preparers={Channel.MAIL: Meeting()}, at_once=2)

    async with asyncio.timeout(30):
        await worker.run()

    assert {row.state for row in _rows(wired_desk, messages)} == {InboxState.DONE}
    assert len(wired_desk.tickets()) == len(messages)


async def test_nothing_to_do_is_a_decision_too(
    wired_desk: WiredDesk, work: Callable[..., tuple[Worker, Reading]]
) -> None:
    (message,) = _arrive(wired_desk, b"sticker")
    worker, _ = work({b"sticker": lambda _message: Skip(reason="not-for-us")})

    assert [await worker.work_off(), await worker.work_off()] == [1, 0]

    assert [(row.outcome, row.reason) for row in _rows(wired_desk, [message])] == [
        (Outcome.IGNORED, "not-for-us")
    ]
