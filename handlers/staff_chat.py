"""Consultants in a staff chat: answers, notes and the buttons of a card."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from handlers.answers import Answers
from handlers.canned import CannedReplies
from handlers.commands import StaffAct, StaffEdit, StaffNote, StaffReply
from handlers.desk import Desk, Words
from handlers.domain.channels import Channel
from handlers.domain.errors import (
    HelpdeskError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    TakenError,
)
from handlers.domain.ids import ArticleId, DraftId, OutboxId
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.drafting import Drafting
from handlers.intake import Receipt
from handlers.missed_calls import MissedCalls
from handlers.people import PersonCards
from handlers.ports import Clock, UnitOfWork
from handlers.staff_askers import StaffAskers
from handlers.staff_commands import StaffAsker, StaffDraft
from handlers.staff_drafts import DRAFT_ACTS, StaffDrafts
from handlers.staff_room import STAFF_LANGUAGE
from handlers.unrouting import Unrouting

StaffCommand = StaffReply | StaffNote | StaffEdit | StaffAct | StaffDraft | StaffAsker

REFUSALS = (InvalidError, NotAllowedError, NotFoundError, TakenError)
"""What is told to whoever asked. A lost race is none: it is raised, undone and tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChatDesk:
    """The desk as it works in a staff chat.

    - An answer leaves after `undo`; until then one press takes it back.
    - A consultant who changes the words of an answer changes them at the asker's too.
    - A draft goes nowhere until somebody presses for it; of two who press, one sends it.
    - A refusal is told in the chat, except of notes: nobody waits for one.
    """

    clock: Clock
    desk: Desk
    answers: Answers
    missed_calls: MissedCalls
    undo: timedelta

    @property
    def drafts(self) -> StaffDrafts:
        """Answers prepared and not sent."""
        about = self.answers.variables[Channel.TELEGRAM]
        return StaffDrafts(
            drafting=Drafting(clock=self.clock, desk=self.desk),
            canned=CannedReplies(clock=self.clock, about=about),
        )

    @property
    def _unrouting(self) -> Unrouting:
        return Unrouting(desk=self.desk)

    @property
    def _cards(self) -> PersonCards:
        return PersonCards(
            clock=self.clock,
            access=self.desk.access,
            places=lambda: self.answers.knowledge().places,
            reactions=self.desk.reactions,
        )

    def carry_out(self, uow: UnitOfWork, command: StaffCommand) -> Receipt:
        """Do what was written or pressed, or say why not."""
        who = uow.consultants.by_telegram(command.telegram)
        ticket = uow.tickets.find(command.ticket)
        if ticket is None:
            return _ignored("no-ticket")
        try:
            if who is None:
                raise NotAllowedError("not-a-consultant")
            return self._act(uow, ticket, command, who)
        except REFUSALS as refusal:
            if not isinstance(command, StaffNote):
                self._refuse(uow, ticket, command.chat, refusal)
            return _ignored(refusal.key, ticket)

    def _act(
        self, uow: UnitOfWork, ticket: Ticket, command: StaffCommand, who: Consultant
    ) -> Receipt:
        match command:
            case StaffReply(chat=chat):
                self._reply(uow, ticket, who, _words(command), chat=chat)
                return Receipt(outcome=Outcome.FILED, reason="reply", ticket=ticket)
            case StaffNote():
                self.desk.note(uow, ticket.id, who, _words(command))
                return Receipt(outcome=Outcome.FILED, reason="note", ticket=ticket)
            case StaffEdit():
                return self._correct(uow, ticket, command, who)
            case StaffDraft():
                self.drafts.prepare(uow, ticket, command, who)
                return Receipt(outcome=Outcome.FILED, reason="draft", ticket=ticket)
            case StaffAsker(text=line):
                return Receipt(
                    outcome=Outcome.FILED,
                    reason="asker-said",
                    ticket=StaffAskers(self._cards).say(uow, ticket, line, who),
                )
            case StaffAct():
                return self._press(uow, ticket, command, who)
            case _:
                assert_never(command)

    def _reply(
        self, uow: UnitOfWork, ticket: Ticket, who: Consultant, words: Words, *, chat: str
    ) -> None:
        article = self.desk.reply(uow, ticket.id, who, words, delay=self.undo)
        self._offer_undo(uow, ticket, article, words, chat=chat)

    def _offer_undo(
        self, uow: UnitOfWork, ticket: Ticket, article: Article, words: Words, *, chat: str
    ) -> None:
        if not self.undo:
            return
        values: Values = {
            "reference": ticket.reference,
            "state": "waiting",
            "seconds": int(self.undo.total_seconds()),
            "article": article.id,
            "about": words.external_id or "",
        }
        self._tell(uow, ticket, chat, Key.STAFF_SENDING, values, article=article.id)

    def _correct(
        self, uow: UnitOfWork, ticket: Ticket, command: StaffEdit, who: Consultant
    ) -> Receipt:
        found = uow.tickets.find_article(
            channel=Channel.TELEGRAM, external_ids=[command.original], kind=ArticleKind.REPLY
        )
        if found is None or found.ticket != ticket.id or command.is_draft:
            draft = uow.drafts.of(ticket.id)
            if draft is not None and draft.external_id == command.original:
                self.drafts.drafting.prepare(uow, ticket.id, who, _said_again(command))
                return Receipt(outcome=Outcome.FILED, reason="draft", ticket=ticket)
            self.desk.note(uow, ticket.id, who, _words(command))
            return Receipt(outcome=Outcome.FILED, reason="note", ticket=ticket)
        self.desk.correct(uow, found, who, _words(command))
        return Receipt(outcome=Outcome.FILED, reason="correction", ticket=ticket)

    def _press(self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant) -> Receipt:
        acts = {
            "take": self.desk.take,
            "release": self.desk.release,
            "resolve": self.desk.resolve,
            "reopen": self.desk.reopen,
            "spam": self.desk.spam,
            "unroute": self._unrouting.undo,
        }
        done = _ignored(f"pressed:{press.act}", ticket)
        match press.act:
            case "queues" | "card":
                self.desk.access.require(who, ticket)
                menu = "queues" if press.act == "queues" else ""
                placed = "1" if self._unrouting.of(uow, ticket) else ""
                values = {"menu": menu, "placed": placed}
                self.desk.reactions.cards.restate(uow, ticket, values, chat=press.chat)
            case "missed":
                self.missed_calls.note(uow, ticket, who)
            case "to":
                self.desk.transfer(uow, ticket.id, who, queue=press.argument)
            case "send":
                self._send(uow, ticket, press, who)
            case act if act in DRAFT_ACTS:
                self._press_draft(uow, ticket, press, who)
            case "undo":
                self.desk.take_back(uow, ticket.id, who, ArticleId(int(press.argument)))
            case "again":
                self.desk.send_again(uow, ticket.id, who, OutboxId(int(press.argument)))
            case act if act in acts:
                return replace(done, ticket=acts[act](uow, ticket.id, who))
            case _:
                return _ignored("no-such-act", ticket)
        return done

    def _send(self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant) -> None:
        """Answer with an entry of the knowledge base: the consultant's answer, the entry pinned."""
        entry = self.answers.knowledge().entry(press.argument)
        if entry is None:
            raise NotFoundError("no-such-entry", id=press.argument)
        words = Words(
            text=self.answers.text((entry,), ticket.channel, ticket.language),
            channel=Channel.TELEGRAM,
            entry=entry,
        )
        if any(_same(row, words) for row in uow.tickets.articles(ticket.id)):
            return
        self._reply(uow, ticket, who, words, chat=press.chat)

    def _press_draft(
        self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant
    ) -> None:
        match press.act:
            case "draft" | "draft_edit":
                values = self.drafts.asked(uow, ticket, who)
                self._tell(uow, ticket, press.chat, Key.STAFF_DRAFT_ASKED, values)
            case "draft_send":
                words = Words(text="", channel=Channel.TELEGRAM)
                article = self.drafts.drafting.send(
                    uow, ticket.id, who, _draft(press), words=words, delay=self.undo
                )
                self._offer_undo(uow, ticket, article, words, chat=press.chat)
            case "draft_drop":
                self.drafts.drafting.discard(uow, ticket.id, who, _draft(press))
            case _:
                self.drafts.offer(uow, ticket, who, press.argument)

    # Telling ---------------------------------------------------------------------------------

    def _refuse(self, uow: UnitOfWork, ticket: Ticket, chat: str, refusal: HelpdeskError) -> None:
        values: Values = {**refusal.values, "refusal": refusal.key}
        self._tell(uow, ticket, chat, Key.REFUSED, values)

    def _tell(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        chat: str,
        key: Key,
        values: Values,
        *,
        article: ArticleId | None = None,
    ) -> None:
        uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MESSAGE,
                channel=Channel.TELEGRAM,
                to=chat,
                key=key,
                values=values,
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=ticket.id,
                article=article,
            )
        )


def _same(row: Article, words: Words) -> bool:
    """Tell whether a press was counted before: the same entry was sent with the same words."""
    entry = words.entry.id if words.entry else None
    return row.kind is ArticleKind.REPLY and (row.entry, row.text) == (entry, words.text.strip())


def _ignored(reason: str, ticket: Ticket | None = None) -> Receipt:
    return Receipt(outcome=Outcome.IGNORED, reason=reason, ticket=ticket)


def _words(command: StaffReply | StaffNote | StaffEdit) -> Words:
    return Words(
        text=command.text,
        channel=Channel.TELEGRAM,
        attachments=command.attachments,
        external_id=command.external_id,
        left=command.left if isinstance(command, StaffReply) else (),
    )


def _said_again(command: StaffEdit) -> Words:
    """Return other words of a draft, still known by the message that brought it."""
    return replace(_words(command), external_id=command.original)


def _draft(press: StaffAct) -> DraftId:
    return DraftId(int(press.argument))
