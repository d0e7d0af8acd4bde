"""Webhook delivery with the habits of the real server's `WebhookActor.cpp`.

- Updates of one lane (a chat; a person's clicks) go one after the other; the next only after a
  2xx. Lanes do not wait for each other, so a click overtakes a message.
- The first repetition is immediate, then 2, 4, 8 ... seconds up to a minute; `Retry-After` is
  obeyed up to an hour; an update that would come too late is dropped.
- A method named in the answer is done, unless it reads or sets the webhook.

The real server insists on https; this one also takes plain http, for there is no network between.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook
from aiogram.types import WebhookInfo
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from tests.telegram_emulator import errors
from tests.telegram_emulator.clock import Clock
from tests.telegram_emulator.errors import ApiError
from tests.telegram_emulator.schema import Handlers, JsonObject
from tests.telegram_emulator.updates import Queued, Updates

_SECRET_LENGTH = 256
_LONGEST_WAIT = 60.0
_LONGEST_RETRY_AFTER = 3600
_ANSWER_SECONDS = 60
_GONE_SECONDS = 23 * 3600
_GONE = 410
_CONNECTIONS = 40
_REFUSED_ANSWERS = ("setwebhook", "deletewebhook", "close", "logout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where updates go."""

    url: str
    secret: str
    connections: int


@dataclass(slots=True)
class _Retry:
    """How often an update failed, and when it is tried again."""

    fails: int = 0
    delay: float = 1.0
    at: float = 0.0


class Webhook:
    """Answers the webhook methods and delivers while `run` runs."""

    def __init__(
        self,
        updates: Updates,
        clock: Clock,
        execute: Callable[[str, JsonObject], Awaitable[object]],
        changed: Callable[[], None],
    ) -> None:
        self.target: Target | None = None
        self._updates = updates
        self._clock = clock
        self._execute = execute
        self._changed = changed
        self._retries: dict[int, _Retry] = {}
        self._flying: dict[int, Queued] = {}
        self._error: tuple[int, str] | None = None
        self._gone_since: float | None = None
        self._settable_at = 0.0

    @property
    def handlers(self) -> Handlers:
        return {SetWebhook: self.set, DeleteWebhook: self.delete, GetWebhookInfo: self.info}

    def set(self, call: SetWebhook) -> bool:
        if not call.url:
            self._close(drop=bool(call.drop_pending_updates))
            return True
        now = self._clock.now()
        if now < self._settable_at:
            raise ApiError(errors.TOO_MANY_REQUESTS, retry_after=1, after=1)
        self._settable_at = now + 1
        self.target = _target(call)
        self._updates.allow(call.allowed_updates)
        if call.drop_pending_updates:
            self._updates.clear()
        self._retries.clear()
        self._error = None
        self._updates.webhook_active = True
        self._updates.end_poll(errors.OTHER_SET_WEBHOOK)
        return True

    def delete(self, call: DeleteWebhook) -> bool:
        self._close(drop=bool(call.drop_pending_updates))
        return True

    def info(self, _: GetWebhookInfo) -> WebhookInfo:
        target = self.target
        return WebhookInfo.model_validate(
            {
                "url": target.url if target else "",
                "has_custom_certificate": False,
                "pending_update_count": len(self._updates.due()),
                "ip_address": "127.0.0.1" if target else None,
                "max_connections": target.connections if target else None,
                "allowed_updates": self._updates.allowed,
                "last_error_date": self._error[0] if self._error else None,
                "last_error_message": self._error[1] if self._error else None,
            }
        )

    async def run(self) -> None:
        """Deliver until cancelled."""
        timeout = ClientTimeout(total=_ANSWER_SECONDS)
        async with ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
            while True:
                ready = next(self._ready(), None)
                if ready is None:
                    await self._clock.until(
                        lambda: next(self._ready(), None) is not None, deadline=self._next_time()
                    )
                    continue
                self._flying[ready.id] = ready
                group.create_task(self._deliver(session, ready))

    def _ready(self) -> Iterator[Queued]:
        if self.target is None or len(self._flying) >= self.target.connections:
            return
        now = self._clock.now()
        yield from (head for head in self._heads() if self._time(head) <= now)

    def _heads(self) -> Iterator[Queued]:
        """Yield the first update of each lane nobody is busy with."""
        busy = {queued.lane for queued in self._flying.values() if queued.lane}
        for queued in self._updates.due():
            if queued.id not in self._flying and queued.lane not in busy:
                yield queued
            if queued.lane:
                busy.add(queued.lane)

    def _time(self, queued: Queued) -> float:
        retry = self._retries.get(queued.id)
        return retry.at if retry else 0.0

    def _next_time(self) -> float:
        times = [self._time(head) for head in self._heads()] if self.target else []
        return min(times, default=self._clock.now() + _LONGEST_WAIT)

    async def _deliver(self, session: ClientSession, queued: Queued) -> None:
        target = self.target
        if target is None:
            return
        headers = {"X-Telegram-Bot-Api-Secret-Token": target.secret} if target.secret else {}
        try:
            async with session.post(target.url, json=queued.json, headers=headers) as response:
                await self._answered(queued, response)
        except (ClientError, TimeoutError):
            self._failed(queued, "Connection failed", 0)
        finally:
            del self._flying[queued.id]
            self._changed()

    async def _answered(self, queued: Queued, response: ClientResponse) -> None:
        if not response.ok:
            self._watch_gone(response.status)
            reason = f"Wrong response from the webhook: {response.status} {response.reason}"
            self._failed(queued, reason, _seconds(response.headers.get("Retry-After", "")))
            return
        self._gone_since = None
        self._retries.pop(queued.id, None)
        self._updates.confirm(queued)
        arguments = _method_call(await response.text(), response.content_type)
        method = str(arguments.pop("method", "")).lower()
        if method and not method.startswith("get") and method not in _REFUSED_ANSWERS:
            await self._execute(method, arguments)

    def _failed(self, queued: Queued, reason: str, retry_after: int) -> None:
        now = self._clock.now()
        self._error = (int(now), reason)
        retry = self._retries.setdefault(queued.id, _Retry())
        wait = float(min(retry_after, _LONGEST_RETRY_AFTER))
        if not wait and retry.fails:
            retry.delay = min(_LONGEST_WAIT, retry.delay * 2)
            wait = retry.delay
        if now + wait > queued.expires_at:
            self._updates.confirm(queued)
            return
        retry.fails += 1
        retry.at = now + wait

    def _watch_gone(self, status: int) -> None:
        now = self._clock.now()
        if status != _GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now > self._gone_since + _GONE_SECONDS:
            self._close(drop=False)

    def _close(self, *, drop: bool) -> None:
        self.target = None
        self._error = None
        self._gone_since = None
        self._retries.clear()
        self._updates.webhook_active = False
        if drop:
            self._updates.clear()


def _target(call: SetWebhook) -> Target:
    address = urlsplit(call.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ApiError(errors.WEBHOOK_URL)
    secret = call.secret_token or ""
    if len(secret) > _SECRET_LENGTH:
        raise ApiError(errors.SECRET_TOO_LONG)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise ApiError(errors.SECRET_CHARACTERS)
    connections = min(max(call.max_connections or _CONNECTIONS, 1), 100)
    return Target(url=call.url, secret=secret, connections=connections)


def _seconds(header: str) -> int:
    return int(header) if header.isdecimal() else 0


def _method_call(body: str, content_type: str) -> JsonObject:
    if content_type == "application/json":
        try:
            parsed = json.loads(body or "{}")
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}
    return dict(parse_qsl(body))
