"""What the tests of the inbox do again and again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.domain.channels import Channel
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed, Outcome, Received
from handlers.ports import UnitOfWork
from tests.contract.builders import EVERY, LEASE, NOON


def add(uow: UnitOfWork, *messages: Received) -> list[InboxId]:
    ids = [uow.inbox.add(message) for message in messages]
    assert None not in ids
    return [each for each in ids if each is not None]


def claim(
    uow: UnitOfWork,
    *,
    now: datetime = NOON,
    lease: timedelta = LEASE,
    limit: int = 10,
    channels: Iterable[Channel] = EVERY,
) -> list[Claimed]:
    return list(uow.inbox.claim(now=now, lease=lease, limit=limit, channels=channels))


def ids(claimed: Iterable[Claimed]) -> list[InboxId]:
    return [each.id for each in claimed]


def done(uow: UnitOfWork, claimed: Claimed) -> None:
    uow.inbox.done(
        claimed.id, fence=claimed.fence, outcome=Outcome.IGNORED, reason="tuščia", ticket=None
    )
