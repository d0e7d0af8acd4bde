"""An SMTP server and the connections to it: opened, signed in, kept for a while, given up.

Encryption is never chosen silently: what was configured is used.
"""

import asyncio
from contextlib import suppress
from dataclasses import field
from pathlib import Path

import aiosmtplib
from aiosmtplib import SMTP, SMTPException

from bot.email.oauth import AccessTokens, TokenError
from bot.email.smtp_letter import Letter, StaleError, announce, hand_over, reason_of
from bot.email.smtp_wire import Wire
from bot.email.tls import Tls, client_context
from handlers.domain.errors import ChannelDownError, PermanentDeliveryError
from knowledge_base.values import dataclass

_SECONDS = 30.0
_KEPT_SECONDS = 120.0
_GOODBYE_SECONDS = 2.0


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
    """One server, and a few connections to it.

    A mail takes a free connection or opens one more; each is kept for two minutes after its last
    mail. Where the server takes no more of them, mails wait for those it took.
    """

    def __init__(self, account: SmtpAccount, *, connections: int = 1) -> None:
        self.connections = connections
        self._account = account
        self._turns = asyncio.Semaphore(connections)
        self._refused = 0
        self._busy = 0
        self._free: list[Wire] = []

    async def send(self, *, sender: str, recipient: str, raw: bytes, archive: str = "") -> str:
        """Hand the mail over and return what the server said; `sender` may be empty (`<>`).

        `archive` gets the mail as well, in the same transaction: both get it or nobody does.
        If cancelled, the socket is closed: half-way through DATA the outcome is unknown.

        Raises:
            TransientDeliveryError: surely not taken; later it may be.
            PermanentDeliveryError: surely not taken, and it never will be.
            UncertainDeliveryError: handed over, but no answer came.
        """
        letter = Letter(sender=sender, recipient=recipient, archive=archive, raw=raw)
        async with self._turns:
            self._busy += 1
            try:
                while self._free:
                    with suppress(StaleError):
                        return await self._send_by(self._kept(), letter, is_kept=True)
                return await self._send_by(await self._another(), letter)
            finally:
                self._busy -= 1
                self._forget_refusals()

    async def close(self) -> None:
        """Say goodbye if that is quick."""
        while self._free:
            wire = self._kept()
            with suppress(SMTPException):
                wire.say(b"QUIT")
                await wire.reply(_GOODBYE_SECONDS)
            wire.close()

    async def _send_by(self, wire: Wire, letter: Letter, *, is_kept: bool = False) -> str:
        keep = False
        try:
            await announce(wire, letter, is_kept=is_kept)
            said = await hand_over(wire, letter.raw)
            keep = True
        except PermanentDeliveryError:
            keep = True
            raise
        finally:
            # Out of step, closing or cancelled: the next mail starts on a new connection.
            if keep and wire.is_in_step:
                loop = asyncio.get_running_loop()
                wire.farewell = loop.call_later(_KEPT_SECONDS, self._part, wire)
                self._free.append(wire)
            else:
                wire.close()
        return said

    def _kept(self) -> Wire:
        wire = self._free.pop()
        if wire.farewell is not None:
            wire.farewell.cancel()
        return wire

    def _part(self, wire: Wire) -> None:
        self._free.remove(wire)
        wire.close()
        self._forget_refusals()

    async def _another(self) -> Wire:
        """Open one more connection, or wait for another mail's if the server takes no more."""
        try:
            return Wire(await self._connected())
        except ChannelDownError:
            if self._busy > 1:
                await self._give_way()
            if not self._free:
                raise
        return self._kept()

    async def _give_way(self) -> None:
        """Wait for another mail's turn and keep both: so many fewer go on at once."""
        self._busy -= 1
        try:
            await self._turns.acquire()
            self._refused += 1
        finally:
            self._busy += 1

    def _forget_refusals(self) -> None:
        """Once all connections are gone the server may take more again."""
        if not self._busy and not self._free:
            for _ in range(self._refused):
                self._turns.release()
            self._refused = 0

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
            raise ChannelDownError(f"{where}: {reason_of(error)}") from error
        except BaseException:
            client.close()
            raise
        return client


async def _present_token(client: SMTP, user: str, tokens: AccessTokens) -> None:
    try:
        await client.auth_xoauth2(user, await tokens.get())
    except aiosmtplib.SMTPAuthenticationError:
        tokens.forget()
        raise
