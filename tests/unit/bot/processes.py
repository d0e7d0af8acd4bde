"""What the roles of one process share, as if it were one of several."""

import asyncio
from datetime import timedelta

from bot.alerts import Watch
from bot.app import App
from bot.shared import Shared
from bot.status import Statuses
from bot.wakeup import Wakeup


def a_process(app: App, holder: str = "test", *, statuses: Statuses | None = None) -> Shared:
    """Build what they share; `stopping` ends them all, and the disk has room."""
    debts, stopping = Wakeup(), asyncio.Event()
    return Shared(
        app=app,
        statuses=statuses or Statuses(on_ready=lambda: None),
        stopping=stopping,
        arrivals=Wakeup(),
        debts=debts,
        holder=holder,
        opened=lambda _: None,
        watch=Watch(
            units=app.units,
            clock=app.clock,
            alerts=app.alerts,
            debts=debts,
            stopping=stopping,
            after=timedelta(minutes=2),
            free=lambda: 2**40,
        ),
    )
