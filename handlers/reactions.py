"""One event in, the messages we owe out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from handlers.askers import Askers
from handlers.closed_hours import told_closed
from handlers.domain.channels import Channel
from handlers.domain.events import (
    AnsweredInPart,
    Changed,
    DeliveryFailed,
    DeliveryMoved,
    Drafted,
    Event,
    FollowUpReceived,
    Helped,
    Merged,
    Noted,
    PersonAsked,
    PracticeOpened,
    QuestionAnswered,
    QuestionQueued,
    Replied,
    ReplySettled,
    Resolved,
    Split,
    StaffChatFailed,
    SuggestionsDeclined,
    Transferred,
    Unmerged,
)
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.tickets import ArticleKind, Ticket
from handlers.domain.verdicts import Verdict
from handlers.joined import others_who_ask
from handlers.mentor_first import MentorFirst
from handlers.parts import shortened
from handlers.ports import Clock, UnitOfWork
from handlers.staff_cards import StaffCards
from handlers.staff_notices import StaffNotices
from handlers.staff_room import StaffRoom
from handlers.tie_reactions import TieReactions
from handlers.watching import Watching
from handlers.working_time import WorkingTime
from knowledge_base.decisions import Candidate
from knowledge_base.entries import Entry
from knowledge_base.queues import SENSITIVE
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """Owes the right people the right messages.

    - The asker gets an acknowledgement or an automatic answer, one of them, once per ticket.
    - No time is promised while nobody is there to answer.
    - A practice ticket owes nothing to anybody but its consultant.
    - Who wrote by mail is offered once to go on in Telegram, restricted matters excepted: `invite`
      gives the code.
    """

    clock: Clock
    working_time: WorkingTime
    askers: Askers
    staff_room: StaffRoom
    invite: Callable[[UnitOfWork, Ticket], str]

    @property
    def cards(self) -> StaffCards:
        """What staff chats were shown before."""
        return StaffCards(clock=self.clock, room=self.staff_room)

    def owe(self, uow: UnitOfWork, event: Event) -> None:  # noqa: C901, PLR0912, PLR0915 -- one case for each event
        """Write down what the event makes us owe, in the same transaction."""
        tell_staff = self.staff_room.tell
        match event:
            case QuestionAnswered():
                self._answered(uow, event)
            case AnsweredInPart():
                self._answered_in_part(uow, event)
            case QuestionQueued():
                self._queued(uow, event)
            case FollowUpReceived(ticket=ticket, article=article):
                once = f"follow-up:{article.id}"
                tell_staff(uow, ticket, Key.STAFF_FOLLOW_UP, article=article, once=once)
                Watching(self.staff_room).tell(uow, ticket, article, told=True)
            case PersonAsked(ticket=ticket):
                self._confirm(uow, ticket)
                tell_staff(uow, ticket, Key.STAFF_HANDED_OVER, once=None)
            case SuggestionsDeclined(ticket=ticket):
                self._confirm(uow, ticket)
            case Helped(ticket=ticket):
                self._thanked(uow, ticket)
            case Changed(ticket=ticket):
                self.cards.refresh(uow, ticket)
                self.askers.refresh(uow, ticket, topic=self._public_title(ticket))
            case Replied():
                self._replied(uow, event)
            case Resolved(ticket=ticket):
                self._ask_how_it_was(uow, ticket)
            case Drafted():
                self._drafted(uow, event)
            case ReplySettled():
                self.cards.settle(uow, event.ticket, event.article, event.state)
            case Transferred(ticket=ticket):
                once = f"transfer:{ticket.id}:{ticket.version}"
                tell_staff(uow, ticket, Key.STAFF_NEW, once=once)
            case DeliveryFailed(ticket=ticket, kind=kind, message=message):
                more = {"what": kind.value, "message": str(message or "")}
                tell_staff(uow, ticket, Key.STAFF_UNDELIVERED, once=None, more=more)
            case DeliveryMoved(ticket=ticket, kind=kind, channel=channel):
                more = {"what": kind.value, "instead": channel.value}
                once = f"moved:{event.message}"
                tell_staff(uow, ticket, Key.STAFF_MOVED, once=once, more=more)
            case StaffChatFailed(ticket=ticket, key=key, values=values):
                once = f"chat-failed:{event.message}"
                self.staff_room.tell_by_mail(uow, ticket, key, values, chat=event.chat, once=once)
            case Noted(ticket=ticket, article=article):
                Watching(self.staff_room).tell(uow, ticket, article)
            case Merged() | Unmerged() | Split():
                TieReactions(self.askers, self.staff_room).owe(uow, event)
            case PracticeOpened():
                self._practice(uow, event)
            case _:
                assert_never(event)

    def _answered(self, uow: UnitOfWork, event: QuestionAnswered) -> None:
        values: Values = {
            "answer": event.article.text,
            "sources": sources_line(event.entries),
            "checked_on": checked_on(event.entries),
            "page": self.askers.page_of(event.ticket),
        }
        self.askers.tell(
            uow, event.ticket, Kind.ANSWER, Key.ANSWER, values, article=event.article.id
        )

    def _answered_in_part(self, uow: UnitOfWork, event: AnsweredInPart) -> None:
        ticket, said = event.ticket, event.said
        values = {
            **self._promise(uow, ticket),
            **told_values(said),
            **self._topics(event.topics),
            **event.where,
            "waiting": "\n".join(f"– {shortened(question)}" for question in said.waiting),
            "count": len(said.waiting),
            "page": self.askers.page_of(ticket),
        }
        self.askers.tell(
            uow, ticket, Kind.ANSWER, Key.ANSWER_IN_PART, values, article=event.article.id
        )

    def _queued(self, uow: UnitOfWork, event: QuestionQueued) -> None:
        ticket, said = event.ticket, event.said
        more = {"candidates": "\n".join(event.candidates), **_likely(event.likely)}
        self.staff_room.tell(uow, ticket, Key.STAFF_NEW, once=None, more=more)
        self._tell_owner(uow, ticket)
        if said.sure:
            return
        values = {**self._promise(uow, ticket), **told_values(said), **self._topics(event.topics)}
        values = {**values, **event.where, **({said.unread: "1"} if said.unread else {})}
        if ticket.channel is Channel.TELEGRAM:
            values = {**values, **self.askers.unfinished(uow, ticket)}
        elif not self.staff_room.access.is_restricted(ticket.queue):
            values = {**values, **_given("code", self.invite(uow, ticket))}
        kind, key = self._acknowledgement(ticket, said)
        asker = replace(ticket, language=said.foreign or ticket.language)
        self.askers.tell(uow, asker, kind, key, values)

    def _tell_owner(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Tell in person who was given a question at once, where all others see it in a group."""
        if ticket.owner is None or not self.staff_room.chats_of(ticket):
            return
        articles = uow.tickets.articles(ticket.id)
        question = next((row for row in articles if row.kind is ArticleKind.INBOUND), None)
        values = self.staff_room.values(uow, ticket, question)
        notices = StaffNotices(clock=self.clock, room=self.staff_room)
        readers = notices.reading(uow.consultants.get(ticket.owner))
        once = f"new:{ticket.id}"
        self.staff_room.write(uow, ticket, readers, Key.STAFF_NEW, values, once=once)

    def _acknowledgement(self, ticket: Ticket, said: Verdict) -> tuple[Kind, Key]:
        if ticket.queue == SENSITIVE:
            return Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_SENSITIVE
        if self.staff_room.access.is_restricted(ticket.queue):
            return Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_RESTRICTED
        if said.offered:
            return Kind.SUGGESTIONS, Key.SUGGESTIONS
        return Kind.ACKNOWLEDGEMENT, Key.UNTRANSLATED if said.foreign else Key.ACKNOWLEDGEMENT

    def _topics(self, queues: Sequence[str]) -> Values:
        """Name the topics the asker may choose from by a button."""
        known = self.staff_room.access.queues
        return {f"topic{number}": queue for number, queue in enumerate(queues, 1) if queue in known}

    def _confirm(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Tell the asker that a person has the question now."""
        values = self._promise(uow, ticket)
        self.askers.tell(uow, ticket, Kind.NOTICE, Key.HANDED_OVER, values)

    def _thanked(self, uow: UnitOfWork, ticket: Ticket) -> None:
        if ticket.channel is Channel.TELEGRAM:
            self.askers.tell(uow, ticket, Kind.NOTICE, Key.THANKED, {})

    def _ask_how_it_was(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Ask for a rating, once, where one press gives it."""
        asked = any(row.key == Key.MEMBER_RATING for row in uow.outbox.of_ticket(ticket.id))
        if ticket.channel is Channel.TELEGRAM and not asked:
            self.askers.tell(uow, ticket, Kind.NOTICE, Key.MEMBER_RATING, {})

    def _replied(self, uow: UnitOfWork, event: Replied) -> None:
        article = event.article
        values: Values = {"text": article.text, "author": article.author}
        if event.left:
            values = {**values, "left": " ".join(event.left)}
        if event.ticket.practice:
            self.staff_room.mail(uow, event.ticket, event.by, Key.STAFF_DONE, values)
            return
        for ticket in (event.ticket, *others_who_ask(uow, event.ticket)):
            self.askers.tell(
                uow,
                ticket,
                Kind.REPLY,
                Key.REPLY,
                values,
                article=article.id,
                attachments=article.attachments,
                not_before=event.not_before,
            )
        self.askers.copy(uow, event.ticket, article, values)
        Watching(self.staff_room).tell(uow, event.ticket, article)

    def _drafted(self, uow: UnitOfWork, event: Drafted) -> None:
        draft = event.draft
        values: Values = {
            "draft": draft.text,
            "draft_id": str(draft.id),
            "draft_by": uow.consultants.get(draft.consultant).name,
            "about": draft.external_id or "",
        }
        self.staff_room.show(uow, event.ticket, Key.STAFF_DRAFT, values)
        self.cards.refresh(uow, event.ticket)

    def _practice(self, uow: UnitOfWork, event: PracticeOpened) -> None:
        values = self.staff_room.values(uow, event.ticket, event.article)
        self.staff_room.mail(
            uow, event.ticket, event.consultant, Key.STAFF_NEW, values, article=event.article
        )

    def _public_title(self, ticket: Ticket) -> str:
        queue = self.staff_room.access.queues.get(ticket.queue)
        return queue.public_title if queue else ""

    def _promise(self, uow: UnitOfWork, ticket: Ticket) -> Values:
        """Say when to expect an answer, and nothing at all while nobody is there to give one."""
        now = self.clock.now()
        has_owner = ticket.owner is not None
        staffed = has_owner or bool(uow.consultants.serving(ticket.queue))
        staffed = staffed or bool(self.staff_room.chats_of(ticket))
        accompanied = MentorFirst(clock=self.clock, access=self.staff_room.access)
        return {
            "topic": self._public_title(ticket),
            "municipality": ticket.municipality or "",
            **accompanied.told(uow, ticket),
            "due_on": self.working_time.expected(now).isoformat() if staffed else "",
            **(told_closed(uow, ticket, self.working_time, now=now) if staffed else {"closed": ""}),
            "page": self.askers.page_of(ticket),
        }


def _given(name: str, value: str) -> Values:
    return {name: value} if value else {}


def told_values(said: Verdict) -> Values:
    """Number what the asker is told: answers under their questions, near misses, originals."""
    values: dict[str, str | int] = {}
    for number, told in enumerate(said.sure, 1):
        values[f"question{number}"] = shortened(told.question)
        values[f"answer{number}"] = told.text
        values[f"sources{number}"] = sources_line((told.entry,))
        values[f"checked{number}_on"] = checked_on((told.entry,))
    for number, entry in enumerate(said.offered, 1):
        values[f"option{number}"] = entry.question
    for number, told in enumerate(said.originals, 1):
        values[f"original{number}_question"] = told.question
        values[f"original{number}"] = told.text
    return values


def _likely(candidates: Sequence[Candidate]) -> Values:
    """Name the entries a consultant may send with one press."""
    values: dict[str, str | int] = {}
    for number, candidate in enumerate(candidates, 1):
        values[f"candidate{number}"] = candidate.question
        values[f"candidate{number}_id"] = candidate.entry_id
    return values


def sources_line(entries: Sequence[Entry]) -> str:
    """Name the entries' sources, each once: `title (date); title`."""
    named = (
        f"{source.title} ({source.date})" if source.date else source.title
        for entry in entries
        for source in entry.sources
    )
    return "; ".join(dict.fromkeys(named))


def checked_on(entries: Sequence[Entry]) -> str:
    """Return the oldest day a person checked one of the entries, or nothing."""
    days = [entry.checked_on for entry in entries]
    known = [day for day in days if day is not None]
    return min(known).isoformat() if known and len(known) == len(days) else ""
