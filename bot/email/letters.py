"""Write what we owe as mails: subject, greeting, words, closing, thread."""

import secrets

from bot.email.calendars import KEYS, Entry, entry
from bot.email.compose import OutgoingMail, UnsendableMailError, compose
from bot.email.markup import to_html
from bot.email.parse import Attachment
from bot.texts import Texts
from bot.told import in_words
from handlers.domain.errors import NotFoundError, PermanentDeliveryError
from handlers.domain.ids import ConsultantId, TicketId
from handlers.domain.outgoing import Kind, Outgoing, Rendered, Values
from handlers.domain.tickets import reference_of
from handlers.ports import FileStore
from handlers.tokens import Claim, Purpose, Tokens
from knowledge_base.values import dataclass

_STAFF = frozenset({Kind.STAFF_MAIL, Kind.WELCOME})
_BY_A_PERSON = frozenset({Kind.REPLY, Kind.COPY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Renders a debt into the bytes of one mail, signed so that its answer finds the way back.

    The Message-ID carries the token; the plus address does as well where the provider delivers
    plus addresses (`mail_plus`).
    """

    texts: Texts
    tokens: Tokens
    files: FileStore
    address: str
    organisation: str
    base_url: str
    privacy_url: str
    bot_link: str
    mail_plus: bool

    def render(self, message: Outgoing) -> Rendered:
        """Write the mail down.

        Raises:
            PermanentDeliveryError: no mail can be made of it.
        """
        token = self._token(message)
        domain = self.address.rpartition("@")[2]
        nonce = secrets.token_hex(8)
        message_id = f"<{token or 'n'}.{nonce}@{domain}>"
        try:
            content = compose(self._mail(message, message_id, token, mark=nonce[:8]))
        except (UnsendableMailError, NotFoundError) as wrong:
            raise PermanentDeliveryError(f"no mail can be made: {wrong}") from wrong
        return Rendered(content=content, external_id=message_id)

    def _mail(
        self, message: Outgoing, message_id: str, token: str | None, *, mark: str
    ) -> OutgoingMail:
        key = f"mail-{message.key}"
        values = self._values(message)
        paragraphs = self._paragraphs(message, key, values)
        if token is not None:
            # What stands below it in an answer is ours (`bot.email.quotes`).
            words = self.texts.line("mail-write-above", message.language)
            paragraphs.insert(0, f"--- {words} [#{mark}] ---")
        local, _, domain = self.address.rpartition("@")
        reply_to = f"{local}+{token}@{domain}" if token and self.mail_plus else None
        return OutgoingMail(
            message_id=message_id,
            date=message.at,
            from_address=self.address,
            from_name=self.organisation,
            to=message.to,
            subject=self._subject(message, key, values),
            text="\n\n".join(paragraphs) + "\n",
            html=to_html(paragraphs, language=message.language),
            automatic=message.kind not in _BY_A_PERSON,
            reply_to=reply_to,
            in_reply_to=message.thread[-1] if message.thread else None,
            references=message.thread,
            attachments=self._attachments(message),
            calendar=self._entry(message),
        )

    def _values(self, message: Outgoing) -> Values:
        settings = {
            "organisation": self.organisation,
            "privacy": self.privacy_url,
            "console": self._console(message),
            "bot": self._bot(message),
        }
        told = in_words(self.texts, message.values, message.language)
        values = {**settings, **told}
        refusal = values.get("refusal")
        if isinstance(refusal, str):
            values["refusal"] = self.texts.line(refusal, message.language, values)
        return values

    def _subject(self, message: Outgoing, key: str, values: Values) -> str:
        own = self.texts.subject(key, message.language, values)
        if own is not None:
            return own
        tag = f" [{reference_of(message.ticket)}]" if message.ticket is not None else ""
        return f"Re: {message.subject}{tag}"

    def _paragraphs(self, message: Outgoing, key: str, values: Values) -> list[str]:
        frame = "staff" if message.kind in _STAFF else "asker"
        parts = [
            self.texts.line("mail-greeting", message.language),
            *self.texts.paragraphs(key, message.language, values),
            *self.texts.paragraphs(f"mail-closing-{frame}", message.language, values),
        ]
        if message.kind not in _BY_A_PERSON and frame == "asker":
            parts += self.texts.paragraphs("mail-automatic", message.language, values)
        return parts

    def _token(self, message: Outgoing) -> str | None:
        if message.ticket is None:
            return None
        consultant = message.values.get("consultant")
        if message.kind in _STAFF and isinstance(consultant, str):
            claim = Claim(Purpose.DESK, TicketId(message.ticket), ConsultantId(int(consultant)))
            return self.tokens.sign(claim)
        return self.tokens.sign(Claim(Purpose.THREAD, message.ticket))

    def _console(self, message: Outgoing) -> str:
        if message.ticket is None:
            return f"{self.base_url}/console"
        return f"{self.base_url}/console/tickets/{reference_of(message.ticket)}"

    def _bot(self, message: Outgoing) -> str:
        code = message.values.get("code")
        return f"{self.bot_link}?start={code}" if self.bot_link and code else ""

    def _entry(self, message: Outgoing) -> Entry | None:
        if message.key not in KEYS:
            return None
        return entry(
            message.values,
            key=message.key,
            organizer=self.address,
            organisation=self.organisation,
            attendee=message.to,
            at=message.at,
        )

    def _attachments(self, message: Outgoing) -> tuple[Attachment, ...]:
        return tuple(
            Attachment(
                name=file.name,
                content_type=file.content_type,
                content=self.files.get(file.sha256),
            )
            for file in message.attachments
        )
