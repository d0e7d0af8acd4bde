"""One IMAP connection at the level of lines: aioimaplib with the parts that fail replaced.

Kept of aioimaplib: commands, tags, how a tagged answer ends a command, how APPEND sends its
literal. Replaced, because each was measured to lose a connection or alter text: its recursive
parser, its untagged dispatch (it deletes "* " inside text), its waiting (a lost connection wakes
nobody) and its debug log (passwords).
"""

import asyncio
import os
import re
import ssl
from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from aioimaplib.aioimaplib import AioImapException, Command, IMAP4ClientProtocol

from bot.email.tls import Tls, client_context
from knowledge_base.values import dataclass

CONNECT_SECONDS = 20.0
COMMAND_SECONDS = 60.0
_MAX_LINE = 16 * 1024 * 1024
_MAX_LITERAL = 64 * 1024 * 1024
_LITERAL = re.compile(rb"\{(\d{1,10})\+?\}\Z")
_STATUS_TEXT = re.compile(
    rb"\* (?:OK|NO|BAD|BYE|PREAUTH)\b|\+|(?!\*)\S+ (?:OK|NO|BAD)\b", re.IGNORECASE
)
_EXISTS = re.compile(rb"\d+ EXISTS\b", re.IGNORECASE)

Response = tuple[bytes, ...]
"""One response: text, literal, text, literal, ... text."""


class ImapError(Exception):
    """The mailbox cannot be used over this connection; throw it away and open another."""


class ImapRefusedError(ImapError):
    """The server answered a command with NO or BAD."""


async def connect(host: str, port: int, *, tls: Tls, ca_file: Path | None) -> "Wire":
    """Open a connection; the server's greeting may not have arrived yet.

    Raises:
        ImapError: the server cannot be reached, or its certificate is not trusted.
    """
    where = f"{host}:{port}"
    context = None if tls is Tls.NONE else client_context(ca_file)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, wire = await loop.create_connection(Wire, host, port, ssl=context)
    except ssl.SSLCertVerificationError as error:
        raise ImapError(f"the certificate of {where} is not trusted: {error.reason}") from error
    except TimeoutError as error:
        raise ImapError(f"{where} does not answer") from error
    except OSError as error:
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else str(error)
        raise ImapError(f"cannot connect to {where}: {why}") from error
    return wire


@dataclass(slots=True)
class ResponseReader:
    """Puts responses together from whatever pieces the network delivers, in linear time."""

    _buffer: bytearray = field(default_factory=bytearray)
    _pieces: list[bytes] = field(default_factory=list)
    _literal: int | None = None
    _searched: int = 0

    def feed(self, data: bytes) -> list[Response]:
        """Take bytes, return the responses they complete.

        Raises:
            ImapError: a line or literal is larger than any server has reason to send.
        """
        self._buffer += data
        complete: list[Response] = []
        position = 0
        while (after := self._read_piece(position, complete)) is not None:
            position = after
        del self._buffer[:position]
        self._searched = max(0, self._searched - position)
        if self._literal is None and len(self._buffer) > _MAX_LINE:
            raise ImapError("the server sends a line without an end")
        return complete

    def _read_piece(self, position: int, complete: list[Response]) -> int | None:
        """Read a literal or a line at the position; None when it has not all arrived."""
        if self._literal is not None:
            end = position + self._literal
            if len(self._buffer) < end:
                return None
            self._pieces.append(bytes(self._buffer[position:end]))
            self._literal = None
            self._searched = end
            return end
        end = self._buffer.find(b"\r\n", max(position, self._searched))
        if end < 0:
            self._searched = max(position, len(self._buffer) - 1)
            return None
        self._end_line(bytes(self._buffer[position:end]), complete)
        return end + 2

    def _end_line(self, line: bytes, complete: list[Response]) -> None:
        self._pieces.append(line)
        literal = None if _STATUS_TEXT.match(self._pieces[0]) else _LITERAL.search(line)
        if literal is None:
            complete.append(tuple(self._pieces))
            self._pieces.clear()
            return
        self._literal = int(literal[1])
        if self._literal > _MAX_LITERAL:
            raise ImapError(f"the server announces {self._literal} bytes")


class Wire(IMAP4ClientProtocol):  # type: ignore[misc]  # aioimaplib ships no types
    """The connection. One task uses it, one command at a time; any failure aborts it for good."""

    def __init__(self) -> None:
        super().__init__(asyncio.get_running_loop())
        self.greeting: bytes | None = None
        self.lost: str | None = None
        self.new_mail = False
        self.idling = False
        self._reader = ResponseReader()
        self._answers: list[Response] = []
        self._news = asyncio.Event()
        self._closed = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        try:
            for response in self._reader.feed(data):
                self._take(response)
        except (ImapError, AioImapException) as error:
            self.abort(str(error))
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = self.lost or f"connection lost ({exc or 'closed by the server'})"
        self._news.set()
        self._closed.set()

    def abort(self, reason: str) -> None:
        """Close the socket now; whoever waits is told the reason."""
        self.lost = self.lost or reason
        self._news.set()
        if self.transport is not None:
            self.transport.abort()

    async def close(self) -> None:
        """Abort, and wait until the socket is closed."""
        self.abort("closed")
        await self._closed.wait()

    def send(self, line: str, scrub: str | None = None) -> None:  # noqa: ARG002 -- nothing is logged
        self.transport.write(f"{line}\r\n".encode())

    def begin(self, name: str, *words: str) -> Command:
        """Send a command without waiting for its end.

        Raises:
            ImapError: the connection is lost, or a word holds a line end.
        """
        if self.lost is not None:
            raise ImapError(self.lost)
        try:
            command = Command(name, self.new_tag(), *words)
        except ValueError as error:
            raise ImapError(str(error)) from error
        self._answers.clear()
        self.idling = False
        self.pending_sync_command = command
        self.send(str(command))
        return command

    async def end(self, command: Command, *, seconds: float = COMMAND_SECONDS) -> list[Response]:
        """Wait for the command's end and return the untagged responses that came with it.

        Raises:
            ImapRefusedError: the server said NO or BAD.
            ImapError: the connection was lost or the server fell silent.
        """
        await self.until(lambda: self.pending_sync_command is not command, seconds=seconds)
        result, lines = command.response
        if result != "OK":
            said = bytes(lines[-1]).decode("utf-8", "replace") if lines else ""
            raise ImapRefusedError(f"{command.name} was refused: {said[:200]}")
        return list(self._answers)

    async def run(self, name: str, *words: str) -> list[Response]:
        return await self.end(self.begin(name, *words))

    async def until(self, condition: Callable[[], bool], *, seconds: float) -> None:
        """Wait for the condition; whatever else happens, the connection is aborted.

        Raises:
            ImapError: the connection was lost, or time is up.
        """
        in_time = False
        try:
            in_time = await self.within(condition, seconds=seconds)
        finally:
            # A command given up half-way leaves the connection out of step: also when cancelled.
            if not in_time:
                self.abort(f"no answer within {seconds:g} s, or nobody waits for it")
        if not in_time:
            raise ImapError(str(self.lost))

    async def within(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Tell whether the condition came true in time.

        Raises:
            ImapError: the connection was lost.
        """
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    if self.lost is not None:
                        raise ImapError(self.lost)
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _take(self, response: Response) -> None:
        line = response[0]
        if self.greeting is None:
            self.greeting = line
        elif line.startswith(b"* "):
            self._answers.append((line[2:], *response[1:]))
            self.new_mail = self.new_mail or bool(_EXISTS.match(line, 2))
        elif line.startswith(b"+"):
            self._continuation(line)
        else:
            self._response_done(line)

    def _continuation(self, line: bytes) -> None:
        command = self.pending_sync_command
        if command is not None and command.name == "AUTHENTICATE":
            self.send("")  # a refused token comes as a challenge: an empty answer brings the NO
        elif command is not None and command.name == "IDLE":
            self.idling = True
        else:
            super()._continuation(line)
