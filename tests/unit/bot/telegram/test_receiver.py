"""Updates are stored before Telegram hears that they came."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.status import RoleStatus
from bot.telegram.api import Api
from bot.telegram.receiver import Receiver, received
from handlers.deliveries import Backoff
from handlers.domain.messages import Received
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import UNAUTHORIZED, BadGateway, DropBefore, Effect, Refuse
from tests.unit.bot.telegram.desk import MONDAY, MovableClock

Store = Callable[[Sequence[Received]], object]


class Shelf:
    """Keeps what it is given; may be full."""

    def __init__(self) -> None:
        self.kept: dict[str, Received] = {}
        self.full = False

    async def store(self, messages: Sequence[Received]) -> None:
        if self.full:
            raise OSError("no space left on device")
        for message in messages:
            self.kept.setdefault(message.external_id, message)


@asynccontextmanager
async def running(
    api: Api, shelf: Shelf, statuses: list[RoleStatus], clock: MovableClock | None = None
) -> AsyncIterator[Receiver]:
    """Let a receiver poll, with short pauses."""
    receiver = Receiver(
        api=api,
        store=shelf.store,
        clock=clock or MovableClock(),
        report=statuses.append,
        backoff=Backoff(first=timedelta(milliseconds=1), longest=timedelta(milliseconds=20)),
        alarm_pause=timedelta(milliseconds=5),
        poll_seconds=1,
    )
    async with asyncio.TaskGroup() as group:
        task = group.create_task(receiver.run())
        yield receiver
        task.cancel()


async def test_updates_are_stored_in_order_and_then_acknowledged(emu: Emulator, api: Api) -> None:
    ona, shelf = emu.user("Ona"), Shelf()
    for number in range(5):
        emu.say(ona, f"klausimas {number}")

    async with running(api, shelf, []):
        await emu.wait(lambda: not emu.updates.pending, what="the acknowledgement")

    texts = [json.loads(row.raw)["message"]["text"] for row in shelf.kept.values()]
    assert texts == [f"klausimas {number}" for number in range(5)]
    assert {row.lane for row in shelf.kept.values()} == {str(ona.id)}
    assert {row.source for row in shelf.kept.values()} == {str(emu.bot.id)}
    assert {row.received_at for row in shelf.kept.values()} == {MONDAY}


async def test_what_was_not_stored_is_not_acknowledged(emu: Emulator, api: Api) -> None:
    ona, shelf, statuses = emu.user("Ona"), Shelf(), list[RoleStatus]()
    shelf.full = True
    emu.say(ona, "klausimas")

    async with running(api, shelf, statuses):
        await emu.wait(lambda: statuses and not statuses[-1].ok, what="a report of the full disk")
        assert len(emu.updates.pending) == 1
        shelf.full = False
        await emu.wait(lambda: not emu.updates.pending, 10, what="the acknowledgement")

    assert len(shelf.kept) == 1


async def test_a_restart_reads_again_what_nobody_acknowledged(emu: Emulator, api: Api) -> None:
    ona, shelf = emu.user("Ona"), Shelf()
    emu.say(ona, "klausimas")
    receiver = Receiver(api=api, store=shelf.store, clock=MovableClock(), report=lambda _: None)
    await receiver.receive(None, first=True)
    assert len(emu.updates.pending) == 1

    async with running(api, shelf, []):
        await emu.wait(lambda: not emu.updates.pending, 10, what="the acknowledgement")

    assert len(shelf.kept) == 1


async def test_numbers_that_start_anew_are_followed(emu: Emulator, api: Api) -> None:
    ona, shelf = emu.user("Ona"), Shelf()
    async with running(api, shelf, []):
        emu.say(ona, "prieš savaitę")
        await emu.wait(lambda: not emu.updates.pending, what="the acknowledgement")
        emu.updates.quiet_week()
        emu.say(ona, "po savaitės")
        await emu.wait(lambda: not emu.updates.pending, 10, what="the acknowledgement")

    assert len(shelf.kept) == 2


@pytest.mark.parametrize(
    ("effect", "detail"),
    [
        (UNAUTHORIZED, "Telegram refuses HELPDESK_TELEGRAM_TOKEN"),
        (
            Refuse(409, "Conflict: terminated by other getUpdates request"),
            "another program reads this bot: 409 Conflict: terminated by other getUpdates request",
        ),
        (BadGateway(), "Telegram does not answer: HTTP 502 and no JSON"),
        (
            DropBefore(),
            "Telegram does not answer: getUpdates: no answer (ServerDisconnectedError)",
        ),
        (
            Refuse(429, "Too Many Requests: retry after 0", retry_after=0),
            "Telegram does not answer: 429 Too Many Requests: retry after 0",
        ),
    ],
)
async def test_trouble_is_reported_and_outlived(
    emu: Emulator, api: Api, effect: Effect, detail: str
) -> None:
    ona, shelf, statuses = emu.user("Ona"), Shelf(), list[RoleStatus]()
    emu.fault("getUpdates", effect, times=2)
    emu.say(ona, "klausimas")

    async with running(api, shelf, statuses):
        await emu.wait(lambda: not emu.updates.pending, 10, what="the acknowledgement")

    assert RoleStatus(ok=False, detail=detail) in statuses
    assert statuses[-1].ok
    assert len(shelf.kept) == 1


async def test_a_server_that_is_away_is_waited_for(emu: Emulator, api: Api) -> None:
    ona, shelf, statuses = emu.user("Ona"), Shelf(), list[RoleStatus]()
    await emu.stop_listening()

    async with running(api, shelf, statuses):
        await emu.wait(lambda: statuses and not statuses[-1].ok, what="a report")
        await emu.listen()
        emu.say(ona, "klausimas")
        await emu.wait(lambda: shelf.kept, 10, what="the update")

    assert "no connection" in statuses[0].detail


@pytest.mark.parametrize(
    ("hours", "said"), [(23, []), (25, ["updates may be lost, telegram keeps them a day"])]
)
async def test_a_day_without_telegram_is_said_aloud(
    emu: Emulator, api: Api, caplog: pytest.LogCaptureFixture, hours: int, said: list[str]
) -> None:
    ona, shelf, clock, statuses = emu.user("Ona"), Shelf(), MovableClock(), list[RoleStatus]()
    await emu.stop_listening()

    async with running(api, shelf, statuses, clock):
        await emu.wait(lambda: statuses and not statuses[-1].ok, what="a report")
        clock.advance_minutes(hours * 60)
        await emu.listen()
        emu.say(ona, "klausimas")
        await emu.wait(lambda: shelf.kept, 10, what="the update")
        await emu.wait(lambda: not emu.updates.pending, 10, what="the acknowledgement")

    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert errors == said


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
_CHATS = st.fixed_dictionaries({"id": _JSON}) | _JSON
_BODIES = st.fixed_dictionaries({"chat": _CHATS}) | _JSON
_UPDATES = st.fixed_dictionaries({"update_id": _JSON, "message": _BODIES}) | _JSON


@given(_UPDATES)
def test_any_json_can_be_kept(update: object) -> None:
    kept = received(update, "1", MONDAY)

    assert json.loads(kept.raw) == update
    assert kept.external_id


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": 5}}}, "5"),
        ({"message": {"chat": {"id": -5}, "message_thread_id": 3}}, "-5"),
        (
            {"message": {"chat": {"id": -5}, "message_thread_id": 3, "is_topic_message": True}},
            "-5:3",
        ),
        ({"edited_message": {"chat": {"id": 5}}}, "5"),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": 5}}}}, "5"),
        ({"callback_query": {"from": {"id": 9}}}, "9"),
        ({"my_chat_member": {"chat": {"id": 5}}}, "5"),
        ({"update_id": 1}, None),
        ("nonsense", None),
    ],
)
def test_the_lane_is_the_conversation(update: object, lane: str | None) -> None:
    assert received(update, "1", MONDAY).lane == lane
