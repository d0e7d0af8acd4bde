"""An SMTP server that keeps what it is given, and refuses what it is told to refuse."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.loopback import HOST, free_ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One message as it was handed over."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> Message:
        return message_from_bytes(self.raw)


class SmtpSink:
    """Keeps every message; `answers` says what to tell a recipient instead of 250."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.data_answer = "250 2.0.0 kept"
        self._messages: list[Delivered] = []
        self._arrived = threading.Condition()
        self.host = HOST
        self.port = free_ports(1)[0]
        self._controller = Controller(
            _Handler(self), hostname=self.host, port=self.port, ready_timeout=15
        )

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @property
    def messages(self) -> list[Delivered]:
        with self._arrived:
            return list(self._messages)

    def clear(self) -> None:
        """Forget messages and answers: what each test begins with."""
        with self._arrived:
            self._messages.clear()
        self.answers.clear()
        self.data_answer = "250 2.0.0 kept"

    def wait_for(self, wanted: Callable[[Delivered], bool], timeout: float = 60) -> Delivered:
        """Return the first message that is wanted, waiting for it to arrive.

        Raises:
            TimeoutError: it did not arrive; the sentence lists what did.
        """
        with self._arrived:
            if self._arrived.wait_for(lambda: any(map(wanted, self._messages)), timeout):
                return next(filter(wanted, self._messages))
            arrived = [(each.recipients, each.message["Subject"]) for each in self._messages]
        message = f"the wanted mail did not arrive in {timeout:g} s; arrived: {arrived}"
        raise TimeoutError(message)

    def keep(self, delivered: Delivered) -> None:
        with self._arrived:
            self._messages.append(delivered)
            self._arrived.notify_all()


class _Handler:
    """What aiosmtpd calls; the names are its own."""

    def __init__(self, sink: SmtpSink) -> None:
        self._sink = sink

    async def handle_RCPT(  # noqa: N802 -- the hook's name is aiosmtpd's
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        answer = self._sink.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(  # noqa: N802 -- the hook's name is aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        answer = self._sink.data_answer
        if answer.startswith("2"):
            self._sink.keep(
                Delivered(
                    sender=envelope.mail_from or "",
                    recipients=tuple(str(each) for each in envelope.rcpt_tos),
                    raw=raw,
                )
            )
        return answer
