"""What becomes of a debt: delivered, deferred, uncertain, dead."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import (
    DeliveryError,
    NothingToChangeError,
    PermanentDeliveryError,
    PlaceGoneError,
    RecipientGoneError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from handlers.domain.events import ReplySettled, StaffChatFailed
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import (
    CARDS,
    EDITS,
    REPEATED_WHEN_UNCERTAIN,
    Arrived,
    Key,
    Kind,
    OutboxState,
    Outgoing,
    Taken,
)
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.undelivered import Undelivered
from knowledge_base.values import dataclass

_DEAD = "undelivered"
_IN_CHAT = frozenset({Kind.STAFF_CARD, Kind.STAFF_MESSAGE})
_IN_A_CHAT = _IN_CHAT | {Kind.STAFF_TOPIC}
_WORTH_A_MAIL = frozenset(
    {
        Key.STAFF_NEW,
        Key.STAFF_HANDED_OVER,
        Key.STAFF_FOLLOW_UP,
        Key.STAFF_UNDELIVERED,
        Key.STAFF_RESTRICTED,
    }
)


_SAID_ANEW = CARDS | {Key.REPLY}

_ANY_LEASE = timedelta(days=1)
"""Longer than any lease is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How long to wait before the next try: doubling, with jitter, and with an end."""

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=30)
    give_up_after: timedelta = timedelta(days=3)

    def wait(self, attempts: int) -> timedelta:
        """Return the wait after so many attempts, between half and the whole of its step."""
        step = min(self.first * (1 << min(attempts, 20)), self.longest)
        return step * random.uniform(0.5, 1.0)  # noqa: S311 -- spreading load is no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Records the outcome of each try.

    - A refusal that may pass is tried again with backoff until `give_up_after`; then it is dead.
    - An unknown outcome comes up again after `settle`. On a channel with an archive (`archived`)
      that is for every kind: what the archive holds was taken, the rest is sent again. Elsewhere it
      is once, for the kinds whose loss is worse than a visible double (`REPEATED_WHEN_UNCERTAIN`);
      the others stay uncertain, seen by a person.
    - A dead or doubtful message to an asker becomes a line of the ticket that consultants are told.
    - What a staff chat will never take, its consultants get by mail.
    - A topic somebody deleted is opened again, with its card.
    - A recipient who is gone from one channel is written to on another, once; only what is surely
      not taken moves, so nothing arrives twice.
    - An edit of a message that never got a name changes nothing. Of an answer or a card it is said
      anew, if nobody knows whether that arrived; anything else is only a state, and forgotten.
    """

    clock: Clock
    backoff: Backoff
    settle: timedelta
    reactions: Reactions
    archived: frozenset[Channel] = frozenset()

    def delivered(
        self, uow: UnitOfWork, message: Outgoing, external_id: str, beside: Sequence[str] = ()
    ) -> None:
        """The channel took it."""
        self.all_delivered(uow, [Arrived(message, Taken(external_id, tuple(beside)))])

    def all_delivered(self, uow: UnitOfWork, arrived: Sequence[Arrived]) -> None:
        """The channels took them."""
        uow.outbox.delivered(arrived)
        for each in arrived:
            self._follow(uow, each.message, each.taken)

    def _follow(self, uow: UnitOfWork, message: Outgoing, taken: Taken) -> None:
        """Do what else a delivery changes."""
        if message.kind in EDITS and taken.name:
            uow.outbox.said_anew(message.id, external_id=taken.name)
        if message.kind is Kind.STAFF_TOPIC and message.ticket is not None:
            uow.topics.save(chat=message.to, ticket=message.ticket, thread=taken.name)
        if message.kind in _IN_A_CHAT and message.ticket is not None:
            ticket = uow.tickets.get(message.ticket)
            self.reactions.cards.removals.arrived(
                uow, ticket, message, name=taken.name, beside=taken.beside
            )
        if (
            message.kind is Kind.REPLY
            and message.ticket is not None
            and message.article is not None
        ):
            event = ReplySettled(
                ticket=uow.tickets.get(message.ticket), article=message.article, state="delivered"
            )
            self.reactions.owe(uow, event)

    def failed(self, uow: UnitOfWork, message: Outgoing, error: DeliveryError) -> OutboxState:
        """Decide what a failure means and return the state the message is in now."""
        now = self.clock.now()
        text = str(error)
        match error:
            case TransientDeliveryError() if now - message.at < self.backoff.give_up_after:
                due = now + self._wait(message, error)
                uow.outbox.deferred(message.id, fence=message.fence, due=due, error=text)
                return OutboxState.DEFERRED
            case UncertainDeliveryError():
                return self._uncertain(uow, message, now, text)
            case PlaceGoneError() if message.ticket is not None and message.topic is not None:
                uow.outbox.dead(message.id, fence=message.fence, error=text)
                ticket = uow.tickets.get(message.ticket)
                self.reactions.cards.move(uow, ticket, chat=message.to, failed=message.id)
                return OutboxState.DEAD
            case RecipientGoneError():
                uow.outbox.dead(message.id, fence=message.fence, error=text)
                self._move(uow, message)
                return OutboxState.DEAD
            case NothingToChangeError() if message.kind in EDITS:
                anew = message.key in _SAID_ANEW
                became = uow.outbox.settle_edit(message.id, fence=message.fence, anew=anew)
                return OutboxState.QUEUED if became else OutboxState.DEAD
            case TransientDeliveryError() | PermanentDeliveryError() | DeliveryError():
                uow.outbox.dead(message.id, fence=message.fence, error=text)
                self._tell(uow, message, _DEAD)
                return OutboxState.DEAD

    def lapsed(self, uow: UnitOfWork) -> int:
        """Settle what a process that died left in `sending`; return how many there were."""
        return self._settle_left(uow, leased_until=self.clock.now())

    def abandoned(self, uow: UnitOfWork) -> int:
        """Settle all that is in `sending`, for a service that starts and is the only sender."""
        return self._settle_left(uow, leased_until=self.clock.now() + _ANY_LEASE)

    def _settle_left(self, uow: UnitOfWork, *, leased_until: datetime) -> int:
        left = uow.outbox.lapsed(now=leased_until)
        for message in left:
            self._uncertain(
                uow, message, self.clock.now(), "the process ended while this was being sent"
            )
        return len(left)

    def _uncertain(
        self, uow: UnitOfWork, message: Outgoing, now: datetime, error: str
    ) -> OutboxState:
        repeated = self._comes_up_again(message, now)
        uow.outbox.uncertain(
            message.id,
            fence=message.fence,
            repeat_at=now + self.settle if repeated else None,
            error=error,
        )
        if not repeated:
            self._tell(uow, message, "uncertain")
        return OutboxState.UNCERTAIN

    def _comes_up_again(self, message: Outgoing, now: datetime) -> bool:
        if message.channel in self.archived:
            return now - message.at < self.backoff.give_up_after
        return message.kind in REPEATED_WHEN_UNCERTAIN and message.doubts == 0

    def _wait(self, message: Outgoing, error: TransientDeliveryError) -> timedelta:
        if error.retry_after is not None:
            return timedelta(seconds=error.retry_after)
        return self.backoff.wait(message.attempts)

    def _move(self, uow: UnitOfWork, message: Outgoing) -> None:
        """Remember that the address is dead, and reach the asker elsewhere if there is a way."""
        dead = Address(message.channel, message.to)
        uow.people.bounced(dead, at=self.clock.now())
        if message.ticket is not None:
            ticket = uow.tickets.get(message.ticket)
            if self._undelivered.move(uow, message, ticket, dead=dead):
                return
        self._tell(uow, message, _DEAD)

    @property
    def _undelivered(self) -> Undelivered:
        return Undelivered(clock=self.clock, reactions=self.reactions)

    def _tell(self, uow: UnitOfWork, message: Outgoing, what: str) -> None:
        if message.ticket is None:
            return
        if message.key == Key.STAFF_REMOVAL:
            self._left_behind(uow, message, message.ticket)
            return
        corrects = (message.kind, message.key) == (Kind.EDIT, Key.REPLY)
        kind = Kind.REPLY if corrects else message.kind
        ticket = self._undelivered.note(uow, message.ticket, kind, event=what, message=message.id)
        if what == _DEAD and message.kind in _IN_CHAT and message.key in _WORTH_A_MAIL:
            event = StaffChatFailed(
                ticket=ticket,
                message=message.id,
                chat=message.to,
                key=Key(message.key),
                values=message.values,
            )
            self.reactions.owe(uow, event)

    def _left_behind(self, uow: UnitOfWork, message: Outgoing, ticket: TicketId) -> None:
        """Say what a chat still shows, unless an edit has blanked it before."""
        if message.values.get("matters"):
            self.reactions.cards.removals.left_behind(
                uow, uow.tickets.get(ticket), chat=message.to, values=message.values
            )
