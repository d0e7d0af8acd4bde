"""Bots and tests in other processes and threads use the same emulator."""

import asyncio
import json
import subprocess
import sys
from urllib.request import Request, urlopen

import pytest
from aiogram import Bot
from aiohttp import ClientSession, FormData

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

# A bot in a process of its own: it answers the first message and ends.
_BOT = """
import json, sys
from urllib.parse import urlencode
from urllib.request import urlopen

def call(method, **values):
    data = urlencode(values).encode()
    return json.load(urlopen(f"{sys.argv[1]}/bot{sys.argv[2]}/{method}", data))["result"]

update = call("GETUPDATES", timeout=20)[0]
call("sendmessage", chat_id=update["message"]["chat"]["id"], text="Labas iš kito proceso")
"""


async def test_a_bot_in_another_process_answers(telegram: Emulator) -> None:
    ona = telegram.user("Ona")
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _BOT, telegram.url, telegram.token
    )
    telegram.say(ona, "Labas")
    answer = await telegram.wait_text(ona, "Labas iš kito proceso", 20)

    assert (await bot.wait(), answer.from_user) == (0, telegram.bot)


def test_a_test_without_an_event_loop_uses_a_thread(telegram_thread: EmulatorThread) -> None:
    ona = telegram_thread.run(lambda telegram: telegram.user("Ona"))
    command = [sys.executable, "-c", _BOT, telegram_thread.url, telegram_thread.token]
    with subprocess.Popen(command) as bot:  # noqa: S603 -- our own interpreter
        telegram_thread.run(lambda telegram: telegram.say(ona, "Labas"))
        said = telegram_thread.wait(lambda telegram: telegram.messages(ona)[1:], 20)

    assert (bot.returncode, said[0].text) == (0, "Labas iš kito proceso")


def test_a_thread_says_what_went_wrong(telegram_thread: EmulatorThread) -> None:
    with pytest.raises(TimeoutError, match=r"waited 0\.1 s for the condition"):
        telegram_thread.wait(lambda telegram: telegram.calls(), 0.1)


def _operate(url: str, operation: str, **arguments: object) -> object:
    request = Request(f"{url}/__emu__/{operation}", json.dumps(arguments).encode())  # noqa: S310 -- loopback
    with urlopen(request) as answer:  # noqa: S310 -- loopback
        return json.load(answer)["result"]


def test_everything_can_be_done_over_http(telegram_thread: EmulatorThread) -> None:
    url = telegram_thread.url
    ona = _operate(url, "user", name="Ona")
    assert isinstance(ona, dict)
    staff = _operate(url, "forum", members=[ona["id"]])
    assert isinstance(staff, dict)
    topic = _operate(url, "open_topic", chat=staff["id"], who=ona["id"], name="NVO-1")
    assert isinstance(topic, dict)
    said = _operate(url, "say", who=ona["id"], text="Labas", chat=staff["id"], topic=topic["id"])
    _operate(url, "reply", who=ona["id"], to=said, text="Taip")
    _operate(url, "fault", method="sendMessage", effect="refuse", code=400, description="x")
    _operate(url, "advance", seconds=5)

    assert _operate(url, "transcript", chat=staff["id"]) == (
        "[2] Ona (in NVO-1): -- opened the topic NVO-1\n"
        "[3] Ona (in NVO-1): Labas\n"
        "[4] Ona (in NVO-1, to 3): Taip"
    )
    assert _operate(url, "violations") == []


async def test_a_wrong_operation_is_explained(telegram: Emulator) -> None:
    async with ClientSession() as session:
        unknown = await session.post(f"{telegram.url}/__emu__/dance")
        wrong = await session.post(f"{telegram.url}/__emu__/say", json={"who": 1, "text": "x"})

        assert (unknown.status, wrong.status) == (404, 400)
        assert "known:" in (await unknown.json())["error"]


@pytest.mark.parametrize("form", ["json", "query", "urlencoded", "multipart"])
async def test_a_call_may_come_in_any_form(telegram: Emulator, form: str) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    values = {"chat_id": str(ona.id), "text": "Sveiki", "entities": "[]"}
    address = f"{telegram.url}/bot{telegram.token}/SendMessage"
    async with ClientSession() as session:
        match form:
            case "json":
                answer = await session.post(address, json={**values, "entities": []})
            case "query":
                answer = await session.get(address, params=values)
            case "urlencoded":
                answer = await session.post(address, data=values)
            case _:
                answer = await session.post(address, data=_form(values))
        body = await answer.json()

    assert (answer.status, body["result"]["text"]) == (200, "Sveiki")


def _form(values: dict[str, str]) -> FormData:
    form = FormData(default_to_multipart=True)
    for key, value in values.items():
        form.add_field(key, value)
    return form


async def test_a_wrong_token_and_a_wrong_path_are_refused(telegram: Emulator) -> None:
    async with ClientSession() as session:
        answers = [
            await session.get(f"{telegram.url}/{path}")
            for path in ("bot1:AA/getMe", f"bot{telegram.token}/dance", "file/bot1:AA/documents/x")
        ]
        bodies = [(await answer.json())["description"] for answer in answers]

    assert [answer.status for answer in answers] == [401, 404, 404]
    assert bodies == ["Unauthorized", "Not Found: method not found", "Not Found"]


async def test_a_file_travels_there_and_back(telegram: Emulator, telegram_bot: Bot) -> None:
    ona = telegram.user("Ona")
    sent = telegram.send(ona)
    assert sent.document is not None

    fetched = await telegram_bot.download(sent.document)

    assert fetched is not None
    assert fetched.read() == b"%PDF-1.7"
