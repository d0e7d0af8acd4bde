"""Somebody wished to be called, was called, and did not answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.access import Access
from handlers.call_backs import standing_call
from handlers.calling_hours import slots
from handlers.domain.calls import CallState, CallWish
from handlers.domain.channels import Channel
from handlers.domain.errors import NotFoundError
from handlers.domain.events import Changed
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, NewArticle, Status, Ticket, TicketEvent
from handlers.joined import goes_on_in
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

_BEFORE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCalls:
    """Keeps a call due until somebody is spoken to, or was called in vain `tries` times.

    - Each time it becomes due in the next half of a working day.
    - Then the asker is written to, and the matter waits for them; who cannot be written to is
      called on.
    - Those who are to call are reminded when little is left of the time, once for each time.
    """

    clock: Clock
    access: Access
    reactions: Reactions
    tries: int

    def note(self, uow: UnitOfWork, ticket: Ticket, who: Consultant) -> CallWish:
        """Write down that nobody answered.

        Raises:
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: nobody wishes to be called about it.
        """
        self.access.require(who, ticket)
        wish = standing_call(uow, ticket)
        if wish is None:
            raise NotFoundError("no-such-call")
        wish = replace(wish, missed=wish.missed + 1)
        now = self.clock.now()
        words = f"☎ ✕ {wish.phone} · {now.astimezone(VILNIUS):%Y-%m-%d %H:%M} · {wish.missed}"
        uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.NOTE,
                channel=Channel.COMMAND,
                author=who.name,
                text=words,
                at=now,
                consultant=who.id,
            )
        )
        self._record(uow, ticket, who, "call_missed")
        if wish.missed >= self.tries and self.reactions.askers.can_write(uow, ticket):
            return self._give_up(uow, ticket, wish)
        free = slots(self.reactions.working_time, now)
        later = next(slot for slot in free if slot.starts_at > now)
        wish = replace(wish, starts_at=later.starts_at, ends_at=later.ends_at)
        uow.calls.save(wish)
        self.reactions.owe(uow, Changed(ticket=uow.tickets.save(ticket, at=now)))
        return wish

    def remind(self, uow: UnitOfWork) -> int:
        """Remind of calls of which little time is left, in working hours; return how many."""
        now, told = self.clock.now(), 0
        if not self.reactions.working_time.is_open(now):
            return 0
        for wish in uow.calls.due(before=now + _BEFORE):
            ticket = goes_on_in(uow, uow.tickets.get(wish.ticket))
            if wish.ends_at is not None and ticket.status not in {Status.MERGED, Status.SPAM}:
                once = f"call-due:{wish.id}:{wish.ends_at.isoformat()}"
                self.reactions.staff_room.tell(uow, ticket, Key.STAFF_CALL_DUE, once=once)
                told += 1
        return told

    def _give_up(self, uow: UnitOfWork, ticket: Ticket, wish: CallWish) -> CallWish:
        wish = replace(wish, state=CallState.MISSED)
        uow.calls.save(wish)
        changed = replace(ticket, status=Status.WAITING, offered=())
        ticket = uow.tickets.save(changed, at=self.clock.now())
        values: Values = {"call_phone": wish.phone or "", "count": wish.missed}
        self.reactions.askers.tell(uow, ticket, Kind.NOTICE, Key.CALL_MISSED, values)
        self.reactions.owe(uow, Changed(ticket=ticket))
        return wish

    def _record(self, uow: UnitOfWork, ticket: Ticket, who: Consultant, event: str) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=who.email)
        uow.tickets.record(ticket.id, line)
