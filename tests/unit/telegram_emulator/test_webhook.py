"""Webhook updates come in order, again after failures, and no faster than the bot takes them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter
from aiohttp import web

from tests.telegram_emulator.emulator import Emulator

Answer: TypeAlias = web.Response
OK = web.Response


@dataclass(slots=True)
class Hook:
    """A bot's web server; it answers each text by its script, then 200."""

    script: dict[str, list[Callable[[], Answer]]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    url: str = ""

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        said = update.get("message") or update.get("edited_message") or update["callback_query"]
        text = str(said.get("text") or said.get("data"))
        self.heard.append(text)
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answers = self.script.get(text, [])
        return answers.pop(0)() if answers else web.Response()


@asynccontextmanager
async def a_hook(bot: Bot, **script: list[Callable[[], Answer]]) -> AsyncIterator[Hook]:
    hook = Hook(dict(script))
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        await bot.set_webhook(hook.url, secret_token="s3cret-1")
        yield hook
    finally:
        await runner.cleanup()


def _heard(hook: Hook, times: int) -> bool:
    return len(hook.heard) == times


def _failed(**headers: str) -> Callable[[], Answer]:
    return lambda: web.Response(status=500, headers=headers)


async def test_a_failing_chat_waits_for_itself_and_nobody_else(
    still: Emulator, still_bot: Bot
) -> None:
    ona, jonas = still.user("Ona"), still.user("Jonas")
    async with a_hook(still_bot, a1=[_failed(), _failed(), _failed()]) as hook:
        still.say(ona, "a1")
        still.say(ona, "a2")
        for text in ("b0", "b1", "b2"):
            still.say(jonas, text)
        await still.wait(lambda: hook.heard.count("a1") == 2 and "b2" in hook.heard)
        still.advance(2)
        await still.wait(lambda: hook.heard.count("a1") == 3)
        still.advance(3.9)
        assert "a2" not in hook.heard
        still.advance(0.2)
        await still.wait(lambda: "a2" in hook.heard)

    assert [text for text in hook.heard if text[0] == "b"] == ["b0", "b1", "b2"]
    assert [text for text in hook.heard if text[0] == "a"] == ["a1", "a1", "a1", "a1", "a2"]
    assert hook.secrets == {"s3cret-1"}
    assert still.updates.pending == []


async def test_a_click_overtakes_a_message_that_fails(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    first = still.say(ona, "klausimas")
    await still_bot.get_updates(offset=-1)
    still.updates.clear()
    async with a_hook(still_bot, lėtas=[_failed(), _failed()]) as hook:
        still.say(ona, "lėtas")
        still.forge(ona, first, "spaudimas")
        await still.wait(lambda: "spaudimas" in hook.heard)
        await still.wait(lambda: hook.heard.count("lėtas") == 2)

    assert [queued.kind for queued in still.updates.pending] == ["message"]


async def test_an_edit_waits_for_the_message_it_changes(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    async with a_hook(still_bot, pirma=[_failed(), _failed()]) as hook:
        said = still.say(ona, "pirma")
        still.edit(ona, said, "antra")
        await still.wait(lambda: hook.heard.count("pirma") == 2)
        assert "antra" not in hook.heard
        still.advance(2)
        await still.wait(lambda: "antra" in hook.heard)

    assert hook.heard == ["pirma", "pirma", "pirma", "antra"]


async def test_retry_after_is_obeyed(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    async with a_hook(still_bot, labas=[_failed(**{"Retry-After": "30"})]) as hook:
        still.say(ona, "labas")
        await still.wait(lambda: hook.heard == ["labas"])
        still.advance(29)
        info = await still_bot.get_webhook_info()
        assert (info.pending_update_count, info.last_error_message) == (
            1,
            "Wrong response from the webhook: 500 Internal Server Error",
        )
        still.advance(2)
        await still.wait(lambda: hook.heard == ["labas", "labas"])


async def test_a_method_in_the_answer_is_done(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    reply = {"method": "sendMessage", "chat_id": ona.id, "text": "Atsakymas"}
    async with a_hook(still_bot, labas=[lambda: web.json_response(reply)]):
        still.say(ona, "labas")
        await still.wait_text(ona, "Atsakymas")


async def test_a_webhook_and_polling_exclude_each_other(still_bot: Bot) -> None:
    async with a_hook(still_bot):
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await still_bot.get_updates()
        await still_bot.delete_webhook()

        assert await still_bot.get_updates() == []


async def test_a_webhook_is_set_once_a_second(still: Emulator, still_bot: Bot) -> None:
    async with a_hook(still_bot) as hook:
        with pytest.raises(TelegramRetryAfter):
            await still_bot.set_webhook(hook.url)
        still.advance(1)

        assert await still_bot.set_webhook(hook.url)


async def test_410_for_a_day_closes_the_webhook(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    gone = [lambda: web.Response(status=410)] * 9
    async with a_hook(still_bot, labas=[*gone]) as hook:
        still.say(ona, "labas")
        await still.wait(lambda: len(hook.heard) == 2)
        still.advance(23 * 3600 + 1)
        await still.wait(lambda: still.webhook.target is None)

    assert len(still.updates.pending) == 1


async def test_what_is_late_is_dropped(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    async with a_hook(still_bot, labas=[_failed(**{"Retry-After": "3600"})] * 30) as hook:
        still.say(ona, "labas")
        for hour in range(1, 25):
            await still.wait(partial(_heard, hook, hour))
            still.advance(3600)
        await still.wait(lambda: not still.updates.due())

    assert len(hook.heard) == 24
