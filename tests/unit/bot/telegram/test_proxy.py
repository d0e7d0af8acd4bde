"""A house that reaches the world only by a proxy reaches Telegram by it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.telegram.api import Api

_ANSWER = b'{"ok": true, "result": 42}'


@asynccontextmanager
async def _proxy(asked: list[str]) -> AsyncIterator[str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.decode().partition(" HTTP")[0])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(_ANSWER) + _ANSWER)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    async with _proxy(asked) as address:
        monkeypatch.setenv("http_proxy", address)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        api = Api(server="http://telegram.test", token="42:TEST")

        result = await api.call("getMe")

        await api.close()
    assert result == 42
    assert asked == ["POST http://telegram.test/bot42:TEST/getMe"]


async def test_what_the_environment_excepts_is_reached_directly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    async with _proxy(asked) as address:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        api = Api(server=address, token="42:TEST")

        result = await api.call("getMe")

        await api.close()
    assert result == 42
    assert asked == ["POST /bot42:TEST/getMe"]
