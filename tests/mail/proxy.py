"""A network between a client and a server that cuts, freezes and swallows what it likes."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.servers.loopback import HOST

_FROZEN_SECONDS = 0.5


class Fate(Enum):
    """What becomes of the bytes that pass.

    `CUT`: half of them arrive, then the connection breaks. `SWALLOW`: they arrive, the other side
    answers, and the connection breaks before the answer does.
    """

    PASS = auto()
    CUT = auto()
    FREEZE = auto()
    SWALLOW = auto()


@dataclass(slots=True)
class Proxy:
    """Serves in a thread of its own; `decide` is asked about all that passes."""

    target: int
    decide: Callable[[bytes, bool], Fate]
    port: int = 0
    fates: list[Fate] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection(HOST, self.target)
        except OSError:
            writer.transport.abort()
            return
        answered = asyncio.Event()
        swallowing = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._up(reader, to_server, swallowing, answered))
                group.create_task(self._down(from_server, writer, swallowing, answered))
        except* (ConnectionError, asyncio.CancelledError):
            pass
        for each in (writer, to_server):
            each.transport.abort()

    async def _up(
        self,
        reader: asyncio.StreamReader,
        server: asyncio.StreamWriter,
        swallowing: asyncio.Event,
        answered: asyncio.Event,
    ) -> None:
        while data := await reader.read(65536):
            fate = self._fate(data, from_client=True)
            if fate is Fate.CUT:
                server.write(data[: len(data) // 2])
                raise ConnectionResetError
            if fate is Fate.FREEZE:
                await asyncio.sleep(_FROZEN_SECONDS)
            if fate is Fate.SWALLOW:
                swallowing.set()
            server.write(data)
            await server.drain()
            if fate is Fate.SWALLOW:
                await answered.wait()
                raise ConnectionResetError
        raise ConnectionResetError

    async def _down(
        self,
        reader: asyncio.StreamReader,
        client: asyncio.StreamWriter,
        swallowing: asyncio.Event,
        answered: asyncio.Event,
    ) -> None:
        while data := await reader.read(65536):
            if swallowing.is_set():
                answered.set()
                continue
            fate = self._fate(data, from_client=False)
            if fate is Fate.FREEZE:
                await asyncio.sleep(_FROZEN_SECONDS)
            client.write(data[: len(data) // 2] if fate is Fate.CUT else data)
            await client.drain()
            if fate is Fate.CUT:
                raise ConnectionResetError
        raise ConnectionResetError

    def _fate(self, data: bytes, *, from_client: bool) -> Fate:
        fate = self.decide(data, from_client)
        if fate is not Fate.PASS:
            self.fates.append(fate)
        return fate


@contextlib.contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    """Serve while the block runs."""
    ready, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        server = await asyncio.start_server(proxy.serve, HOST, 0)
        proxy.port = server.sockets[0].getsockname()[1]
        loops.append(asyncio.get_running_loop())
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join()
