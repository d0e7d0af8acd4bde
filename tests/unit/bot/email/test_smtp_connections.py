"""Mails share connections, and what a server takes at once is said at once (RFC 2920)."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.email.smtp import Smtp, SmtpAccount
from bot.email.tls import Tls
from handlers.domain.errors import DeliveryError, RecipientGoneError
from tests.servers.loopback import HOST
from tests.unit.bot.email.loopback import serving
from tests.unit.bot.email.smtp_script import RAW, SENDER, Script, talking_to


class Patient(Script):
    """A server that takes commands in groups, and answers once a group is complete."""

    def __init__(self, **answers: str) -> None:
        super().__init__(**{"EHLO": "250-hello\r\n250 PIPELINING", **answers})
        self.held = ""

    def _answer(self, phase: str, writer: asyncio.StreamWriter) -> bool:
        self.held += f"{self.answers[phase]}\r\n"
        if phase not in {"RSET", "MAIL", "RCPT"}:
            writer.write(self.held.encode())
            self.held = ""
        return True


async def test_what_a_server_takes_at_once_is_said_at_once() -> None:
    script = Patient()

    async with asyncio.timeout(10), talking_to(script) as smtp:
        for _ in range(2):
            assert await smtp.send(sender="", recipient="ona@nvo.lt", raw=RAW) == "2.0.0 taken"

    assert script.connections == 1
    assert script.said == [
        "EHLO " + script.said[0].partition(" ")[2],
        *["MAIL FROM:<>", "RCPT TO:<ona@nvo.lt>", "DATA"],
        *["RSET", "MAIL FROM:<>", "RCPT TO:<ona@nvo.lt>", "DATA"],
        "QUIT",
    ]


@pytest.mark.parametrize(
    ("data", "connections"), [("503 5.5.1 nobody to give it to", 1), ("354 go on", 2)]
)
async def test_no_mail_goes_to_nobody_where_data_was_said_with_the_recipient(
    data: str, connections: int
) -> None:
    script = Patient(RCPT="550 5.1.1 no such", DATA=data)

    async with asyncio.timeout(10), talking_to(script) as smtp:
        with pytest.raises(RecipientGoneError, match=r"^RCPT: 550 5\.1\.1$"):
            await smtp.send(sender=SENDER, recipient="ne@nvo.lt", raw=RAW)
        script.answers |= {"RCPT": "250 ok", "DATA": "354 go on"}
        await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)

    assert script.connections == connections
    assert script.has_all.is_set()


async def test_an_archive_that_refuses_is_heard_before_the_mail_goes_out() -> None:
    script = Script(EHLO="250-hello\r\n250 PIPELINING", RCPT="550 no")

    async with asyncio.timeout(10), talking_to(script) as smtp:
        with pytest.raises(DeliveryError):
            await smtp.send(sender="", recipient="o@nvo.lt", raw=RAW, archive="archyvas@nvo.lt")

    assert script.said[1:] == [
        *["MAIL FROM:<>", "RCPT TO:<o@nvo.lt>", "RCPT TO:<archyvas@nvo.lt>"],
        "QUIT",
    ]


@dataclass
class Counter:
    """A server that lets in `room` connections, and takes a mail once `together` are there."""

    room: int
    together: int
    inside: int = 0
    ready: asyncio.Condition = field(default_factory=asyncio.Condition)
    mails: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.inside == self.room:
            writer.write(b"421 too many\r\n")
            return
        self.inside += 1
        writer.write(b"220 hello\r\n")
        while (line := await reader.readline()) and line != b"QUIT\r\n":
            writer.write(b"354 go on\r\n" if line == b"DATA\r\n" else b"250 ok\r\n")
            if line == b"DATA\r\n":
                await reader.readuntil(b"\r\n.\r\n")
                await self._together()
                writer.write(b"250 taken\r\n")
        writer.write(b"221 bye\r\n")
        self.inside -= 1

    async def _together(self) -> None:
        async with self.ready:
            self.mails += 1
            self.ready.notify_all()
            await self.ready.wait_for(lambda: self.mails >= self.together)


@pytest.mark.parametrize(("room", "together"), [(2, 2), (1, 1)])
async def test_mails_share_the_connections_the_server_takes(room: int, together: int) -> None:
    counter = Counter(room=room, together=together)

    async with asyncio.timeout(10), serving(counter.serve) as port:
        smtp = Smtp(SmtpAccount(host=HOST, port=port, tls=Tls.NONE), connections=3)
        async with asyncio.TaskGroup() as group:
            for _ in range(5):
                group.create_task(smtp.send(sender="", recipient="ona@nvo.lt", raw=RAW))
        await smtp.close()

    assert counter.mails == 5
