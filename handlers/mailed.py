"""A consultant's mailed answer: sent when it is surely theirs and surely whole, else shown back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handlers.answers import MACHINE
from handlers.commands import MailedReply
from handlers.desk import Desk, Words
from handlers.domain.channels import Channel
from handlers.domain.errors import StaleError
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Key, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, TicketEvent
from handlers.ports import Clock, UnitOfWork
from handlers.seen import Seen, seen_at, told_changes
from handlers.work import OutboxEntry
from knowledge_base.values import dataclass

_YES = frozenset({"taip", "yes", "да"})
_SHOWN = frozenset({Key.STAFF_PREVIEW, Key.STAFF_STALE})
_TELLING = 25
"""A line this long, said again word for word, was quoted and not thought of anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Previews:
    """Keeps from the asker what only consultants may read.

    - Where the history could not be cut off surely, or the words repeat a note, the question or
      another consultant's address, they are kept as a note and shown back. So is what passes a
      mail on as a file, and what was said before: no person says it twice, an absent one's robot
      does.
    - So is an answer to a mail of ours since which others did something to the ticket.
    - The consultant says "taip" to that, and they are sent as they were shown; or writes again.
      After that a "taip" to what was shown before is shown back: it is no answer to a question.
    """

    clock: Clock
    desk: Desk

    def settled(
        self, uow: UnitOfWork, mailed: MailedReply, who: Consultant, words: Words
    ) -> Words | None:
        """Return what is to be sent; None when it was shown back instead, or was here before.

        Raises:
            HelpdeskError: whatever `Desk.note` refuses.
        """
        articles = uow.tickets.articles(mailed.ticket)
        if _says_yes(words.text):
            shown = _shown(uow, mailed.ticket, who, articles)
            if shown is not None:
                return replace(words, text=shown.text, attachments=shown.attachments)
            if _brought(articles, ArticleKind.REPLY, words):
                return None
        is_doubtful = (
            _passes_on(words) or _is_said(articles, who, words) or self._is_overtaken(uow, mailed)
        )
        if mailed.message.is_sure and not (is_doubtful or _tells_inside(uow, who, words, articles)):
            return words
        if not _brought(articles, ArticleKind.NOTE, words):
            self._show(uow, mailed.ticket, who, words)
        return None

    def seen(self, uow: UnitOfWork, mailed: MailedReply) -> Seen | None:
        """Return how far the mail went that is answered; None when none of ours is named."""
        sent = _answered(uow, mailed)
        ticket = uow.tickets.find(mailed.ticket)
        if sent is None or ticket is None or sent.ticket != ticket.id:
            return None
        return seen_at(uow, ticket, sent.at)

    def hold(
        self, uow: UnitOfWork, number: TicketId, who: Consultant, words: Words, stale: StaleError
    ) -> None:
        """Show an answer back that was written from an older view, with what happened since."""
        if not _brought(uow.tickets.articles(number), ArticleKind.NOTE, words):
            self._show(uow, number, who, words, told_changes(stale.changes))

    def _is_overtaken(self, uow: UnitOfWork, mailed: MailedReply) -> bool:
        """Tell whether it agrees to what was shown back and is not what was shown last."""
        sent = _answered(uow, mailed) if _says_yes(mailed.message.text) else None
        return sent is not None and sent.key in _SHOWN

    def _show(
        self,
        uow: UnitOfWork,
        number: TicketId,
        who: Consultant,
        words: Words,
        changes: Values | None = None,
    ) -> None:
        note = self.desk.note(uow, number, who, words)
        ticket = uow.tickets.get(number)
        uow.tickets.record(
            number,
            TicketEvent(
                type="previewed", at=self.clock.now(), actor=who.email, reasons=(str(note.id),)
            ),
        )
        reactions = self.desk.reactions
        if not reactions.askers.may_write_back(uow, who.email):
            held = "automatic_mail_held"
            uow.tickets.record(number, TicketEvent(type=held, at=self.clock.now(), actor=MACHINE))
            return
        files = ", ".join(file.name for file in note.attachments)
        values = {"text": note.text, "subject": ticket.subject, "files": files, **(changes or {})}
        key = Key.STAFF_STALE if changes else Key.STAFF_PREVIEW
        reactions.staff_room.mail(uow, ticket, who, key, values)


def _answered(uow: UnitOfWork, mailed: MailedReply) -> OutboxEntry | None:
    """Return which mail of ours is answered; None when none is named."""
    ids = mailed.message.thread.references
    return uow.outbox.find_sent(channel=Channel.MAIL, external_ids=ids) if ids else None


def _says_yes(text: str) -> bool:
    return text.strip(" \n.!„“\"'").lower() in _YES


def _shown(
    uow: UnitOfWork, ticket: TicketId, who: Consultant, articles: Iterable[Article]
) -> Article | None:
    """Find what was shown to the consultant last, unless they have answered since."""
    own = [event for event in uow.tickets.events(ticket) if event.actor == who.email]
    last = next((each for each in reversed(own) if each.type in {"previewed", "replied"}), None)
    if last is None or last.type != "previewed":
        return None
    return next((row for row in articles if str(row.id) in last.reasons), None)


def _brought(articles: Iterable[Article], kind: ArticleKind, words: Words) -> bool:
    """Tell whether this very mail was here before: one sent to two of our addresses."""
    return words.external_id is not None and any(
        (row.kind, row.external_id) == (kind, words.external_id) for row in articles
    )


def _passes_on(words: Words) -> bool:
    return any(file.content_type.startswith("message/") for file in words.attachments)


def _is_said(articles: Iterable[Article], who: Consultant, words: Words) -> bool:
    return any(
        (row.kind, row.consultant, row.text) == (ArticleKind.REPLY, who.id, words.text.strip())
        for row in articles
    )


def _tells_inside(
    uow: UnitOfWork, who: Consultant, words: Words, articles: Iterable[Article]
) -> bool:
    """Tell whether the words repeat what was written for consultants' eyes."""
    text = words.text.lower()
    others = (each.email for each in uow.consultants.rows() if each.id != who.id)
    if "/console/" in text or any(email in text for email in others):
        return True
    inside = (ArticleKind.NOTE, ArticleKind.INBOUND)
    known = {line for row in articles if row.kind in inside for line in _lines(row.text)}
    return not known.isdisjoint(_lines(words.text))


def _lines(text: str) -> Iterator[str]:
    lines = (" ".join(line.lower().lstrip("> ").split()) for line in text.splitlines())
    return (line for line in lines if len(line) >= _TELLING)
