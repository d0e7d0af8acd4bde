"""Mail handed to us over LMTP: 250 for each recipient once it is kept, and never before."""

import asyncio
import contextlib
import smtplib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.email.lmtp import accepting
from bot.email.parse import parse
from bot.email.receiver import MAX_MAIL
from tests.servers.loopback import HOST

MAIL = b"From: ona@nvo.lt\r\nSubject: Klausimas\r\n\r\nLabas, \xc5\xa1auk.\r\n"


@dataclass(slots=True)
class Memory:
    """Keeps bytes, or refuses to."""

    error: Exception | None = None
    mails: list[bytes] = field(default_factory=list)

    async def keep(self, raw: bytes) -> bool:
        if self.error is not None:
            raise self.error
        self.mails.append(raw)
        return True


Say = Callable[[smtplib.LMTP], object]


@asynccontextmanager
async def handing(
    memory: Memory, *, largest: int = MAX_MAIL
) -> AsyncIterator[Callable[[Say], Awaitable[object]]]:
    """Lend a way to talk to the intake with a client of the standard library."""
    async with accepting(HOST, 0, memory.keep, largest=largest) as port:

        def talk(say: Say) -> object:
            with smtplib.LMTP(HOST, port, timeout=15) as client:
                return say(client)

        yield lambda say: asyncio.to_thread(talk, say)


def replies(client: smtplib.LMTP, *recipients: str, raw: bytes = MAIL) -> list[tuple[int, bytes]]:
    """Hand a mail over and return the reply for each recipient."""
    client.ehlo_or_helo_if_needed()
    client.mail("narys@example.org")
    for recipient in recipients:
        client.rcpt(recipient)
    first = client.data(raw)
    return [first, *(client.getreply() for _ in recipients[1:])]


async def test_each_recipient_is_told_that_the_mail_is_kept() -> None:
    memory = Memory()
    async with handing(memory) as talk:
        told = await talk(lambda client: replies(client, "a+t.7.x@nisc.test", "b@nisc.test"))

    [kept] = memory.mails
    assert told == [(250, b"2.0.0 kept")] * 2
    assert kept == (
        b"Return-Path: <narys@example.org>\r\n"
        b"Delivered-To: a+t.7.x@nisc.test\r\nDelivered-To: b@nisc.test\r\n" + MAIL
    )
    assert parse(kept).delivered_to == ("a+t.7.x@nisc.test", "b@nisc.test")


@pytest.mark.parametrize(
    ("error", "code"), [(OSError("no space left"), 452), (RuntimeError("a bug"), 451)]
)
async def test_what_cannot_be_kept_stays_with_the_server_that_has_it(
    error: Exception, code: int
) -> None:
    async with handing(Memory(error)) as talk:
        told = await talk(lambda client: replies(client, "a@nisc.test", "b@nisc.test"))

    assert isinstance(told, list)
    assert [reply[0] for reply in told] == [code, code]


async def test_the_size_limit_is_told_and_kept_to_for_each_recipient() -> None:
    memory = Memory()

    def announced(client: smtplib.LMTP) -> tuple[str, int]:
        client.ehlo_or_helo_if_needed()
        return client.esmtp_features["size"], client.mail("a@b.lt", ["SIZE=1001"])[0]

    async with handing(memory, largest=1000) as talk:
        told = await talk(announced)
        refused = await talk(
            lambda client: replies(client, "a@nisc.test", "b@nisc.test", raw=MAIL * 50)
        )

    assert isinstance(refused, list)
    assert told == ("1000", 552)
    assert [reply[0] for reply in refused] == [552, 552]
    assert memory.mails == []


async def test_a_stop_cuts_what_is_half_way_in() -> None:
    memory = Memory()
    async with accepting(HOST, 0, memory.keep) as port:
        reader, writer = await asyncio.open_connection(HOST, port)
        for line in (b"", b"LHLO x", b"MAIL FROM:<a@b.lt>", b"RCPT TO:<a@nisc.test>", b"DATA"):
            writer.write(line + b"\r\n" if line else b"")
            while (await reader.readline())[3:4] == b"-":
                pass
        writer.write(b"From: ona@nvo.lt\r\n")
        await writer.drain()

    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()
    assert memory.mails == []
