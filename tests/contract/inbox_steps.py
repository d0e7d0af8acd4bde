"""What the tests of the inbox do again and again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.domain.channels import Channel
from handlers.domain.ids import InboxId, TicketId
from handlers.domain.messages import Claimed, Outcome, Received
from handlers.ports import UnitOfWork
from tests.contract.builders import EVERY, LEASE, NOON, a_finished


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


def done(
    uow: UnitOfWork,
    *claimed: Claimed,
    outcome: Outcome = Outcome.FILED,
    reason: str = "question",
    ticket: TicketId | None = None,
) -> None:
    ended = {"outcome": outcome, "reason": reason, "ticket": ticket}
    uow.inbox.all_done([a_finished(each, **ended) for each in claimed])
