"""How fast we may speak: Telegram's limits as token buckets, and its own word when we were wrong.

Telegram publishes about 30 messages a second in all, one a second to a chat and 20 a minute to a
group, edits and new topics included; bots that opened many topics at once were banned.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import field
from typing import Final

from handlers.domain.errors import TransientDeliveryError
from knowledge_base.values import dataclass

_PATIENCE: Final = 3.0
"""Longer waits go back to the outbox: a delivery that waits holds up its whole batch."""

_FORGET_ABOVE: Final = 1000


@dataclass(frozen=True, slots=True)
class Pace:
    """So many a second in the long run, and so many at once after a pause."""

    rate: float
    burst: float


@dataclass(frozen=True, slots=True)
class Quota:
    """So many in any stretch of so many seconds, whenever it begins."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """The pace of everything together, of a private chat, of a group, of new topics in a group."""

    all: Pace = Pace(25, 25)
    private: Pace = Pace(1, 3)
    group: Quota = Quota(18, 60)
    topics: Pace = Pace(1 / 4, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A call that was made so many seconds ago."""

    chat: str
    ago: float
    new_topic: bool = False


@dataclass(slots=True)
class _Bucket:
    pace: Pace
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Return the seconds until one more may go."""
        self.level = min(self.pace.burst, self.level + (now - self.at) * self.pace.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.pace.rate)

    def take(self, _at: float) -> None:
        self.level -= 1

    def is_idle(self, now: float) -> bool:
        self.wait(now)
        return self.level >= self.pace.burst


@dataclass(slots=True)
class _Window:
    quota: Quota
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Return the seconds until one more may go."""
        while self.taken and self.taken[0] <= now - self.quota.seconds:
            self.taken.popleft()
        if len(self.taken) < self.quota.calls:
            return 0.0
        return self.taken[-self.quota.calls] + self.quota.seconds - now

    def take(self, at: float) -> None:
        self.taken.append(at)

    def is_idle(self, now: float) -> bool:
        self.wait(now)
        return not self.taken


@dataclass(slots=True)
class Limits:
    """Holds calls back; `paces` None holds back only what Telegram itself asked for."""

    paces: Paces | None = field(default_factory=Paces)
    now: Callable[[], float] = time.monotonic
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep
    _buckets: dict[str, _Bucket | _Window] = field(default_factory=dict)
    _paused: dict[str, float] = field(default_factory=dict)

    async def turn(self, chat: str, *, new_topic: bool = False) -> None:
        """Wait for the right to make one call in a chat.

        Raises:
            TransientDeliveryError: it would take too long; the call was not made.
        """
        now = self.now()
        buckets = self._of(chat, new_topic=new_topic, now=now)
        waits = [bucket.wait(now) for bucket in buckets]
        wait = max([*waits, self._paused.get(chat, 0.0) - now])
        if wait > _PATIENCE:
            raise TransientDeliveryError("this chat has to wait", retry_after=wait)
        for bucket in buckets:
            bucket.take(now + wait)
        if wait > 0:
            await self.rest(wait)

    def pause(self, chat: str, seconds: float) -> None:
        """Obey Telegram: no call in this chat for so long."""
        now = self.now()
        self._paused = {name: until for name, until in self._paused.items() if until > now}
        self._paused[chat] = now + seconds

    def recall(self, calls: Iterable[Made]) -> None:
        """Go on where another process, or an earlier one, ended: count its calls, oldest first.

        Those of our own that are known here already are among them, so what was known is dropped.
        """
        now = self.now()
        self._buckets.clear()
        for call in calls:
            at = now - max(call.ago, 0.0)
            for bucket in self._of(call.chat, new_topic=call.new_topic, now=at):
                bucket.wait(at)
                bucket.take(at)

    def _of(self, chat: str, *, new_topic: bool, now: float) -> list[_Bucket | _Window]:
        if self.paces is None:
            return []
        is_group = chat.startswith(("-", "@"))
        named: dict[str, Pace | Quota] = {
            "all": self.paces.all,
            f"chat:{chat}": self.paces.group if is_group else self.paces.private,
        }
        if new_topic:
            named[f"topics:{chat}"] = self.paces.topics
        self._forget_idle(now)
        return [self._buckets.setdefault(name, _full(pace, now)) for name, pace in named.items()]

    def _forget_idle(self, now: float) -> None:
        """Drop full buckets: a bucket nobody uses is as good as a new one."""
        if len(self._buckets) < _FORGET_ABOVE:
            return
        self._buckets = {
            name: bucket for name, bucket in self._buckets.items() if not bucket.is_idle(now)
        }


def _full(pace: Pace | Quota, now: float) -> _Bucket | _Window:
    return _Window(pace) if isinstance(pace, Quota) else _Bucket(pace, pace.burst, now)
