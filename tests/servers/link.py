"""A network between one host and PostgreSQL that can be cut, and mended later.

Cut, it loses nothing and delivers nothing, in both directions and for new connections, as a network
does to TCP: what was on its way arrives when it is mended.
"""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from tests.servers.loopback import HOST, until

_READY: Final = b"Z\x00\x00\x00\x05I"
"""PostgreSQL's word at the end of an answer when no transaction is open."""


@dataclass(slots=True)
class Link:
    """Carries connections from `port` to the server's socket."""

    socket: str
    host: str = HOST
    port: int = 0
    _whole: asyncio.Event = field(default_factory=asyncio.Event)
    _end: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None

    def cut(self) -> None:
        """Cut at a moment when no transaction is open.

        Those a server ends after `idle_in_transaction_session_timeout`, and their locks with them.
        """
        until(self._cut_between_transactions, what="a moment between two transactions")

    def mend(self) -> None:
        """Let everything arrive that was kept back."""
        self._running.call_soon_threadsafe(self._whole.set)

    def _cut_between_transactions(self) -> bool:
        async def look() -> bool:
            if not self._busy:
                self._whole.clear()
            return not self._busy

        return asyncio.run_coroutine_threadsafe(look(), self._running).result()

    @property
    def _running(self) -> asyncio.AbstractEventLoop:
        assert self._loop is not None
        return self._loop

    async def serve(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        """Carry one connection until either side ends it."""
        await self._whole.wait()
        server, asked = await asyncio.open_unix_connection(self.socket)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._ask(client, asked, answers))
                group.create_task(self._answer(server, answers))
        except* (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._busy.discard(answers)
            for each in (answers, asked):
                each.transport.abort()

    async def _ask(
        self,
        client: asyncio.StreamReader,
        server: asyncio.StreamWriter,
        about: asyncio.StreamWriter,
    ) -> None:
        while data := await client.read(65536):
            await self._whole.wait()
            self._busy.add(about)
            server.write(data)
            await server.drain()
        raise ConnectionResetError

    async def _answer(self, server: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        while data := await server.read(65536):
            await self._whole.wait()
            if data.endswith(_READY):
                self._busy.discard(client)
            client.write(data)
            await client.drain()
        raise ConnectionResetError

    async def run(self, ready: threading.Event) -> None:
        """Carry connections until told to stop."""
        self._whole.set()
        server = await asyncio.start_server(self.serve, self.host, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._loop = asyncio.get_running_loop()
        ready.set()
        await self._end.wait()
        server.close()

    def stop(self) -> None:
        """End every connection."""
        self._running.call_soon_threadsafe(self._end.set)


@contextmanager
def linked(socket: str) -> Iterator[Link]:
    """Lend a link to this server while the block runs."""
    link, ready = Link(socket), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(link.run(ready)), name="link")
    thread.start()
    assert ready.wait(10)
    try:
        yield link
    finally:
        link.stop()
        thread.join()


def _carry(socket: str, host: str) -> None:
    """Carry connections in a process of its own until its input ends; it says its port first."""
    link, ready = Link(socket, host), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(link.run(ready)), name="link")
    thread.start()
    assert ready.wait(10)
    sys.stdout.write(f"{link.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    link.stop()
    thread.join()


if __name__ == "__main__":
    _carry(*sys.argv[1:])
