"""Mail that no person wrote is told by its marks, and a person's mail is not mistaken for it."""

from pathlib import Path

import pytest

from bot.email.automatic import Automatic
from bot.email.parse import UnparsableMailError, parse
from tests.unit.bot.email.builders import a_mail, a_multipart, a_part


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", Automatic.AUTO_REPLY),
        ("X-Mail-Autoreply: 1", Automatic.AUTO_REPLY),
        ("Preference: auto_reply", Automatic.AUTO_REPLY),
        ("Delivered-To: Autoresponder", Automatic.AUTO_REPLY),
        ("Auto-Submitted: auto-generated; owner-email=x", Automatic.AUTO_REPLY),
        ("X-Autoreply: yes", Automatic.AUTO_REPLY),
        ("X-Autorespond: labas", Automatic.AUTO_REPLY),
        ("X-Autoresponder: x", Automatic.AUTO_REPLY),
        ("Precedence: auto_reply", Automatic.AUTO_REPLY),
        ("Return-Path: <>", Automatic.AUTO_REPLY),
        ("Precedence: bulk", Automatic.BULK),
        ("Precedence: junk", Automatic.BULK),
        ("Precedence: list", Automatic.BULK),
        ("List-Id: <x.y.lt>", Automatic.BULK),
        ("List-Unsubscribe: <mailto:x@y.lt>", Automatic.BULK),
        ("X-Auto-Response-Suppress: OOF, DR", Automatic.BULK),
        ("X-Auto-Response-Suppress: All", Automatic.BULK),
        ("X-Failed-Recipients: x@y.lt", Automatic.BOUNCE),
        ("Auto-Submitted: no", None),
        ("X-Auto-Response-Suppress: DR", None),
        ("Return-Path: <ona@nvo.lt>", None),
    ],
)
def test_a_header_says_what_the_mail_is(header: str, kind: Automatic | None) -> None:
    assert parse(a_mail("labas", header)).automatic is kind


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        ("MAILER-DAEMON@x.lt", Automatic.BOUNCE),
        ("Mail Delivery System <x@y.lt>", Automatic.BOUNCE),
        ("postmaster@x.lt", Automatic.BULK),
        ("no-reply@x.lt", Automatic.BULK),
        ("noreply+7@x.lt", Automatic.BULK),
        ("do-not-reply@x.lt", Automatic.BULK),
        ("noreplyona@x.lt", None),
        ("Postmaster Ona <ona@x.lt>", None),
    ],
)
def test_a_robot_is_known_by_its_address(sender: str, kind: Automatic | None) -> None:
    assert parse(a_mail(sender=sender)).automatic is kind


def test_a_delivery_report_tells_whom_and_why() -> None:
    mail = parse(
        a_multipart(
            a_part("text/plain", "Sorry"),
            a_part(
                "message/delivery-status",
                "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ghost@nvo.lt\r\n"
                "Action: failed\r\nStatus: 5.1.1\r\n",
            ),
            a_part("message/rfc822", "Message-ID: <ours@nisc.test>\r\n\r\nLabas"),
            kind="report; report-type=delivery-status",
        )
    )

    assert mail.bounce is not None
    assert mail.bounce.original_message_id == "<ours@nisc.test>"
    assert mail.bounce.recipient == "ghost@nvo.lt"
    assert mail.bounce.status == "5.1.1"
    assert mail.bounce.is_permanent


def test_bounces_of_the_corpora_are_recognised(corpora: Path) -> None:
    mails = [path for path in corpora.glob("mail/sisimai/**/*.eml") if path.is_file()]

    missed = [path.name for path in mails if parse(path.read_bytes()).automatic is None]

    assert len(missed) <= len(mails) * 0.02


def test_the_mails_of_people_in_the_corpora_are_not_called_bounces(corpora: Path) -> None:
    mails = [*corpora.glob("mail/talon/**/*.eml"), *corpora.glob("mail/mikel-mail/**/plain*/*.eml")]

    assert [path.name for path in mails if _is_bounce(path)] == []


def _is_bounce(path: Path) -> bool:
    try:
        return parse(path.read_bytes()).automatic is Automatic.BOUNCE
    except UnparsableMailError:
        return False


@pytest.mark.parametrize(
    ("report", "is_delay", "is_permanent"),
    [
        ("Action: failed\r\nStatus: 5.1.1", False, True),
        ("Action: failed\r\nStatus: 5.2.1 (disabled)", False, True),
        ("Action: failed\r\nStatus: 5.2.2", False, False),
        ("Action: failed\r\nStatus: 5.7.1", False, False),
        ("Action: failed\r\nStatus: 4.4.1", False, False),
        ("Action: delayed\r\nStatus: 4.4.1", True, False),
        ("Action: delivered\r\nStatus: 2.0.0", True, False),
    ],
)
def test_only_a_final_refusal_of_the_address_is_permanent(
    report: str, *, is_delay: bool, is_permanent: bool
) -> None:
    part = a_part("message/delivery-status", f"Final-Recipient: rfc822; a@b.lt\r\n{report}")

    bounce = parse(a_multipart(part, kind="report")).bounce

    assert bounce is not None
    assert (bounce.is_delay, bounce.is_permanent) == (is_delay, is_permanent)
