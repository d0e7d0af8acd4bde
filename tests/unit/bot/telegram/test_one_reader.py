"""Of several processes one asks Telegram for updates; when it ends, another takes over."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, open_desk
from bot.settings import Settings
from bot.shared import Job, exclusive
from bot.telegram.api import Api
from bot.telegram.receiver import Receiver, Store
from bot.telegram_wiring import open_receiver
from bot.wakeup import Wakeup
from handlers.domain.messages import Received
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.unit.bot.processes import a_process
from tests.unit.bot.telegram.desk import Desk


def a_reader(app: App, emu: Emulator, holder: str) -> tuple[Job, asyncio.Event]:
    """Return the reader of one process, and what ends it."""
    shared = a_process(app, holder)
    api = Api(server=emu.url, token=TOKEN)

    async def read() -> None:
        receiver = Receiver(
            api=api, store=_store(app), clock=app.clock, report=lambda _: None, poll_seconds=1
        )
        try:
            await receiver.run()
        finally:
            await api.close()

    return exclusive(shared, "telegram", read), shared.stopping


def _store(app: App) -> Store:
    async def store(messages: Sequence[Received]) -> None:
        await app.units.write(lambda uow: [uow.inbox.add(message) for message in messages])

    return store


@pytest.mark.parametrize(
    ("hours", "said"), [(23, []), (25, ["updates may be lost, telegram keeps them a day"])]
)
async def test_a_day_without_any_process_is_said_aloud(
    desk: Desk, caplog: pytest.LogCaptureFixture, hours: int, said: list[str]
) -> None:
    """Nobody polled meanwhile, so only what the last process left behind can tell."""

    async def start() -> None:
        async with open_receiver(desk.app, arrivals=Wakeup(), report=lambda _: None):
            pass

    await start()  # for the first time, when nobody ever read
    with desk.app.units.begin() as uow:
        uow.leases.acquire("telegram", holder="a", now=desk.clock.now(), lease=timedelta())
        uow.leases.release("telegram", holder="a")
        uow.commit()
    desk.clock.advance_minutes(hours * 60)
    await start()

    assert [row.message for row in caplog.records if row.levelname == "ERROR"] == said


async def test_one_of_two_processes_reads_and_the_other_takes_over(
    emu: Emulator, tmp_path: Path
) -> None:
    ona = emu.user("Ona")
    with open_desk(Settings(data_dir=tmp_path, lease_seconds=0.3)) as app:
        first, end_first = a_reader(app, emu, "first")
        second, end_second = a_reader(app, emu, "second")
        async with asyncio.TaskGroup() as group:
            group.create_task(first())
            await emu.wait_calls("getUpdates")
            group.create_task(second())
            emu.say(ona, "pirmas")
            await emu.wait(lambda: not emu.updates.pending, 10, what="the first update")
            end_first.set()
            emu.say(ona, "antras")
            await emu.wait(lambda: not emu.updates.pending, 10, what="the second update")
            end_second.set()
        with app.units.begin_reading() as uow:
            kept = len(uow.inbox.rows())

    refused = [call.description for call in emu.calls("getUpdates") if call.status == 409]
    assert (kept, refused) == (2, [])
