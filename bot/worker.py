"""The inbox worker: prepares messages in parallel and files them in small transactions."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.errors import is_of_the_world
from bot.knowledge import Knowledge
from bot.preparing import Preparer, UnreadableError
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.commands import Ask, Command, MailedReply, Receive, SentOutside
from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError
from handlers.domain.messages import Claimed, Finished
from handlers.handling import Handling
from handlers.intake import Receipt
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_BATCH = 20
_POLL = 1.0
_TRIES = 4
_MOST_STEPS = 30
_FIRST_WAIT = timedelta(seconds=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What was claimed, and whether the knowledge base is as the database has it."""

    messages: Sequence[Claimed]
    is_known: bool


_GoOn = Callable[[UnitOfWork], _Claim]
_NOTHING = _Claim((), is_known=True)


def _end(_uow: UnitOfWork) -> _Claim:
    return _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Takes claimed messages to the end of the road.

    - Parsing and ranking happen before the transaction, in parallel.
    - A batch is filed in one transaction. If one message raises, all is rolled back and each half
      is filed by itself, down to the one that keeps failing: it is shunted, whole, and the others
      never notice. Who lost a race to another worker wins the next.
    """

    units: Units
    clock: Clock
    handling: Handling
    knowledge: Knowledge
    preparers: Mapping[Channel, Preparer]
    lease: timedelta
    arrivals: Wakeup
    debts: Wakeup
    stopping: asyncio.Event
    at_once: int = 1

    async def run(self) -> None:
        """Work until told to stop, on at most `at_once` batches at a time.

        The commit that files a batch claims the one that follows it.
        """
        places = asyncio.Semaphore(self.at_once)
        async with asyncio.TaskGroup() as batches:
            while not self.stopping.is_set():
                await places.acquire()
                claim = await self._or_lost(self.units.write(self._claim))
                if claim is not None and claim.messages:
                    batch = batches.create_task(self._or_lost(self._work_on_from(claim)))
                    batch.add_done_callback(lambda _: places.release())
                else:
                    places.release()
                    await self.arrivals.wait(await self._pause())

    async def _or_lost(self, work: Awaitable[T]) -> T | None:
        """Return what comes of the work; nothing on a full disk or a lost database.

        The leases run out then, and the work is found again.
        """
        try:
            return await work
        except* OSError:
            logger.exception("the database cannot be used")
        return None

    async def _pause(self) -> float:
        """Return how long nothing is known to become due."""
        now = self.clock.now()
        try:
            due = await self.units.read(lambda uow: uow.inbox.next_due(after=now))
        except OSError:
            return _POLL
        return _POLL if due is None else min(_POLL, (due - now).total_seconds())

    async def work_off(self) -> int:
        """File batch after batch until none is due, or it is time to stop; count the messages."""
        return await self._work_on_from(await self.units.write(self._claim))

    async def _work_on_from(self, claim: _Claim) -> int:
        worked = 0
        while claim.messages:
            worked += len(claim.messages)
            claim = await self._work(claim)
        return worked

    def _claim(self, uow: UnitOfWork) -> _Claim:
        if self.stopping.is_set():
            return _NOTHING
        claimed = uow.inbox.claim(
            now=self.clock.now(), lease=self.lease, limit=_BATCH, channels=self.preparers
        )
        return _Claim(claimed, is_known=not claimed or self.knowledge.is_current(uow))

    async def _work(self, claim: _Claim) -> _Claim:
        """File what was claimed, and claim what follows in the same transaction."""
        claimed = claim.messages
        if not claim.is_known:
            await asyncio.to_thread(self.knowledge.refresh)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._prepare(message)) for message in claimed]
        ready = [
            (message, command)
            for message, task in zip(claimed, tasks, strict=True)
            if (command := task.result()) is not None
        ]
        # Two workers that meet at the same tickets then change them in the same order.
        following = await self._file(sorted(ready, key=_writer), self._claim)
        if ready:
            self.debts.ring()
        return following

    async def _prepare(self, message: Claimed) -> Command | None:
        try:
            return await self.preparers[message.channel].prepare(message)
        except UnreadableError as unreadable:
            await self._shunt(message, str(unreadable))
        except Exception as error:
            # The edge of a supervised loop: whatever one message does to a parser, the rest go on.
            logger.exception("preparing failed", extra={"inbox": message.id})
            await self._again(message, error)
        return None

    async def _file(self, ready: Sequence[tuple[Claimed, Command]], go_on: _GoOn = _end) -> _Claim:
        def file(uow: UnitOfWork) -> _Claim:
            self._file_all(uow, ready)
            return go_on(uow)

        if not ready:
            return await self.units.write(go_on)
        try:
            return await self.units.write(file)
        except OSError:
            raise
        except Exception as error:
            if len(ready) == 1:
                await self._alone(ready[0][0], error)
            else:
                logger.warning("batch rolled back, filing it in halves", exc_info=error)
                half = len(ready) // 2
                await self._file(ready[:half])
                await self._file(ready[half:])
        return await self.units.write(go_on)

    def _file_all(self, uow: UnitOfWork, ready: Sequence[tuple[Claimed, Command]]) -> None:
        finished: list[Finished] = []
        receipts = self.handling.carry_out_all(uow, [command for _, command in ready])
        for (message, command), receipt in zip(ready, receipts, strict=True):
            finished.append(ending(message, receipt))
            if isinstance(command, Ask | Receive) and command.parts:
                ticket = receipt.ticket.id if receipt.ticket else None
                uow.inbox.gathered(command.parts, outcome=receipt.outcome, ticket=ticket)
        uow.inbox.all_done(finished)

    async def _alone(self, message: Claimed, error: Exception) -> None:
        if isinstance(error, ConflictError):
            logger.info("ticket changed meanwhile, again", extra={"inbox": message.id})
        else:
            logger.error("filing failed", extra={"inbox": message.id}, exc_info=error)
        await self._again(message, error)

    async def _again(self, message: Claimed, error: Exception) -> None:
        name = type(error).__name__
        # A full disk or a race is no fault of the message, which is as good as ever afterwards.
        is_its_fault = not (isinstance(error, ConflictError) or is_of_the_world(error))
        if is_its_fault and message.attempts >= _TRIES:
            await self._shunt(message, f"failed {message.attempts} times: {name}")
            return
        due = self.clock.now() + _FIRST_WAIT * min(message.attempts, _MOST_STEPS)
        await self._give_back(
            message,
            lambda uow: uow.inbox.postpone(message.id, fence=message.fence, due=due, error=name),
        )

    async def _shunt(self, message: Claimed, error: str) -> None:
        logger.error("message shunted", extra={"inbox": message.id})
        await self._give_back(
            message, lambda uow: uow.inbox.shunt(message.id, fence=message.fence, error=error)
        )

    async def _give_back(self, message: Claimed, work: Callable[[UnitOfWork], None]) -> None:
        try:
            await self.units.write(work)
        except ConflictError:
            # The lease ran out meanwhile: whoever has the message now decides.
            logger.warning("lease lost", extra={"inbox": message.id})


def _writer(ready: tuple[Claimed, Command]) -> str:
    """Name who wrote a letter; of all else in a batch each is of another chat."""
    match ready[1]:
        case Receive(message=letter) | MailedReply(message=letter) | SentOutside(message=letter):
            return letter.sender.value if letter.sender else ""
        case _:
            return ""


def finish(uow: UnitOfWork, message: Claimed, receipt: Receipt) -> None:
    """Mark the message done in the transaction that filed it."""
    uow.inbox.all_done([ending(message, receipt)])


def ending(message: Claimed, receipt: Receipt) -> Finished:
    """Say how a message ended; written in the transaction that filed it."""
    return Finished(
        message=message.id,
        fence=message.fence,
        outcome=receipt.outcome,
        reason=receipt.reason,
        ticket=receipt.ticket.id if receipt.ticket else None,
        forget=receipt.forget,
    )
