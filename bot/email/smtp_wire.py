"""One connection to an SMTP server: commands out, replies in, as many at a time as it takes.

The library that opens connections waits for each reply alone, and loses those of commands sent
together (RFC 2920). So a connection is taken over from it as soon as we are signed in.
"""

import asyncio
from collections import deque
from typing import cast

from aiosmtplib import SMTP, SMTPReadTimeoutError, SMTPResponse, SMTPServerDisconnected

_MAX_LINE = 8192
_MAX_LINES = 100


class Wire(asyncio.Protocol):
    """The connection. Whoever uses it reads one reply for each command it said."""

    def __init__(self, client: SMTP) -> None:
        """Take the connection over from the library.

        Raises:
            SMTPServerDisconnected: it is lost already.
        """
        if client.transport is None:
            raise SMTPServerDisconnected("Connection lost")
        size = client.esmtp_extensions.get("size", "")
        self.largest = int(size) if size.isdigit() else 0
        self.takes_size = client.supports_extension("size")
        self.takes_utf8 = client.supports_extension("smtputf8")
        self.takes_groups = client.supports_extension("pipelining")
        self.farewell: asyncio.TimerHandle | None = None
        self._replies: deque[SMTPResponse] = deque()
        self._said: list[bytes] = []
        self._rest = b""
        self._waiter: asyncio.Future[None] | None = None
        self._is_lost = False
        self._transport = cast("asyncio.Transport", client.transport)
        self._transport.set_protocol(self)

    @property
    def is_in_step(self) -> bool:
        """Whether it is there, and every reply belonged to a command."""
        return not (self._is_lost or self._replies or self._said or self._rest)

    def say(self, *commands: bytes) -> None:
        """Send the commands at once."""
        self.write(b"".join(command + b"\r\n" for command in commands))

    def write(self, content: bytes) -> None:
        """Send the bytes as they are.

        Raises:
            SMTPServerDisconnected: the connection is lost.
        """
        if self._is_lost or self._transport.is_closing():
            raise SMTPServerDisconnected("Connection lost")
        self._transport.write(content)

    async def reply(self, seconds: float) -> SMTPResponse:
        """Return the next reply.

        Raises:
            SMTPServerDisconnected: the connection is lost, or what came is no reply.
            SMTPReadTimeoutError: none came in time.
        """
        if not self._replies and not self._is_lost:
            loop = asyncio.get_running_loop()
            self._waiter = loop.create_future()
            late = loop.call_later(seconds, self._give_up)
            try:
                await self._waiter
            finally:
                late.cancel()
                self._waiter = None
        if not self._replies:
            raise SMTPServerDisconnected("Connection lost")
        return self._replies.popleft()

    def close(self) -> None:
        """Close the socket now."""
        self._is_lost = True
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        is_sound = all(map(self._take, lines)) and len(self._rest) <= _MAX_LINE
        if not (is_sound and len(self._said) <= _MAX_LINES):
            self.close()
        if self._replies or self._is_lost:
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio's signature
        self._is_lost = True
        self._wake()

    def _take(self, line: bytes) -> bool:
        """Take a line of a reply; tell whether it is one."""
        code, is_last = line[:3], line[3:4] != b"-"
        self._said.append(line[4:].strip())
        if is_last and code.isdigit():
            text = b"\n".join(self._said).decode("utf-8", "surrogateescape")
            self._replies.append(SMTPResponse(int(code), text))
            self._said.clear()
        return code.isdigit()

    def _give_up(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(SMTPReadTimeoutError("no reply in time"))

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
