"""Mail handed to us by a mail server on this machine (LMTP, RFC 2033).

The server is told 250 only when the raw bytes are committed; until then the mail is its own, and it
tries again. So nothing is lost by a crash, and what is handed over twice is the same bytes.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.email.receiver import MAX_MAIL

_TAKEN = "250 2.0.0 kept"
_FULL = "452 4.3.1 cannot be stored now, try again later"
_BROKEN = "451 4.3.0 cannot be taken now, try again later"
_SECONDS = 300.0

Keep = Callable[[bytes], Awaitable[bool]]
"""Commits the raw bytes; raises OSError when nothing can be stored."""

logger = logging.getLogger(__name__)


@asynccontextmanager
async def accepting(
    host: str, port: int, keep: Keep, *, largest: int = MAX_MAIL
) -> AsyncIterator[int]:
    """Take mail while the block runs; lend the port, and cut what is open at the end.

    Raises:
        OSError: the address cannot be opened.
    """
    loop = asyncio.get_running_loop()
    opened: set[_Conversation] = set()
    server = await loop.create_server(
        lambda: _Conversation(keep, opened, largest, loop), host, port
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for conversation in list(opened):
            conversation.cut()
        await server.wait_closed()


class _Conversation(LMTP):
    """One connection. After the mail itself there is one reply for each recipient."""

    def __init__(
        self,
        keep: Keep,
        opened: "set[_Conversation]",
        largest: int,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        super().__init__(
            _Handler(keep),
            hostname="localhost",
            ident="LMTP",
            data_size_limit=largest,
            enable_SMTPUTF8=True,
            timeout=_SECONDS,
            loop=loop,
        )
        self._opened = opened
        self._recipients = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._opened.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._opened.discard(self)
        super().connection_lost(error)

    def cut(self) -> None:
        """Let go at once; a mail half-way in stays with the server that has it."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    async def push(self, status: str | bytes) -> None:
        """Send a reply; the library sends one after DATA, however many recipients there are."""
        text = status.decode() if isinstance(status, bytes) else status
        replies, self._recipients = self._recipients or 1, 0
        if text.startswith("354 ") and self.envelope is not None:
            self._recipients = len(self.envelope.rcpt_tos)
        await super().push("\r\n".join([text] * replies))


class _Handler:
    """Keeps the mail as it was handed over, with the envelope on top."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    async def handle_DATA(  # noqa: N802 -- the library's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        try:
            is_new = await self._keep(_as_delivered(envelope))
        except OSError:
            logger.exception("mail not stored", extra={"mailbox": "lmtp"})
            return _FULL
        except Exception:
            # The edge of a conversation: whatever broke, the mail must stay where it is.
            logger.exception("mail not stored", extra={"mailbox": "lmtp"})
            return _BROKEN
        logger.info("mail received", extra={"mailbox": "lmtp", "new": is_new})
        return _TAKEN


def _as_delivered(envelope: Envelope) -> bytes:
    """Write the envelope above the mail, as a mail server does when it delivers."""
    content = envelope.original_content or b""
    fields = [f"Return-Path: <{envelope.mail_from or ''}>"]
    fields += [f"Delivered-To: {address}" for address in envelope.rcpt_tos]
    return "".join(f"{field}\r\n" for field in fields).encode() + content
