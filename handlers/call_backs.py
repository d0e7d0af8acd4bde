"""A member wants to be called: on which number, and when."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from handlers.call_requests import CallRequest, call_request, told_when, unwished
from handlers.calling_hours import Slot, slots, wished_call
from handlers.commands import Ask, Request
from handlers.domain.calls import CallState, CallWish
from handlers.domain.channels import Channel
from handlers.domain.errors import NotAllowedError
from handlers.domain.events import Changed, FollowUpReceived
from handlers.domain.ids import CallWishId
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.tickets import (
    ArticleKind,
    NewArticle,
    Status,
    Ticket,
    TicketEvent,
    reference_of,
)
from handlers.feedback import REQUESTER
from handlers.joined import goes_on_in
from handlers.notices import notice
from handlers.ownership import own_ticket
from handlers.phones import find_phones
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.working_time import WorkingTime
from knowledge_base.text import Line, fold
from knowledge_base.values import dataclass

PATIENCE = timedelta(days=1)
"""So long a number is awaited in a chat; what comes later is an ordinary message."""

_PATIENCE_BY_MAIL = timedelta(days=7)
_FEW_WORDS = 12

_LIVE = frozenset({Status.NEW, Status.OPEN})
_GONE = frozenset({Status.MERGED, Status.SPAM})
_STANDING = frozenset({CallState.NUMBER, CallState.WISHED})
_SLOTS = 4
_LOOKED_AT = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBacks:
    """Takes wishes to be called back.

    - A wish belongs to a ticket, which then waits for a person; consultants read the number, the
      time and the words beside them in its thread and on its card.
    - With the number it is complete: somebody calls as soon as somebody can. Another time may be
      chosen, and the wish cancelled. The call is due when its time ends.
    - Pressing twice wishes once.
    - In a letter the wish, the number and the time are recognised where they are clear; a number
      that is missing, or one of several, is asked for.
    """

    clock: Clock
    working_time: WorkingTime
    reactions: Reactions

    def carry_out(self, uow: UnitOfWork, ask: Ask) -> None:
        """Take the next step of a wish.

        Raises:
            NotAllowedError: the ticket or the wish is somebody else's.
        """
        match ask.what:
            case Request.CALL:
                self._begin(uow, ask, own_ticket(uow, ask, ask.argument))
            case Request.PHONE:
                self._number(uow, ask)
            case Request.WHEN:
                self._time(uow, ask)
            case _:
                self._cancel(uow, ask, self._own(uow, ask, ask.argument))

    def heed(self, uow: UnitOfWork, ticket: Ticket, said: Line) -> bool:
        """Take a wish to be called, or what is said about one, out of what an asker wrote."""
        if ticket.status in _GONE or ticket.practice:
            return False
        now, mine = self.clock.now(), _wish_about(uow, ticket)
        if mine is not None and mine.state in _STANDING and unwished(said):
            self._cancel(uow, ticket, mine)
            return True
        request = call_request(said, now=now) or self._said_of(mine, said)
        return request is not None and self.take(uow, ticket, request)

    def take(
        self, uow: UnitOfWork, ticket: Ticket, request: CallRequest, *, slot: str = ""
    ) -> bool:
        """Wish a call for an asker, or ask for the number; False when nothing new was wished.

        `slot` names the part of a day that was chosen, where one was.
        """
        now, known = self.clock.now(), _wish_about(uow, ticket)
        wish = known if known is not None and known.state in _STANDING else None
        phone = request.phone or (wish.phone if wish else None) or _number_of(uow, ticket)
        is_wished = wish is not None and wish.state is CallState.WISHED
        if is_wished and wish and phone == wish.phone and not (slot or request.says_when):
            return False
        wish = wish or uow.calls.add(ticket=ticket.id, person=ticket.requester, at=now)
        if phone is None:
            self._tell(uow, ticket, Key.MEMBER_CALL_NUMBER, {"reference": ticket.reference})
            return True
        free = list(islice(slots(self.working_time, now), _LOOKED_AT))
        chosen = next((each for each in free if each.name == slot), None)
        wish = replace(wish, phone=phone)
        self._wish(uow, ticket, wish, chosen or request.slot(free) or free[0])
        return True

    def withdraw(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Cancel the wish of a ticket, if one stands."""
        wish = standing_call(uow, ticket)
        if wish is not None:
            self._cancel(uow, ticket, wish)

    def _said_of(self, wish: CallWish | None, answer: Line) -> CallRequest | None:
        """Read an answer to what we asked or told about a call: a number, or another time."""
        now = self.clock.now()
        if wish is None or now - wish.at > _PATIENCE_BY_MAIL:
            return None
        phones = find_phones(answer.text)
        said = told_when(answer.folded, phones=phones, now=now)
        if wish.state is CallState.NUMBER:
            return said if len(phones) == 1 else None
        is_about_time = wish.state is CallState.WISHED and said.says_when
        return said if is_about_time and len(answer.text.split()) <= _FEW_WORDS else None

    def _begin(self, uow: UnitOfWork, ask: Ask, ticket: Ticket) -> None:
        if ticket.status in _GONE:
            return
        now = self.clock.now()
        wish = uow.calls.newest_of(ticket.requester)
        if wish is not None and wish.ticket == ticket.id and wish.state is CallState.WISHED:
            self._confirm(uow, ask, wish)
            return
        if not _is_awaited(wish, now) or wish is None or wish.ticket != ticket.id:
            uow.calls.add(ticket=ticket.id, person=ticket.requester, at=now)
        self._tell(uow, ask, Key.MEMBER_CALL_NUMBER, {"reference": ticket.reference})

    def _number(self, uow: UnitOfWork, ask: Ask) -> None:
        person = uow.people.find(ask.by)
        wish = uow.calls.newest_of(person.id) if person else None
        if wish is None or not _is_awaited(wish, self.clock.now()):
            raise NotAllowedError("no-such-call")
        if not ask.argument:
            self._tell(uow, ask, Key.MEMBER_CALL_NUMBER_WRONG, {})
            return
        note = "\n".join(filter(None, (wish.note, ask.words)))
        wish = replace(wish, phone=ask.argument, note=note)
        now = self.clock.now()
        free = list(islice(slots(self.working_time, now), _LOOKED_AT))
        said = told_when(fold(ask.words), phones=(), now=now)
        self._wish(uow, ask, wish, said.slot(free) or free[0])

    def _time(self, uow: UnitOfWork, ask: Ask) -> None:
        number, _, name = ask.argument.partition("-")
        wish = self._own(uow, ask, number)
        if wish.state is not CallState.WISHED:
            return
        known = slots(self.working_time, self.clock.now())
        slot = next((each for each in known if each.name == name), None)
        if slot is None:  # it was offered long ago
            self._confirm(uow, ask, wish)
        elif wish.ends_at != slot.ends_at:
            self._wish(uow, ask, wish, slot)

    def _wish(self, uow: UnitOfWork, to: Ask | Ticket, wish: CallWish, slot: Slot) -> None:
        wish = replace(wish, state=CallState.WISHED, starts_at=slot.starts_at, ends_at=slot.ends_at)
        uow.calls.save(wish)
        words = f"☎ {wish.phone} · {slot.day} {slot.hours}"
        self._tell_consultants(uow, wish, "\n\n".join(filter(None, (words, wish.note))))
        self._confirm(uow, to, wish)

    def _cancel(self, uow: UnitOfWork, to: Ask | Ticket, wish: CallWish) -> None:
        if wish.state is CallState.CANCELLED:
            return
        cancelled = replace(wish, state=CallState.CANCELLED)
        uow.calls.save(cancelled)
        if wish.state is CallState.WISHED:
            self._tell_consultants(uow, cancelled, f"☎ ✕ {wish.phone}")
        self._tell(uow, to, Key.MEMBER_CALL_CANCELLED, {"reference": reference_of(wish.ticket)})

    def _tell_consultants(self, uow: UnitOfWork, wish: CallWish, words: str) -> None:
        """Put the wish into the thread, where every consultant reads it, and on the card."""
        now = self.clock.now()
        ticket = goes_on_in(uow, uow.tickets.get(wish.ticket))
        person = uow.people.get(wish.person)
        article = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.INBOUND,
                channel=ticket.channel,
                author=person.name,
                text=words,
                at=now,
                person=person.id,
            )
        )
        if wish.state is CallState.WISHED and ticket.status not in _LIVE | _GONE:
            ticket = replace(ticket, status=Status.OPEN if ticket.owner else Status.NEW)
        ticket = uow.tickets.save(ticket, at=now)
        event = "call_wished" if wish.state is CallState.WISHED else "call_cancelled"
        uow.tickets.record(ticket.id, TicketEvent(type=event, at=now, actor=REQUESTER))
        self.reactions.owe(uow, Changed(ticket=ticket))
        self.reactions.owe(uow, FollowUpReceived(ticket=ticket, article=article))

    # Small things -------------------------------------------------------------------------------

    def _own(self, uow: UnitOfWork, ask: Ask, number: str) -> CallWish:
        wish = uow.calls.find(CallWishId(int(number)))
        if wish is None or ask.by not in uow.people.get(wish.person).addresses:
            raise NotAllowedError("no-such-call")
        return wish

    def _confirm(self, uow: UnitOfWork, to: Ask | Ticket, wish: CallWish) -> None:
        """Say when somebody will call, and offer other times."""
        values: dict[str, str | int] = {**wished_call([wish]), "wish": str(wish.id)}
        values["reference"] = reference_of(wish.ticket)
        others = (
            slot
            for slot in slots(self.working_time, self.clock.now())
            if slot.ends_at != wish.ends_at
        )
        for number, slot in zip(range(1, _SLOTS + 1), others, strict=False):
            values |= {f"slot{number}": slot.name, f"slot{number}_on": slot.day.isoformat()}
            values[f"slot{number}_hours"] = slot.hours
        self._tell(uow, to, Key.MEMBER_CALL_NOTED, values)

    def _tell(self, uow: UnitOfWork, to: Ask | Ticket, key: Key, values: Values) -> None:
        """Answer who asked in a chat there; whoever wrote a letter where their answers go."""
        if isinstance(to, Ask):
            uow.outbox.owe(notice(to, key, values, at=self.clock.now()))
        else:
            self.reactions.askers.tell(uow, to, Kind.NOTICE, key, values)


def _wish_about(uow: UnitOfWork, ticket: Ticket) -> CallWish | None:
    """Return the asker's newest wish, if it is about this ticket or one merged into it."""
    wishes = uow.calls.of_ticket(ticket.id)
    newest = uow.calls.newest_of(ticket.requester) if wishes else None
    return newest if newest in wishes else None


def standing_call(uow: UnitOfWork, ticket: Ticket) -> CallWish | None:
    """Return the newest wish to be called about a ticket that was not fulfilled."""
    wishes = uow.calls.of_ticket(ticket.id)
    return next((each for each in reversed(wishes) if each.state is CallState.WISHED), None)


def _number_of(uow: UnitOfWork, ticket: Ticket) -> str | None:
    """Return the number somebody is known by."""
    addresses = uow.people.get(ticket.requester).addresses
    return next((each.value for each in addresses if each.channel is Channel.PHONE), None)


def awaited_call(wish: CallWish | None, now: datetime) -> CallWish | None:
    """Return the wish while its number is awaited."""
    return wish if wish is not None and _is_awaited(wish, now) else None


def _is_awaited(wish: CallWish | None, now: datetime) -> bool:
    return wish is not None and wish.state is CallState.NUMBER and now - wish.at <= PATIENCE
