"""No mail, however it is made, holds up the mail behind it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.email.lanes import lane_of
from bot.email.parse import SHORT, UnparsableMailError, parse
from bot.email.parser_child import LENGTH
from tests.unit.bot.email.builders import a_mail

MEGA = 1024 * 1024
SECONDS = 2
SECONDS_IF_SHORT = 0.2
MEMORY = 200 * MEGA


def in_header(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n\r\nx".encode()


def html(markup: str) -> bytes:
    return a_mail(markup, content_type="text/html")


HOSTILE = {
    "a long subject": in_header("Subject", "word " * 200_000),
    "many encoded words": in_header("Subject", "=?utf-8?q?a?= " * 15_000),
    "more encoded words": in_header("Subject", "=?utf-8?q?a?= " * 20_000),
    "encoded words without an end": in_header("Subject", "=?utf-8?q?a" * 20_000),
    "commas": in_header("From", "," * 100_000),
    "many addresses": in_header("From", "a@b.lt, " * 20_000),
    "comments in comments": in_header("From", "(" * 60_000),
    "comments in comments, short": in_header("From", "(" * 2_000),
    "quotes": in_header("From", '"' * 60_001),
    "brackets": in_header("To", "<" * 60_000),
    "parameters": in_header("Content-Type", "text/plain" + "; a=b" * 5_000),
    "quoted parameters": in_header("Content-Type", "text/plain" + '; a="' * 50_000),
    "headers": b"X: y\r\n" * 40_000 + b"\r\nx",
    "references": in_header("References", "<a@b> " * 40_000),
    "folded lines": in_header("Message-ID", "\r\n " * 60_000),
    "empty parts": a_mail("--b\r\n\r\n\r\n" * 100_000, content_type="multipart/mixed; boundary=b"),
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
        for depth in range(3000)
    ),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 30_000,
    "elements in elements": html("<div>" * 200_000),
    "attributes": html("<div " + "a=b " * 250_000 + ">"),
    "angle brackets": html("<" * MEGA),
    "tags without an end": html("<a" * (MEGA // 2)),
    "comments without an end": html("<!--" * (MEGA // 4)),
    "styles without an end": html("<style>" * (MEGA // 7)),
    "quotes in tags": html('<a ">' * (MEGA // 5)),
    "ampersands": html("&" * MEGA),
    "a long number": html("&#" + "9" * MEGA),
    "the word On": a_mail("On " * (MEGA // 3)),
    "blank lines": a_mail("\n" * MEGA),
    "quote marks": a_mail(">" * MEGA),
    "quoted lines": a_mail(">\n" * (MEGA // 2)),
    "drawn lines": a_mail(("_" * 20 + "\n") * (MEGA // 21)),
    "copied headers": a_mail("From: a\n" * (MEGA // 8)),
    "attributions": a_mail("a b 2021-01-01 wrote:\n" * (MEGA // 22)),
    "colons": a_mail("a:\n" * (MEGA // 3)),
    "dashes": a_mail(("- " * 300 + "\n") * (MEGA // 601)),
    "addresses in a bounce": a_mail("a@" * (MEGA // 2), sender="mailer-daemon@x.lt"),
    "numbers in a bounce": a_mail("1.1." * (MEGA // 4), sender="mailer-daemon@x.lt"),
    "random bytes": os.urandom(20 * MEGA),
}


class Child:
    """The process that parses what a thread must not, and what it spends."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "bot.email.parser_child", str(768 * MEGA)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._folder = Path("/proc") / str(self._process.pid)
        self.parse(a_mail())

    def parse(self, raw: bytes) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(LENGTH.pack(len(raw)) + raw)
        self._process.stdin.flush()
        [length] = LENGTH.unpack(self._process.stdout.read(LENGTH.size))
        self._process.stdout.read(length)

    def forget(self) -> None:
        """Count the most memory from here on."""
        (self._folder / "clear_refs").write_text("5")

    @property
    def seconds(self) -> float:
        fields = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> int:
        """The most it held, in bytes."""
        lines = (self._folder / "status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    child = Child()
    yield child
    child.close()


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_mail_is_done_with_in_time_and_memory(child: Child, raw: bytes) -> None:
    child.forget()
    before, start = child.seconds, time.process_time()

    lane_of(raw)
    child.parse(raw)

    assert child.seconds - before + time.process_time() - start < SECONDS
    assert child.memory < MEMORY


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_short_one_does_not_hold_up_those_that_share_its_thread(raw: bytes) -> None:
    start = time.process_time()

    with suppress(UnparsableMailError):
        parse(raw[:SHORT])

    assert time.process_time() - start < SECONDS_IF_SHORT
