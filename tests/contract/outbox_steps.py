"""What the tests of the outbox do again and again."""

from collections.abc import Iterable
from datetime import datetime

from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Arrived, Begun, Outgoing, Owed, Rendered, Taken
from handlers.ports import OutboxEntry, UnitOfWork
from tests.contract.builders import (
    EVERY,
    LEASE,
    NOON,
)

BYTES = Rendered(content=b"Message-ID: <1@pagalba>", external_id="<1@pagalba>")


def owe(uow: UnitOfWork, *debts: Owed) -> list[OutboxId]:
    ids = [uow.outbox.owe(debt) for debt in debts]
    assert None not in ids
    return [each for each in ids if each is not None]


def claim(
    uow: UnitOfWork,
    *,
    now: datetime = NOON,
    limit: int = 10,
    channels: Iterable[Channel] = EVERY,
) -> list[Outgoing]:
    return list(uow.outbox.claim(now=now, lease=LEASE, limit=limit, channels=channels))


def ids(claimed: Iterable[Outgoing]) -> list[OutboxId]:
    return [each.id for each in claimed]


def sending(uow: UnitOfWork, message: Outgoing, rendered: Rendered = BYTES) -> None:
    uow.outbox.sending([Begun(message, rendered)])


def delivered(uow: UnitOfWork, message: Outgoing, external_id: str = "<1@pagalba>") -> None:
    uow.outbox.delivered([Arrived(message, Taken(external_id))])


def uncertain(uow: UnitOfWork, message: Outgoing, repeat_at: datetime | None) -> None:
    uow.outbox.uncertain(message.id, fence=message.fence, repeat_at=repeat_at, error="cut")


def entry(uow: UnitOfWork, message: OutboxId) -> OutboxEntry:
    (found,) = [row for row in uow.outbox.rows() if row.id == message]
    return found


def deferred_at(uow: UnitOfWork, message: Outgoing, due: datetime) -> None:
    uow.outbox.deferred(message.id, fence=message.fence, due=due, error="greylisted")
