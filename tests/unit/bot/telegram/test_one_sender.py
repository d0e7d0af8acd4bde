"""Several processes share one bot's limits: one of them sends, and the next goes on from there."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from aiogram.types import Chat

from bot.relay import Relay
from bot.telegram.limits import Limits, Pace, Paces, Quota
from bot.telegram_wiring import sole_sender
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Kind, OutboxState
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import flood
from tests.unit.bot.telegram.desk import Desk
from tests.unit.bot.telegram.test_storm import owe

_LEASE = timedelta(seconds=15)
_PACES = Paces(group=Quota(3, 60), topics=Pace(rate=1 / 4, burst=1))


@dataclass(frozen=True)
class Process:
    """The relay of one process on the shared database, with limits in its own memory."""

    relay: Relay

    async def sends(self) -> int:
        """Take up all it may at this moment; return how many messages that were."""
        taken = 0
        while count := await self.relay.relay_once(Channel.TELEGRAM):
            taken += count
        return taken

    async def end(self) -> None:
        self.relay.stopping.set()
        await self.relay.run()


def a_process(desk: Desk, holder: str) -> Process:
    async def rest(seconds: float) -> None:
        desk.clock.advance_seconds(seconds)

    limits = Limits(paces=_PACES, now=lambda: desk.clock.now().timestamp(), rest=rest)
    transport = replace(desk.transport, limits=limits)
    return Process(
        Relay(
            units=desk.app.units,
            clock=desk.clock,
            deliveries=desk.app.deliveries,
            transports={Channel.TELEGRAM: transport},
            rights={Channel.TELEGRAM: sole_sender(transport, holder=holder, lease=_LEASE)},
            lease=timedelta(seconds=60),
            wakeup=Wakeup(),
            stopping=asyncio.Event(),
        )
    )


def owe_cards(desk: Desk, forum: Chat, count: int) -> None:
    for _ in range(count):
        owe(desk, Kind.STAFF_CARD, forum.id)


async def test_who_takes_over_counts_what_went_out_before(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    first, second = a_process(desk, "first"), a_process(desk, "second")
    owe_cards(desk, forum, 2)

    sent = await first.sends()
    owe_cards(desk, forum, 3)
    while_another_sends = await second.sends()
    await first.end()
    await second.sends()
    in_this_minute = len(emu.calls("sendMessage"))
    desk.clock.advance_seconds(61)
    await second.sends()

    assert (sent, while_another_sends, in_this_minute) == (2, 0, 3)
    assert {row.state for row in desk.outbox()} == {OutboxState.DELIVERED}
    assert len(emu.calls("sendMessage")) == 5


async def test_a_process_that_froze_learns_what_the_other_sent(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    frozen, other = a_process(desk, "frozen"), a_process(desk, "other")
    owe_cards(desk, forum, 1)
    await frozen.sends()

    desk.clock.advance_seconds(_LEASE.total_seconds() + 1)
    owe_cards(desk, forum, 2)
    assert await other.sends() == 2
    await other.end()
    owe_cards(desk, forum, 1)
    await frozen.sends()

    assert len(emu.calls("sendMessage")) == 3


async def test_who_lost_the_right_when_the_clock_was_set_back_sends_nothing(
    desk: Desk, forum: Chat
) -> None:
    """By its own reckoning it had the right for another hour."""
    first, second = a_process(desk, "first"), a_process(desk, "second")
    owe_cards(desk, forum, 1)
    await first.sends()

    desk.clock.advance_seconds(-3600)
    now = desk.clock.now()
    await desk.app.units.write(lambda uow: uow.waits.turn_back(now=now, longest=_LEASE))
    owe_cards(desk, forum, 1)
    assert await second.sends() == 1
    owe_cards(desk, forum, 1)

    assert await first.sends() == 0


async def test_what_telegram_asked_one_process_holds_for_all(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, "/start")
    first, second = a_process(desk, "first"), a_process(desk, "second")
    emu.fault("sendMessage", flood(30))
    owe(desk, Kind.REPLY, ona.id, text="pirmas")
    owe(desk, Kind.REPLY, ona.id, text="antras")

    await first.sends()
    await first.end()
    desk.clock.advance_seconds(29)
    too_early = await second.sends()
    desk.clock.advance_seconds(1)
    in_time = await second.sends()

    assert (too_early, in_time, len(emu.calls("sendMessage"))) == (0, 2, 3)


async def test_topics_are_opened_apart_whoever_opens_them(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    first, second = a_process(desk, "first"), a_process(desk, "second")
    owe(desk, Kind.STAFF_TOPIC, forum.id)
    await first.sends()
    await first.end()
    owe(desk, Kind.STAFF_TOPIC, forum.id)

    await second.sends()
    at_once = len(emu.calls("createForumTopic"))
    desk.clock.advance_seconds(4)
    await second.sends()

    assert (at_once, len(emu.calls("createForumTopic"))) == (1, 2)


async def test_the_right_is_held_while_messages_wait_their_turn(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    """A short pause is waited out within the delivery, and is no reason to give the right away."""
    holder, other = a_process(desk, "holder"), a_process(desk, "other")
    for _ in range(5):
        owe_cards(desk, forum, 1)
        await holder.sends()
        desk.clock.advance_seconds(6)
        assert await other.sends() == 0

    assert len(emu.calls("sendMessage")) == 3
