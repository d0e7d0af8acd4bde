"""What is in doubt is looked up in an archive before anything is sent again."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.relay import Relay
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.errors import UncertainDeliveryError
from handlers.domain.outgoing import Key, Kind, OutboxState, Outgoing, Owed, Rendered, Taken
from handlers.ports import UnitOfWork
from tests.wired import ARCHIVED, WiredDesk, wired


@dataclass
class Line:
    """A transport cut after the mail was handed over, as often as told; and its archive."""

    cuts: int
    arrives: bool = True
    unreadable: int = 0
    sent: list[bytes] = field(default_factory=list)
    archive: set[str] = field(default_factory=set)
    at_once: int = 1

    def render(self, message: Outgoing) -> Rendered:
        return Rendered(content=b"mail", external_id=f"<{message.id}@pagalba.lt>")

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        del message
        assert rendered.external_id is not None
        arrives = self.arrives or not self.cuts
        if arrives:
            self.sent.append(rendered.content)
            self.archive.add(rendered.external_id)
        if self.cuts:
            self.cuts -= 1
            raise UncertainDeliveryError("after DATA: the connection was lost")
        return Taken(rendered.external_id)

    async def delivered(self, rendered: Rendered) -> None:
        del rendered

    async def close(self) -> None:
        return

    async def holds(self, external_id: str) -> bool:
        if self.unreadable:
            self.unreadable -= 1
            raise UncertainDeliveryError("the archive cannot be read")
        return external_id in self.archive


@pytest.mark.parametrize("kind", [Kind.ACKNOWLEDGEMENT, Kind.ANSWER, Kind.REPLY, Kind.STAFF_MAIL])
@pytest.mark.parametrize(
    ("line", "rounds"),
    [
        (Line(cuts=1), 2),
        (Line(cuts=1, arrives=False), 2),
        (Line(cuts=3, arrives=False), 4),
        (Line(cuts=1, unreadable=2), 4),
        (Line(cuts=1, arrives=False, unreadable=2), 4),
    ],
    ids=["taken", "not taken", "never taken", "archive away", "not taken, archive away"],
)
async def test_a_doubt_is_settled_and_the_mail_sent_once(
    wired_desk: WiredDesk, units: Units, kind: Kind, line: Line, rounds: int
) -> None:
    line = Line(line.cuts, line.arrives, line.unreadable)
    desk = wired(wired_desk.database, clock=wired_desk.clock, **ARCHIVED)
    relay = Relay(
        units=units,
        clock=desk.clock,
        deliveries=desk.deliveries,
        transports={Channel.MAIL: line},
        archives={Channel.MAIL: line},
        lease=timedelta(seconds=60),
        wakeup=Wakeup(),
        stopping=asyncio.Event(),
    )
    desk.do(lambda uow: owe(uow, desk, kind))

    for _ in range(rounds):
        assert await relay.relay_once(Channel.MAIL) == 1
        desk.clock.move(minutes=1)

    assert await relay.relay_once(Channel.MAIL) == 0
    [row] = desk.do(lambda uow: uow.outbox.rows())
    assert (row.state, len(line.sent)) == (OutboxState.DELIVERED, 1)


def owe(uow: UnitOfWork, desk: WiredDesk, kind: Kind) -> None:
    uow.outbox.owe(
        Owed(
            kind=kind,
            channel=Channel.MAIL,
            to="ona@nvo.lt",
            key=Key.REPLY,
            values={},
            language="lt",
            at=desk.clock.now(),
        )
    )
