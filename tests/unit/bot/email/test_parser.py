"""A mail that cannot be parsed in time or in memory ends its parser; the next one is fine."""

import asyncio
import pickle
import subprocess
import sys
import threading
from collections.abc import AsyncIterator

import pytest

from bot.email.parse import MAX_MAIL, ParsedMail, UnparsableMailError, is_simple, parse
from bot.email.parser import Parser
from bot.email.parser_child import LENGTH
from tests.unit.bot.email.builders import a_file, a_mail, a_multipart, a_part

LARGE = a_mail("Laba diena\n" * 200_000)
MIXED = a_multipart(
    a_part("text/plain; charset=windows-1257", "Laba diena"), a_file("filename=x.pdf", b"%PDF-")
)
REPORT = a_multipart(
    a_part("message/delivery-status", "Final-Recipient: rfc822; ona@nvo.lt\r\nStatus: 5.1.1"),
    kind="report",
)
BROKEN = b"Subject: " + b"x" * 2_000_000


def a_child(*lines: str) -> tuple[str, ...]:
    """Return the command of a child that behaves badly with the `raw` mail it is given."""
    start = (
        "import pickle, struct, sys, time",
        "length = struct.unpack('!Q', sys.stdin.buffer.read(8))[0]",
        "raw = sys.stdin.buffer.read(length)",
    )
    return (sys.executable, "-c", "\n".join((*start, *lines)))


@pytest.fixture
async def parser() -> AsyncIterator[Parser]:
    parser = Parser()
    yield parser
    await parser.close()


@pytest.mark.parametrize("raw", [LARGE, MIXED * 20, MIXED, REPORT, a_mail("trumpas")])
async def test_a_mail_says_the_same_wherever_it_is_parsed(parser: Parser, raw: bytes) -> None:
    assert await parser.parse(raw) == parse(raw)


async def test_only_what_is_not_simple_needs_the_child(parser: Parser) -> None:
    assert [is_simple(raw) for raw in (MIXED, LARGE)] == [True, False]
    parser.command = ("no-such-program",)

    await parser.parse(MIXED)

    with pytest.raises(UnparsableMailError, match="the parser ended"):
        await parser.parse(LARGE)


async def test_short_mails_that_come_together_share_a_thread_and_each_fails_alone(
    parser: Parser,
) -> None:
    def told(mail: ParsedMail) -> tuple[str, int]:
        if "blogas" in mail.text:
            raise LookupError(mail.text)
        return mail.text, threading.get_ident()

    mails = [a_mail("vienas"), a_mail("blogas"), b" ", a_mail("du")]
    one, bad, none, two = await asyncio.gather(
        *(parser.understand(raw, told) for raw in mails), return_exceptions=True
    )

    assert isinstance(bad, LookupError)
    assert isinstance(none, UnparsableMailError)
    assert isinstance(one, tuple)
    assert isinstance(two, tuple)
    assert [one[0], two[0]] == ["vienas", "du"]
    assert one[1] == two[1] != threading.get_ident()


async def test_what_is_no_mail_is_refused_with_the_reason(parser: Parser) -> None:
    with pytest.raises(UnparsableMailError, match="the header block has no end"):
        await parser.parse(BROKEN)

    assert await parser.parse(LARGE) == parse(LARGE)


async def test_a_mail_that_outlasts_its_time_is_given_up(parser: Parser) -> None:
    good = parser.command
    parser.seconds, parser.command = 0.3, a_child("time.sleep(600)")
    with pytest.raises(UnparsableMailError, match=r"not parsed within 0\.3 s"):
        await parser.parse(LARGE)

    parser.seconds, parser.command = 30, good
    assert await parser.parse(LARGE) == parse(LARGE)


@pytest.mark.parametrize("end", ["sys.exit(1)", "import os; os.abort()", "os.kill(os.getpid(), 9)"])
async def test_a_mail_that_kills_its_parser_is_given_up(parser: Parser, end: str) -> None:
    good = parser.command
    parser.command = a_child("import os", end)
    with pytest.raises(UnparsableMailError, match="the parser ended while reading it"):
        await parser.parse(LARGE)

    parser.command = good
    assert await parser.parse(LARGE) == parse(LARGE)


async def test_a_mail_that_needs_more_memory_than_allowed_is_given_up() -> None:
    parser = Parser(memory=64 * 1024 * 1024)
    with pytest.raises(UnparsableMailError, match="the parser ended"):
        await parser.parse(a_mail("x" * 60_000_000))

    assert (await parser.parse(LARGE)).subject == "Klausimas"
    await parser.close()


async def test_the_largest_mail_we_take_fits(parser: Parser) -> None:
    content = b"%PDF-" + bytes(45_000_000)
    raw = a_multipart(a_part("text/plain", "Laba"), a_file("filename=x.pdf", content))
    assert MAX_MAIL * 0.9 < len(raw) < MAX_MAIL

    mail = await parser.parse(raw)

    assert [len(file.content) for file in mail.attachments] == [len(content)]


async def test_an_answer_of_other_things_than_mail_is_not_taken(parser: Parser) -> None:
    evil = pickle.dumps(subprocess.Popen)
    write = f"sys.stdout.buffer.write(struct.pack('!Q', {len(evil)}) + {evil!r})"
    parser.command = a_child(write, "sys.stdout.buffer.flush()", "time.sleep(600)")

    with pytest.raises(UnparsableMailError, match="cannot be understood"):
        await parser.parse(LARGE)


def test_the_child_imports_the_standard_library_and_the_parser_alone() -> None:
    listing = (
        "import sys; before = set(sys.modules); import bot.email.parser_child; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(new - sys.stdlib_module_names)); "
        "print(sorted(name for name in sys.modules if name.startswith('bot.'))); "
        "print(sorted(name for name in sys.modules if name.startswith('knowledge_base.')))"
    )
    ran = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    )

    foreign, ours, known = ran.stdout.splitlines()
    assert (foreign, known) == ("['bot', 'knowledge_base']", "['knowledge_base.values']")
    assert [name for name in ("settings", "smtp", "imap", "letters") if f".{name}'" in ours] == []


def test_the_child_ends_with_its_input() -> None:
    parser = Parser()
    ran = subprocess.run(  # noqa: S603 -- our own program
        [*parser.command, str(parser.memory)],
        input=LENGTH.pack(len(MIXED)) + MIXED,
        capture_output=True,
        check=True,
        timeout=30,
    )

    assert pickle.loads(ran.stdout[LENGTH.size :]) == parse(MIXED)  # noqa: S301 -- our own child
