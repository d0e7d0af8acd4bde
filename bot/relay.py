"""The outbox relay, which alone sends, and the Transport port it owns."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.units import Units
from bot.wakeup import Wakeup
from handlers.deliveries import Deliveries
from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, DeliveryError, UncertainDeliveryError
from handlers.domain.outgoing import Outgoing, Rendered
from handlers.ports import Clock

logger = logging.getLogger(__name__)
_BATCH = 20
_POLL = 1.0


class Transport(Protocol):
    """Puts a message into a channel."""

    def render(self, message: Outgoing) -> Rendered:
        """Write the message down as the bytes that will be handed over; runs in a thread.

        Raises:
            PermanentDeliveryError: it can never be rendered.
        """
        ...

    async def deliver(self, message: Outgoing, rendered: Rendered) -> str:
        """Hand the rendered message over and return the channel's identifier for it.

        Raises:
            TransientDeliveryError: surely not taken; the same message may be accepted later.
            PermanentDeliveryError: surely not taken, and it never will be.
            UncertainDeliveryError: nobody can tell.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Claims debts, renders each once, commits `sending`, and only then calls the channel.

    A stop lets deliveries under way finish; what is cut stays `sending` and is found by the next
    start, which treats it as uncertain.
    """

    units: Units
    clock: Clock
    deliveries: Deliveries
    transports: Mapping[Channel, Transport]
    lease: timedelta
    wakeup: Wakeup
    stopping: asyncio.Event
    _busy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_BATCH))

    async def run(self) -> None:
        """Relay until told to stop."""
        await self.units.write(self.deliveries.lapsed)
        while not self.stopping.is_set():
            if not await self.relay_once():
                await self.units.write(self.deliveries.lapsed)
                await self.wakeup.wait(_POLL)

    async def relay_once(self) -> int:
        """Deliver one batch and return how many messages were in it."""
        claimed = await self.units.write(
            lambda uow: uow.outbox.claim(
                now=self.clock.now(), lease=self.lease, limit=_BATCH, channels=self.transports
            )
        )
        async with asyncio.TaskGroup() as group:
            for message in claimed:
                group.create_task(self._send(message))
        return len(claimed)

    async def _send(self, message: Outgoing) -> None:
        try:
            external_id = await self._deliver(message)
        except DeliveryError as error:
            await self._failed(message, error)
        except ConflictError:
            logger.warning("lease lost", extra={"outbox": message.id})
        except Exception:
            # The edge of a supervised loop: a bug in one transport must not stop the others.
            logger.exception("delivery broke", extra={"outbox": message.id})
            await self._failed(message, UncertainDeliveryError("the transport broke; see the log"))
        else:
            await self.units.write(lambda uow: self.deliveries.delivered(uow, message, external_id))
            logger.info(
                "message delivered", extra={"outbox": message.id, "channel": message.channel.value}
            )

    async def _deliver(self, message: Outgoing) -> str:
        transport = self.transports[message.channel]
        if message.rendered is None:
            rendered = await asyncio.to_thread(transport.render, message)
        else:
            rendered = Rendered(content=message.rendered, external_id=message.external_id)
        await self.units.write(
            lambda uow: uow.outbox.sending(message.id, fence=message.fence, rendered=rendered)
        )
        return await transport.deliver(message, rendered)

    async def _failed(self, message: Outgoing, error: DeliveryError) -> None:
        state = await self.units.write(lambda uow: self.deliveries.failed(uow, message, error))
        logger.warning(
            "message not delivered",
            extra={"outbox": message.id, "state": state.value, "error": type(error).__name__},
        )
