"""Receive a message: the one road in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from handlers.answers import MACHINE, Answers
from handlers.askers import LANGUAGES
from handlers.closing_calls import ClosingCalls
from handlers.conversations import Conversations, Place, is_party, repeated
from handlers.domain.channels import Address, Channel
from handlers.domain.events import Changed, FollowUpReceived
from handlers.domain.messages import Automatic, Outcome, Prepared
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.people import Person, Proof
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.enrolling import Enrolling
from handlers.enrolment_wishes import EnrolmentWishes
from handlers.feedback import REQUESTER, Feedback
from handlers.first_answers import FirstAnswers, first_status, subject_of
from handlers.joined import goes_on_in, heard_on
from handlers.particulars import Particulars
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.typed import says_more, wish
from handlers.undelivered import Undelivered, returned
from knowledge_base.text import Line, greets, thanks
from knowledge_base.values import dataclass

_AWAITED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a message; `ticket` is None when it was ignored.

    `forget`: of the message itself nothing is to be kept either.
    """

    outcome: Outcome
    reason: str
    ticket: Ticket | None = None
    forget: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Receives messages and decides what happens to them.

    - A message joins a ticket only if its sender is a party to it or holds a signed token;
      otherwise it opens its own, with a line about the ticket it named (`Conversations`).
    - What is for a restricted queue never joins a ticket others read: it opens its own there.
    - Automatic mail never gets an answer; tied to a ticket it is kept there, else it is ignored.
    - Every question is a ticket from its first commit, whatever the machine thinks of it. An
      answer that may not be sent leaves it to a person.
    """

    clock: Clock
    answers: Answers
    feedback: Feedback
    heed: Callable[[UnitOfWork, Ticket, Line], object]
    reactions: Reactions
    closing: ClosingCalls
    particulars: Particulars
    enrolling: Enrolling
    reopen_within: timedelta

    def receive(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        """File the message under a ticket, or say why it is none."""
        receipt = self._file(uow, message)
        if _may_wish(uow, receipt, message) and receipt.ticket is not None:
            self.heed(uow, uow.tickets.get(receipt.ticket.id), message.said)
            receipt = replace(receipt, ticket=uow.tickets.get(receipt.ticket.id))
        if message.left and receipt.ticket is not None and receipt.outcome is Outcome.FILED:
            left = {"left": " ".join(message.left)}
            matter = goes_on_in(uow, receipt.ticket)
            self.reactions.staff_room.show(uow, matter, Key.STAFF_COPY, left)
        return receipt

    def _file(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        message = message.decided(self.answers.discreet(message.decision))
        if (earlier := repeated(uow, message)) is not None:
            ticket = uow.tickets.get(earlier.ticket)
            return Receipt(outcome=Outcome.IGNORED, reason="repeated", ticket=ticket)
        if message.automatic is not None:
            return self._automatic(uow, message, message.automatic)
        place = self._place(uow, message)
        wishes = EnrolmentWishes(enrolling=self.enrolling)
        enrolled = wishes.heed(uow, message, place.joins or place.named)
        if enrolled is not None:
            return Receipt(outcome=Outcome.FILED, reason="enrolment", ticket=enrolled)
        if place.joins is not None and not self._needs_discretion(message, place.joins):
            return self._follow_up(uow, message, place.joins, through=place.through)
        if message.channel is Channel.TELEGRAM and _says_nothing(message):
            return self._ask_for_more(uow, message)
        if place == Place() and not message.silent:
            told = self.closing.matter(uow, message.sender, message.said)
            if told is not None and self.closing.heed(uow, told, message.said):
                return self._note(uow, message, told)
        return self._question(uow, message, place)

    def _place(self, uow: UnitOfWork, message: Prepared) -> Place:
        return Conversations(self.reopen_within).place(uow, message)

    def _needs_discretion(self, message: Prepared, ticket: Ticket) -> bool:
        access = self.reactions.staff_room.access
        return access.is_restricted(message.decision.queue) and not access.is_restricted(
            ticket.queue
        )

    # A new question --------------------------------------------------------------------------

    def _question(self, uow: UnitOfWork, message: Prepared, place: Place) -> Receipt:
        decision = self.answers.decided(uow, message)
        message = message.decided(decision)
        first = FirstAnswers(clock=self.clock, answers=self.answers, reactions=self.reactions)
        said = first.verdict(uow, message, subject=subject_of(message))
        person = self._person(uow, message)
        ticket = uow.tickets.add(
            NewTicket(
                status=first_status(message, said),
                queue=decision.queue,
                requester=person.id,
                channel=message.channel,
                language=_language(message, person),
                subject=subject_of(message),
                at=message.received_at,
                municipality=first.which_place.usual(message, person),
                topic=decision.queue,
                programme=message.programme,
                offered=tuple(entry.id for entry in said.offered),
            )
        )
        awaits = message.thread.references if place == Place() else ()
        self._write(uow, ticket, message, person, awaits=awaits[:_AWAITED])
        first.remember(uow, ticket, decision, said)
        self._link(uow, ticket, place)
        if message.silent:
            return Receipt(outcome=Outcome.FILED, reason="history", ticket=ticket)
        ticket = self.particulars.routing.place(uow, ticket, message.text)
        first.tell(uow, ticket, message, said)
        return Receipt(outcome=Outcome.FILED, reason="question", ticket=ticket)

    def _link(self, uow: UnitOfWork, ticket: Ticket, place: Place) -> None:
        """Tie a ticket to the one its message named; the asker's own one points back."""
        named = place.named or place.joins
        if named is None:
            return
        self._record(uow, ticket, "linked", actor=MACHINE, reasons=(named.reference,))
        if place.joins is not None:
            self._record(uow, named, "linked", actor=MACHINE, reasons=(ticket.reference,))

    def _person(self, uow: UnitOfWork, message: Prepared) -> Person:
        language, sender = message.decision.language.value, message.sender
        known = uow.people.find(sender) if sender else None
        proof, at = Proof.SIGNED if message.is_authentic and sender else None, message.received_at
        if known is None:
            spoken = language if language in LANGUAGES else None
            name = message.sender_name
            return uow.people.add(name=name, language=spoken, address=sender, at=at, proof=proof)
        if proof and sender and sender not in known.proved:
            uow.people.prove(sender, proof, at=at)
        return known

    def _ask_for_more(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        """Answer a greeting with how to ask; thanks are left in peace."""
        if thanks(message.said):
            return Receipt(outcome=Outcome.IGNORED, reason="thanks")
        if message.sender is not None and not message.silent:
            language = _language(message, uow.people.find(message.sender))
            uow.outbox.owe(
                Owed(
                    kind=Kind.NOTICE,
                    channel=message.channel,
                    to=message.sender.value,
                    key=Key.SAY_MORE,
                    values={},
                    language=language if language in LANGUAGES else "lt",
                    at=self.clock.now(),
                    once=f"say-more:{message.external_id}",
                )
            )
        return Receipt(outcome=Outcome.IGNORED, reason="greeting")

    def _note(self, uow: UnitOfWork, message: Prepared, ticket: Ticket) -> Receipt:
        """Keep words that were heeded in the thread they are about."""
        self._write(uow, ticket, message, self._person(uow, message))
        return Receipt(outcome=Outcome.FILED, reason="follow-up", ticket=ticket)

    # A known conversation --------------------------------------------------------------------

    def _follow_up(
        self, uow: UnitOfWork, message: Prepared, ticket: Ticket, *, through: Ticket | None
    ) -> Receipt:
        """Add to the matter; what is written in a merged ticket stays its asker's, in it."""
        article = self._write(uow, through or ticket, message, self._person(uow, message))
        receipt = Receipt(outcome=Outcome.FILED, reason="follow-up", ticket=through or ticket)
        if message.silent:
            return receipt
        if not is_party(uow, ticket, message.sender):
            self._record(uow, ticket, "new_sender", actor=MACHINE)
        elif self.closing.heed(uow, ticket, message.said):
            return receipt
        elif (done := self._wished(uow, message, ticket, article)) is not None:
            return replace(receipt, ticket=through or done)
        else:
            ticket = self.particulars.hear(uow, ticket, message)
            receipt = replace(receipt, ticket=through or ticket)
        if thanks(message.said) and not message.attachments:
            self._record(uow, ticket, "thanked", actor=REQUESTER)
            return receipt
        awake = self._awaken(uow, ticket, article)
        return replace(receipt, ticket=through or awake)

    def _wished(
        self, uow: UnitOfWork, message: Prepared, ticket: Ticket, article: Article
    ) -> Ticket | None:
        """Do what a typed wish asks for; None when nothing came of it and a person must read it."""
        wanted = wish(ticket, message.said)
        if wanted is None:
            return None
        done = self.feedback.fulfil(uow, ticket, wanted)
        if done.version == ticket.version:
            return None
        if says_more(message.said) or message.attachments:
            self.reactions.owe(uow, FollowUpReceived(ticket=done, article=article))
        return done

    def _awaken(self, uow: UnitOfWork, ticket: Ticket, article: Article) -> Ticket:
        status = Status.NEW if ticket.owner is None else Status.OPEN
        self._record(uow, ticket, "follow_up", actor=REQUESTER)
        channel = heard_on(uow, ticket, article, at=self.clock.now())
        changed = replace(ticket, status=status, channel=channel)
        saved = uow.tickets.save_along(changed, at=self.clock.now())
        ticket = self.particulars.routing.place(uow, saved)
        self.reactions.owe(uow, Changed(ticket=ticket))
        self.reactions.owe(uow, FollowUpReceived(ticket=ticket, article=article))
        return ticket

    # What no person wrote ----------------------------------------------------------------------

    def _automatic(self, uow: UnitOfWork, message: Prepared, kind: Automatic) -> Receipt:
        if kind is Automatic.OWN:
            return Receipt(outcome=Outcome.IGNORED, reason=kind.value)
        if kind is Automatic.BOUNCE:
            return self._bounce(uow, message)
        place = self._place(uow, message)
        ticket = place.joins or _returned_to(uow, message)
        if ticket is None:
            return Receipt(outcome=Outcome.IGNORED, reason=kind.value)
        article = self._write(uow, place.through or ticket, message, None)
        self._record(uow, ticket, kind.value, actor=MACHINE)
        if kind is Automatic.BULK and not message.silent:
            # An asker whose program marks every mail as bulk still says something.
            ticket = self._awaken(uow, ticket, article)
        return Receipt(outcome=Outcome.FILED, reason=kind.value, ticket=ticket)

    def _bounce(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        sent, told = returned(uow, message), message.returned
        if sent is not None and told.is_permanent:
            uow.people.bounced(Address(message.channel, sent.to), at=self.clock.now())
        if sent is None or sent.ticket is None:
            return Receipt(outcome=Outcome.IGNORED, reason=Automatic.BOUNCE.value)
        ticket = uow.tickets.get(sent.ticket)
        self._write(uow, ticket, message, None)
        status = (told.status,) if told.status else ()
        undelivered = Undelivered(clock=self.clock, reactions=self.reactions)
        dead = Address(message.channel, sent.to)
        is_settled = message.silent or told.is_delay
        if is_settled or (told.is_permanent and undelivered.move(uow, sent, ticket, dead=dead)):
            event = "delayed" if told.is_delay else "bounced"
            self._record(uow, ticket, event, actor=MACHINE, reasons=(sent.kind.value, *status))
        else:
            ticket = undelivered.note(uow, ticket.id, sent.kind, event="bounced", reasons=status)
        return Receipt(outcome=Outcome.FILED, reason=Automatic.BOUNCE.value, ticket=ticket)

    # Small things --------------------------------------------------------------------------------

    def _write(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        message: Prepared,
        person: Person | None,
        *,
        awaits: tuple[str, ...] = (),
    ) -> Article:
        return uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.INBOUND,
                channel=message.channel,
                author=message.sender_name,
                text=message.text,
                full_text=message.full_text if message.full_text != message.text else None,
                at=message.received_at,
                person=person.id if person else None,
                external_id=message.external_id,
                attachments=message.attachments,
                copies=message.copies,
                notes=message.notes,
                awaits=awaits,
                also=message.also,
            )
        )

    def _record(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        event: str,
        *,
        actor: str,
        reasons: tuple[str, ...] = (),
    ) -> None:
        at = self.clock.now()
        uow.tickets.record(ticket.id, TicketEvent(type=event, at=at, actor=actor, reasons=reasons))


def _may_wish(uow: UnitOfWork, receipt: Receipt, message: Prepared) -> bool:
    """Tell whether an asker wrote in their own matter, and a wish to be called may be heeded."""
    if receipt.reason not in {"question", "follow-up"} or message.silent or not receipt.ticket:
        return False
    return is_party(uow, receipt.ticket, message.sender)


def _returned_to(uow: UnitOfWork, message: Prepared) -> Ticket | None:
    """Find the ticket of what came to a return path without being a delivery report."""
    sent = returned(uow, message)
    return uow.tickets.find(sent.ticket) if sent and sent.ticket is not None else None


def _language(message: Prepared, person: Person | None) -> str:
    """Return the language of a matter: in Telegram the one that was chosen, else the question's."""
    chosen = person.chosen_language if person and message.channel is Channel.TELEGRAM else None
    return chosen or message.decision.language.value


def _says_nothing(message: Prepared) -> bool:
    return not message.attachments and (greets(message.said) or thanks(message.said))
