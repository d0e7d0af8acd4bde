"""Of several processes one asks Telegram for updates; when it ends, another takes over."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.alerts import Watch
from bot.app import App, open_desk
from bot.settings import Settings
from bot.shared import Job, Shared, exclusive
from bot.status import Statuses
from bot.telegram.api import Api
from bot.telegram.receiver import Receiver, Store
from bot.wakeup import Wakeup
from handlers.domain.messages import Received
from tests.telegram_emulator.emulator import TOKEN, Emulator


def a_process(app: App, emu: Emulator, holder: str) -> tuple[Job, asyncio.Event]:
    """Return the reader of one process, and what ends it."""
    stopping = asyncio.Event()
    watch = Watch(
        units=app.units,
        clock=app.clock,
        alerts=app.alerts,
        debts=Wakeup(),
        stopping=stopping,
        after=timedelta(days=1),
        free=lambda: 1,
    )
    shared = Shared(
        app=app,
        statuses=Statuses(on_ready=lambda: None),
        stopping=stopping,
        arrivals=Wakeup(),
        debts=Wakeup(),
        holder=holder,
        opened=lambda _: None,
        watch=watch,
    )
    api = Api(server=emu.url, token=TOKEN)

    async def read() -> None:
        receiver = Receiver(
            api=api, store=_store(app), clock=app.clock, report=lambda _: None, poll_seconds=1
        )
        try:
            await receiver.run()
        finally:
            await api.close()

    return exclusive(shared, "telegram", read), stopping


def _store(app: App) -> Store:
    async def store(messages: Sequence[Received]) -> None:
        await app.units.write(lambda uow: [uow.inbox.add(message) for message in messages])

    return store


async def test_one_of_two_processes_reads_and_the_other_takes_over(
    emu: Emulator, tmp_path: Path
) -> None:
    ona = emu.user("Ona")
    with open_desk(Settings(data_dir=tmp_path, lease_seconds=0.3)) as app:
        first, end_first = a_process(app, emu, "first")
        second, end_second = a_process(app, emu, "second")
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
