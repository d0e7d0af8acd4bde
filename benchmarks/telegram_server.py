"""The least of Telegram's server, in a process of its own: gives updates out and counts answers.

The tests' emulator checks every call and remembers all of them; beside it no bot would be fast.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aiohttp import web

TOKEN: Final = "42:TEST"  # noqa: S105 -- no bot has it
_BATCH: Final = 100
_BOT: Final = {"id": 42, "is_bot": True, "first_name": "Pagalba", "username": "pagalba_bot"}
_NUMBERED: Final = {"ok": True, "result": True}


def updates(texts: Sequence[str], first: int = 1) -> list[dict[str, object]]:
    """Return a message of each text, everyone writing once."""
    return [
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1_700_000_000,
                "chat": {"id": number, "type": "private", "first_name": "Ona"},
                "from": {"id": number, "is_bot": False, "first_name": "Ona"},
                "text": text,
            },
        }
        for number, text in enumerate(texts, first)
    ]


@contextmanager
def telegram_server() -> Iterator[str]:
    """Lend the address of a running server."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.telegram_server"],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@dataclass(slots=True)
class _Server:
    given: list[dict[str, object]] = field(default_factory=list)
    first: int = 1
    answered: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def ask(self, request: web.Request) -> web.Response:
        """Begin anew, with these texts; no number of an earlier update comes back."""
        self.first += len(self.given)
        self.given = updates((await request.json())["texts"], self.first)
        self.answered = 0
        async with self.changed:
            self.changed.notify_all()
        return web.json_response({})

    async def wait(self, request: web.Request) -> web.Response:
        """Answer when so many messages were sent."""
        wanted = int(request.query["sent"])
        async with self.changed:
            await self.changed.wait_for(lambda: self.answered >= wanted)
        return web.json_response({})

    async def get_updates(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        known = max(int(asked.get("offset") or 0) - self.first, 0)
        seconds = float(asked.get("timeout") or 0)
        async with self.changed:
            try:
                async with asyncio.timeout(seconds):
                    await self.changed.wait_for(lambda: len(self.given) > known)
            except TimeoutError:
                pass
        return web.json_response({"ok": True, "result": self.given[known : known + _BATCH]})

    async def send(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        self.answered += 1
        async with self.changed:
            self.changed.notify_all()
        chat = {"id": int(asked["chat_id"]), "type": "private", "first_name": "Ona"}
        sent = {"message_id": 10_000_000 + self.answered, "date": 1_700_000_000, "chat": chat}
        return web.json_response({"ok": True, "result": {**sent, "text": str(asked["text"])}})

    async def get_me(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": _BOT})

    async def other(self, _: web.Request) -> web.Response:
        return web.json_response(_NUMBERED)


async def _asked(request: web.Request) -> dict[str, str]:
    if request.content_type == "application/json":
        asked: dict[str, str] = await request.json()
        return asked
    return {name: str(value) for name, value in (await request.post()).items()}


async def _main() -> None:
    server, app = _Server(), web.Application()
    app.router.add_post("/ask", server.ask)
    app.router.add_get("/wait", server.wait)
    for method, answer in {
        "getUpdates": server.get_updates,
        "sendMessage": server.send,
        "getMe": server.get_me,
        "{other}": server.other,
    }.items():
        app.router.add_route("*", f"/bot{TOKEN}/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    print(f"http://{host}:{port}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
