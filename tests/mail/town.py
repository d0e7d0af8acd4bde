"""A desk and its correspondents, with the post between them simulated: hours pass in seconds."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from itertools import count
from pathlib import Path

from bot.email.authenticity import Authenticity
from bot.email.lanes import lane_of
from bot.email.letters import Letters
from bot.email.preparing import MailPreparer
from bot.email.transport import ReturnPaths
from bot.texts import load_texts
from bot.worker import finish
from handlers.domain.channels import Channel
from handlers.domain.messages import Received
from handlers.domain.outgoing import AUTOMATIC, Outgoing
from handlers.intake import Receipt
from handlers.ports import UnitOfWork
from handlers.tokens import Tokens
from storage.files import open_files
from tests.builders import TestClock, a_knowledge_base
from tests.wired import DESK_ADDRESS, FRESH_CAPS, ORGANISATION, WiredDesk, a_desk

_LEASE = timedelta(minutes=1)
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A mail the desk sent, as it arrives."""

    to: str
    return_path: str
    raw: bytes
    debt: Outgoing

    @property
    def mail(self) -> EmailMessage:
        return BytesParser(EmailMessage, policy=default).parsebytes(self.raw)

    @property
    def is_automatic(self) -> bool:
        return self.debt.kind in AUTOMATIC

    @property
    def text(self) -> str:
        body = self.mail.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


Robot = Callable[[Sent], Iterable[bytes]]


@dataclass(slots=True, kw_only=True)
class Town:
    """The desk with its real parser, use cases, database and letters."""

    desk: WiredDesk
    preparer: MailPreparer
    letters: Letters
    return_paths: ReturnPaths
    sent: list[Sent] = field(default_factory=list)

    async def receive(self, raw: bytes) -> Receipt:
        """Take a mail the whole way: stored, parsed, filed."""

        def store(uow: UnitOfWork) -> None:
            uow.inbox.add(
                Received(
                    channel=Channel.MAIL,
                    source="inbox",
                    external_id=f"INBOX:1:{next(_numbers)}",
                    lane=lane_of(raw),
                    raw=raw,
                    received_at=self.desk.clock.now(),
                )
            )

        self.desk.do(store)
        now = self.desk.clock.now()
        [claimed] = self.desk.do(
            lambda uow: uow.inbox.claim(now=now, lease=_LEASE, limit=1, channels=[Channel.MAIL])
        )
        command = await self.preparer.prepare(claimed)

        def file(uow: UnitOfWork) -> Receipt:
            receipt = self.desk.handling.carry_out(uow, command)
            finish(uow, claimed, receipt)
            return receipt

        return self.desk.do(file)

    def send(self) -> list[Sent]:
        """Send what is owed, and return it."""
        gone: list[Sent] = []
        while claimed := self.desk.do(self._claim):
            for debt in claimed:
                rendered = self.letters.render(debt)
                known_as = rendered.external_id
                assert known_as is not None
                self.desk.do(
                    lambda uow, debt=debt, known_as=known_as: self.desk.deliveries.delivered(  # type: ignore[misc]  # mypy cannot infer defaults
                        uow, debt, known_as
                    )
                )
                path = self.return_paths.of(debt)
                gone.append(Sent(to=debt.to, return_path=path, raw=rendered.content, debt=debt))
        self.sent += gone
        return gone

    async def run(self, robot: Robot, *, rounds: int, step: timedelta) -> None:
        """Let a robot answer all it gets, round by round, time passing between them."""
        for _ in range(rounds):
            answers = [raw for sent in self.send() for raw in robot(sent)]
            if not answers:
                return
            for raw in answers:
                await self.receive(raw)
            self.desk.clock.at += step

    @property
    def automatic(self) -> list[Sent]:
        """What machines wrote to askers."""
        return [sent for sent in self.sent if sent.is_automatic]

    def _claim(self, uow: UnitOfWork) -> list[Outgoing]:
        now = self.desk.clock.now()
        return list(uow.outbox.claim(now=now, lease=_LEASE, limit=50, channels=[Channel.MAIL]))


@asynccontextmanager
async def open_town(
    folder: Path,
    *,
    address: str = DESK_ADDRESS,
    mail_plus: bool = True,
    clock: TestClock | None = None,
    authenticity: Authenticity | None = None,
    **given: str,
) -> AsyncIterator[Town]:
    """Open a desk with the caps of a fresh installation."""
    with a_desk(folder, clock=clock, **{**FRESH_CAPS, **given}) as desk:
        tokens: Tokens = desk.tokens
        files = open_files(folder)
        preparer = MailPreparer(
            clock=desk.clock,
            tokens=tokens,
            files=files,
            knowledge=a_knowledge_base,
            own_addresses=frozenset({address}),
            variables={},
            authenticity=authenticity or Authenticity(),
        )
        yield Town(
            desk=desk,
            preparer=preparer,
            letters=Letters(
                texts=load_texts(),
                tokens=tokens,
                files=files,
                address=address,
                organisation=ORGANISATION,
                base_url="https://pagalba.lt",
                privacy_url="",
                bot_link="",
                mail_plus=mail_plus,
            ),
            return_paths=ReturnPaths(address=address, tokens=tokens, mail_plus=mail_plus),
        )
        await preparer.close()


def a_letter(
    text: str, *, sender: str, to: str = DESK_ADDRESS, subject: str = "Klausimas", **headers: str
) -> bytes:
    """Write a mail; `in_reply_to="…"` is the header In-Reply-To."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Message-ID"] = f"<{next(_numbers)}@namai.test>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()
