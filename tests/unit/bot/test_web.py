"""Serving over real HTTP: for whom a request asks."""

import asyncio

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.web import serve


async def _who_asks(scope: Scope, receive: Receive, send: Send) -> None:
    client = Request(scope).client
    answer: Response = PlainTextResponse(client.host if client else "nobody")
    await answer(scope, receive, send)


@pytest.mark.parametrize(
    ("proxies", "believed"),
    [("127.0.0.1,::1", "203.0.113.9"), ("127.0.0.0/8", "203.0.113.9"), ("", "127.0.0.1")],
)
async def test_only_a_known_proxy_says_for_whom_it_asks(proxies: str, believed: str) -> None:
    stopping = asyncio.Event()
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        group.create_task(
            serve(
                _who_asks,
                host="127.0.0.1",
                port=0,
                ready=opened.set_result,
                stopping=stopping,
                proxies=proxies,
            )
        )
        # What a client claims stands before what our proxy adds.
        claimed = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
        async with httpx2.AsyncClient() as client:
            answer = await client.get(await opened, headers=claimed)
        stopping.set()

    assert answer.text == believed
