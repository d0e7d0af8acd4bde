"""Carry out what a channel asks, in the open unit of work."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import assert_never

from handlers.commands import (
    Ask,
    Command,
    FollowLink,
    Link,
    MailedReply,
    Press,
    Receive,
    SentOutside,
    Skip,
    Specify,
    StaffAct,
    StaffEdit,
    StaffNote,
    StaffReply,
    Tell,
)
from handlers.deadlines import Deadlines
from handlers.desk import Desk, Words
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import (
    HelpdeskError,
    NotAllowedError,
    StaleError,
)
from handlers.domain.ids import TicketId
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Ticket
from handlers.feedback import Feedback
from handlers.intake import Intake, Receipt
from handlers.inviting import UNKNOWN
from handlers.linking import Linking
from handlers.mailed import Previews
from handlers.members import Members
from handlers.outside import OutsideReplies
from handlers.particulars import Particulars
from handlers.people import PersonCards
from handlers.ports import Clock, UnitOfWork
from handlers.staff import Staff
from handlers.staff_chat import REFUSALS, StaffChatDesk
from handlers.staff_commands import StaffAsk, StaffAsker, StaffChatChanged, StaffDraft
from handlers.staff_lists import StaffLists
from handlers.staff_requests import StaffRequests
from handlers.staff_room import STAFF_LANGUAGE
from handlers.staff_troubles import StaffTroubles
from handlers.talk_commands import MendTalk, TellTalk, VisitAnswer
from handlers.talk_desk import TalkDesk
from handlers.talking import Talking
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """Turns a command into acts; what our rules refuse is told to whoever asked, not raised."""

    clock: Clock
    intake: Intake
    feedback: Feedback
    desk: Desk
    talking: Talking
    staff: Staff
    members: Members
    linking: Linking
    particulars: Particulars
    deadlines: Deadlines
    undo: timedelta = timedelta()

    @property
    def _staff_chat(self) -> StaffChatDesk:
        return StaffChatDesk(
            clock=self.clock,
            desk=self.desk,
            answers=self.intake.answers,
            missed_calls=self.talking.missed_calls,
            undo=self.undo,
            cards=PersonCards(
                clock=self.clock,
                access=self.desk.access,
                places=self.particulars.routing.places,
                reactions=self.desk.reactions,
                routing=self.particulars.routing,
            ),
        )

    @property
    def _lists(self) -> StaffLists:
        reactions = self.desk.reactions
        return StaffLists(
            clock=self.clock,
            access=self.desk.access,
            deadlines=self.deadlines,
            room=reactions.staff_room,
        )

    def carry_out_all(self, uow: UnitOfWork, commands: Sequence[Command]) -> Iterator[Receipt]:
        """Do what several commands ask, one after the other, and say what became of each."""
        uow.expect([each.message for each in commands if isinstance(each, Receive)])
        return (self.carry_out(uow, each) for each in commands)

    def carry_out(self, uow: UnitOfWork, command: Command) -> Receipt:  # noqa: C901, PLR0911, PLR0912 -- one case each
        """Do what the command asks and say what became of it."""
        match command:
            case Receive(message=message):
                return self.intake.receive(uow, message)
            case MailedReply():
                return self._mailed_reply(uow, command)
            case SentOutside(message=message):
                return OutsideReplies(desk=self.desk).file(uow, message)
            case Press(ticket=ticket_id):
                return self._press(uow, command, uow.tickets.find(ticket_id))
            case Specify(ticket=ticket_id):
                return self._specify(uow, command, uow.tickets.find(ticket_id))
            case (
                StaffReply() | StaffNote() | StaffEdit() | StaffAct() | StaffDraft() | StaffAsker()
            ):
                return self._staff_chat.carry_out(uow, command)
            case StaffAsk():
                requests = StaffRequests(clock=self.clock, lists=self._lists)
                return requests.carry_out(uow, command)
            case VisitAnswer():
                receipt = self.talking.inviting.answered(uow, command)
                # An answer to somebody else's invitation is a message like any other.
                is_ours = receipt.reason != UNKNOWN
                return receipt if is_ours else self.intake.receive(uow, command.message)
            case TellTalk() | MendTalk():
                desk = TalkDesk(clock=self.clock, consultations=self.talking.consultations)
                return desk.carry_out(uow, command)
            case StaffChatChanged():
                room = self.desk.reactions.staff_room
                return StaffTroubles(clock=self.clock, room=room).carry_out(uow, command)
            case Tell(to=to, key=key, language=language, once=once):
                self._tell(uow, to, key, {}, language=language or "lt", once=once)
                return _ignored(key.value)
            case Ask():
                return self._ask(uow, command)
            case Link():
                return self.linking.carry_out(uow, command)
            case FollowLink():
                return self._follow(uow, command)
            case Skip(reason=reason):
                return _ignored(reason)
            case _:
                assert_never(command)

    def _press(self, uow: UnitOfWork, press: Press, ticket: Ticket | None) -> Receipt:
        if ticket is None:
            return _ignored("refused")
        try:
            ticket = self.feedback.press(uow, ticket, press.wish, by=press.by)
        except NotAllowedError:
            return _ignored("refused")
        return _ignored(f"pressed:{press.wish}", ticket)

    def _specify(self, uow: UnitOfWork, said: Specify, ticket: Ticket | None) -> Receipt:
        if ticket is None:
            return _ignored("refused")
        try:
            ticket = self.particulars.specify(uow, ticket, said)
        except NotAllowedError:
            return _ignored("refused")
        return _ignored(f"pressed:{said.what}", ticket)

    def _mailed_reply(self, uow: UnitOfWork, mailed: MailedReply) -> Receipt:
        """File a consultant's mail as the reply; anybody else's mail is an ordinary message.

        The token proves the thread, the address the person: a forwarded notification gives its
        reader no voice. Where the mailbox can tell, the mail must be authentic as well. An old mail
        from an archive is never sent again.
        """
        message = mailed.message
        who = uow.consultants.by_email(message.sender.value) if message.sender else None
        if who is None or who.id != mailed.consultant or message.automatic or message.silent:
            return self.intake.receive(uow, message)
        if message.is_authentic is False:
            self._refuse_by_mail(uow, who, mailed, NotAllowedError("mail-not-authentic"))
            return _ignored("mail-not-authentic", uow.tickets.find(mailed.ticket))
        # A mail without words of its own is known by its subject, which here is ours, not theirs.
        said = "" if message.text == message.subject else message.text
        words = Words(
            text=said,
            channel=Channel.MAIL,
            attachments=message.attachments,
            external_id=message.external_id,
        )
        if _was_sent(uow, mailed.ticket, words):
            return _ignored("repeated", uow.tickets.get(mailed.ticket))
        try:
            previews = Previews(clock=self.clock, desk=self.desk)
            settled = previews.settled(uow, mailed, who, words)
            if settled is None:
                ticket = uow.tickets.get(mailed.ticket)
                return Receipt(outcome=Outcome.FILED, reason="preview", ticket=ticket)
            return self._send_mailed(uow, mailed, who, settled)
        except REFUSALS as refusal:
            self._refuse_by_mail(uow, who, mailed, refusal)
            return _ignored(refusal.key, uow.tickets.find(mailed.ticket))

    def _send_mailed(
        self, uow: UnitOfWork, mailed: MailedReply, who: Consultant, words: Words
    ) -> Receipt:
        previews, reason = Previews(clock=self.clock, desk=self.desk), "reply"
        try:
            self.desk.reply(uow, mailed.ticket, who, words, seen=previews.seen(uow, mailed))
        except StaleError as stale:
            previews.hold(uow, mailed.ticket, who, words, stale)
            reason = "preview"
        ticket = uow.tickets.get(mailed.ticket)
        return Receipt(outcome=Outcome.FILED, reason=reason, ticket=ticket)

    def _ask(self, uow: UnitOfWork, ask: Ask) -> Receipt:
        try:
            return self.members.carry_out(uow, ask)
        except NotAllowedError:
            return _ignored("refused")

    def _follow(self, uow: UnitOfWork, command: FollowLink) -> Receipt:
        """Let an asker go on in Telegram, or tie the account to a consultant."""
        if self.linking.follow(uow, command):
            return _ignored("invited")
        linked = self.staff.link_telegram(uow, command.code_digest, command.by.value)
        key, language = Key.LINK_REFUSED, command.language
        values: Values = {}
        if linked is not None:
            key, language, values = Key.LINKED, STAFF_LANGUAGE, {"name": linked.name}
        self._tell(uow, command.by, key, values, language=language, once=command.once)
        return _ignored(key.value)

    # Telling ---------------------------------------------------------------------------------

    def _refuse_by_mail(
        self, uow: UnitOfWork, who: Consultant, mailed: MailedReply, refusal: HelpdeskError
    ) -> None:
        if not self.desk.reactions.askers.may_write_back(uow, who.email):
            return
        to = Address(Channel.MAIL, who.email)
        values = {**refusal.values, "refusal": refusal.key}
        once = f"refused:{mailed.message.external_id}"
        self._tell(
            uow,
            to,
            Key.REFUSED,
            values,
            kind=Kind.STAFF_MAIL,
            language=STAFF_LANGUAGE,
            once=once,
        )

    def _tell(
        self,
        uow: UnitOfWork,
        to: Address,
        key: Key,
        values: Values,
        *,
        language: str,
        once: str | None,
        kind: Kind = Kind.NOTICE,
        ticket: TicketId | None = None,
    ) -> None:
        uow.outbox.owe(
            Owed(
                kind=kind,
                channel=to.channel,
                to=to.value,
                key=key,
                values=values,
                language=language,
                at=self.clock.now(),
                ticket=ticket,
                once=once,
            )
        )


def _ignored(reason: str, ticket: Ticket | None = None) -> Receipt:
    return Receipt(outcome=Outcome.IGNORED, reason=reason, ticket=ticket)


def _was_sent(uow: UnitOfWork, ticket: TicketId, words: Words) -> bool:
    """Tell whether this very mail is the thread already: one sent to two of our addresses."""
    return words.external_id is not None and any(
        row.kind is ArticleKind.REPLY
        and (row.external_id, row.text) == (words.external_id, words.text.strip())
        for row in uow.tickets.articles(ticket)
    )
