"""The outbox relay, which alone sends, and the Transport port it owns."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import timedelta
from functools import partial
from typing import Protocol

from bot.marks import Marks
from bot.rights import Held, Right
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.deliveries import Deliveries
from handlers.domain.channels import Channel
from handlers.domain.errors import (
    ChannelDownError,
    ConflictError,
    DeliveryError,
    UncertainDeliveryError,
)
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Outgoing, Rendered, Taken
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_BATCH = 20
_POLL = 1.0


class Transport(Protocol):
    """Puts a message into a channel."""

    @property
    def at_once(self) -> int:
        """How many messages may be under way at the same time."""
        ...

    def render(self, message: Outgoing) -> Rendered:
        """Write the message down as the bytes that will be handed over.

        Where there are files to read, it runs in a thread.

        Raises:
            PermanentDeliveryError: it can never be rendered.
        """
        ...

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        """Hand the rendered message over and return how the channel knows it.

        Raises:
            TransientDeliveryError: surely not taken; the same message may be accepted later.
            PermanentDeliveryError: surely not taken, and it never will be.
            UncertainDeliveryError: nobody can tell.
        """
        ...

    async def delivered(self, rendered: Rendered) -> None:
        """Do what is left to do once the delivery is on record; never raises."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Archive(Protocol):
    """Holds a copy of all that a channel took, so that an unknown outcome can be looked up."""

    async def holds(self, external_id: str) -> bool:
        """Tell whether the message was taken.

        Raises:
            UncertainDeliveryError: the archive cannot be asked now.
        """
        ...


class Report(Protocol):
    """Is told whether a channel takes anything at all, as far as the last try tells."""

    def __call__(self, channel: Channel, /, *, is_up: bool) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What was claimed, with the right to send it; ours until a moment of the monotonic clock."""

    messages: Sequence[Outgoing]
    held: Held | None
    until: float


@dataclass(slots=True, kw_only=True)
class _Sending:
    """A batch on its way, with room for so many at a time."""

    transport: Transport
    marks: Marks
    ours: asyncio.Timeout
    ready: asyncio.Semaphore
    turn: asyncio.Semaphore


def _is_over(ours: asyncio.Timeout) -> bool:
    """Say whether the leases are over: after a freeze, before the loop had time to tell."""
    until = ours.when()
    return ours.expired() or until is None or until <= time.monotonic()


def _ignore(_channel: Channel, *, is_up: bool) -> None:
    del is_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Claims debts, renders each once, commits `sending`, and only then calls the channel.

    - Channels do not wait for each other: a mail server that hangs delays no Telegram answer.
    - A lease is renewed for as long as its delivery takes; one found lapsed was left by a process
      that died, and its outcome is unknown.
    - Where it cannot be renewed in time, as by a process cut off from the database, what is under
      way is given up: nothing leaves after another process may have begun.
    - What is in doubt is looked up in the channel's archive, where it has one, before a repeat.
    - A channel whose limits count all processes together is sent to by whoever has its `Right`.
    - A stop lets deliveries under way finish and hands the others back; what is cut stays
      `sending` and is found by the next start.
    """

    units: Units
    clock: Clock
    deliveries: Deliveries
    transports: Mapping[Channel, Transport]
    lease: timedelta
    wakeup: Wakeup
    stopping: asyncio.Event
    archives: Mapping[Channel, Archive] = field(default_factory=dict)
    rights: Mapping[Channel, Right] = field(default_factory=dict)
    report: Report = _ignore

    async def run(self) -> None:
        """Relay until told to stop."""
        async with asyncio.TaskGroup() as group:
            for channel in self.transports:
                group.create_task(self._serve(channel), name=f"relay {channel}")

    async def relay_once(self, channel: Channel) -> int:
        """Deliver one batch of a channel and return how many messages were in it."""
        right = self.rights.get(channel)
        batch = await self.units.write(partial(self._claim, channel=channel, right=right))
        if right is not None:
            right.taken(batch.held, self.clock.now())
        await self._send_all(self.transports[channel], batch, right)
        return len(batch.messages)

    async def _serve(self, channel: Channel) -> None:
        while not self.stopping.is_set():
            sent = 0
            try:
                sent = await self.relay_once(channel)
            except* OSError:
                # A full disk or a lost database; leases run out and the debts are found again.
                logger.exception("the database cannot be used")
            except* ConflictError:
                logger.info("another process was faster")
            if not sent:
                await self.wakeup.wait(_POLL)
        if (right := self.rights.get(channel)) is not None:
            with suppress(OSError):
                await self.units.write(right.release)

    def _claim(self, uow: UnitOfWork, *, channel: Channel, right: Right | None) -> _Batch:
        self.deliveries.lapsed(uow)
        now, until = self.clock.now(), time.monotonic() + self._lease(right)
        held = right.take(uow, now) if right is not None else None
        if right is not None and held is None:
            return _Batch(messages=(), held=None, until=until)
        claimed = uow.outbox.claim(now=now, lease=self.lease, limit=_BATCH, channels=[channel])
        return _Batch(messages=claimed, held=held, until=until)

    async def _send_all(self, transport: Transport, batch: _Batch, right: Right | None) -> None:
        if not batch.messages:
            return
        waiting = {message.id: message.fence for message in batch.messages}
        room = transport.at_once

        async def send(message: Outgoing, sending: _Sending) -> None:
            async with sending.ready:
                await self._send(message, sending)
            del waiting[message.id]

        try:
            async with asyncio.timeout_at(batch.until) as ours, asyncio.TaskGroup() as group:
                renewing = group.create_task(self._renew(waiting, right, ours))
                sending = _Sending(
                    transport=transport,
                    marks=Marks(self.units, self.deliveries),
                    ours=ours,
                    # As many more are made ready meanwhile: their beginnings are written with the
                    # outcomes of the others.
                    ready=asyncio.Semaphore(2 * room),
                    turn=asyncio.Semaphore(room),
                )
                async with asyncio.TaskGroup() as tasks:
                    for message in batch.messages:
                        tasks.create_task(send(message, sending))
                renewing.cancel()
        except TimeoutError:
            # Another process may have them by now; what had begun is in doubt, for it to settle.
            logger.warning("leases ended unanswered", extra={"outbox": sorted(waiting)})

    async def _renew(
        self, waiting: Mapping[OutboxId, int], right: Right | None, ours: asyncio.Timeout
    ) -> None:
        lease = self._lease(right)
        while True:
            await asyncio.sleep(lease / 3)
            until = time.monotonic() + lease
            hold = partial(self._hold, waiting=dict(waiting), right=right)
            held = await self.units.write(hold)
            if _is_over(ours):
                return
            ours.reschedule(until)
            if right is not None:
                right.taken(held, self.clock.now())

    def _lease(self, right: Right | None) -> float:
        lease = self.lease if right is None else min(self.lease, right.lease)
        return lease.total_seconds()

    def _hold(
        self, uow: UnitOfWork, *, waiting: Mapping[OutboxId, int], right: Right | None
    ) -> Held | None:
        now = self.clock.now()
        uow.outbox.renew(waiting, until=now + self.lease)
        return right.take(uow, now) if right is not None else None

    async def _send(self, message: Outgoing, sending: _Sending) -> None:
        transport, marks = sending.transport, sending.marks
        try:
            rendered = await self._rendered(transport, message)
            async with sending.turn:
                if self.stopping.is_set():
                    await marks.released(message)
                    return
                if (taken_as := await self._taken(message)) is not None:
                    await marks.arrived(message, Taken(taken_as))
                    logger.info("doubt settled, it was taken", extra={"outbox": message.id})
                    return
                await self._begin(message, rendered, sending)
                with marks.calling():
                    taken = await transport.deliver(message, rendered)
            await marks.arrived(message, taken)
        except ConflictError:
            logger.warning("lease lost", extra={"outbox": message.id})
        except DeliveryError as error:
            if not isinstance(error, UncertainDeliveryError):
                self.report(message.channel, is_up=not isinstance(error, ChannelDownError))
            await self._failed(message, error, marks)
        except OSError:
            raise
        except Exception:
            # The edge of a supervised loop: a bug in one transport must not stop the others.
            logger.exception("delivery broke", extra={"outbox": message.id})
            doubt = UncertainDeliveryError("the transport broke; see the log")
            await self._failed(message, doubt, marks)
        else:
            logger.info(
                "message delivered", extra={"outbox": message.id, "channel": message.channel.value}
            )
            self.report(message.channel, is_up=True)
            await transport.delivered(rendered)

    async def _begin(self, message: Outgoing, rendered: Rendered, sending: _Sending) -> None:
        """Put `sending` on record; not a byte leaves before that, nor after the lease."""
        await sending.marks.begun(message, rendered)
        if _is_over(sending.ours):
            raise ConflictError("lease-lost")

    async def _taken(self, message: Outgoing) -> str | None:
        """Return the id under which the archive holds a message in doubt; None = send it."""
        archive = self.archives.get(message.channel)
        if archive is None or not message.doubts or message.external_id is None:
            return None
        return message.external_id if await archive.holds(message.external_id) else None

    async def _rendered(self, transport: Transport, message: Outgoing) -> Rendered:
        """Return the bytes to be sent, the same at every try."""
        if message.rendered is not None:
            return Rendered(content=message.rendered, external_id=message.external_id)
        if message.attachments:
            return await asyncio.to_thread(transport.render, message)
        # Words alone take less time than the way into a thread and back.
        return transport.render(message)

    async def _failed(self, message: Outgoing, error: DeliveryError, marks: Marks) -> None:
        try:
            state = await marks.failed(message, error)
        except ConflictError:
            # Whoever has the lease now settles it; nobody else's message waits for that.
            logger.warning("lease lost", extra={"outbox": message.id})
            return
        logger.warning(
            "message not delivered",
            extra={"outbox": message.id, "state": state, "error": type(error).__name__},
        )
