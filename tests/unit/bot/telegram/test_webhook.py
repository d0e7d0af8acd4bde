"""Updates brought by Telegram itself."""

import asyncio
import json
from collections.abc import Sequence

import pytest

from bot.status import RoleStatus
from bot.telegram.api import Api
from bot.telegram.receiver import ALLOWED_UPDATES
from bot.telegram.webhook import Announcement, WebhookDoor, secret_of
from handlers.domain.messages import Received
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import flood
from tests.unit.bot.telegram.desk import UNKNOWN, Desk, MovableClock

SECRET = secret_of("1:a")


def an_update(number: int) -> bytes:
    return json.dumps({"update_id": number, "message": {"chat": {"id": 7}}}).encode()


class Shelf:
    """Keeps batches, slowly where a gate is shut."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.broken = False

    async def store(self, messages: Sequence[Received]) -> None:
        await self.gate.wait()
        if self.broken:
            raise OSError("disk full")
        self.batches.append([message.external_id for message in messages])


@pytest.fixture
async def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def door(shelf: Shelf) -> WebhookDoor:
    return WebhookDoor(secret=SECRET, source="1", store=shelf.store, clock=MovableClock())


async def test_an_update_is_kept_before_it_is_acknowledged(door: WebhookDoor, shelf: Shelf) -> None:
    assert await door.take(an_update(5), SECRET) == 200
    assert shelf.batches == [["5"]]


@pytest.mark.parametrize("secret", ["", "x", SECRET[:-1], "šešėlis", "\udcff" * 64])
async def test_without_the_secret_nothing_is_kept(
    door: WebhookDoor, shelf: Shelf, secret: str
) -> None:
    assert await door.take(an_update(5), secret) == 403
    assert shelf.batches == []


@pytest.mark.parametrize("body", [b"\xff{", b"", b"[" * 100_000, b'{"foo": 1}', b"null"])
async def test_what_nobody_can_read_is_kept_and_holds_up_no_chat(
    door: WebhookDoor, shelf: Shelf, body: bytes
) -> None:
    assert await door.take(body, SECRET) == 200
    assert len(shelf.batches) == 1


async def test_what_is_no_json_waits_for_a_person(desk: Desk, emu: Emulator) -> None:
    door = WebhookDoor(
        secret=SECRET, source=str(desk.api.bot_id), store=desk.store, clock=desk.clock
    )
    await door.take(b"\xff{", SECRET)
    await desk.settle()

    assert [(row.state.value, row.size) for row in desk.inbox()] == [("shunted", 2)]
    assert emu.journal == []


async def test_what_cannot_be_kept_now_is_asked_for_again(door: WebhookDoor, shelf: Shelf) -> None:
    shelf.broken = True
    assert await door.take(an_update(5), SECRET) == 503

    shelf.broken = False
    assert await door.take(an_update(5), SECRET) == 200


async def test_updates_that_come_during_a_commit_share_the_next(
    door: WebhookDoor, shelf: Shelf
) -> None:
    shelf.gate.clear()
    async with asyncio.TaskGroup() as group:
        posts = [group.create_task(door.take(an_update(n), SECRET)) for n in range(6)]
        await asyncio.sleep(0)
        shelf.gate.set()

    assert [post.result() for post in posts] == [200] * 6
    assert sorted(each for batch in shelf.batches for each in batch) == list("012345")
    assert len(shelf.batches) <= 2


async def test_a_poster_who_goes_away_holds_up_nobody(door: WebhookDoor, shelf: Shelf) -> None:
    shelf.gate.clear()
    async with asyncio.TaskGroup() as group:
        gone = group.create_task(door.take(an_update(1), SECRET))
        stays = group.create_task(door.take(an_update(2), SECRET))
        await asyncio.sleep(0)
        gone.cancel()
        shelf.gate.set()

    assert stays.result() in {200, 503}


async def test_telegram_is_told_where_to_bring_updates(emu: Emulator, api: Api) -> None:
    reports: list[RoleStatus] = []
    emu.fault("setWebhook", flood(0))
    announcement = Announcement(
        api=api, url="http://127.0.0.1:1/telegram/webhook", secret=SECRET, report=reports.append
    )

    async with asyncio.TaskGroup() as group:
        task = group.create_task(announcement.run())
        await emu.wait(lambda: [r for r in reports if r.ok], what="the webhook being set")
        task.cancel()

    target = emu.webhook.target
    assert target is not None
    assert (target.url, target.secret) == ("http://127.0.0.1:1/telegram/webhook", SECRET)
    assert emu.calls("setWebhook")[-1].arguments["allowed_updates"] == list(ALLOWED_UPDATES)


async def test_the_same_update_by_both_ways_is_one(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)
    [queued] = emu.updates.pending
    door = WebhookDoor(
        secret=SECRET, source=str(desk.api.bot_id), store=desk.store, clock=desk.clock
    )
    await door.take(json.dumps(queued.json).encode(), SECRET)

    await desk.settle()

    assert len(desk.tickets(ona)) == 1
