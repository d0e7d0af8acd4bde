"""The right to send on a channel, held by one process at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from handlers.domain.channels import Channel
from handlers.domain.outgoing import Tried
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The right is ours until a moment; `lately` is told only to who has just taken it."""

    until: datetime
    lately: Sequence[Tried] | None


@dataclass(slots=True, kw_only=True)
class Right:
    """A channel whose limits count all processes together is sent to by one of them.

    Who takes the right, first or from another, begins with what went out during `memory`, so that
    the limits go on where they stood. `until` is what we know to be committed.
    """

    channel: Channel
    holder: str
    lease: timedelta
    memory: timedelta
    begin: Callable[[Sequence[Tried], datetime], None]
    until: datetime | None = None

    def take(self, uow: UnitOfWork, now: datetime) -> Held | None:
        """Take the right, or hold it on; None = another process has it."""
        if self.until is not None and self.lease * 2 / 3 < self.until - now <= self.lease:
            return Held(until=self.until, lately=None)
        if not uow.leases.acquire(self._name, holder=self.holder, now=now, lease=self.lease):
            return None
        if self.until is not None and now < self.until:
            return Held(until=now + self.lease, lately=None)
        lately = uow.outbox.tried_since(now - self.memory, channel=self.channel)
        return Held(until=now + self.lease, lately=lately)

    def taken(self, held: Held | None, now: datetime) -> None:
        """Remember what was committed."""
        self.until = held.until if held else None
        if held is not None and held.lately is not None:
            self.begin(held.lately, now)

    def release(self, uow: UnitOfWork) -> None:
        """Let another process send at once."""
        uow.leases.release(self._name, holder=self.holder)

    @property
    def _name(self) -> str:
        return f"sending:{self.channel}"
