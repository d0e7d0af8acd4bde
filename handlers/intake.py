"""Receive a message: the one road in."""

from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.answers import MACHINE, Answers, candidate_lines, why
from handlers.askers import LANGUAGES
from handlers.domain.channels import Address, Channel
from handlers.domain.events import (
    DeliveryFailed,
    FollowUpReceived,
    QuestionAnswered,
    QuestionQueued,
)
from handlers.domain.ids import TicketId
from handlers.domain.messages import Automatic, Outcome, Prepared
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.people import Person
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.feedback import REQUESTER, Feedback
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.typed import wish
from knowledge_base.decisions import Answer
from knowledge_base.text import is_greeting, is_thanks

_SUBJECT_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a message; `ticket` is None when it was ignored."""

    outcome: Outcome
    reason: str
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Receives messages and decides what happens to them.

    - A message joins a ticket only if its sender is a party to it or holds a signed token;
      otherwise it opens its own, with a line about the ticket it named.
    - A ticket resolved longer ago than `reopen_within` stays so: the message opens a new one.
    - Automatic mail never gets an answer; tied to a ticket it is kept there, else it is ignored.
    - Every question is a ticket from its first commit, whatever the machine thinks of it.
    """

    clock: Clock
    answers: Answers
    feedback: Feedback
    reactions: Reactions
    reopen_within: timedelta

    def receive(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        """File the message under a ticket, or say why it is none."""
        if message.automatic is not None:
            return self._automatic(uow, message, message.automatic)
        ticket, named = self._conversation(uow, message)
        if ticket is not None:
            return self._follow_up(uow, message, ticket)
        if message.channel is Channel.TELEGRAM and _says_nothing(message):
            self._ask_for_more(uow, message)
            return Receipt(outcome=Outcome.IGNORED, reason="greeting")
        return self._question(uow, message, named)

    # Which conversation ----------------------------------------------------------------------

    def _conversation(
        self, uow: UnitOfWork, message: Prepared
    ) -> tuple[Ticket | None, Ticket | None]:
        """Return the ticket the message joins, and the one it names without a right to join."""
        thread = message.thread
        if thread.token is not None and (ticket := uow.tickets.find(thread.token)) is not None:
            return (ticket, None) if self._may_reopen(ticket) else (None, ticket)
        for candidate in (self._referred(uow, message), thread.tag):
            ticket = uow.tickets.find(candidate) if candidate is not None else None
            if ticket is not None:
                joins = _is_party(uow, ticket, message.sender) and self._may_reopen(ticket)
                return (ticket, None) if joins else (None, ticket)
        return None, None

    def _referred(self, uow: UnitOfWork, message: Prepared) -> TicketId | None:
        references = message.thread.references
        if not references:
            return None
        sent = uow.outbox.find_sent(channel=message.channel, external_ids=references)
        if sent is not None and sent.ticket is not None:
            return sent.ticket
        article = uow.tickets.find_article(channel=message.channel, external_ids=references)
        return article.ticket if article else None

    def _may_reopen(self, ticket: Ticket) -> bool:
        if ticket.status in {Status.MERGED, Status.SPAM}:
            return False
        settled = ticket.status is Status.RESOLVED
        return not settled or self.clock.now() - ticket.updated_at <= self.reopen_within

    # A new question --------------------------------------------------------------------------

    def _question(self, uow: UnitOfWork, message: Prepared, named: Ticket | None) -> Receipt:
        decision = message.decision
        sent = self.answers.to_send(decision, message.channel)
        offered = self.answers.to_offer(decision, message.channel)
        if message.silent or message.sender is None:
            sent = offered = ()
        person = self._person(uow, message)
        waits = not sent or any(entry.behaviour.opens_ticket for entry in sent)
        ticket = uow.tickets.add(
            NewTicket(
                status=Status.NEW if waits else Status.ANSWERED,
                queue=decision.queue,
                requester=person.id,
                channel=message.channel,
                language=decision.language.value,
                subject=_subject(message),
                at=message.received_at,
                municipality=decision.municipality or person.municipality,
                topic=decision.queue,
                offered=tuple(entry.id for entry in offered),
            )
        )
        article = self._write(uow, ticket, message, person)
        self._remember(uow, ticket, message, named, sent=bool(sent))
        if message.silent:
            return Receipt(outcome=Outcome.FILED, reason="history", ticket=ticket)
        if sent:
            answer = self.answers.write(uow, ticket, sent)
            self.reactions.owe(uow, QuestionAnswered(ticket=ticket, entries=sent, article=answer))
        if waits:
            event = QuestionQueued(
                ticket=ticket,
                article=article,
                offered=offered,
                candidates=candidate_lines(decision),
                acknowledged=bool(sent),
            )
            self.reactions.owe(uow, event)
        return Receipt(outcome=Outcome.FILED, reason="question", ticket=ticket)

    def _remember(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        message: Prepared,
        named: Ticket | None,
        *,
        sent: bool,
    ) -> None:
        """Write down why: the decision, and whether the administrator's setting held it back."""
        at = self.clock.now()
        kind = type(message.decision).__name__.lower()
        held = isinstance(message.decision, Answer) and not sent
        reasons = (kind, *why(message.decision), *(("held_back",) if held else ()))
        uow.tickets.record(
            ticket.id, TicketEvent(type="decided", at=at, actor=MACHINE, reasons=reasons)
        )
        if named is not None:
            linked = TicketEvent(type="linked", at=at, actor=MACHINE, reasons=(named.reference,))
            uow.tickets.record(ticket.id, linked)

    def _person(self, uow: UnitOfWork, message: Prepared) -> Person:
        language = message.decision.language.value
        known = uow.people.find(message.sender) if message.sender else None
        return known or uow.people.add(
            name=message.sender_name,
            language=language if language in LANGUAGES else None,
            address=message.sender,
            at=message.received_at,
        )

    def _ask_for_more(self, uow: UnitOfWork, message: Prepared) -> None:
        if message.sender is None:
            return
        language = message.decision.language.value
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

    # A known conversation --------------------------------------------------------------------

    def _follow_up(self, uow: UnitOfWork, message: Prepared, ticket: Ticket) -> Receipt:
        person = self._person(uow, message)
        article = self._write(uow, ticket, message, person)
        receipt = Receipt(outcome=Outcome.FILED, reason="follow-up", ticket=ticket)
        if message.silent:
            return receipt
        if not _is_party(uow, ticket, message.sender):
            self._record(uow, ticket, "new_sender", actor=MACHINE)
        elif (wanted := wish(ticket, message.text)) is not None:
            return replace(receipt, ticket=self.feedback.fulfil(uow, ticket, wanted))
        if is_thanks(message.text):
            self._record(uow, ticket, "thanked", actor=REQUESTER)
            return receipt
        ticket = self._awaken(uow, ticket, message.channel)
        self.reactions.owe(uow, FollowUpReceived(ticket=ticket, article=article))
        return replace(receipt, ticket=ticket)

    def _awaken(self, uow: UnitOfWork, ticket: Ticket, channel: Channel) -> Ticket:
        status = Status.NEW if ticket.owner is None else Status.OPEN
        self._record(uow, ticket, "follow_up", actor=REQUESTER)
        changed = replace(ticket, status=status, channel=channel, offered=())
        return uow.tickets.save(changed, at=self.clock.now())

    # What no person wrote ----------------------------------------------------------------------

    def _automatic(self, uow: UnitOfWork, message: Prepared, kind: Automatic) -> Receipt:
        if kind is Automatic.OWN:
            return Receipt(outcome=Outcome.IGNORED, reason=kind.value)
        if kind is Automatic.BOUNCE:
            return self._bounce(uow, message)
        ticket, _ = self._conversation(uow, message)
        if ticket is None:
            return Receipt(outcome=Outcome.IGNORED, reason=kind.value)
        self._write(uow, ticket, message, None)
        self._record(uow, ticket, kind.value, actor=MACHINE)
        return Receipt(outcome=Outcome.FILED, reason=kind.value, ticket=ticket)

    def _bounce(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        sent = uow.outbox.find_sent(channel=message.channel, external_ids=message.bounced)
        if sent is None or sent.ticket is None:
            return Receipt(outcome=Outcome.IGNORED, reason=Automatic.BOUNCE.value)
        ticket = uow.tickets.get(sent.ticket)
        self._write(uow, ticket, message, None)
        self._record(uow, ticket, "bounced", actor=MACHINE, reasons=(sent.kind.value,))
        if not message.silent:
            self.reactions.owe(uow, DeliveryFailed(ticket=ticket, kind=sent.kind))
        return Receipt(outcome=Outcome.FILED, reason=Automatic.BOUNCE.value, ticket=ticket)

    # Small things --------------------------------------------------------------------------------

    def _write(
        self, uow: UnitOfWork, ticket: Ticket, message: Prepared, person: Person | None
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


def _is_party(uow: UnitOfWork, ticket: Ticket, sender: Address | None) -> bool:
    return sender is not None and sender in uow.people.get(ticket.requester).addresses


def _says_nothing(message: Prepared) -> bool:
    if message.attachments:
        return False
    return is_greeting(message.text) or is_thanks(message.text)


def _subject(message: Prepared) -> str:
    """Name the matter: the mail's subject, or how the question begins."""
    words = " ".join((message.subject or message.text).split())
    return words if len(words) <= _SUBJECT_LENGTH else words[: _SUBJECT_LENGTH - 1] + "…"
