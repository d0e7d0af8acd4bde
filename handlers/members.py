"""What members ask of the desk itself: their questions, language, data, and what they thought."""

import json
from dataclasses import replace
from typing import assert_never

from handlers.call_backs import CallBacks
from handlers.choices import Choices
from handlers.commands import Ask, Request
from handlers.domain.channels import Attachment, Channel
from handlers.domain.events import FollowUpReceived
from handlers.domain.ids import TicketId
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Person
from handlers.domain.tickets import (
    ArticleKind,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.feedback import REQUESTER
from handlers.intake import Receipt
from handlers.joined import as_its_asker_sees, own_matters, shown_to_asker
from handlers.member_trainings import MemberTrainings
from handlers.merging import Merging, is_leak
from handlers.notices import notice
from handlers.ownership import own_ticket
from handlers.ports import Clock, FileStore, UnitOfWork
from handlers.privacy import Privacy
from handlers.reactions import Reactions
from handlers.staff_rows import written
from knowledge_base.values import dataclass

_LISTED = 10
_SHOWN = 1500
_LIVE = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
_GONE = frozenset({Status.MERGED, Status.SPAM})
_BEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Serves a member in their private chat; the account itself proves who they are.

    - Nobody sees or changes a ticket that is not theirs; a press twice changes nothing twice.
    - Erasing is asked for twice. It also takes away the topics and, as far as Telegram lets a bot,
      the messages; what remains counts but names nobody.
    """

    clock: Clock
    files: FileStore
    privacy: Privacy
    reactions: Reactions
    call_backs: CallBacks
    choices: Choices
    trainings: MemberTrainings

    def carry_out(self, uow: UnitOfWork, ask: Ask) -> Receipt:  # noqa: C901 -- one case each
        """Do what is asked."""
        match ask.what:
            case Request.TICKETS:
                self._list(uow, ask)
            case Request.SHOW:
                self._show(uow, ask)
            case Request.LANGUAGE:
                self._speak(uow, ask)
            case Request.EXPORT:
                self._export(uow, ask)
            case Request.ERASE:
                return self._erase(uow, ask)
            case Request.RATE:
                self._rate(uow, ask)
            case Request.JOIN:
                self._join(uow, ask)
            case Request.CALL | Request.PHONE | Request.WHEN | Request.UNCALL:
                self.call_backs.carry_out(uow, ask)
            case Request.APART | Request.CANCEL | Request.PLACES | Request.PLACE:
                self.choices.carry_out(uow, ask)
            case Request.TRAININGS | Request.ENROL | Request.LEAVE:
                self.trainings.carry_out(uow, ask)
            case _:
                assert_never(ask.what)
        return Receipt(outcome=Outcome.IGNORED, reason=f"asked:{ask.what}")

    # Questions ----------------------------------------------------------------------------------

    def _list(self, uow: UnitOfWork, ask: Ask) -> None:
        values: dict[str, str | int] = {}
        for number, ticket in enumerate(self._tickets(uow, ask)[:_LISTED], 1):
            values[f"ticket{number}"] = ticket.reference
            values[f"status{number}"] = ticket.status.value
            values[f"subject{number}"] = ticket.subject
        self._tell(uow, ask, Key.MEMBER_TICKETS if values else Key.MEMBER_NO_TICKETS, values)

    def _show(self, uow: UnitOfWork, ask: Ask) -> None:
        ticket = own_ticket(uow, ask, ask.argument)
        said = shown_to_asker(uow, ticket)
        replies = [row for row in said if row.kind is not ArticleKind.INBOUND]
        values: Values = {
            "reference": ticket.reference,
            "status": as_its_asker_sees(uow, ticket).status.value,
            "question": said[0].text[:_SHOWN] if said else "",
            "answer": replies[-1].text[:_SHOWN] if replies else "",
        }
        self._tell(uow, ask, Key.MEMBER_TICKET, values, ticket=ticket.id)

    def _rate(self, uow: UnitOfWork, ask: Ask) -> None:
        number, _, mark = ask.argument.partition("-")
        ticket = own_ticket(uow, ask, number)
        rated = any(event.type == "rated" for event in uow.tickets.events(ticket.id))
        if rated or not 1 <= int(mark) <= _BEST:
            return
        self._record(uow, ticket.id, "rated", mark)
        self._tell(uow, ask, Key.MEMBER_RATED, {})

    def _join(self, uow: UnitOfWork, ask: Ask) -> None:
        """Make a new question part of an earlier one: the asker says so, nobody guesses."""
        number, _, target = ask.argument.partition("-")
        new, earlier = own_ticket(uow, ask, number), own_ticket(uow, ask, target)
        if new.status is not Status.NEW or new.owner is not None or earlier.status in _GONE:
            return
        access = self.reactions.staff_room.access
        if new.id == earlier.id or is_leak(access, new, earlier):
            return
        heard = [row for row in uow.tickets.articles(new.id) if row.kind is ArticleKind.INBOUND]
        merging = Merging(clock=self.clock, access=access, reactions=self.reactions)
        _, earlier = merging.join(uow, new, earlier, actor=REQUESTER)
        self._record(uow, earlier.id, "follow_up", new.reference)
        for said in heard:
            self.reactions.owe(uow, FollowUpReceived(ticket=earlier, article=said))

    # The person ---------------------------------------------------------------------------------

    def _speak(self, uow: UnitOfWork, ask: Ask) -> None:
        if not ask.argument:
            self._tell(uow, ask, Key.MEMBER_LANGUAGE, {})
            return
        now = self.clock.now()
        person = uow.people.find(ask.by) or uow.people.add(
            name=ask.name, language=ask.argument, address=ask.by, at=now
        )
        uow.people.set_language(person.id, ask.argument)
        self._tell(uow, replace(ask, language=ask.argument), Key.MEMBER_LANGUAGE_SET, {})

    def _export(self, uow: UnitOfWork, ask: Ask) -> None:
        if uow.people.find(ask.by) is None:
            self._tell(uow, ask, Key.MEMBER_NO_DATA, {})
            return
        found = self.privacy.export(uow, ask.by.value)
        content = json.dumps(found, ensure_ascii=False, indent=2).encode()
        file = Attachment(
            sha256=self.files.put(content),
            name="duomenys.json",
            content_type="application/json",
            size=len(content),
        )
        self._tell(uow, ask, Key.MEMBER_EXPORTED, {}, attachments=(file,))

    def _erase(self, uow: UnitOfWork, ask: Ask) -> Receipt:
        person = uow.people.find(ask.by)
        if person is None:
            self._tell(uow, ask, Key.MEMBER_NO_DATA, {})
            return Receipt(outcome=Outcome.IGNORED, reason="asked:erase")
        if ask.argument != "yes":
            live = [ticket for ticket in self._tickets(uow, ask) if ticket.status in _LIVE]
            key = Key.MEMBER_ERASE_SURELY if ask.argument == "surely" else Key.MEMBER_ERASE
            self._tell(uow, ask, key, {"open": ", ".join(each.reference for each in live)})
            return Receipt(outcome=Outcome.IGNORED, reason="asked:erase")
        traces = self._traces(uow, person)
        self.privacy.erase(uow, ask.by.value)
        for trace in traces:
            uow.outbox.owe(trace)
        self._tell(uow, ask, Key.MEMBER_ERASED, {})
        return Receipt(outcome=Outcome.IGNORED, reason="erased", forget=True)

    def _traces(self, uow: UnitOfWork, person: Person) -> list[Owed]:
        """Collect, before it is forgotten, what stands about the person in chats."""
        tickets = uow.tickets.of_person(person.id)
        topics = [topic for ticket in tickets for topic in uow.topics.of(ticket.id)]
        gone = {chat for chat, _ in topics}
        traces = [self._removal(chat, {"topic": thread}) for chat, thread in topics]
        said: dict[str, list[str]] = {}
        for row in (row for ticket in tickets for row in uow.outbox.of_ticket(ticket.id)):
            if row.channel is Channel.TELEGRAM and row.names and row.to not in gone:
                said.setdefault(row.to, []).extend(row.names)
        for chat, name in (each for ticket in tickets for each in written(uow, ticket)):
            if chat not in gone:
                said.setdefault(chat, []).append(name)
        return traces + [
            self._removal(chat, {"messages": " ".join(names)}) for chat, names in said.items()
        ]

    def _removal(self, chat: str, values: Values) -> Owed:
        return Owed(
            kind=Kind.STAFF_EDIT,
            channel=Channel.TELEGRAM,
            to=chat,
            key=Key.STAFF_REMOVAL,
            values=values,
            language="lt",
            at=self.clock.now(),
        )

    # Small things -------------------------------------------------------------------------------

    def _tickets(self, uow: UnitOfWork, ask: Ask) -> list[Ticket]:
        person = uow.people.find(ask.by)
        found = own_matters(uow, person.id) if person else ()
        return [ticket for ticket in found if ticket.status not in _GONE]

    def _record(self, uow: UnitOfWork, ticket: TicketId, event: str, reason: str) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=REQUESTER, reasons=(reason,))
        uow.tickets.record(ticket, line)

    def _tell(
        self,
        uow: UnitOfWork,
        ask: Ask,
        key: Key,
        values: Values,
        *,
        ticket: TicketId | None = None,
        attachments: tuple[Attachment, ...] = (),
    ) -> None:
        at = self.clock.now()
        uow.outbox.owe(notice(ask, key, values, at=at, ticket=ticket, attachments=attachments))
