"""What becomes of the deliveries of a batch, put on record for many of them by one commit."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import cast

from bot.units import Units
from handlers.deliveries import Deliveries
from handlers.domain.errors import DeliveryError
from handlers.domain.outgoing import Arrived, Begun, OutboxState, Outgoing, Rendered, Taken
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class _Failed:
    message: Outgoing
    error: DeliveryError


@dataclass(frozen=True, slots=True)
class _Released:
    message: Outgoing


_Mark = Begun | Arrived | _Failed | _Released


@dataclass(slots=True)
class Marks:
    """Writes the marks of a batch; each is told once it is committed.

    While a channel is being called, a commit waits a moment for that outcome too. So with several
    connections their letters go in step: the outcomes of some and the beginnings of the next are
    one commit.

    Every mark raises `ConflictError` when the lease was lost, for that message alone.
    """

    units: Units
    deliveries: Deliveries
    _write: Callable[[_Mark], Awaitable[object]] = field(init=False)
    _calls: int = 0

    def __post_init__(self) -> None:
        self._write = self.units.jointly(self._write_all, expects_more=lambda: self._calls > 0)

    @contextmanager
    def calling(self) -> Iterator[None]:
        """Say that a channel is being called: an outcome is about to be known."""
        self._calls += 1
        try:
            yield
        finally:
            self._calls -= 1

    async def begun(self, message: Outgoing, rendered: Rendered) -> None:
        await self._write(Begun(message, rendered))

    async def arrived(self, message: Outgoing, taken: Taken) -> None:
        await self._write(Arrived(message, taken))

    async def failed(self, message: Outgoing, error: DeliveryError) -> OutboxState:
        """Return the state the message is in now."""
        return cast("OutboxState", await self._write(_Failed(message, error)))

    async def released(self, message: Outgoing) -> None:
        await self._write(_Released(message))

    def _write_all(self, uow: UnitOfWork, marks: Sequence[_Mark]) -> Sequence[object]:
        uow.outbox.sending([mark for mark in marks if isinstance(mark, Begun)])
        self.deliveries.all_delivered(uow, [mark for mark in marks if isinstance(mark, Arrived)])
        return [self._write_apart(uow, mark) for mark in marks]

    def _write_apart(self, uow: UnitOfWork, mark: _Mark) -> OutboxState | None:
        match mark:
            case _Failed(message, error):
                return self.deliveries.failed(uow, message, error)
            case _Released(message):
                uow.outbox.release(message.id, fence=message.fence)
                return None
            case Begun() | Arrived():
                return None
