"""The corpora are read as they were before; whoever changes the numbers says why."""

import json
import random
import re
from pathlib import Path

import pytest

from bot.email.lanes import lane_of
from bot.email.parse import UnparsableMailError, is_simple, parse
from tests.e2e.helpdesk import installed
from tests.mail.corpora import GOLDEN, counts


def test_the_corpora_are_read_as_before(corpora: Path) -> None:
    """After a change that is meant: `python -m tests.mail.corpora ../shared`, and look at it."""
    expected = json.loads(GOLDEN.read_text(encoding="utf-8"))
    present = {name for name in expected if (corpora / "mail" / name).is_dir()}

    found = counts(corpora)

    assert {name: found[name] for name in present} == {name: expected[name] for name in present}


@pytest.mark.soak
def test_every_mail_is_stored_whole_and_read_in_its_ticket(
    tmp_path: Path, corpora: Path, *, soak: bool
) -> None:
    """Through the same road as the live mailbox; what is empty is kept for a person."""
    made = tmp_path / "made.eml"
    made.write_bytes(b"From: ona@nvo.lt\r\nSubject: x\r\n\r\nLaba diena\r\n")
    paths = [made, *sorted(corpora.glob("mail/**/*.eml"))[:: 1 if soak else 24]]
    whole = {path.stat().st_size for path in paths if not path.read_bytes().startswith(b"From ")}

    with installed(tmp_path, {"MAIL_ADDRESS": "desk@nisc.test"}) as helpdesk:
        sums = json.loads(helpdesk.do("import-mail", *map(str, paths), "--json"))
        rows = helpdesk.inbox()
        tickets = {ticket["reference"]: ticket for ticket in helpdesk.threads()}

    assert sums["stored"] == sums["filed"] + sums["ignored"] + sums["shunted"] == len(rows)
    assert sums["read"] >= len(paths)
    assert whole - {row["size"] for row in rows} == set()
    assert [row for row in rows if row["state"] == "shunted" and row["size"] > _BLANK] == []
    filed = [tickets[str(row["reference"])] for row in rows if row["outcome"] == "filed"]
    said = [each for ticket in filed for each in ticket["articles"] if each["kind"] == "inbound"]
    assert [each for each in said if not (each["text"] or each["attachments"])] == []


_BLANK = 8
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_NAMES = (
    b"From", b"To", b"Cc", b"Subject", b"Message-ID", b"References", b"In-Reply-To", b"Date",
    b"Content-Type", b"Content-Disposition", b"Content-Transfer-Encoding", b"Auto-Submitted",
    b"Return-Path", b"Delivered-To", b"MIME-Version", b"X-Failed-Recipients", b"List-Id",
)  # fmt: skip
_WORDS = (
    b"ona@nvo.lt", b"<ona@nvo.lt>", b"<", b">", b'"', b"(", b")", b",", b";", b":", b"@", b"\\",
    b"=?utf-8?q?=C4=85?=", b"=?windows-1257?b?4OXm?=", b"=?x?q?=0D=0A?=", b"=?", b"?=", b"..", b"=",
    b"multipart/mixed; boundary=b", b"multipart/alternative; boundary=b", b"message/rfc822",
    b"text/html; charset=windows-1257", b"text/plain; charset=idna", b"multipart/report",
    b"message/delivery-status", b"base64", b"quoted-printable", b"x-uuencode", b"attachment",
    b"filename*0*=utf-8''a%0d", b"filename=../../a.pdf", b"auto-replied", b"\x00", b"\xff\xe0",
    b"\r\n ", b"\r", b"\n\t", b"undefined:;", b"mailer-daemon@x", b"g:;>", b".:", b"<@", b"' or 1",
)  # fmt: skip
_LINES = (
    b"--b", b"--b--", b"", b"Content-Type: text/html", b"Content-Type: multipart/mixed; boundary=c",
    b"--c", b"<blockquote>", b"<div class=gmail_quote>", b"</p><br>", b"> > citata", b"-- ",
    b"2021-08-17 10:15 Ona <ona@nvo.lt> ra\xc5\xa1\xc4\x97:", b"Nuo: ona@nvo.lt", b"Tema: x",
    b"Pradinis lai\xc5\xa1kas", b"Status: 5.1.1", b"Message-ID: <a@b>", b"=C4=85=", b"4OXm",
)  # fmt: skip


@pytest.mark.soak
def test_no_generated_header_or_body_breaks_the_parser(*, soak: bool) -> None:
    """Each seed makes the same mail again: the one that breaks is named."""
    for seed in range(100_000 if soak else 2_000):
        raw = _generated(random.Random(seed))  # noqa: S311 -- repeatable, no secret
        is_simple(raw)
        lane_of(raw)
        try:
            mail = parse(raw)
        except UnparsableMailError:
            continue
        except Exception as error:  # pragma: no cover -- names the seed
            raise AssertionError(f"seed {seed}: {raw!r}") from error
        values = (
            mail.subject,
            mail.from_name,
            mail.date,
            *(file.name for file in mail.attachments),
        )
        assert [value for value in values if _CONTROLS.search(value)] == [], (seed, raw)


def _generated(some: random.Random) -> bytes:
    fields = [
        some.choice(_NAMES) + b": " + _mix(some, _WORDS, b" ", 8)
        for _ in range(some.randint(0, 12))
    ]
    body = _mix(some, _LINES, some.choice((b"\r\n", b"\n")), 30)
    raw = b"\r\n".join(fields) + b"\r\n\r\n" + body
    if some.random() < 0.2:
        spot = some.randrange(len(raw))
        raw = raw[:spot] + some.randbytes(some.randint(1, 40)) + raw[spot:]
    return raw


def _mix(some: random.Random, pieces: tuple[bytes, ...], glue: bytes, most: int) -> bytes:
    return glue.join(some.choices(pieces, k=some.randint(0, most)))
