"""People who write and read mail, with a mailbox of their own on the real server."""

import smtplib
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from email.utils import formatdate, make_msgid

from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST, until
from tests.servers.postfix import Postfix

_SECONDS = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Writes with Python's own mail library and hands over to the real mail server."""

    account: Account
    dovecot: Dovecot
    postfix: Postfix
    name: str = "Ona Onaitė"

    @property
    def address(self) -> str:
        return self.account.address

    def write(self, to: str, text: str, *, subject: str = "Klausimas", **headers: str) -> str:
        """Send a mail and return its Message-ID."""
        return self.send(self.letter(to, text, subject=subject, **headers))

    def reply(
        self,
        to: EmailMessage,
        text: str,
        *,
        quoting: bool = True,
        address: str | None = None,
        **headers: str,
    ) -> str:
        """Answer a mail as a mail program does: to its Reply-To, in its thread, quoting it."""
        quoted = [f"> {line}".rstrip() for line in text_of(to).splitlines()]
        introduced = f"2026-11-22, sk, 10:00 {to['From']} rašė:"
        body = "\n".join([text, "", introduced, "", *quoted]) if quoting else text
        subject = str(to["Subject"])
        letter = self.letter(
            address or str(to["Reply-To"] or to["From"]),
            body,
            subject=subject if subject.lower().startswith("re:") else f"Re: {subject}",
            **headers,
        )
        letter["In-Reply-To"] = to["Message-ID"]
        letter["References"] = " ".join(filter(None, (to["References"], to["Message-ID"])))
        return self.send(letter)

    def letter(self, to: str, text: str, *, subject: str, **headers: str) -> EmailMessage:
        """Write a mail without sending it; `auto_submitted="…"` is the header Auto-Submitted."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = Address(self.name, addr_spec=self.address)
        letter["To"] = to
        letter["Subject"] = subject
        letter["Date"] = formatdate(localtime=True)
        letter["Message-ID"] = make_msgid(domain="namai.test")
        for name, value in headers.items():
            letter[name.replace("_", "-")] = value
        letter.set_content(text + "\n")
        return letter

    def send(self, letter: EmailMessage) -> str:
        """Hand a mail over and return its Message-ID."""
        with smtplib.SMTP(HOST, self.postfix.smtp) as smtp:
            smtp.send_message(letter, from_addr=self.address)
        return str(letter["Message-ID"])

    def mails(self) -> list[EmailMessage]:
        """Return what lies in the mailbox, oldest first."""
        return [read(raw) for raw in self.dovecot.messages(self.account)]

    def wait_for_mails(self, count: int, *, about: str = "") -> list[EmailMessage]:
        """Return the mails whose subject or text speaks of something, once there are so many."""

        def look() -> list[EmailMessage]:
            found = [
                mail for mail in self.mails() if about in f"{mail['Subject']}\n{text_of(mail)}"
            ]
            return found if len(found) >= count else []

        what = f"{self.address} having {count} mails about {about!r}"
        return until(look, timeout=_SECONDS, what=what)

    def wait_for(self, about: str = "") -> EmailMessage:
        """Return the first mail that speaks of something, once it is there."""
        return self.wait_for_mails(1, about=about)[0]


def read(raw: bytes) -> EmailMessage:
    """Read a mail as the receiving program does."""
    return BytesParser(EmailMessage, policy=default).parsebytes(raw)


def text_of(mail: EmailMessage) -> str:
    """Return the complete text/plain part."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
