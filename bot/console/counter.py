"""The counter where web questions are taken: kept raw and filed in one transaction."""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.console.questions import Question
from bot.console.site import Site
from bot.worker import finish
from handlers.call_requests import CallRequest
from handlers.decision_views import AnswerView, PartialView, answer_view, partial_view
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError, InvalidError, NotFoundError
from handlers.domain.ids import InboxId, TicketId
from handlers.domain.messages import Prepared, Received, Thread
from handlers.domain.tickets import ArticleKind, Ticket
from handlers.domain.verdicts import Told
from handlers.intake import Receipt
from handlers.joined import goes_on_in
from handlers.parts import HELD_BACK, Part, first_parts, waiting
from handlers.ports import UnitOfWork
from handlers.typed import Wish
from knowledge_base.decisions import Context, Decision
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass

T = TypeVar("T")

SOURCE = "web"
_TRIES = 4
_LEASE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What the asker is told: the ticket, what was decided, and the answer if one was given.

    `partial` holds the answers to some questions of a letter, while others wait.
    """

    ticket: TicketId
    reference: str
    decision: str
    answer: AnswerView | None
    partial: PartialView | None


@dataclass(frozen=True, slots=True)
class Counter:
    """Takes questions, follow-ups and button presses from the web.

    - Nothing is told to the asker before it is committed; whoever repeats a request with the same
      key gets the first outcome again.
    - The decision is made before the transaction, in a thread.
    - An asker without an e-mail address gets an address of the web's own: it reaches nobody, and
      makes the person a party to the ticket.
    """

    site: Site

    async def ask(self, question: Question, *, key: str, raw: bytes) -> Filed:
        """File a question as a ticket.

        Raises:
            InvalidError: another question was filed under this key.
        """
        decision = await self._decide(question)
        sender = _address(question)

        def file(uow: UnitOfWork) -> Filed:
            message = self._received(key, raw)
            row = uow.inbox.add(message)
            if row is None:
                return self._again(uow, key, raw)
            prepared = _question(question, message, sender, decision)
            receipt = self._file(uow, row, prepared)
            self._call(uow, _ticket(receipt), question.phone)
            return self._outcome(uow, _ticket(receipt))

        return await self._write(file)

    async def add(self, ticket: TicketId, text: str, *, key: str) -> TicketId:
        """File what the asker writes on their page; return the ticket it joined or opened."""
        decision = await self._decide(Question(text=text))
        raw = json.dumps({"ticket": ticket, "text": text}, ensure_ascii=False).encode()

        def file(uow: UnitOfWork) -> TicketId:
            message = self._received(key, raw)
            row = uow.inbox.add(message)
            if row is None:
                return self._known(uow, key).id
            person = uow.people.get(uow.tickets.get(ticket).requester)
            prepared = Prepared(
                channel=Channel.WEB,
                sender=person.addresses[-1] if person.addresses else None,
                sender_name=person.name,
                subject="",
                text=text,
                full_text=text,
                external_id=key,
                received_at=message.received_at,
                decision=decision,
                thread=Thread(token=ticket),
            )
            return _ticket(self._file(uow, row, prepared)).id

        return await self._write(file)

    async def choose_topic(self, ticket: TicketId, queue: str) -> None:
        """Move a question to the queue whose topic was pressed on the asker's page."""
        choose = self.site.particulars.choose_topic
        await self._write(lambda uow: choose(uow, uow.tickets.get(ticket), queue))

    async def call(self, ticket: TicketId, phone: str, slot: str) -> None:
        """Wish a call for the asker of a page, on this number and in this part of a day."""
        take = self.site.talking.call_backs.take
        request = CallRequest(phone=phone)
        await self._write(lambda uow: take(uow, uow.tickets.get(ticket), request, slot=slot))

    async def uncall(self, ticket: TicketId) -> None:
        """Call the asker of a page no more."""
        withdraw = self.site.talking.call_backs.withdraw
        await self._write(lambda uow: withdraw(uow, uow.tickets.get(ticket)))

    async def choose_place(self, ticket: TicketId, official: str) -> None:
        """Take which of two municipalities of one name was meant."""

        def choose(uow: UnitOfWork) -> None:
            particulars, asked = self.site.particulars, uow.tickets.get(ticket)
            if official in particulars.places_asked(uow, asked):
                particulars.choose_municipality(uow, asked, official)

        await self._write(choose)

    async def press(self, ticket: TicketId, wish: Wish) -> None:
        """Do what a button on the asker's page asks for."""
        press = self.site.feedback.fulfil
        await self._write(lambda uow: press(uow, goes_on_in(uow, uow.tickets.get(ticket)), wish))

    async def _decide(self, question: Question) -> Decision:
        base = await asyncio.to_thread(self.site.knowledge.refresh)
        context = Context(
            today=self.site.today(),
            municipality=question.municipality,
            language=question.language,
            variables=self.site.answers.variables[Channel.WEB],
        )
        return await asyncio.to_thread(base.decide, question.text, context)

    async def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do it again when somebody was faster: a reply and a press may meet on one ticket."""
        for _ in range(_TRIES - 1):
            try:
                done = await self.site.units.write(work)
            except ConflictError:
                continue
            self.site.owed()
            return done
        done = await self.site.units.write(work)
        self.site.owed()
        return done

    def _received(self, key: str, raw: bytes) -> Received:
        return Received(
            channel=Channel.WEB,
            source=SOURCE,
            external_id=key,
            lane=None,
            raw=raw,
            received_at=self.site.clock.now(),
        )

    def _file(self, uow: UnitOfWork, row: InboxId, message: Prepared) -> Receipt:
        claimed = uow.inbox.claim_one(row, now=self.site.clock.now(), lease=_LEASE)
        if claimed is None:
            raise ConflictError("changed-meanwhile")
        receipt = self.site.intake.receive(uow, message)
        finish(uow, claimed, receipt)
        return receipt

    def _call(self, uow: UnitOfWork, ticket: Ticket, phone: str | None) -> None:
        if phone is not None:
            request, known = CallRequest(phone=phone), uow.tickets.get(ticket.id)
            self.site.talking.call_backs.take(uow, known, request)

    def _again(self, uow: UnitOfWork, key: str, raw: bytes) -> Filed:
        entry = uow.inbox.find(channel=Channel.WEB, source=SOURCE, external_id=key)
        if entry is None or entry.ticket is None or not _same(uow, entry.id, raw):
            raise InvalidError("key-used", field="Idempotency-Key")
        return self._outcome(uow, uow.tickets.get(entry.ticket))

    def _known(self, uow: UnitOfWork, key: str) -> Ticket:
        entry = uow.inbox.find(channel=Channel.WEB, source=SOURCE, external_id=key)
        if entry is None or entry.ticket is None:
            raise NotFoundError("no-such-message", id=key)
        return uow.tickets.get(entry.ticket)

    def _outcome(self, uow: UnitOfWork, ticket: Ticket) -> Filed:
        """Tell the outcome from what is stored, so that a repeat tells the same."""
        decided = [event for event in uow.tickets.events(ticket.id) if event.type == "decided"]
        kind, *reasons = decided[0].reasons if decided else ("unsure",)
        parts = first_parts(uow.tickets.events(ticket.id))
        in_part = any(part.is_answered for part in parts) and bool(waiting(parts))
        sent = kind == "answer" and HELD_BACK not in reasons and not in_part
        return Filed(
            ticket=ticket.id,
            reference=ticket.reference,
            decision=kind,
            answer=self._first_answer(uow, ticket) if sent else None,
            partial=self._partial(uow, ticket, parts) if in_part else None,
        )

    def _partial(self, uow: UnitOfWork, ticket: Ticket, parts: tuple[Part, ...]) -> PartialView:
        asked = {part.entry: part.text for part in parts}
        entries = next(iter(answered_entries(self.site, uow, ticket)), ())
        told = [
            Told(
                question=asked.get(entry.id, entry.question),
                entry=entry,
                text=self.site.answers.text((entry,), ticket.channel, ticket.language),
            )
            for entry in entries
        ]
        return partial_view(told, waiting(parts))

    def _first_answer(self, uow: UnitOfWork, ticket: Ticket) -> AnswerView | None:
        texts = [
            article.text
            for article in uow.tickets.articles(ticket.id)
            if article.kind is ArticleKind.SUGGESTED
        ]
        entries = next(iter(answered_entries(self.site, uow, ticket)), ())
        return answer_view(entries, texts[0]) if texts and entries else None


def answered_entries(site: Site, uow: UnitOfWork, ticket: Ticket) -> list[tuple[Entry, ...]]:
    """Return the entries behind each automatic answer of a ticket, the first answer first."""
    find = site.answers.find
    return [
        tuple(entry for entry_id in event.reasons if (entry := find(uow, entry_id)) is not None)
        for event in uow.tickets.events(ticket.id)
        if event.type == "answered"
    ]


def form_key(key: str, content: bytes) -> str:
    """Return the key of a form: pressed twice it is one, changed and sent again it is another."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return f"form:{key[:64] or secrets.token_urlsafe(16)}:{digest}"


def _address(question: Question) -> Address:
    if question.email is not None:
        return Address(Channel.MAIL, question.email)
    return Address(Channel.WEB, f"web-{secrets.token_hex(8)}")


def _question(
    question: Question, message: Received, sender: Address, decision: Decision
) -> Prepared:
    """Prepare the question; a place nobody recognised is kept where a consultant reads it."""
    unread = question.municipality if decision.municipality is None else None
    return Prepared(
        channel=Channel.WEB,
        sender=sender,
        sender_name="",
        subject="",
        text=question.text,
        full_text=f"{question.text}\n\n({unread})" if unread else question.text,
        external_id=message.external_id,
        received_at=message.received_at,
        decision=decision,
    )


def _ticket(receipt: Receipt) -> Ticket:
    if receipt.ticket is None:
        raise ConflictError("changed-meanwhile")
    return receipt.ticket


def _same(uow: UnitOfWork, row: InboxId, raw: bytes) -> bool:
    try:
        return uow.inbox.raw(row) == raw
    except NotFoundError:
        return False
