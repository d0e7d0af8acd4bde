"""Webhook: Telegram brings updates itself; each is kept before it is acknowledged.

Telegram sends the next update of a chat only after a 2xx: what cannot be kept now is refused with
503 and comes again; what nobody can read is kept as well, for a person, and holds up no chat.
"""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import field
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from bot.status import RoleStatus
from bot.telegram.api import Api, RefusedError, TelegramError
from bot.telegram.receiver import ALLOWED_UPDATES, Store, posted
from handlers.deliveries import Backoff
from handlers.domain.messages import Received
from handlers.ports import Clock
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
HEADER: Final = "x-telegram-bot-api-secret-token"
PATH: Final = "/telegram/webhook"
_BACKOFF: Final = Backoff(first=timedelta(seconds=1), longest=timedelta(minutes=1))


def secret_of(token: str) -> str:
    """Derive what only Telegram and we know from the token, which it does not give away."""
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


@dataclass(slots=True, kw_only=True)
class WebhookDoor:
    """Takes posted updates.

    - The secret is compared as bytes: a header may hold anything.
    - While one transaction is being committed, the next updates gather for a common one.
    """

    secret: str
    source: str
    store: Store
    clock: Clock
    _waiting: list[tuple[Received, asyncio.Future[None]]] = field(default_factory=list)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, body: bytes, secret: str) -> int:
        """Keep one update and return the HTTP status to answer with."""
        if not hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), self.secret.encode()):
            return HTTPStatus.FORBIDDEN
        try:
            await self._keep(posted(body, self.source, self.clock.now()))
        except Exception:
            # The edge of a supervised loop: nothing was acknowledged, so Telegram comes again.
            logger.exception("an update could not be stored")
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK

    async def _keep(self, message: Received) -> None:
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((message, kept))
        async with self._busy:
            if not kept.done():
                await self._commit()
        await kept

    async def _commit(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            await self.store([message for message, _ in batch])
        except BaseException as error:
            for _, kept in batch:
                if not kept.done():
                    kept.set_exception(error if isinstance(error, Exception) else OSError("ended"))
                    kept.exception()  # seen: whoever posted may be gone
            raise
        for _, kept in batch:
            if not kept.done():
                kept.set_result(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Tells Telegram where updates are to be brought; repeated until it has heard."""

    api: Api
    url: str
    secret: str
    report: Callable[[RoleStatus], None]
    backoff: Backoff = field(default_factory=lambda: _BACKOFF)

    async def run(self) -> None:
        """Set the webhook, then stay until cancelled."""
        parameters = {
            "url": self.url,
            "secret_token": self.secret,
            "allowed_updates": ALLOWED_UPDATES,
        }
        await persist(
            lambda: self.api.call("setWebhook", parameters),
            report=self.report,
            backoff=self.backoff,
        )
        self.report(RoleStatus(ok=True, detail="webhook"))
        await asyncio.Event().wait()


async def persist(
    call: Callable[[], Awaitable[object]],
    *,
    report: Callable[[RoleStatus], None],
    backoff: Backoff = _BACKOFF,
) -> None:
    """Make a call until Telegram has done it."""
    failures = 0
    while True:
        try:
            await call()
        except TelegramError as error:
            report(RoleStatus(ok=False, detail=f"Telegram does not answer: {error}"))
            pause = backoff.wait(failures)
            if isinstance(error, RefusedError) and error.retry_after is not None:
                pause = timedelta(seconds=error.retry_after)
            await asyncio.sleep(pause.total_seconds())
            failures += 1
        else:
            return
