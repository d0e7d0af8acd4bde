"""What the newest audit found, for whoever wants to show it: pages, figures, the digest."""

from collections.abc import Sequence
from datetime import datetime

from handlers.alerts import Alerts, Trouble
from handlers.ports import Reconciled, UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The sums of an audit over all sources; `at` is when the oldest of them was looked at."""

    seen: int
    missing: int
    at: datetime


def balance(uow: UnitOfWork) -> Balance | None:
    """Return what the newest audit found; None before the first one."""
    rows = uow.reconciliations.rows()
    if not rows:
        return None
    return Balance(
        seen=sum(row.seen for row in rows),
        missing=sum(row.missing for row in rows),
        at=min(row.at for row in rows),
    )


def missing(uow: UnitOfWork) -> int | None:
    """Return how many messages the newest audit found missing; None before the first one."""
    found = balance(uow)
    return None if found is None else found.missing


def record(uow: UnitOfWork, alerts: Alerts, found: Sequence[Reconciled]) -> None:
    """Keep an audit, and tell those who steer where something is missing."""
    before = {row.source for row in uow.reconciliations.rows()}
    uow.reconciliations.save(found)
    lacking = {row.source for row in found if row.missing}
    for source in sorted(before | {row.source for row in found}):
        if source in lacking:
            alerts.stands(uow, Trouble.MISSING, source)
        else:
            alerts.over(uow, Trouble.MISSING, source)
