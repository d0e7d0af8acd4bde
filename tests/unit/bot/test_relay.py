"""The relay: each debt rendered once, `sending` on record before the call, every outcome kept."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.relay import Relay
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.errors import (
    ChannelDownError,
    PermanentDeliveryError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import (
    Begun,
    Key,
    Kind,
    OutboxState,
    Outgoing,
    Owed,
    Rendered,
    Taken,
)
from handlers.ports import OutboxEntry, UnitOfWork
from tests.wired import WiredDesk

Answer = Callable[[Outgoing], str]


@dataclass
class Wire:
    """A transport that answers as the test says and remembers what it was handed."""

    desk: WiredDesk
    answers: dict[str, list[Exception]] = field(default_factory=dict)
    renderings: int = 0
    handed: list[tuple[str, bytes, OutboxState]] = field(default_factory=list)
    at_once: int = 1

    def render(self, message: Outgoing) -> Rendered:
        self.renderings += 1
        return Rendered(content=f"{message.to} {self.renderings}".encode(), external_id=None)

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        state = _row(self.desk, message.id).state
        self.handed.append((message.to, rendered.content, state))
        waiting = self.answers.get(message.to)
        if waiting:
            raise waiting.pop(0)
        return Taken(f"id-{message.to}")

    async def delivered(self, rendered: Rendered) -> None:
        del rendered

    async def close(self) -> None:
        return


def _row(desk: WiredDesk, message: OutboxId) -> OutboxEntry:
    with desk.database.begin_reading() as uow:
        return next(row for row in uow.outbox.rows() if row.id == message)


def _owe(desk: WiredDesk, *to: str, kind: Kind = Kind.REPLY) -> None:
    def owe(uow: UnitOfWork) -> None:
        for each in to:
            uow.outbox.owe(
                Owed(
                    kind=kind,
                    channel=Channel.MAIL,
                    to=each,
                    key=Key.REPLY,
                    values={"text": "Taip.", "author": "Rasa"},
                    language="lt",
                    at=desk.clock.now(),
                )
            )

    desk.do(owe)


def _rows(desk: WiredDesk) -> list[tuple[str, OutboxState, int, int, str | None]]:
    with desk.database.begin_reading() as uow:
        rows = sorted(uow.outbox.rows(), key=lambda row: row.id)
    return [(row.to, row.state, row.attempts, row.doubts, row.external_id) for row in rows]


@pytest.fixture
def wire(wired_desk: WiredDesk) -> Wire:
    return Wire(wired_desk)


@pytest.fixture
def relay(wired_desk: WiredDesk, units: Units, wire: Wire) -> Relay:
    return Relay(
        units=units,
        clock=wired_desk.clock,
        deliveries=wired_desk.deliveries,
        transports={Channel.MAIL: wire},
        lease=timedelta(seconds=60),
        wakeup=Wakeup(),
        stopping=asyncio.Event(),
    )


async def _rounds(relay: Relay, count: int = 1) -> Sequence[int]:
    return [await relay.relay_once(Channel.MAIL) for _ in range(count)]


async def test_a_debt_is_delivered_once_and_sending_was_on_record(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    _owe(wired_desk, "ona@nvo.lt", "jonas@nvo.lt")

    assert await _rounds(relay, 2) == [2, 0]

    assert wire.handed == [
        ("ona@nvo.lt", b"ona@nvo.lt 1", OutboxState.SENDING),
        ("jonas@nvo.lt", b"jonas@nvo.lt 2", OutboxState.SENDING),
    ]
    assert _rows(wired_desk) == [
        ("ona@nvo.lt", OutboxState.DELIVERED, 1, 0, "id-ona@nvo.lt"),
        ("jonas@nvo.lt", OutboxState.DELIVERED, 1, 0, "id-jonas@nvo.lt"),
    ]


async def test_what_may_be_taken_later_is_tried_again_with_the_same_bytes(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    wire.answers = {"ona@nvo.lt": [TransientDeliveryError("451"), TransientDeliveryError("451")]}
    _owe(wired_desk, "ona@nvo.lt")

    await _rounds(relay, 2)
    deferred = _rows(wired_desk)
    for _ in range(2):
        wired_desk.clock.move(minutes=1)
        await _rounds(relay)

    assert deferred == [("ona@nvo.lt", OutboxState.DEFERRED, 1, 0, None)]
    assert _rows(wired_desk) == [("ona@nvo.lt", OutboxState.DELIVERED, 3, 0, "id-ona@nvo.lt")]
    assert [content for _, content, _ in wire.handed] == [b"ona@nvo.lt 1"] * 3


async def test_a_refusal_for_good_is_dead_and_holds_nobody_up(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    wire.answers = {"ona@nvo.lt": [PermanentDeliveryError("550")]}
    _owe(wired_desk, "ona@nvo.lt", "ona@nvo.lt", "jonas@nvo.lt")

    await _rounds(relay, 2)

    assert [(to, state) for to, state, *_ in _rows(wired_desk)] == [
        ("ona@nvo.lt", OutboxState.DEAD),
        ("ona@nvo.lt", OutboxState.DELIVERED),
        ("jonas@nvo.lt", OutboxState.DELIVERED),
    ]


@pytest.mark.parametrize(
    ("kind", "tries", "end"),
    [(Kind.REPLY, 2, OutboxState.UNCERTAIN), (Kind.ACKNOWLEDGEMENT, 1, OutboxState.UNCERTAIN)],
)
async def test_a_doubtful_outcome_is_repeated_once_or_never_by_its_kind(
    kind: Kind, tries: int, end: OutboxState, wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    wire.answers = {"ona@nvo.lt": [UncertainDeliveryError("cut") for _ in range(9)]}
    _owe(wired_desk, "ona@nvo.lt", kind=kind)

    for _ in range(5):
        await _rounds(relay)
        wired_desk.clock.move(hours=1)

    assert [(state, doubts) for _, state, _, doubts, _ in _rows(wired_desk)] == [(end, tries)]
    assert [content for _, content, _ in wire.handed] == [b"ona@nvo.lt 1"] * tries


async def test_what_a_dead_process_left_in_sending_is_in_doubt_and_not_sent_at_once(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    _owe(wired_desk, "ona@nvo.lt", kind=Kind.ACKNOWLEDGEMENT)

    def die_while_sending(uow: UnitOfWork) -> None:
        (message,) = uow.outbox.claim(
            now=wired_desk.clock.now(),
            lease=timedelta(seconds=60),
            limit=1,
            channels=[Channel.MAIL],
        )
        rendered = Rendered(content=b"as it was")
        uow.outbox.sending([Begun(message, rendered)])

    wired_desk.do(die_while_sending)

    await _rounds(relay)
    before = _rows(wired_desk)[0][1]
    wired_desk.clock.move(seconds=61)
    await _rounds(relay)

    assert (before, _rows(wired_desk)[0][1]) == (OutboxState.SENDING, OutboxState.UNCERTAIN)
    assert wire.handed == []


async def test_a_bug_in_a_transport_leaves_a_doubt_and_the_next_is_sent(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    wire.answers = {"ona@nvo.lt": [KeyError("bug")]}
    _owe(wired_desk, "ona@nvo.lt", "jonas@nvo.lt", kind=Kind.NOTICE)

    await _rounds(relay)

    assert [(to, state) for to, state, *_ in _rows(wired_desk)] == [
        ("ona@nvo.lt", OutboxState.UNCERTAIN),
        ("jonas@nvo.lt", OutboxState.DELIVERED),
    ]


async def test_a_stop_hands_back_what_was_not_begun(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    _owe(wired_desk, "ona@nvo.lt")
    relay.stopping.set()

    await _rounds(relay)

    assert _rows(wired_desk) == [("ona@nvo.lt", OutboxState.QUEUED, 0, 0, None)]
    assert wire.handed == []


async def test_a_channel_that_takes_nothing_is_told_of_until_it_takes_something(
    wired_desk: WiredDesk, relay: Relay, wire: Wire
) -> None:
    told: list[tuple[Channel, bool]] = []

    def report(channel: Channel, *, is_up: bool) -> None:
        told.append((channel, is_up))

    wire.answers["a@b.lt"] = [ChannelDownError("no way in"), TransientDeliveryError("later")]
    _owe(wired_desk, "a@b.lt")

    for _ in range(3):
        await _rounds(replace(relay, report=report))
        wired_desk.clock.move(hours=1)

    assert told == [(Channel.MAIL, False), (Channel.MAIL, True), (Channel.MAIL, True)]


async def test_a_lease_lost_during_a_failing_delivery_holds_nobody_up(
    wired_desk: WiredDesk, relay: Relay
) -> None:
    """The refused outcome once ended the relay, and the service with it."""

    class Slow(Wire):
        async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
            if message.to == "ona@nvo.lt":
                later = wired_desk.clock.now() + timedelta(minutes=2)
                wired_desk.do(lambda uow: uow.outbox.lapsed(now=later))
            return await super().deliver(message, rendered)

    slow = Slow(wired_desk, answers={"ona@nvo.lt": [PermanentDeliveryError("550")]})
    relay = replace(relay, transports={Channel.MAIL: slow})
    _owe(wired_desk, "ona@nvo.lt", "jonas@nvo.lt")

    await _rounds(relay)

    assert [(to, state) for to, state, *_ in _rows(wired_desk)] == [
        ("ona@nvo.lt", OutboxState.SENDING),
        ("jonas@nvo.lt", OutboxState.DELIVERED),
    ]


async def test_letters_that_go_in_step_share_commits(
    wired_desk: WiredDesk, relay: Relay, units: Units
) -> None:
    """Four at once: claim, first beginnings, outcomes with the next beginnings, last outcomes."""
    begun: list[None] = []

    @contextmanager
    def counted() -> Iterator[UnitOfWork]:
        begun.append(None)
        with units.begin() as uow:
            yield uow

    class InStep(Wire):
        all_four = asyncio.Barrier(4)

        async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
            await self.all_four.wait()
            return await super().deliver(message, rendered)

    wire = InStep(wired_desk, at_once=4)
    relay = replace(relay, units=replace(units, begin=counted), transports={Channel.MAIL: wire})
    _owe(wired_desk, *(f"{number}@nvo.lt" for number in range(8)))

    await _rounds(relay)

    assert [state for _, state, *_ in _rows(wired_desk)] == [OutboxState.DELIVERED] * 8
    assert {state for _, _, state in wire.handed} == {OutboxState.SENDING}
    assert len(begun) == 4


async def test_no_more_are_begun_than_there_are_connections(
    wired_desk: WiredDesk, relay: Relay
) -> None:
    """So many are in doubt at most after a kill."""
    seen: list[int] = []

    class Looking(Wire):
        async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
            seen.append(sum(state is OutboxState.SENDING for _, state, *_ in _rows(self.desk)))
            await asyncio.sleep(0)
            return await super().deliver(message, rendered)

    wire = Looking(wired_desk, at_once=2)
    _owe(wired_desk, *(f"{number}@nvo.lt" for number in range(8)))

    await _rounds(replace(relay, transports={Channel.MAIL: wire}))

    assert (len(seen), max(seen)) == (8, 2)
