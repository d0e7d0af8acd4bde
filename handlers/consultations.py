"""Consultations without a message: calls and visits that a consultant writes down."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.access import Access
from handlers.answers import Answers
from handlers.domain.calls import CallState
from handlers.domain.channels import SPEAKING, Channel
from handlers.domain.errors import InvalidError, NotAllowedError, NotFoundError
from handlers.domain.events import Changed
from handlers.domain.ids import ArticleId, PersonId
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant, Person
from handlers.domain.talks import CHANNELS, SPOKEN, Talk, Told, corrected
from handlers.domain.tickets import (
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.organisations import named
from handlers.ownership import remember_mail
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.working_time import local_day
from knowledge_base.decisions import Context
from knowledge_base.values import dataclass

_LANGUAGE: Final = "lt"
_SUBJECT: Final = 120
_WITH_US: Final = frozenset({Status.NEW, Status.OPEN})
_GONE: Final = frozenset({Status.MERGED, Status.SPAM})
DROPPED: Final = "talk_dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultations:
    """Keeps calls and visits, each as an article with its particulars.

    - One about no ticket opens its own, settled already: it is in the queue of its topic, and its
      consultant's. What is recognised as restricted goes to that queue, whoever may read it.
    - One about a ticket answers it, as a reply does, and fulfils a wish to be called.
    - Nothing is sent to the caller, unless a consultant asks for a written summary.
    - A topic that is mended moves a ticket the talk opened, never one that others work on.
    - Whoever held a talk may mend and drop it, and so may whoever may read its ticket.
    """

    clock: Clock
    access: Access
    answers: Answers
    reactions: Reactions

    def log(
        self,
        uow: UnitOfWork,
        who: Consultant,
        kind: ArticleKind,
        told: Told,
        *,
        ticket: Ticket | None = None,
        external_id: str | None = None,
    ) -> Talk:
        """Write a talk down; the same message does it once.

        Raises:
            InvalidError: nothing was told, or it is not over yet.
            NotAllowedError: the ticket, or the queue that was named, is not theirs to see.
        """
        if kind not in SPOKEN or told == Told():
            raise InvalidError("nothing-told", field="text")
        if told.held_at is not None and told.held_at > self.clock.now():
            raise InvalidError("not-held-yet", field="date")
        channel = CHANNELS[kind]
        if external_id is not None:
            known = uow.tickets.find_article(channel=channel, external_ids=[external_id], kind=kind)
            if known is not None and (talk := uow.talks.find(known.id)) is not None:
                return talk
        ticket = self._opened(uow, who, kind, told) if ticket is None else ticket
        return self._write(uow, who, kind, told, ticket, external_id)

    def mend(self, uow: UnitOfWork, who: Consultant, article: ArticleId, told: Told) -> Talk:
        """Let what is told now stand in place of what was understood before.

        Raises:
            NotAllowedError: neither the talk nor its ticket is theirs.
            NotFoundError: it was dropped.
        """
        talk = self.of(uow, who, article)
        talk = replace(
            talk,
            advice=told.advice or talk.advice,
            about=corrected(talk.about, told.about),
        )
        uow.talks.save(talk)
        ticket = uow.tickets.get(talk.ticket)
        wanted = told.queue if ticket.channel in SPEAKING else None
        queue = self._named_queue(who, wanted) or ticket.queue
        changed = replace(
            ticket,
            requester=self._requester(uow, ticket, told),
            municipality=told.municipality or ticket.municipality,
            queue=queue,
            topic=ticket.topic if queue == ticket.queue else queue,
        )
        if changed != ticket:
            ticket = uow.tickets.save(changed, at=self.clock.now())
        self._record(uow, ticket, who, "talk_mended")
        self.reactions.owe(uow, Changed(ticket=ticket))
        return talk

    def drop(self, uow: UnitOfWork, who: Consultant, article: ArticleId) -> Ticket:
        """Count a talk no longer; its words stay as a note, and a ticket of its own goes away.

        Raises:
            NotAllowedError: neither the talk nor its ticket is theirs.
            NotFoundError: it was dropped.
        """
        talk = self.of(uow, who, article)
        uow.talks.remove(article)
        ticket = uow.tickets.get(talk.ticket)
        self._record(uow, ticket, who, DROPPED)
        thread = uow.tickets.articles(ticket.id)
        if ticket.channel is CHANNELS[talk.kind] and [row.id for row in thread] == [article]:
            ticket = uow.tickets.save(replace(ticket, status=Status.SPAM), at=self.clock.now())
        return ticket

    def summarise(
        self, uow: UnitOfWork, who: Consultant, article: ArticleId, *, to: str = "", text: str = ""
    ) -> Ticket:
        """Send the caller in writing what was advised; `text` says it better, `to` is their mail.

        Raises:
            InvalidError: there are no words, or the address is somebody else's.
            NotAllowedError: neither the talk nor its ticket is theirs.
            NotFoundError: there is no way to reach the caller.
        """
        talk = self.of(uow, who, article)
        ticket, words = uow.tickets.get(talk.ticket), text.strip() or talk.advice
        if not words:
            raise InvalidError("no-words", field="text")
        if to:
            remember_mail(uow, ticket, to)
        askers = self.reactions.askers
        if not askers.can_reach(uow, ticket):
            raise NotFoundError("asker-unreachable", reference=ticket.reference)
        reply = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.REPLY,
                channel=Channel.COMMAND,
                author=who.signature or who.name,
                text=words,
                at=self.clock.now(),
                consultant=who.id,
            )
        )
        values = {
            "kind": talk.kind.value,
            "held_on": local_day(talk.held_at).isoformat(),
            "text": words,
            "author": reply.author,
        }
        askers.tell(uow, ticket, Kind.REPLY, Key.TALK_SUMMARY, values, article=reply.id)
        self._record(uow, ticket, who, "summary_sent")
        return ticket

    def of(self, uow: UnitOfWork, who: Consultant, article: ArticleId) -> Talk:
        """Return a talk for who may mend it.

        Raises:
            NotAllowedError: neither the talk nor its ticket is theirs.
            NotFoundError: there is none.
        """
        talk = uow.talks.find(article)
        if talk is None:
            raise NotFoundError("no-such-talk")
        ticket = uow.tickets.get(talk.ticket)
        own = talk.consultant == who.id and not self.access.is_restricted(ticket.queue)
        if not (own and who.active):
            self.access.require(who, ticket)
        return talk

    def topics(self, talk: Talk) -> Sequence[str]:
        """Return queues the talk may have been about, the likely ones."""
        return self.answers.topics(talk.advice)

    # Writing --------------------------------------------------------------------------------------

    def _opened(self, uow: UnitOfWork, who: Consultant, kind: ArticleKind, told: Told) -> Ticket:
        now = self.clock.now()
        queue = self._named_queue(who, told.queue) or self._recognised(told)
        person = self._person(uow, told)
        spoken_for = named(uow, told.about.organisation)
        ticket = uow.tickets.add(
            NewTicket(
                status=Status.RESOLVED,
                queue=queue,
                requester=person.id,
                channel=CHANNELS[kind],
                language=person.language or _LANGUAGE,
                subject=_beginning(told.advice or told.about.organisation or told.name),
                at=told.held_at or now,
                municipality=told.municipality or person.municipality,
                topic=queue,
                owner=who.id,
                asker_type=spoken_for.kind if spoken_for else None,
                organisation=spoken_for.id if spoken_for else None,
            )
        )
        if told.municipality and not person.municipality:
            uow.people.set_municipality(person.id, told.municipality)
        return ticket

    def _write(
        self,
        uow: UnitOfWork,
        who: Consultant,
        kind: ArticleKind,
        told: Told,
        ticket: Ticket,
        external_id: str | None,
    ) -> Talk:
        now, is_new = self.clock.now(), ticket.channel is CHANNELS[kind] and _is_empty(uow, ticket)
        if not is_new:
            self.access.require(who, ticket)
            ticket = uow.tickets.save(_answered(ticket, who, told), at=now)
        article = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=kind,
                channel=CHANNELS[kind],
                author=who.name,
                text=told.advice,
                at=told.held_at or now,
                consultant=who.id,
                external_id=external_id,
            )
        )
        uow.talks.add(article.id, told.about)
        self._record(uow, ticket, who, f"{kind}_logged")
        for wish in uow.calls.of_ticket(ticket.id):
            if wish.state is CallState.WISHED and kind is ArticleKind.CALL:
                uow.calls.save(replace(wish, state=CallState.HELD))
        self.reactions.owe(uow, Changed(ticket=ticket))
        return Talk(
            article=article.id,
            ticket=ticket.id,
            kind=kind,
            consultant=who.id,
            held_at=article.at,
            advice=article.text,
            about=told.about,
        )

    def _named_queue(self, who: Consultant, queue: str | None) -> str | None:
        """Return the queue a consultant named, if it is theirs to see."""
        if queue is None:
            return None
        if queue not in self.access.queues:
            raise InvalidError("no-such-queue", field="topic", queue=queue)
        if not self.access.sees_queue(who, queue):
            raise NotAllowedError("queue-not-yours", queue=queue)
        return queue

    def _recognised(self, told: Told) -> str:
        today = local_day(self.clock.now())
        return self.answers.knowledge().decide(told.advice, Context(today=today)).queue

    def _person(self, uow: UnitOfWork, told: Told) -> Person:
        known = uow.people.find(told.address) if told.address else None
        return known or uow.people.add(
            name=told.name, language=_LANGUAGE, address=told.address, at=self.clock.now()
        )

    def _requester(self, uow: UnitOfWork, ticket: Ticket, told: Told) -> PersonId:
        """Say who it was that spoke; whoever wrote to us says so themselves."""
        if ticket.channel not in SPEAKING:
            return ticket.requester
        known = uow.people.find(told.address) if told.address else None
        if known is not None:
            return known.id
        if told.address is not None:
            uow.people.add_address(ticket.requester, told.address)
        if told.name:
            uow.people.rename(ticket.requester, told.name)
        return ticket.requester

    def _record(self, uow: UnitOfWork, ticket: Ticket, who: Consultant, event: str) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=who.email)
        uow.tickets.record(ticket.id, line)


def _answered(ticket: Ticket, who: Consultant, told: Told) -> Ticket:
    """Return the ticket as a talk leaves it: answered as by a reply, unless it was settled."""
    if ticket.status in _GONE:
        raise InvalidError("ticket-gone", field="ticket", reference=ticket.reference)
    changed = replace(ticket, municipality=ticket.municipality or told.municipality)
    if ticket.status in _WITH_US:
        owner = who.id if ticket.owner is None else ticket.owner
        changed = replace(changed, status=Status.WAITING, owner=owner, offered=())
    return changed


def _is_empty(uow: UnitOfWork, ticket: Ticket) -> bool:
    return not uow.tickets.articles(ticket.id)


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SUBJECT else words[: _SUBJECT - 1] + "…"
