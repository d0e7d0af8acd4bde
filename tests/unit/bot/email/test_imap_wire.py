"""The connection survives every way of talking that broke the library underneath."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.imap import ImapAccount, Mailbox, SignInError, signed_in
from bot.email.imap_wire import ImapError, Response, ResponseReader
from bot.email.tls import Tls
from tests.servers.loopback import HOST
from tests.unit.bot.email.loopback import serving

STREAM = (
    b"* OK [UIDVALIDITY 1] {5}\r\n"
    b"* 1 FETCH (UID 1 BODY[] {7}\r\n5* a\r\nb)\r\n"
    b"* 2 FETCH (FLAGS (\\* \\Draft) BODY[] {0}\r\n)\r\n"
    b'* LIST () "/" "a* b ((("\r\n'
    b"A1 OK done {3}\r\n"
)
RESPONSES: list[Response] = [
    (b"* OK [UIDVALIDITY 1] {5}",),
    (b"* 1 FETCH (UID 1 BODY[] {7}", b"5* a\r\nb", b")"),
    (b"* 2 FETCH (FLAGS (\\* \\Draft) BODY[] {0}", b"", b")"),
    (b'* LIST () "/" "a* b ((("',),
    (b"A1 OK done {3}",),
]


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_responses_do_not_depend_on_how_the_network_cuts_them(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    reader = ResponseReader()

    read = [
        response for begin, end in pairwise(edges) for response in reader.feed(STREAM[begin:end])
    ]

    assert read == RESPONSES


def test_many_lines_in_one_packet_are_read_in_linear_time() -> None:
    flood = b"* 1 FETCH (UID 1 FLAGS ())\r\n" * 100_000
    start = time.process_time()

    assert len(ResponseReader().feed(flood)) == 100_000
    assert time.process_time() - start < 2


def test_a_line_that_comes_byte_by_byte_is_read_in_linear_time() -> None:
    reader = ResponseReader()
    start = time.process_time()
    for _ in range(200_000):
        assert reader.feed(b"a") == []

    assert reader.feed(b"\r\n") == [(b"a" * 200_000,)]
    assert time.process_time() - start < 2


@pytest.mark.parametrize("data", [b"* 1 FETCH (BODY[] {9999999999}\r\n", b"a" * (17 << 20)])
def test_what_no_server_has_reason_to_send_is_refused(data: bytes) -> None:
    with pytest.raises(ImapError):
        ResponseReader().feed(data)


class Script:
    """A server for one connection that answers as told: command name to lines, `$` is the tag."""

    def __init__(self, answers: dict[str, str], *, greeting: str = "* OK hello\r\n") -> None:
        self.answers = {
            "CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE\r\n$ OK done\r\n",
            "LOGIN": "$ OK in\r\n",
            "LOGOUT": "* BYE\r\n$ OK out\r\n",
            "NOOP": "$ OK done\r\n",
            **answers,
        }
        self.greeting = greeting
        self.received: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self.greeting.encode())
        tag = ""
        while line := (await reader.readline()).decode():
            self.received.append(line.rstrip("\r\n"))
            first, _, rest = line.rstrip("\r\n").partition(" ")
            name = rest.partition(" ")[0] if rest else first
            tag = first if rest else tag
            answer = self.answers.get(name, "$ BAD unknown\r\n")
            if answer == "cut":
                break
            writer.write(answer.replace("$", tag).encode())


@asynccontextmanager
async def talking_to(script: Script, *, password: str = "") -> AsyncIterator[Mailbox]:
    async with serving(script.serve) as port:
        account = ImapAccount(host=HOST, port=port, user='a b"c', password=password, tls=Tls.NONE)
        async with signed_in(account) as mailbox:
            yield mailbox


async def test_user_and_password_are_quoted_and_capabilities_asked_after_sign_in() -> None:
    script = Script({})

    async with talking_to(script, password='p\\"w'):
        pass

    said = [line.partition(" ")[2] for line in script.received]
    assert said == ['LOGIN "a b\\"c" "p\\\\\\"w"', "CAPABILITY", "LOGOUT"]


async def test_a_refused_sign_in_says_so() -> None:
    with pytest.raises(SignInError, match="refused to sign in"):
        async with talking_to(Script({"LOGIN": "$ NO wrong\r\n"})):
            pass


async def test_a_refused_token_is_answered_with_an_empty_line() -> None:
    script = Script({"AUTHENTICATE": "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n", "": "$ NO expired\r\n"})
    async with serving(script.serve) as port:
        account = ImapAccount(
            host=HOST, port=port, user="a", password="", tls=Tls.NONE, token="old"
        )
        with pytest.raises(SignInError):
            async with signed_in(account):
                pass


@pytest.mark.parametrize("greeting", ["* BYE busy\r\n", "220 smtp\r\n"])
async def test_a_server_that_does_not_greet_as_one_is_left(greeting: str) -> None:
    with pytest.raises(ImapError, match="does not greet as an IMAP server"):
        async with talking_to(Script({}, greeting=greeting)):
            pass


SELECTED = "* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 9] ok\r\n$ OK selected\r\n"


@pytest.mark.parametrize(
    "act",
    [
        lambda mailbox: mailbox.select("INBOX"),
        lambda mailbox: mailbox.uids_after(3),
        lambda mailbox: mailbox.fetch(3),
        lambda mailbox: mailbox.flag([3], "$X"),
        lambda mailbox: mailbox.append("INBOX", b"x"),
        lambda mailbox: mailbox.idle(60),
    ],
    ids=["select", "search", "fetch", "flag", "append", "idle"],
)
async def test_a_lost_connection_fails_whatever_waits(
    act: Callable[[Mailbox], Awaitable[object]],
) -> None:
    cut = dict.fromkeys(("SELECT", "UID", "APPEND", "IDLE"), "cut")

    async with asyncio.timeout(5), talking_to(Script(cut)) as mailbox:
        with pytest.raises(ImapError):
            await act(mailbox)
        with pytest.raises(ImapError):
            await mailbox.select("INBOX")


async def test_text_of_the_mail_is_not_touched() -> None:
    body = "Subject: 5* viesbutis (((\r\n\r\n* x"
    answer = f"* 1 FETCH (UID 3 BODY[]<0> {{{len(body)}}}\r\n{body})\r\n$ OK done\r\n"

    async with talking_to(Script({"UID": answer})) as mailbox:
        assert await mailbox.fetch(3) == body.encode()


async def test_another_mail_and_a_short_quoted_body_are_told_apart() -> None:
    answer = (
        '* 1 FETCH (UID 2 BODY[]<0> "a")\r\n* 2 FETCH (BODY[]<0> "b\\"" UID 3)\r\n$ OK done\r\n'
    )

    async with talking_to(Script({"UID": answer})) as mailbox:
        assert await mailbox.fetch(3) == b'b"'
        assert await mailbox.fetch(4) is None


async def test_the_newest_mail_is_not_new_again() -> None:
    async with talking_to(Script({"UID": "* SEARCH 98 12 100\r\n$ OK done\r\n"})) as mailbox:
        assert await mailbox.uids_after(98) == [100]


async def test_mail_announced_before_the_wait_ends_it_at_once() -> None:
    script = Script(
        {
            "UID": "* SEARCH\r\n* 5 EXISTS\r\n$ OK done\r\n",
            "IDLE": "+ idling\r\n",
            "DONE": "$ OK\r\n",
        }
    )

    async with asyncio.timeout(5), talking_to(script) as mailbox:
        await mailbox.uids_after(0)
        await mailbox.idle(60)


async def test_a_wait_without_news_ends_in_time() -> None:
    script = Script({"IDLE": "+ idling\r\n", "DONE": "$ OK\r\n"})

    async with asyncio.timeout(5), talking_to(script) as mailbox:
        await mailbox.idle(0.01)

    assert script.received[-2] == "DONE"


async def test_a_server_that_refuses_to_push_is_an_error() -> None:
    async with asyncio.timeout(5), talking_to(Script({"IDLE": "$ NO\r\n"})) as mailbox:
        with pytest.raises(ImapError):
            await mailbox.idle(60)


async def test_without_idle_the_wait_is_a_wait() -> None:
    script = Script({"CAPABILITY": "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n"})

    async with talking_to(script) as mailbox:
        await mailbox.idle(0.01)

    assert "IDLE" not in [line.partition(" ")[2] for line in script.received]


async def test_a_folder_name_is_encoded_and_quoted() -> None:
    script = Script({"SELECT": SELECTED})

    async with talking_to(script) as mailbox:
        await mailbox.select('Išsiųsta & "x"')

    assert script.received[2].partition(" ")[2] == 'SELECT "I&AWE-si&AXM-sta &- \\"x\\""'


async def test_a_line_end_cannot_be_smuggled_into_a_command() -> None:
    async with talking_to(Script({})) as mailbox:
        with pytest.raises(ImapError):
            await mailbox.find("x\r\nA9 LOGOUT")
