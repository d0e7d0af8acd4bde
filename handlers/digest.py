"""The morning digest: what waits, once a working day, in each staff chat."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from handlers.domain.channels import Channel
from handlers.domain.outgoing import STAFF_KINDS, Key, Kind, OutboxState, Owed, Values
from handlers.domain.tickets import Status
from handlers.ports import Clock, UnitOfWork
from handlers.staff_lists import StaffLists
from handlers.staff_room import STAFF_LANGUAGE
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

MissingMail = Callable[[UnitOfWork], int | None]
"""How many mails the last audit of the mailboxes found missing; None while there was none."""

_MORNING = timedelta(hours=3)
"""A desk that starts later than this has no morning any more, and says nothing."""

_UNDELIVERED = (OutboxState.DEAD, OutboxState.UNCERTAIN)
_LIVE = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
_READ = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Owes each staff chat one digest a working day, whoever's timers run and however often.

    `at` is the hour in Lithuania; None = never. Restricted queues are not counted in a group.
    """

    clock: Clock
    lists: StaffLists
    at: time | None
    missing_mail: MissingMail

    def tell(self, uow: UnitOfWork) -> int:
        """Owe today's digests if it is their time; return how many were owed."""
        now = self.clock.now().astimezone(VILNIUS)
        if self.at is None or not self.lists.working_time.is_working_day(now.date()):
            return 0
        due = datetime.combine(now.date(), self.at, VILNIUS)
        if not due <= now < due + _MORNING:
            return 0
        chats = sorted({chat.chat for chat in self.lists.room.chats})
        return sum(self._owe(uow, chat, day=now.date().isoformat()) for chat in chats)

    def _owe(self, uow: UnitOfWork, chat: str, *, day: str) -> bool:
        once = f"digest:{day}:{chat}"
        owed = uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MESSAGE,
                channel=Channel.TELEGRAM,
                to=chat,
                key=Key.STAFF_DIGEST,
                values=self._values(uow, chat),
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                once=once,
            )
        )
        return owed is not None

    def _values(self, uow: UnitOfWork, chat: str) -> Values:
        queues = self.lists.queues_of_group(chat)
        missing = self.missing_mail(uow)
        return {
            "waiting": len(self.lists.waiting(uow, queues)),
            "overdue": len(self.lists.overdue(uow, queues)),
            "undelivered": self._undelivered(uow, queues),
            "mail": "" if missing is None else "1",
            "missing": missing or 0,
            "work": "1",
        }

    def _undelivered(self, uow: UnitOfWork, queues: frozenset[str]) -> int:
        """Count the unsettled tickets whose asker may lack something we meant to say."""
        found = {
            row.ticket
            for state in _UNDELIVERED
            for row in uow.outbox.rows(state=state, limit=_READ)
            if row.kind not in STAFF_KINDS and row.next_attempt_at is None
        }
        tickets = (uow.tickets.find(ticket) for ticket in found if ticket is not None)
        return sum(
            row is not None and row.queue in queues and row.status in _LIVE for row in tickets
        )
