"""A server of a test's own, on this machine, that is really gone at the end of the block."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from tests.servers.loopback import HOST

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def serving(serve: Serve) -> AsyncIterator[int]:
    """Serve each connection while the block runs; lend the port."""
    open_connections = 0
    closed = asyncio.Condition()

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_connections
        open_connections += 1
        with contextlib.suppress(ConnectionError):
            await serve(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        async with closed:
            open_connections -= 1
            closed.notify_all()

    server = await asyncio.start_server(serve_one, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
    async with asyncio.timeout(10), closed:
        await closed.wait_for(lambda: open_connections == 0)
