"""Consultants in a staff chat: answers, notes and the buttons of a card."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from handlers.answers import Answers
from handlers.canned import CannedReplies
from handlers.chat_answers import ChatAnswers
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
from handlers.domain.outgoing import Key, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Ticket
from handlers.drafting import Drafting
from handlers.intake import Receipt
from handlers.missed_calls import MissedCalls
from handlers.people import PersonCards
from handlers.ports import Clock, UnitOfWork
from handlers.staff_askers import StaffAskers
from handlers.staff_commands import StaffAsker, StaffDraft
from handlers.staff_drafts import DRAFT_ACTS, StaffDrafts
from handlers.staff_sorting import SORTING_ACTS, StaffSorting
from handlers.unrouting import Unrouting
from knowledge_base.values import dataclass

StaffCommand = StaffReply | StaffNote | StaffEdit | StaffAct | StaffDraft | StaffAsker

REFUSALS = (InvalidError, NotAllowedError, NotFoundError, TakenError)
"""What is told to whoever asked. A lost race is none: it is raised, undone and tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChatDesk:
    """The desk as it works in a staff chat.

    - What an answer needs before it leaves is for `ChatAnswers` to say.
    - A consultant who changes the words of an answer changes them at the asker's too.
    - A draft goes nowhere until somebody presses for it; of two who press, one sends it.
    - A refusal is told in the chat, except of notes: nobody waits for one.
    """

    clock: Clock
    desk: Desk
    answers: Answers
    missed_calls: MissedCalls
    undo: timedelta
    cards: PersonCards

    @property
    def drafts(self) -> StaffDrafts:
        """Answers prepared and not sent."""
        about = self.answers.variables[Channel.TELEGRAM]
        return StaffDrafts(
            drafting=Drafting(clock=self.clock, desk=self.desk),
            canned=CannedReplies(clock=self.clock, about=about),
        )

    @property
    def _answering(self) -> ChatAnswers:
        return ChatAnswers(clock=self.clock, desk=self.desk, answers=self.answers, undo=self.undo)

    @property
    def _unrouting(self) -> Unrouting:
        return Unrouting(desk=self.desk)

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
                words, at = _words(command), command.seen_at
                self._answering.reply(uow, ticket, who, words, chat=chat, at=at)
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
                    ticket=StaffAskers(self.cards).say(uow, ticket, line, who),
                )
            case StaffAct():
                return self._press(uow, ticket, command, who)
            case _:
                assert_never(command)

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
                self._answering.send_entry(uow, ticket, press, who)
            case act if act in DRAFT_ACTS:
                self._press_draft(uow, ticket, press, who)
            case act if act in SORTING_ACTS:
                sorting = StaffSorting(clock=self.clock, desk=self.desk)
                told = sorting.carry_out(uow, ticket, press, who)
                self._answering.tell(uow, ticket, press.chat, Key.STAFF_SORTED, told)
            case "undo" | "again" | "anyway":
                self._press_answer(uow, ticket, press, who)
            case act if act in acts:
                return replace(done, ticket=acts[act](uow, ticket.id, who))
            case _:
                return _ignored("no-such-act", ticket)
        return done

    def _press_answer(
        self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant
    ) -> None:
        match press.act:
            case "undo":
                self.desk.take_back(uow, ticket.id, who, ArticleId(int(press.argument)))
            case "again":
                self.desk.send_again(uow, ticket.id, who, OutboxId(int(press.argument)))
            case _:
                self._answering.send_kept(uow, ticket, press, who)

    def _press_draft(
        self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant
    ) -> None:
        match press.act:
            case "draft" | "draft_edit":
                values = self.drafts.asked(uow, ticket, who)
                self._answering.tell(uow, ticket, press.chat, Key.STAFF_DRAFT_ASKED, values)
            case "draft_send":
                self._answering.send_draft(uow, ticket, press, who)
            case "draft_drop":
                self.drafts.drafting.discard(uow, ticket.id, who, _draft(press))
            case _:
                self.drafts.offer(uow, ticket, who, press.argument)

    # Telling ---------------------------------------------------------------------------------

    def _refuse(self, uow: UnitOfWork, ticket: Ticket, chat: str, refusal: HelpdeskError) -> None:
        values: Values = {**refusal.values, "refusal": refusal.key}
        self._answering.tell(uow, ticket, chat, Key.REFUSED, values)


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
