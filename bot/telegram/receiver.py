"""Long polling: what Telegram gives is stored first and acknowledged only then.

aiogram's own polling asks for the next batch, which acknowledges the last, before anything was
handled; a restart then loses questions, and one update it cannot read stops it for good.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final

from bot.status import RoleStatus
from bot.telegram.api import Api, RefusedError, TelegramError
from handlers.deliveries import Backoff
from handlers.domain.channels import Channel
from handlers.domain.messages import Received
from handlers.ports import Clock
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
_POLL_SECONDS: Final = 50
_PATIENCE: Final = 15.0  # on top of the poll, before the connection counts as dead
_BATCH: Final = 100
_KEPT: Final = timedelta(days=1)
_UNAUTHORIZED: Final = frozenset({401, 404})
_CONFLICT: Final = 409

_BACKOFF: Final = Backoff(first=timedelta(seconds=1), longest=timedelta(minutes=1))

Store = Callable[[Sequence[Received]], Awaitable[None]]
"""Keeps messages in one transaction; what is kept already stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Reads the updates of one bot; only one may, so another one's presence is an alarm.

    - No position is kept: without one Telegram gives all that nobody acknowledged, and the inbox
      knows what it has.
    - A disk that is full, or a database that is gone, stops reading before acknowledging.
    """

    api: Api
    store: Store
    clock: Clock
    report: Callable[[RoleStatus], None]
    backoff: Backoff = field(default_factory=lambda: _BACKOFF)
    alarm_pause: timedelta = timedelta(seconds=30)
    poll_seconds: int = _POLL_SECONDS

    async def run(self) -> None:
        """Read until cancelled."""
        offset: int | None = None
        failures = 0
        heard = self.clock.now()
        while True:
            try:
                offset = await self.receive(offset, first=failures > 0 or offset is None)
            except TelegramError as error:
                await self._pause_after(error, failures)
                failures += 1
            except Exception:
                # The edge of a supervised loop: nothing was acknowledged, so nothing is lost.
                logger.exception("updates could not be stored")
                self.report(RoleStatus(ok=False, detail="updates cannot be stored; see the log"))
                await asyncio.sleep(self.backoff.wait(failures).total_seconds())
                failures += 1
            else:
                failures = 0
                heard = self._heard(heard)

    async def receive(self, offset: int | None, *, first: bool = False) -> int | None:
        """Store one batch and return the offset that will acknowledge it.

        The first poll after a silence does not wait, to learn at once whether Telegram answers.
        """
        wait = 0 if first else self.poll_seconds
        parameters: dict[str, object] = {
            "timeout": wait,
            "limit": _BATCH,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if offset is not None:
            parameters["offset"] = offset
        answer = await self.api.call("getUpdates", parameters, seconds=wait + _PATIENCE)
        updates = answer if isinstance(answer, list) else []
        if updates:
            now, source = self.clock.now(), str(self.api.bot_id)
            await self.store([received(update, source, now) for update in updates])
            logger.info("updates stored", extra={"count": len(updates)})
        self.report(RoleStatus(ok=True, detail="polling"))
        numbers = [number for update in updates if (number := _number(update)) is not None]
        # The last, not the greatest: after a quiet week the numbers start anew.
        return numbers[-1] + 1 if numbers else offset or 0

    def _heard(self, before: datetime) -> datetime:
        now = self.clock.now()
        tell_of_gap(before, now)
        return now

    async def _pause_after(self, error: TelegramError, failures: int) -> None:
        code = error.code if isinstance(error, RefusedError) else 0
        pause = self.backoff.wait(failures)
        if code in _UNAUTHORIZED:
            logger.error("token refused", extra={"code": code})
            detail, pause = "Telegram refuses HELPDESK_TELEGRAM_TOKEN", self.alarm_pause
        elif code == _CONFLICT:
            logger.error("another reader of this bot", extra={"error": str(error)})
            detail, pause = f"another program reads this bot: {error}", self.alarm_pause
        else:
            logger.warning("telegram does not answer", extra={"error": str(error)})
            detail = f"Telegram does not answer: {error}"
            if isinstance(error, RefusedError) and error.retry_after is not None:
                pause = timedelta(seconds=error.retry_after)
        self.report(RoleStatus(ok=False, detail=detail))
        await asyncio.sleep(pause.total_seconds())


def tell_of_gap(before: datetime, now: datetime) -> None:
    """Say aloud that something was lost: Telegram keeps an update for a day, and no longer."""
    if now - before > _KEPT:
        hours = int((now - before).total_seconds() // 3600)
        logger.error("updates may be lost, telegram keeps them a day", extra={"hours": hours})


def posted(body: bytes, source: str, now: datetime) -> Received:
    """Wrap what was posted to us; what is no JSON is kept as it is, and shunted when it is read."""
    try:
        return received(json.loads(body), source, now)
    except (ValueError, RecursionError):
        return Received(
            channel=Channel.TELEGRAM,
            source=source,
            external_id=hashlib.sha256(body).hexdigest(),
            lane=None,
            raw=body,
            received_at=now,
        )


def received(update: object, source: str, now: datetime) -> Received:
    """Wrap an update as it came; looking for its chat cannot fail, whatever it is."""
    raw = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    content = raw.encode("utf-8", "surrogatepass")
    number = _number(update)
    return Received(
        channel=Channel.TELEGRAM,
        source=source,
        external_id=str(number) if number is not None else hashlib.sha256(content).hexdigest(),
        lane=_lane(update),
        raw=content,
        received_at=now,
    )


def _number(update: object) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else None


def _lane(update: object) -> str | None:
    """Return the conversation an update belongs to: a chat, or a topic of one.

    A pressed button goes with the messages of its chat, so that neither overtakes the other.
    """
    bodies = update.values() if isinstance(update, dict) else ()
    for body in (body for body in bodies if isinstance(body, dict)):
        pressed = body.get("message")
        message = pressed if isinstance(pressed, dict) else body
        chat = message.get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            topic = message.get("message_thread_id") if message.get("is_topic_message") else None
            return f"{chat['id']}:{topic}" if isinstance(topic, int) else str(chat["id"])
        sender = body.get("from")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return str(sender["id"])
    return None
