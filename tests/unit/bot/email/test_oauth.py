"""Access tokens: fetched when needed, kept while good, shown to servers that take no passwords."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest

from bot.email.imap import ImapAccount, SignInError, signed_in
from bot.email.oauth import AccessTokens, TokenError
from bot.email.smtp import Smtp, SmtpAccount
from bot.email.tls import Tls
from handlers.domain.errors import TransientDeliveryError
from tests.servers.loopback import HOST
from tests.unit.bot.email.loopback import serving


@dataclass(slots=True)
class TokenServer:
    """Answers each request with another token, or a refusal."""

    status: str = "200 OK"
    answer: dict[str, object] = field(default_factory=dict)
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split()[0])
        self.asked.append(parse_qs((await reader.readexactly(length)).decode()))
        default = {"access_token": f"zetonas{len(self.asked)}", "expires_in": 3600}
        body = json.dumps({**default, **self.answer}).encode()
        writer.write(b"HTTP/1.0 %s\r\n\r\n" % self.status.encode() + body)
        await writer.drain()


@asynccontextmanager
async def a_source(server: TokenServer) -> AsyncIterator[AccessTokens]:
    async with serving(server.serve) as port:
        yield AccessTokens(
            token_url=f"http://{HOST}:{port}/token",
            client_id="desk",
            client_secret="slapta",
            refresh_token="ilgas",
        )


async def test_a_token_is_fetched_once_while_it_is_good() -> None:
    server = TokenServer()
    async with a_source(server) as tokens:
        assert [await tokens.get(), await tokens.get()] == ["zetonas1", "zetonas1"]
        tokens.forget()
        assert await tokens.get() == "zetonas2"

    assert server.asked[0] == {
        "grant_type": ["refresh_token"],
        "client_id": ["desk"],
        "client_secret": ["slapta"],
        "refresh_token": ["ilgas"],
    }


async def test_a_token_about_to_end_is_not_used_again() -> None:
    async with a_source(TokenServer(answer={"expires_in": 60})) as tokens:
        assert [await tokens.get(), await tokens.get()] == ["zetonas1", "zetonas2"]


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        (TokenServer(status="400 Bad"), "the token server refused (400)"),
        (TokenServer(answer={"expires_in": "soon"}), "no token: ValueError"),
    ],
)
async def test_a_refusal_is_told_without_secrets(server: TokenServer, sentence: str) -> None:
    async with a_source(server) as tokens:
        with pytest.raises(TokenError) as refused:
            await tokens.get()

    assert str(refused.value) == sentence


@dataclass(slots=True)
class Greeter:
    """An IMAP or SMTP server that takes one token."""

    good: str
    shown: list[str] = field(default_factory=list)

    async def imap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK hello\r\n")
        while line := await reader.readline():
            tag, name, *words = line.decode().split()
            if name == "AUTHENTICATE":
                self.shown.append(base64.b64decode(words[1]).decode())
                if f"Bearer {self.good}\1" not in self.shown[-1]:
                    writer.write(b"+ eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                    await reader.readline()
                    writer.write(f"{tag} NO expired\r\n".encode())
                    continue
            writer.write(f"{tag} OK done\r\n".encode())

    async def smtp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            words = line.decode().split()
            if words[0] == "EHLO":
                writer.write(b"250-hello\r\n250 AUTH XOAUTH2\r\n")
            elif words[0] == "AUTH":
                self.shown.append(base64.b64decode(words[2]).decode())
                good = f"Bearer {self.good}\1" in self.shown[-1]
                writer.write(b"235 2.7.0 ok\r\n" if good else b"535 5.7.8 no\r\n")
            else:
                writer.write(b"354 go on\r\n" if words[0] == "DATA" else b"250 ok\r\n")


async def test_a_mailbox_is_entered_by_a_fresh_token() -> None:
    """A token the server does not take is not shown to it again."""
    greeter = Greeter("zetonas2")
    async with a_source(TokenServer()) as tokens, serving(greeter.imap) as port:
        account = ImapAccount(
            host=HOST, port=port, user="desk@nisc.test", password="", tls=Tls.NONE, tokens=tokens
        )
        with pytest.raises(SignInError, match="refused to sign in"):
            async with signed_in(account):
                pass
        async with signed_in(account):
            pass

    assert greeter.shown == [
        f"user=desk@nisc.test\1auth=Bearer zetonas{number}\1\1" for number in (1, 2)
    ]


async def test_a_token_server_that_is_away_is_named_in_the_mailboxs_report() -> None:
    greeter = Greeter("x")
    async with (
        a_source(TokenServer(status="503 Away")) as tokens,
        serving(greeter.imap) as port,
    ):
        account = ImapAccount(
            host=HOST, port=port, user="desk@nisc.test", password="", tls=Tls.NONE, tokens=tokens
        )
        with pytest.raises(SignInError, match=r"the token server refused \(503\)"):
            async with signed_in(account):
                pass


async def test_mail_is_handed_in_with_a_fresh_token() -> None:
    greeter = Greeter("zetonas2")
    async with a_source(TokenServer()) as tokens, serving(greeter.smtp) as port:
        smtp = Smtp(
            SmtpAccount(host=HOST, port=port, user="desk@nisc.test", tls=Tls.NONE, tokens=tokens)
        )
        with pytest.raises(TransientDeliveryError, match=r"sign-in refused \(535\)"):
            await smtp.send(sender="", recipient="ona@nvo.lt", raw=b"x")
        assert await smtp.send(sender="", recipient="ona@nvo.lt", raw=b"x") == "ok"
        await smtp.close()

    assert greeter.shown[-1] == "user=desk@nisc.test\1auth=Bearer zetonas2\1\1"
