"""What we rely on, asked of the emulator, and of Telegram itself where a bot of ours is named.

    TELEGRAM_REAL_TOKEN=... [TELEGRAM_REAL_CHAT=...] pytest -m live

The chat is one whose member has started the bot. Without a token there is nothing to collect.
"""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from bot.telegram.api import Api, RefusedError
from bot.telegram.errors import Outcome, outcome_of
from bot.telegram.introduction import introduce
from bot.texts import load_texts
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.telegram_emulator.guard import real_telegram_forbidden

_REAL = os.environ.get("TELEGRAM_REAL_TOKEN", "")
_CHAT = os.environ.get("TELEGRAM_REAL_CHAT", "")
_LIVE = [pytest.param("real", marks=pytest.mark.live)]
_SERVERS = ["emulator", *(_LIVE if _REAL else [])]
_PEOPLED = ["emulator", *(_LIVE if _REAL and _CHAT else [])]


@dataclass(frozen=True, slots=True)
class Side:
    """A server, a bot on it, and a chat that bot may write to."""

    api: Api
    server: str
    token: str
    chat: str


@pytest.fixture(autouse=True)
def no_real_telegram(request: pytest.FixtureRequest) -> Iterator[None]:
    """Guard all but those tests that are meant for the real Telegram."""
    if "real" in request.node.name:
        yield
        return
    with real_telegram_forbidden() as sought:
        yield
    assert sought == []


@pytest.fixture
async def side(request: pytest.FixtureRequest) -> AsyncIterator[Side]:
    """Lend the emulator, or the real server."""
    if request.param == "real":
        server = "https://api.telegram.org"
        api = Api(server=server, token=_REAL)
        yield Side(api, server, _REAL, _CHAT)
        await api.close()
        return
    async with Emulator() as emulator:
        ona = emulator.user("Ona")
        emulator.say(ona, "/start")
        api = Api(server=emulator.url, token=TOKEN)
        yield Side(api, emulator.url, TOKEN, str(ona.id))
        await api.close()
        assert emulator.violations == []


@pytest.mark.parametrize("side", _SERVERS, indirect=True)
async def test_a_token_begins_with_its_bots_id(side: Side) -> None:
    me = await side.api.call("getMe")

    assert isinstance(me, dict)
    assert (me["id"], me["is_bot"]) == (side.api.bot_id, True)


@pytest.mark.parametrize("side", _SERVERS, indirect=True)
async def test_our_introduction_is_accepted_whole(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    await introduce(side.api, load_texts())

    assert caplog.records == []


@pytest.mark.parametrize(
    ("method", "parameters", "words", "outcome"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found", Outcome.NEVER),
        ("sendMessage", {"chat_id": 1}, "message text is empty", Outcome.NEVER),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
            Outcome.NEVER,
        ),
    ],
)
@pytest.mark.parametrize("side", _SERVERS, indirect=True)
async def test_refusals_are_in_these_words(
    side: Side, method: str, parameters: dict[str, object], words: str, outcome: Outcome
) -> None:
    with pytest.raises(RefusedError) as refused:
        await side.api.call(method, parameters)

    assert (refused.value.code, outcome_of(refused.value)) == (400, outcome)
    assert words in refused.value.words


@pytest.mark.parametrize("side", _SERVERS, indirect=True)
async def test_a_wrong_token_is_said_to_be_one(side: Side) -> None:
    api = Api(server=side.server, token=f"{side.api.bot_id}:wrong")
    with pytest.raises(RefusedError) as refused:
        await api.call("getMe")
    await api.close()

    assert (refused.value.code, outcome_of(refused.value)) == (401, Outcome.LATER)


@pytest.mark.parametrize("side", _PEOPLED, indirect=True)
async def test_an_edit_that_changes_nothing_is_as_good_as_done(side: Side) -> None:
    said = await side.api.call("sendMessage", {"chat_id": side.chat, "text": "Labas"})
    assert isinstance(said, dict)
    same = {"chat_id": side.chat, "message_id": said["message_id"], "text": "Labas"}

    with pytest.raises(RefusedError) as unchanged:
        await side.api.call("editMessageText", same)
    removed = await side.api.call(
        "deleteMessages", {"chat_id": side.chat, "message_ids": [said["message_id"]]}
    )
    with pytest.raises(RefusedError) as gone:
        await side.api.call("editMessageText", {**same, "text": "Kitas"})

    assert [outcome_of(unchanged.value), outcome_of(gone.value)] == [Outcome.DONE, Outcome.ANEW]
    assert removed is True
