"""The watch over the service's own troubles: what lasts is told, what passes is not."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from bot.alerts import Watch
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.alerts import Alerts, Trouble
from handlers.domain.outgoing import Key
from handlers.staff_room import StaffChat
from tests.wired import STAFF_CHAT, WiredDesk

GIGABYTE = 1024**3


@dataclass(slots=True)
class Disk:
    """A disk with as much room as the test says."""

    room: int = GIGABYTE
    errors: list[OSError] = field(default_factory=list)

    def free(self) -> int:
        if self.errors:
            raise self.errors.pop()
        return self.room


def a_watch(desk: WiredDesk, units: Units, disk: Disk) -> Watch:
    return Watch(
        units=units,
        clock=desk.clock,
        alerts=Alerts(
            clock=desk.clock, chats=(StaffChat(STAFF_CHAT),), sends_mail=True, sends_telegram=True
        ),
        debts=Wakeup(),
        stopping=asyncio.Event(),
        after=timedelta(minutes=2),
        free=disk.free,
    )


def told(desk: WiredDesk) -> list[tuple[str, str]]:
    return [(debt.key, debt.values["trouble"]) for debt in desk.new_debts()]


async def test_what_lasts_is_told_and_its_end_as_well(wired_desk: WiredDesk, units: Units) -> None:
    watch = a_watch(wired_desk, units, Disk())
    seen: list[list[tuple[str, str]]] = []

    for ok in (True, False, False, True):
        watch.report(Trouble.SIGN_IN, "inbox", ok=ok)
        await watch.look()
        seen.append(told(wired_desk))
        wired_desk.clock.move(minutes=2)

    assert seen == [[], [], [(Key.STAFF_ALERT, "sign_in")], [(Key.STAFF_ALL_CLEAR, "sign_in")]]


async def test_what_passes_soon_is_not_told(wired_desk: WiredDesk, units: Units) -> None:
    watch = a_watch(wired_desk, units, Disk())

    for ok in (False, True, False, True):
        watch.report(Trouble.TELEGRAM, ok=ok)
        await watch.look()
        wired_desk.clock.move(seconds=90)

    assert told(wired_desk) == []


async def test_what_stood_before_a_restart_is_over_after_it(
    wired_desk: WiredDesk, units: Units
) -> None:
    before, after = (a_watch(wired_desk, units, Disk()) for _ in range(2))
    before.report(Trouble.MAILBOX, "inbox", ok=False)
    wired_desk.clock.move(minutes=2)
    await before.look()

    after.report(Trouble.MAILBOX, "inbox", ok=True)
    await after.look()
    await after.look()

    assert told(wired_desk) == [(Key.STAFF_ALERT, "mailbox"), (Key.STAFF_ALL_CLEAR, "mailbox")]


async def test_a_disk_is_told_of_before_it_is_full(wired_desk: WiredDesk, units: Units) -> None:
    disk = Disk(room=1024)
    watch = a_watch(wired_desk, units, disk)

    await watch.look()
    wired_desk.clock.move(minutes=2)
    disk.errors = [OSError("the disk cannot be asked")]
    await watch.look()
    await watch.look()

    assert told(wired_desk) == [(Key.STAFF_ALERT, "disk")]


async def test_whoever_delivers_is_woken_for_an_alert(wired_desk: WiredDesk, units: Units) -> None:
    watch = a_watch(wired_desk, units, Disk())
    watch.report(Trouble.TELEGRAM, ok=False)
    wired_desk.clock.move(minutes=2)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(watch.debts.wait(60))
        await watch.look()


async def test_a_clock_that_was_set_back_does_not_delay_the_news(
    wired_desk: WiredDesk, units: Units
) -> None:
    watch = a_watch(wired_desk, units, Disk())
    watch.report(Trouble.SIGN_IN, "inbox", ok=False)

    wired_desk.clock.move(hours=-1)
    watch.report(Trouble.SIGN_IN, "inbox", ok=False)
    wired_desk.clock.move(minutes=2)
    await watch.look()

    assert told(wired_desk) == [(Key.STAFF_ALERT, "sign_in")]
