"""Bounces are recognised and tied to the mail they speak of, and nothing else is called one."""

import json
import re
from pathlib import Path

import pytest

from bot.email.automatic import Automatic
from bot.email.parse import parse
from tests.unit.bot.email.builders import a_mail, a_multipart, a_part

_DATA = Path(__file__).parents[1] / "data" / "match"
_COLLECTIONS = ("sisimai", "real-dsn")
_ID = re.compile(rb"^[ \t>|]*message-id:\s*<[^<>\s]{3,250}>", re.IGNORECASE | re.MULTILINE)


def test_bounces_are_recognised_and_tied_wherever_they_carry_an_id(corpora: Path) -> None:
    paths = [p for name in _COLLECTIONS for p in (corpora / "mail" / name).rglob("*.eml")]
    mails = [(path, path.read_bytes()) for path in paths]
    read = [(path, raw, parse(raw)) for path, raw in mails]

    missed = [path.name for path, _, mail in read if mail.automatic is not Automatic.BOUNCE]
    untied = [
        path.name
        for path, raw, mail in read
        if mail.bounce and not mail.bounce.original_message_id and _carries_another_id(raw)
    ]

    assert len(missed) <= len(read) * 0.02, missed
    assert untied == []


def _carries_another_id(raw: bytes) -> bool:
    """Tell whether an id stands below the report's own header."""
    text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return bool(_ID.search(text.partition(b"\n\n")[2]))


def test_no_mail_of_a_person_is_called_automatic(corpora: Path) -> None:
    """Replies of real mail programs, and questions as people ask them."""
    folders = ("lt-replies", "github-email_reply_parser", "zapier-email-reply-parser", "talon")
    files = [p for name in folders for p in (corpora / "mail" / name).rglob("*.txt")]
    bodies = {path.name: path.read_text("utf-8", "replace") for path in files}
    for path in _DATA.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            question = json.loads(line)
            bodies[str(question["id"])] = str(question["text"])

    found = {name: parse(a_mail(text)).automatic for name, text in bodies.items()}

    assert {name: kind for name, kind in found.items() if kind} == {}


@pytest.mark.parametrize(
    "subject",
    [
        "Fwd: Undelivered Mail Returned to Sender",
        "Mail delivery failed: ką daryti?",
        "Nepavyko pristatyti laiško savivaldybei",
    ],
)
def test_who_asks_about_a_mail_that_came_back_is_a_person(subject: str) -> None:
    words = (
        "Laiškas grįžo, ką daryti?\n\nThis is the mail system at host mx.lt.\n"
        "<ona@nvo.lt>: host mx.lt said: 550 5.1.1 User unknown\nMessage-ID: <a@b.lt>\n"
    )
    returned = a_part("message/rfc822", "Message-ID: <a@b.lt>\r\n\r\nLabas")
    attached = a_multipart(a_part("text/plain", words), returned)

    for mail in (a_mail(words), attached):
        asked = mail.replace(b"Subject: Klausimas", f"Subject: {subject}".encode())
        assert (parse(asked).subject, parse(asked).automatic) == (subject, None)


@pytest.mark.parametrize(
    "mail",
    [
        # qmail, after a gateway that strips the sender's name
        a_mail(
            "Hi. This is the qmail-send program at mx.lt.\nI wasn't able to deliver your mail."
            "\n<ghost@nvo.lt>:\n550 5.1.1 no\n\n--- Below this line is a copy of the message.\n"
            "\nMessage-ID: <ours@nisc.test>\n\nLabas",
            "Return-Path: <>",
            sender="sistema@mx.lt",
        ),
        # Exchange: the words of the report in the sender's own language, the id in a header
        a_mail(
            "Your message did not reach the following recipient(s):\n\nghost@nvo.lt\n",
            "Return-Path: <>",
            "X-MS-TNEF-Correlator: <ours@nisc.test>",
            sender="System Administrator <postmaster@nvo.lt>",
        ),
        # Exim
        a_mail(
            "A message that you sent could not be delivered to ghost@nvo.lt.\n"
            "------ This is a copy of your message.\n\nMessage-Id:\n <ours@nisc.test>\n",
            "X-Failed-Recipients: ghost@nvo.lt",
            sender="Mail Delivery System <Mailer-Daemon@mx.lt>",
        ),
        # the returned mail's headers stand where those of its part belong
        a_multipart(
            a_part("text/plain", "The user ghost@nvo.lt is unknown"),
            "Received: from x\r\nMessage-ID: <ours@nisc.test>\r\nSubject: Labas\r\n\r\nLabas",
            sender="MAILER-DAEMON@mx.lt",
        ),
        # boundaries that do not match: the returned mail stands inside the report
        a_multipart(
            a_part(
                "message/delivery-status",
                "Final-Recipient: rfc822; ghost@nvo.lt\r\nStatus: 5.1.1\r\n\r\n--kita\r\n"
                "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@nisc.test>\r\n",
            ),
            kind="report; report-type=delivery-status",
        ),
        # an id without brackets, in a report quoted by another
        a_mail(
            "> Original-Message-ID: ours@nisc.test\n> ghost@nvo.lt", sender="mailer-daemon@x.lt"
        ),
        # quoted-printable with the line ends of an old Macintosh
        a_mail(
            "could not be deliver=\rred: ghost@nvo.lt\rMessage-ID:<ours@nisc.test>\r",
            "Content-Transfer-Encoding: quoted-printable",
            sender="mailer-daemon@x.lt",
        ),
    ],
)
def test_a_report_in_any_systems_words_is_tied_to_our_mail(mail: bytes) -> None:
    read = parse(mail)

    assert read.automatic is Automatic.BOUNCE
    assert read.bounce is not None
    assert read.bounce.original_message_id == "<ours@nisc.test>"
    assert read.bounce.recipient == "ghost@nvo.lt"
