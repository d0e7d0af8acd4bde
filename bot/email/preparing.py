"""From a raw mail to the one command it means."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import partial
from itertools import islice

from bot.email.authenticity import Authenticity
from bot.email.calendars import answer_in
from bot.email.parse import ParsedMail, UnparsableMailError
from bot.email.parser import Parser
from bot.preparing import UnreadableError
from handlers.commands import Command, MailedReply, Receive, SentOutside, Skip
from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Automatic, Claimed, Prepared, Returned, Thread
from handlers.domain.tickets import FORWARDED
from handlers.ports import Clock, FileStore
from handlers.talk_commands import VisitAnswer
from handlers.tokens import Claim, Purpose, Tokens
from handlers.working_time import VILNIUS
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Context, Decision
from knowledge_base.queues import GENERAL
from knowledge_base.values import dataclass

_TAG = re.compile(r"\[NVO-([1-9][0-9]{0,17})\]", re.IGNORECASE | re.ASCII)
_REPLY_MARK = re.compile(
    r"(?:(?:re|fw|fwd|ats|atsakymas|persiųsta|на|ответ)\s*:\s*)+", re.IGNORECASE
)
_COPIES = 20
_OUR_ID = re.compile(r"<([tdw]\.[0-9.]+\.[a-z2-7]{20})\.[^@<>]*@[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPreparer:
    """Understands mail: who wrote, about which ticket, and what the knowledge base says to it.

    A signed token is looked for in the plus address first, then among the Message-IDs the mail
    answers; a plain subject tag proves nothing and is passed on as such. `queues` and `programmes`
    are those of mailboxes that have one of their own; `sent_sources` hold what colleagues sent.
    """

    clock: Clock
    tokens: Tokens
    files: FileStore
    knowledge: Callable[[], KnowledgeBase]
    own_addresses: frozenset[str]
    variables: Mapping[str, str]
    parser: Parser = field(default_factory=Parser)
    authenticity: Authenticity = field(default_factory=Authenticity)
    queues: Mapping[str, str] = field(default_factory=dict)
    programmes: Mapping[str, str] = field(default_factory=dict)
    sent_sources: frozenset[str] = frozenset()

    async def prepare(self, message: Claimed) -> Command:
        """Parse where it can do no harm, and decide in the same thread.

        Raises:
            UnreadableError: the bytes are no mail, or no mail that can be read in time.
        """
        try:
            command = await self.parser.understand(message.raw, partial(self._command, message))
        except UnparsableMailError as unparsable:
            raise UnreadableError(str(unparsable)) from unparsable
        if isinstance(command, MailedReply):
            # Name servers may have to be asked: nobody else waits for them.
            proof = await asyncio.to_thread(self.authenticity.judge, message.raw)
            return replace(command, message=replace(command.message, is_authentic=proof))
        return command

    async def close(self) -> None:
        """End the parser."""
        await self.parser.close()

    def _command(self, message: Claimed, mail: ParsedMail) -> Command:
        if message.source in self.sent_sources:
            return self._sent_outside(message, mail)
        claim = self._claim(mail)
        answer = answer_in(mail.attachments, sender=(mail.from_address or "").lower())
        if answer is not None and not message.history:
            return VisitAnswer(
                uid=answer.uid,
                sequence=answer.sequence,
                answer=answer.answer,
                message=self._prepared(message, mail, claim),
            )
        if claim is not None and claim.purpose is Purpose.DESK and claim.consultant is not None:
            prepared = self._prepared(message, mail, claim)
            return MailedReply(ticket=claim.ticket, consultant=claim.consultant, message=prepared)
        told = self.authenticity.told(mail)
        return Receive(message=self._prepared(message, mail, claim, is_authentic=told))

    def _sent_outside(self, message: Claimed, mail: ParsedMail) -> Command:
        """Understand what lies in the Sent folder: of our own mail there are only copies there."""
        own_id = _OUR_ID.fullmatch(mail.message_id or "")
        is_ours = not self.own_addresses.isdisjoint(address.lower() for address in mail.loop)
        if is_ours or (own_id and self.tokens.verify(own_id[1])):
            return Skip(reason=Automatic.OWN.value)
        if mail.automatic is not None:
            return Skip(reason=mail.automatic.value)
        return SentOutside(message=self._prepared(message, mail, self._claim(mail)))

    def _automatic(self, mail: ParsedMail, returned: Returned) -> Automatic | None:
        """Say what kind of automatic mail this is.

        Another helpdesk of this kind is no relation: its people's mail is like anybody's. To a
        return path only machines write; what they do not mark as theirs, a person reads.
        """
        sender = (mail.from_address or "").lower()
        sent_by = {address.lower() for address in mail.loop}
        own_id = _OUR_ID.fullmatch(mail.message_id or "")
        if {sender, *sent_by} & self.own_addresses or (own_id and self.tokens.verify(own_id[1])):
            return Automatic.OWN
        if mail.automatic is not None:
            return Automatic(mail.automatic.value)
        return None if returned.outbox is None else Automatic.BULK

    def _returned(self, mail: ParsedMail) -> Returned:
        found = (self.tokens.returned(tag) for tag in _tags(mail))
        bounce = mail.bounce
        return Returned(
            outbox=next((each for each in found if each is not None), None),
            status=bounce.status if bounce else None,
            is_delay=bounce is not None and bounce.is_delay,
            is_permanent=bounce is not None and bounce.is_permanent,
        )

    def _claim(self, mail: ParsedMail) -> Claim | None:
        ids = (mail.in_reply_to or "", *reversed(mail.references))
        named = (found[1] for each in ids if (found := _OUR_ID.fullmatch(each)))
        for token in (*_tags(mail), *named):
            claim = self.tokens.verify(token) if token else None
            if claim is not None and claim.purpose is not Purpose.PAGE:
                return claim
        return None

    def _prepared(
        self,
        message: Claimed,
        mail: ParsedMail,
        claim: Claim | None,
        *,
        is_authentic: bool | None = None,
    ) -> Prepared:
        subject = _REPLY_MARK.sub("", _TAG.sub("", mail.subject)).strip()
        text = mail.reply.text or subject
        at = message.received_at.astimezone(VILNIUS)
        context = Context(today=at.date(), variables=self.variables)
        returned = self._returned(mail)
        automatic = self._automatic(mail, returned)
        bounced = mail.bounce.original_message_id if mail.bounce else None
        sender = Address(Channel.MAIL, mail.from_address.lower()) if mail.from_address else None
        writer = self._first_writer(mail)
        return Prepared(
            channel=Channel.MAIL,
            sender=sender,
            sender_name=mail.from_name or (mail.from_address or ""),
            subject=subject,
            text=text,
            full_text=mail.text,
            external_id=mail.message_id or f"inbox:{message.id}",
            received_at=message.received_at,
            # What no person asks, nobody answers: it need not be understood.
            decision=self._decision(message.source, "" if automatic else text, context),
            thread=_thread(mail, claim),
            attachments=self._attachments(mail),
            automatic=automatic,
            bounced=(bounced,) if bounced else (),
            returned=returned,
            is_sure=mail.reply.is_sure,
            is_authentic=is_authentic,
            silent=message.history,
            programme=self.programmes.get(message.source),
            copies=tuple(dict.fromkeys((*writer, *self._copies(mail)))),
            notes=(*(note.value for note in mail.notes), *(FORWARDED for _ in writer)),
        )

    def _first_writer(self, mail: ParsedMail) -> tuple[str, ...]:
        """Return who wrote what the sender passed on, and so may be the one who asks."""
        writer = (mail.passed_on_from or "").lower()
        known = {"", *self.own_addresses, (mail.from_address or "").lower()}
        return () if known & {writer, _without_tag(writer)} else (writer,)

    def _copies(self, mail: ParsedMail) -> tuple[str, ...]:
        """List who else got the mail: neither its sender nor we ourselves."""
        everybody = dict.fromkeys(address.lower() for address in (*mail.to, *mail.cc))
        known = {*self.own_addresses, (mail.from_address or "").lower()}
        others = (each for each in everybody if not known & {each, _without_tag(each)})
        return tuple(islice(others, _COPIES))

    def _decision(self, mailbox: str, text: str, context: Context) -> Decision:
        """Decide; what fits no queue of its own goes to the mailbox's."""
        decision = self.knowledge().decide(text, context)
        queue = self.queues.get(mailbox)
        return replace(decision, queue=queue) if queue and decision.queue == GENERAL else decision

    def _attachments(self, mail: ParsedMail) -> tuple[Attachment, ...]:
        return tuple(
            Attachment(
                sha256=self.files.put(file.content),
                name=file.name,
                content_type=file.content_type,
                size=len(file.content),
            )
            for file in mail.attachments
        )


def _thread(mail: ParsedMail, claim: Claim | None) -> Thread:
    """Tell which conversation the mail says it belongs to.

    A consultant's token is no right to speak as the asker, so it is left out here.
    """
    tag = _TAG.search(mail.subject)
    ids = (mail.in_reply_to or "", *reversed(mail.references))
    return Thread(
        token=claim.ticket if claim and claim.purpose is Purpose.THREAD else None,
        tag=TicketId(int(tag[1])) if tag else None,
        references=tuple(dict.fromkeys(filter(None, ids))),
    )


def _without_tag(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _tags(mail: ParsedMail) -> list[str]:
    """Return what stands after the plus of the addresses the mail came to."""
    return [address.partition("@")[0].partition("+")[2] for address in mail.delivered_to]
