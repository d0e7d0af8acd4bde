"""How fast Telegram's updates are taken in, understood and answered, beside bare aiogram.

    make bench                             the table
    python benchmarks/telegram.py 400      so many updates a run

Each figure is the median of five runs, taken in turns in one process, so that a busy machine slows
all alike. We keep every update and every answer on disk before we say so; aiogram keeps nothing.
A standing text (/pagalba) is what a minimal bot does as well; a ticket is ranked against the whole
knowledge base besides. The emulator's own work counts on either side of a ratio.
"""

import asyncio
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, Update
from pydantic import SecretStr

from bot.app import App, open_desk
from bot.preparing import Preparer
from bot.relay import Relay
from bot.settings import Settings
from bot.telegram.api import Api
from bot.telegram.limits import Limits
from bot.telegram.receiver import Receiver, received
from bot.telegram.webhook import WebhookDoor
from bot.telegram_wiring import open_preparer, open_transport
from bot.wakeup import Wakeup
from bot.worker import Worker
from handlers.domain.channels import Channel
from handlers.domain.messages import Received
from tests.telegram_emulator.client import emulated_bot
from tests.telegram_emulator.emulator import TOKEN, Emulator

_UPDATES: Final = 200
_MEMBERS: Final = 20
_POSTERS: Final = 40
_RUNS: Final = 5
_QUESTION: Final = "Kodėl mūsų katinas miega ant stogo?"
_COMMAND: Final = "/pagalba"
_SECRET: Final = "s"  # noqa: S105 -- the door of an example
_LEASE: Final = timedelta(minutes=5)
Measure = Callable[[int], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A measurement; `beside` is the line it is compared with."""

    name: str
    measure: Measure
    beside: str = ""


async def main(updates: int) -> None:
    """Measure all in turns and print the table."""
    logging.disable(logging.CRITICAL)
    fed, polled = "aiogram: fed, nothing kept", "aiogram: polling, one answer each"
    lines = (
        Line(fed, _fed),
        Line("ours: webhook, each update on disk", _posted, fed),
        Line("ours: worker, a standing text each", partial(_worked, text=_COMMAND), fed),
        Line("ours: worker, a ticket each", partial(_worked, text=_QUESTION), fed),
        Line(polled, _polled),
        Line("ours: polling, a standing text each", partial(_served, text=_COMMAND), polled),
        Line("ours: polling, a ticket each", partial(_served, text=_QUESTION), polled),
    )
    seen: dict[str, list[float]] = {line.name: [] for line in lines}
    for _ in range(_RUNS):
        for line in lines:
            seen[line.name].append(updates / await line.measure(updates))
    print(f"Telegram, {updates} updates of {_MEMBERS} members, median of {_RUNS} runs\n")
    print(f"{'':40} {'updates/s':>10} {'ratio':>7}")
    for line in lines:
        median = statistics.median(seen[line.name])
        pairs = zip(seen[line.name], seen.get(line.beside, []), strict=False)
        ratios = [ours / theirs for ours, theirs in pairs]
        ratio = f"{statistics.median(ratios):7.2f}" if ratios else ""
        print(f"{line.name:40} {median:10.0f} {ratio}")


# aiogram, as little as it can do ------------------------------------------------------------------


async def _fed(updates: int) -> float:
    router = Router()

    @router.message()
    async def take(message: Message) -> str | None:
        return message.text

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    bot = Bot(TOKEN)
    raw = _raw(updates)
    begun = time.perf_counter()
    for update in raw:
        await dispatcher.feed_update(bot, Update.model_validate(update, context={"bot": bot}))
    return time.perf_counter() - begun


async def _polled(updates: int) -> float:
    router = Router()

    @router.message()
    async def answer(message: Message) -> None:
        await message.answer("Gavome Jūsų klausimą.")

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    async with Emulator() as emulator, emulated_bot(emulator) as bot, asyncio.TaskGroup() as group:
        _ask(emulator, updates)
        begun = time.perf_counter()
        polling = group.create_task(
            dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
        )
        await emulator.wait_calls("sendMessage", updates, timeout=120)
        taken = time.perf_counter() - begun
        await dispatcher.stop_polling()
        await polling
    return taken


# Ours ---------------------------------------------------------------------------------------------


async def _posted(updates: int) -> float:
    async with _desk() as app:
        door = WebhookDoor(secret=_SECRET, source="1", store=_store(app), clock=app.clock)
        bodies = [json.dumps(update).encode() for update in _raw(updates)]
        turns = asyncio.Semaphore(_POSTERS)

        async def post(body: bytes) -> None:
            async with turns:
                await door.take(body, _SECRET)

        begun = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for body in bodies:
                group.create_task(post(body))
        return time.perf_counter() - begun


async def _worked(updates: int, *, text: str) -> float:
    async with _desk() as app, open_preparer(app, report=_nobody) as preparer:
        now = app.clock.now()
        await _store(app)([received(update, "1", now) for update in _raw(updates, text)])
        worker = _worker(app, preparer)
        begun = time.perf_counter()
        while await worker.work_once():
            pass
        return time.perf_counter() - begun


async def _served(updates: int, *, text: str) -> float:
    async with (
        Emulator() as emulator,
        _desk(emulator.url) as app,
        open_preparer(app, report=_nobody) as preparer,
    ):
        _ask(emulator, updates, text)
        arrivals, debts, stopping = Wakeup(), Wakeup(), asyncio.Event()
        api = Api(server=emulator.url, token=TOKEN)
        receiver = Receiver(api=api, store=_store(app, arrivals), clock=app.clock, report=_nobody)
        worker = _worker(app, preparer, arrivals=arrivals, debts=debts, stopping=stopping)
        transport = open_transport(app)
        object.__setattr__(transport, "limits", Limits(paces=None))
        relay = Relay(
            units=app.units,
            clock=app.clock,
            deliveries=app.deliveries,
            transports={Channel.TELEGRAM: transport},
            lease=_LEASE,
            wakeup=debts,
            stopping=stopping,
        )
        async with asyncio.TaskGroup() as group:
            begun = time.perf_counter()
            tasks = [group.create_task(job()) for job in (receiver.run, worker.run, relay.run)]
            await emulator.wait_calls("sendMessage", updates, timeout=300)
            taken = time.perf_counter() - begun
            stopping.set()
            tasks[0].cancel()
            arrivals.ring()
            debts.ring()
        await transport.close()
        await api.close()
    return taken


@asynccontextmanager
async def _desk(api: str = "http://127.0.0.1:1") -> AsyncIterator[App]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder),
            telegram_token=SecretStr(TOKEN),
            telegram_api=api,
            telegram_gather_seconds=0,
        )
        with open_desk(settings) as app:
            await app.units.read(app.knowledge.refresh)  # read once, when the service starts
            yield app


def _worker(
    app: App,
    preparer: Preparer,
    *,
    arrivals: Wakeup | None = None,
    debts: Wakeup | None = None,
    stopping: asyncio.Event | None = None,
) -> Worker:
    return Worker(
        units=app.units,
        clock=app.clock,
        handling=app.handling,
        knowledge=app.knowledge,
        preparers={Channel.TELEGRAM: preparer},
        lease=_LEASE,
        arrivals=arrivals or Wakeup(),
        debts=debts or Wakeup(),
        stopping=stopping or asyncio.Event(),
    )


def _store(
    app: App, arrivals: Wakeup | None = None
) -> Callable[[Sequence[Received]], Awaitable[None]]:
    async def store(messages: Sequence[Received]) -> None:
        await app.units.write(lambda uow: [uow.inbox.add(message) for message in messages])
        if arrivals is not None:
            arrivals.ring()

    return store


def _nobody(_: object) -> None:
    """Tell nobody."""


# The same updates for all -------------------------------------------------------------------------


def _raw(updates: int, text: str = _QUESTION) -> list[dict[str, object]]:
    return [
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1_700_000_000,
                "chat": {"id": 1 + number % _MEMBERS, "type": "private", "first_name": "Ona"},
                "from": {"id": 1 + number % _MEMBERS, "is_bot": False, "first_name": "Ona"},
                "text": f"{text} {number}",
            },
        }
        for number in range(1, updates + 1)
    ]


def _ask(emulator: Emulator, updates: int, text: str = _QUESTION) -> None:
    members = [emulator.user(f"Narys {number}") for number in range(_MEMBERS)]
    for number in range(updates):
        emulator.say(members[number % _MEMBERS], f"{text} {number}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else _UPDATES))
