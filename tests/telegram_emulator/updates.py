"""Updates on their way to the bot: the queue, and getUpdates with the real server's habits."""

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aiogram.methods import GetUpdates
from aiogram.types import TelegramObject

from tests.telegram_emulator import errors
from tests.telegram_emulator.clock import Clock, Pulse
from tests.telegram_emulator.errors import ApiError, Refusal
from tests.telegram_emulator.schema import JsonObject, check_update, dump

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
_ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}
_ANSWER_BYTES = 1 << 22
_LONGEST_POLL = 50
_BATCH = 100
_FUTURE = 10
_CONFLICT_DELAY = 3.0
WEEK = 7 * 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """An update nobody confirmed yet."""

    id: int
    kind: str
    body: object
    lane: int
    expires_at: float
    repeated: bool = False  # given once more, whatever the bot has confirmed

    @property
    def json(self) -> JsonObject:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The bot's queue of updates."""

    def __init__(self, clock: Clock, pulse: Pulse, *, first_id: int) -> None:
        self.pending: list[Queued] = []
        self.given: list[int] = []
        self.delivered: deque[Queued] = deque(maxlen=1000)
        self.webhook_active = False
        self._allowed: set[str] | None = None  # None: all but those one must ask for
        self._clock = clock
        self._pulse = pulse
        self._tail = first_id
        self._to_swallow = 0
        self._poll = 0
        self._ended: Refusal | None = None
        self._previous = (0, -60.0)
        self._conflict_free_at = 0.0

    @property
    def allowed(self) -> list[str] | None:
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember the asked kinds; nothing asked keeps what was, an empty list is the default."""
        if kinds is None:
            return
        self._allowed = {kind.lower() for kind in kinds} or None

    def add(self, kind: str, body: TelegramObject, *, lane: int, life: float) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        wanted = kind not in _ASKED_FOR if self._allowed is None else kind in self._allowed
        if not wanted:
            return
        queued = self._push(kind, dump(body), lane=lane, life=life)
        check_update(queued.json)

    def add_raw(self, kind: str, body: object, *, lane: int = 0, life: float = 86400) -> int:
        """Queue what aiogram may be unable to read; return its id."""
        return self._push(kind, body, lane=lane, life=life).id

    def again(self, update_id: int) -> None:
        """Deliver an update, confirmed or not, once more under its own id."""
        known = [*self.delivered, *self.pending]
        found = next(queued for queued in reversed(known) if queued.id == update_id)
        self.pending.append(replace(found, repeated=True))
        self._pulse.beat()

    def swallow(self, number: int = 1) -> None:
        """Lose the next updates, as Telegram does now and then."""
        self._to_swallow += number

    def reverse(self) -> None:
        """Deliver what waits in the opposite order, keeping each update's id."""
        self.pending.reverse()

    def quiet_week(self) -> None:
        """Let a week pass without updates: ids start anew, this time below the last."""
        self._clock.advance(WEEK)
        self._expire()
        self._tail = self._tail // 2 + 1

    def clear(self) -> None:
        self.pending.clear()

    def confirm(self, queued: Queued) -> None:
        """Forget an update the webhook took."""
        if queued in self.pending:
            self.pending.remove(queued)
            self.delivered.append(queued)
            self._pulse.beat()

    def due(self) -> list[Queued]:
        self._expire()
        return list(self.pending)

    def end_poll(self, refusal: Refusal) -> None:
        """End the waiting getUpdates, if any, with a conflict."""
        self._ended = refusal
        self._poll += 1
        self._pulse.beat()

    async def get(self, call: GetUpdates) -> list[JsonObject]:
        """Answer getUpdates as `process_get_updates_query` and `do_get_updates` do.

        Raises:
            ApiError: a webhook is set, or another getUpdates came.
        """
        if self.webhook_active:
            raise await self._conflict(errors.WEBHOOK_ACTIVE)
        offset = call.offset or 0
        limit = min(max(_BATCH if call.limit is None else call.limit, 1), _BATCH)
        timeout = min(max(call.timeout or 0, 0), _LONGEST_POLL)
        self.allow(call.allowed_updates)
        limit, timeout = self._slowed(offset, limit, timeout)
        batch = self._read(offset, limit)
        if batch or not timeout:
            return batch
        self.end_poll(errors.OTHER_GET_UPDATES)
        mine = self._poll
        await self._clock.until(
            lambda: self._poll != mine or bool(self.due()),
            deadline=self._clock.now() + timeout,
        )
        if self._poll != mine:
            raise await self._conflict(self._ended or errors.OTHER_GET_UPDATES)
        return self._read(offset, limit)

    def _slowed(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        """Slow a bot down that asks for the same again and again."""
        before, at = self._previous
        now = self._clock.now()
        self._previous = (offset, now)
        if offset != before:
            return limit, timeout
        if now < at + 0.5:
            limit = 1
        if now < at + 3.0:
            timeout = max(timeout, 3)
        return limit, timeout

    def _read(self, offset: int, limit: int) -> list[JsonObject]:
        if offset < 0:
            kept = self.pending[offset:]
            self.delivered.extend(self.pending[: len(self.pending) - len(kept)])
            self.pending = kept
        elif 0 < offset <= self._tail + _FUTURE:
            confirmed = [q for q in self.pending if q.id < offset and not q.repeated]
            self.delivered.extend(confirmed)
            self.pending = [queued for queued in self.pending if queued not in confirmed]
        answer: list[JsonObject] = []
        left = _ANSWER_BYTES
        for queued in self.due()[:limit]:
            left -= 50 + len(json.dumps(queued.body, ensure_ascii=False).encode())
            if left <= 0:
                break
            answer.append(queued.json)
            if queued.repeated:
                self.pending.remove(queued)
        return answer

    async def _conflict(self, refusal: Refusal) -> ApiError:
        now = self._clock.now()
        if now < self._conflict_free_at:
            await self._clock.sleep(_CONFLICT_DELAY)
        else:
            self._conflict_free_at = now + _CONFLICT_DELAY
        return ApiError(refusal)

    def _push(self, kind: str, body: object, *, lane: int, life: float) -> Queued:
        queued = Queued(
            id=self._tail, kind=kind, body=body, lane=lane, expires_at=self._clock.now() + life
        )
        self.given.append(queued.id)
        self._tail += 1
        if self._to_swallow:
            self._to_swallow -= 1
            return queued
        self.pending.append(queued)
        self._pulse.beat()
        return queued

    def _expire(self) -> None:
        now = self._clock.now()
        self.pending = [queued for queued in self.pending if queued.expires_at > now]
