"""Where a mailbox is read on from, and what is handed to us."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.email.receiver import FetchedMail, Position
from bot.mailbox_store import MailboxStore
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.ports import UnitOfWork
from tests.builders import NOON
from tests.wired import WiredDesk

JUST_BEFORE = NOON - timedelta(minutes=5)


def a_store(
    desk: WiredDesk, units: Units, since: Mapping[str, datetime] | None = None
) -> MailboxStore:
    return MailboxStore(units=units, clock=desk.clock, arrivals=Wakeup(), since=since or {})


async def opened(store: MailboxStore, *, uid_next: int, uid_validity: int = 1) -> Position:
    return await store.position(
        mailbox="inbox", folder="INBOX", uid_validity=uid_validity, uid_next=uid_next
    )


def a_fetched(uid: int, raw: bytes = b"Subject: a\r\n\r\nb") -> FetchedMail:
    return FetchedMail(
        mailbox="inbox",
        folder="INBOX",
        uid_validity=1,
        uid=uid,
        received_at=NOON,
        is_whole=True,
        raw=raw,
    )


@pytest.mark.parametrize("uid_next", [1, 40])
async def test_old_mail_moved_by_hand_into_a_mailbox_is_new_there(
    wired_desk: WiredDesk, units: Units, uid_next: int
) -> None:
    """A mailbox that was empty at the first start was taken for a rebuilt one after a restart."""
    first = await opened(a_store(wired_desk, units), uid_next=uid_next)
    wired_desk.clock.move(days=1)

    again = await opened(a_store(wired_desk, units), uid_next=uid_next + 1)

    assert (first, again) == (Position(last_uid=uid_next - 1), Position(last_uid=uid_next - 1))


async def test_a_rebuilt_mailbox_is_read_from_the_first_start_on_also_after_a_restart(
    wired_desk: WiredDesk, units: Units
) -> None:
    await opened(a_store(wired_desk, units), uid_next=40)
    wired_desk.clock.move(days=1)

    rebuilt = [
        await opened(a_store(wired_desk, units), uid_next=90, uid_validity=2) for _ in range(2)
    ]

    assert rebuilt == [Position(last_uid=0, since=JUST_BEFORE)] * 2


async def test_a_configured_day_counts_from_the_first_start_on(
    wired_desk: WiredDesk, units: Units
) -> None:
    store = a_store(wired_desk, units, {"inbox": NOON - timedelta(days=9)})

    first = await opened(store, uid_next=40)
    await store.keep([a_fetched(7)])

    assert (first, await opened(store, uid_next=40)) == (
        Position(last_uid=0, since=NOON - timedelta(days=9)),
        Position(last_uid=7, since=NOON - timedelta(days=9)),
    )


async def test_what_is_handed_over_twice_is_kept_once(wired_desk: WiredDesk, units: Units) -> None:
    store = a_store(wired_desk, units)

    kept = [await store.take(raw) for raw in (b"Subject: a\r\n\r\nb", b"Subject: a\r\n\r\nb", b"c")]

    assert kept == [True, False, True]
    rows = wired_desk.do(lambda uow: uow.inbox.rows())
    assert {(row.channel, row.source) for row in rows} == {(Channel.MAIL, "lmtp")}
    assert len(rows) == len(set(kept))


async def test_what_is_kept_is_known_by_its_place_in_the_rebuilt_folder(
    wired_desk: WiredDesk, units: Units
) -> None:
    """Each daily audit once fetched the whole mailbox again to know it by its bytes."""
    store = a_store(wired_desk, units)
    other, twice = b"Subject: c\r\n\r\nd", replace(a_fetched(9), uid_validity=2)
    await store.keep([a_fetched(7), a_fetched(8, other)])

    kept = await store.keep([a_fetched(12)])
    kept = [*kept, *await store.keep([twice, replace(twice, uid=10)])]

    names = wired_desk.do(lambda uow: uow.inbox.external_ids(channel=Channel.MAIL, source="inbox"))
    assert kept == [False, False, False]
    assert names == {"INBOX:2:9", "INBOX:1:8"}


def many(first: int = 1) -> list[FetchedMail]:
    """Make more mails than may wait for a worker."""
    return [a_fetched(uid, raw=b"Subject: %d\r\n\r\nb" % uid) for uid in range(first, first + 60)]


async def test_mail_is_taken_in_only_a_little_ahead_of_the_workers(
    wired_desk: WiredDesk, units: Units
) -> None:
    """On PostgreSQL, where the worker is another process, a reader took in all there was."""
    store, done = a_store(wired_desk, units), list[str]()
    store.patience = 60
    await store.keep(many())

    async def wait() -> None:
        await store.wait_for_room()
        done.append("room")

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(wait())
        for _ in range(3):
            await units.write(partial(claim, wired_desk, done))

    assert done == ["claimed", "claimed", "claimed", "room"]


def claim(desk: WiredDesk, done: list[str], uow: UnitOfWork) -> None:
    done.append("claimed")
    lease = timedelta(minutes=1)
    uow.inbox.claim(now=desk.clock.now(), lease=lease, limit=10, channels=[Channel.MAIL])


async def test_where_nobody_works_all_mail_comes_in_and_is_waited_for_once(
    wired_desk: WiredDesk, units: Units
) -> None:
    store = a_store(wired_desk, units)
    store.patience = 0.05
    await store.keep(many())
    await store.wait_for_room()
    store.patience = 60

    async with asyncio.timeout(10):
        for first in (100, 200):
            await store.keep(many(first))
            await store.wait_for_room()


async def test_a_few_mails_are_not_waited_for(wired_desk: WiredDesk, units: Units) -> None:
    other, store = a_store(wired_desk, units), a_store(wired_desk, units)
    await other.keep(many())
    await store.keep([a_fetched(100, raw=b"Subject: one\r\n\r\nb")])

    async with asyncio.timeout(1):
        await store.wait_for_room()
