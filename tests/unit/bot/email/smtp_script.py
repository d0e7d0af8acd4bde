"""A server of a test's own that answers each phase of SMTP as told, and who talks to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.email.compose import OutgoingMail, compose
from bot.email.smtp import Smtp, SmtpAccount
from bot.email.tls import Tls
from tests.servers.loopback import HOST
from tests.unit.bot.email.loopback import serving

SENDER = "bendruomenes@nisc.test"
RAW = compose(
    OutgoingMail(
        message_id="<r1@nisc.test>",
        date=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        from_address=SENDER,
        from_name="NISC",
        to="ona@nvo.lt",
        subject="Atsakymas",
        text="Ačiū\n.\n..taškai",
        automatic=False,
    )
)


@asynccontextmanager
async def handing_in(account: SmtpAccount) -> AsyncIterator[Smtp]:
    smtp = Smtp(account)
    try:
        yield smtp
    finally:
        await smtp.close()


class Script:
    """A server that answers each phase as told; `cut` hangs up, `silence` says nothing."""

    def __init__(self, **answers: str) -> None:
        self.answers = {
            "greeting": "220 hello", "EHLO": "250-hello\r\n250 SIZE 100000", "MAIL": "250 ok",
            "RCPT": "250 ok", "DATA": "354 go on", "end": "250 2.0.0 taken", "RSET": "250 ok",
            "QUIT": "221 bye", **answers,
        }  # fmt: skip
        self.connections = 0
        self.said: list[str] = []
        self.in_data = asyncio.Event()
        self.has_all = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        going_on = self._answer("greeting", writer)
        while going_on and (line := await reader.readline()):
            phase = line.decode().rstrip().partition(" ")[0]
            self.said.append(line.decode().rstrip())
            going_on = self._answer(phase, writer)
            if phase == "DATA" and self.answers["DATA"].startswith("354"):
                self.in_data.set()
                while going_on and (await reader.readline()) not in {b".\r\n", b""}:
                    pass
                self.has_all.set()
                going_on = self._answer("end", writer)

    def _answer(self, phase: str, writer: asyncio.StreamWriter) -> bool:
        answer = self.answers.get(phase, "500 what")
        if answer not in {"cut", "silence"}:
            writer.write(f"{answer}\r\n".encode())
        return answer != "cut"


@asynccontextmanager
async def talking_to(script: Script, *, tls: Tls = Tls.NONE, user: str = "") -> AsyncIterator[Smtp]:
    async with (
        serving(script.serve) as port,
        handing_in(SmtpAccount(host=HOST, port=port, tls=tls, user=user)) as smtp,
    ):
        yield smtp
