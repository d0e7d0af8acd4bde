"""A consultant's answer from a chat: sent, or kept until they know what happened meanwhile."""

from datetime import datetime, timedelta

from handlers.answers import Answers
from handlers.commands import StaffAct
from handlers.desk import Desk, Words
from handlers.domain.channels import Channel
from handlers.domain.errors import NotFoundError, StaleError
from handlers.domain.ids import ArticleId, DraftId
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.drafting import Drafting
from handlers.ports import Clock, UnitOfWork
from handlers.seen import Seen, seen_at, told_changes
from handlers.staff_room import STAFF_LANGUAGE
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatAnswers:
    """Answers as they go out of a staff chat.

    - An answer leaves after `undo`; until then one press takes it back.
    - Where others did something the chat had not shown when it was written, it waits: words as a
      note, a draft as the draft it is. Who wrote it is told what happened, and one more press
      sends it.
    - Of two who press, one sends it.
    """

    clock: Clock
    desk: Desk
    answers: Answers
    undo: timedelta

    def reply(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        who: Consultant,
        words: Words,
        *,
        chat: str,
        at: datetime | None,
    ) -> None:
        """Answer; `at` is until when its writer can have read.

        What only Telegram can pass on cannot be kept, so it is sent at once.
        """
        seen = None if words.left else _seen(uow, ticket, at)
        try:
            article = self.desk.reply(uow, ticket.id, who, words, seen=seen, delay=self.undo)
        except StaleError as stale:
            note = self.desk.note(uow, ticket.id, who, words)
            self._tell_stale(uow, ticket, stale, chat=chat, note=note.id)
        else:
            self._offer_undo(uow, ticket, article, words, chat=chat)

    def send_entry(self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant) -> None:
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
        self.reply(uow, ticket, who, words, chat=press.chat, at=press.seen_at)

    def send_kept(self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant) -> None:
        """Send what was kept as a note all the same."""
        thread, number = uow.tickets.articles(ticket.id), ArticleId(int(press.argument))
        note = next((row for row in thread if row.id == number), None)
        if note is None or note.kind is not ArticleKind.NOTE:
            raise NotFoundError("no-such-article", id=press.argument, reference=ticket.reference)
        words = Words(
            text=note.text,
            channel=note.channel,
            attachments=note.attachments,
            external_id=note.external_id,
            entry=self.answers.knowledge().entry(note.entry) if note.entry else None,
        )
        if any(_same(row, words) and row.id > note.id for row in thread):
            return
        seen = _seen(uow, ticket, press.seen_at)
        try:
            article = self.desk.reply(uow, ticket.id, who, words, seen=seen, delay=self.undo)
        except StaleError as stale:
            self._tell_stale(uow, ticket, stale, chat=press.chat, note=note.id)
        else:
            self.desk.reactions.cards.settle(uow, ticket, note.id, "sent")
            self._offer_undo(uow, ticket, article, words, chat=press.chat)

    def send_draft(self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant) -> None:
        """Send the draft."""
        words, seen = Words(text="", channel=Channel.TELEGRAM), _seen(uow, ticket, press.seen_at)
        drafting, draft = Drafting(clock=self.clock, desk=self.desk), DraftId(int(press.argument))
        try:
            article = drafting.send(
                uow, ticket.id, who, draft, words=words, seen=seen, delay=self.undo
            )
        except StaleError as stale:
            self._tell_stale(uow, ticket, stale, chat=press.chat, draft=press.argument)
        else:
            self._offer_undo(uow, ticket, article, words, chat=press.chat)

    def tell(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        chat: str,
        key: Key,
        values: Values,
        *,
        article: ArticleId | None = None,
    ) -> None:
        """Owe the chat a message about the ticket."""
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

    def _tell_stale(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        stale: StaleError,
        *,
        chat: str,
        note: ArticleId | None = None,
        draft: str = "",
    ) -> None:
        values: Values = {
            "reference": ticket.reference,
            "state": "waiting",
            "article": note or "",
            "draft": draft,
            **told_changes(stale.changes),
        }
        self.tell(uow, ticket, chat, Key.STAFF_STALE, values, article=note)

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
        self.tell(uow, ticket, chat, Key.STAFF_SENDING, values, article=article.id)


def _seen(uow: UnitOfWork, ticket: Ticket, at: datetime | None) -> Seen | None:
    return None if at is None else seen_at(uow, ticket, at)


def _same(row: Article, words: Words) -> bool:
    """Tell whether a press was counted before: the same entry was sent with the same words."""
    entry = words.entry.id if words.entry else None
    return row.kind is ArticleKind.REPLY and (row.entry, row.text) == (entry, words.text.strip())
