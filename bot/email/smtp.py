"""Hands a mail to an SMTP server, phase by phase, so that each way of failing has one meaning.

Up to the end of the envelope nothing was taken, whatever happened. From DATA on, an answer decides;
without an answer nobody can tell. Encryption is never chosen silently: what was configured is used.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from bot.email.addresses import wire_address
from bot.email.oauth import AccessTokens, TokenError
from bot.email.tls import Tls, client_context
from handlers.domain.errors import (
    ChannelDownError,
    PermanentDeliveryError,
    RecipientGoneError,
    TransientDeliveryError,
    UncertainDeliveryError,
)

_SECONDS = 30.0
_KEPT_SECONDS = 30.0
_DATA_SECONDS = 60.0
_BYTES_PER_SECOND = 50_000
"""The slowest upload we wait for."""

_TAKEN = 250
_GO_ON = 354
_PERMANENT = 500
_NOT_SIGNED_IN = frozenset({530, 534, 535, 538})
"""Refusals that speak of our settings, not of the mail."""

_LINE_START_DOT = re.compile(rb"^\.", re.MULTILINE)
_NOBODY = frozenset({550, 551})
_NO_MAILBOX = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1")
"""RFC 3463: no such mailbox or domain, one that moved or takes no mail, one that is disabled."""

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """Where mail is handed in, and how to get in; without a user there is no sign-in."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = Tls.STARTTLS
    ca_file: Path | None = None
    tokens: AccessTokens | None = None


class Smtp:
    """One server. Mails go one after another over one connection, kept for half a minute."""

    def __init__(self, account: SmtpAccount) -> None:
        self._account = account
        self._turn = asyncio.Lock()
        self._client: SMTP | None = None
        self._farewell: asyncio.TimerHandle | None = None

    async def send(self, *, sender: str, recipient: str, raw: bytes, archive: str = "") -> str:
        """Hand the mail over and return what the server said; `sender` may be empty (`<>`).

        `archive` gets the mail as well, in the same transaction: both get it or nobody does.
        If cancelled, the socket is closed: half-way through DATA the outcome is unknown.

        Raises:
            TransientDeliveryError: surely not taken; later it may be.
            PermanentDeliveryError: surely not taken, and it never will be.
            UncertainDeliveryError: handed over, but no answer came.
        """
        async with self._turn:
            client = await self._ready()
            keep = False
            try:
                await self._envelope(client, sender, recipient, size=len(raw), archive=archive)
                said = await _data(client, raw)
                keep = True
            except PermanentDeliveryError:
                keep = True
                raise
            finally:
                # Out of step, closing or cancelled: the next mail starts on a new connection.
                if keep:
                    loop = asyncio.get_running_loop()
                    self._farewell = loop.call_later(_KEPT_SECONDS, self._drop)
                else:
                    self._drop()
            return said

    async def close(self) -> None:
        """Say goodbye if that is quick."""
        async with self._turn:
            client, self._client = self._client, None
            if client is not None and client.is_connected:
                try:
                    await client.quit(timeout=2)
                except (SMTPException, OSError):
                    client.close()
            self._drop()

    async def _ready(self) -> SMTP:
        """Return a connection that answers: the kept one, or a new one."""
        if self._farewell is not None:
            self._farewell.cancel()
            self._farewell = None
        if self._client is not None and self._client.is_connected:
            try:
                await self._client.rset()
                return self._client
            except (SMTPException, OSError):
                self._drop()
        self._client = await self._connected()
        return self._client

    async def _connected(self) -> SMTP:
        account = self._account
        where = f"{account.host}:{account.port}"
        context = None if account.tls is Tls.NONE else client_context(account.ca_file)
        client = SMTP(
            hostname=account.host,
            port=account.port,
            use_tls=account.tls is Tls.IMPLICIT,
            start_tls=False,
            tls_context=context,
            timeout=_SECONDS,
        )
        try:
            await client.connect()
            if account.tls is Tls.STARTTLS:
                await client.starttls()
            await client.ehlo()
            if account.tokens is not None:
                await _present_token(client, account.user, account.tokens)
            elif account.user:
                await client.login(account.user, account.password)
        except (SMTPException, OSError, ValueError, TokenError) as error:
            client.close()
            raise ChannelDownError(f"{where}: {_reason(error)}") from error
        except BaseException:
            client.close()
            raise
        return client

    async def _envelope(
        self, client: SMTP, sender: str, recipient: str, *, size: int, archive: str
    ) -> None:
        with _addresses():
            sender_written = wire_address(sender) if sender else ""
            recipient_written = wire_address(recipient)
        limit = client.esmtp_extensions.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            raise PermanentDeliveryError(f"{size} bytes, the server takes {limit}")
        options = [f"SIZE={size}"] if client.supports_extension("size") else []
        encoding = "ascii"
        if not (sender_written + recipient_written).isascii():
            if not client.supports_extension("smtputf8"):
                raise PermanentDeliveryError("the server takes ASCII addresses alone")
            options.append("SMTPUTF8")
            encoding = "utf-8"
        await _before_data("MAIL", client.mail(sender_written, options=options, encoding=encoding))
        await _before_data("RCPT", client.rcpt(recipient_written, encoding=encoding))
        if archive:
            await _archived(client, archive)

    def _drop(self) -> None:
        if self._farewell is not None:
            self._farewell.cancel()
            self._farewell = None
        if self._client is not None:
            self._client.close()
            self._client = None


async def _present_token(client: SMTP, user: str, tokens: AccessTokens) -> None:
    try:
        await client.auth_xoauth2(user, await tokens.get())
    except aiosmtplib.SMTPAuthenticationError:
        tokens.forget()
        raise


@contextmanager
def _addresses() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise PermanentDeliveryError("not a mail address") from error


async def _before_data(phase: str, command: Awaitable[object]) -> None:
    try:
        await command
    except SMTPResponseException as refused:
        raise _refusal(phase, refused) from refused
    except (SMTPException, OSError) as error:
        raise TransientDeliveryError(f"{phase}: {_reason(error)}") from error


async def _archived(client: SMTP, archive: str) -> None:
    """Add the archive's address; without a copy in it no doubt could be settled later."""
    try:
        await _before_data("RCPT of the archive", client.rcpt(wire_address(archive)))
    except (PermanentDeliveryError, ValueError) as refused:
        raise TransientDeliveryError(f"the archive: {refused}") from refused


async def _announce_data(client: SMTP) -> None:
    response = await client.execute_command(b"DATA")
    if response.code != _GO_ON:
        raise SMTPResponseException(response.code, response.message)


async def _data(client: SMTP, raw: bytes) -> str:
    """Send the mail itself. The library's own call hides whether the server had said 354."""
    await _before_data("DATA", _announce_data(client))
    task, protocol = asyncio.current_task(), client.protocol
    if task is not None and task.cancelling():
        # Before Python 3.12 a wait that ends as it is cancelled forgets the cancellation.
        raise asyncio.CancelledError
    if protocol is None:
        raise TransientDeliveryError("DATA: the connection was lost")
    lines = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    try:
        protocol.write(_LINE_START_DOT.sub(b"..", lines) + b".\r\n")
        seconds = _DATA_SECONDS + len(raw) / _BYTES_PER_SECOND
        response = await protocol.read_response(timeout=seconds)
    except (SMTPException, OSError) as error:
        raise UncertainDeliveryError(f"after DATA: {_reason(error)}") from error
    if response.code != _TAKEN:
        raise _refusal("after DATA", SMTPResponseException(response.code, response.message))
    return response.message


def _refusal(
    phase: str, refused: SMTPResponseException
) -> TransientDeliveryError | PermanentDeliveryError:
    """Name phase and codes alone: what servers say quotes addresses."""
    enhanced = _ENHANCED.search(refused.message)
    text = f"{phase}: {refused.code}" + (f" {enhanced[1]}" if enhanced else "")
    if refused.code >= _PERMANENT and refused.code not in _NOT_SIGNED_IN:
        is_gone = _NO_MAILBOX.match(enhanced[1]) if enhanced else refused.code in _NOBODY
        if phase == "RCPT" and is_gone:
            return RecipientGoneError(text)
        return PermanentDeliveryError(text)
    return TransientDeliveryError(text)


def _reason(error: Exception) -> str:
    match error:
        case TokenError():
            return str(error)
        case ssl.SSLCertVerificationError():
            return "the certificate is not trusted"
        case aiosmtplib.SMTPAuthenticationError():
            return f"sign-in refused ({error.code})"
        case SMTPResponseException():
            return f"refused ({error.code})"
        case aiosmtplib.SMTPTimeoutError():
            return "no answer in time"
        case aiosmtplib.SMTPServerDisconnected():
            return "the connection was lost"
        case aiosmtplib.SMTPNotSupported():
            return "the server lacks what is configured (STARTTLS or sign-in)"
        case _:
            return type(error).__name__
