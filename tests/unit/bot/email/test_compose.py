"""What we send is whole, honest about itself, and the same at every try."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.compose import OutgoingMail, UnsendableMailError, compose
from bot.email.parse import Attachment, parse

MAIL = OutgoingMail(
    message_id="<r1@nisc.test>",
    date=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
    from_address="bendruomenes@nisc.test",
    from_name="NISC Bendruomenės",
    to="ona@nvo.lt",
    subject="Re: Klausimas [NVO-7]",
    text="Laba diena,\n\natsakome.",
    automatic=False,
)


def test_a_simple_mail_is_these_bytes() -> None:
    assert compose(MAIL) == (
        b"Message-ID: <r1@nisc.test>\r\n"
        b"Date: Sun, 22 Nov 2026 08:00:00 +0000\r\n"
        b"From: =?utf-8?b?TklTQyBCZW5kcnVvbWVuxJdz?=\r\n <bendruomenes@nisc.test>\r\n"
        b"To: ona@nvo.lt\r\n"
        b"Subject: Re: Klausimas [NVO-7]\r\n"
        b"X-NVO-Helpdesk-Loop: bendruomenes@nisc.test\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"\r\n"
        b"Laba diena,\r\n\r\natsakome.\r\n"
    )


def test_the_same_mail_gives_the_same_bytes() -> None:
    whole = replace(
        MAIL,
        html="<p>ą</p>",
        attachments=(Attachment(name="a.pdf", content_type="application/pdf", content=b"%PDF"),),
    )

    assert compose(whole) == compose(whole)


def test_everything_put_in_is_read_out() -> None:
    attachment = Attachment(
        name="ąžuolų ataskaita.pdf", content_type="application/pdf", content=bytes(range(256))
    )
    mail = parse(
        compose(
            replace(
                MAIL,
                subject="Dėl ąžuolų giraitės ir „Nevyriausybinių organizacijų“ kvietimo " * 3,
                text="Ačiū už klausimą\n" + "labai ilga eilutė " * 30 + "\n.\nFrom x",
                html="<p>Ačiū</p>",
                reply_to="bendruomenes+7.abc@nisc.test",
                in_reply_to="<q@nvo.lt>",
                references=("<p@nvo.lt>",),
                attachments=(attachment,),
            )
        )
    )

    assert (
        mail.subject
        == ("Dėl ąžuolų giraitės ir „Nevyriausybinių organizacijų“ kvietimo " * 3).strip()
    )
    assert mail.text == ("Ačiū už klausimą\n" + "labai ilga eilutė " * 30 + "\n.\nFrom x")
    assert mail.html == "<p>Ačiū</p>\n"
    assert (mail.from_name, mail.from_address) == ("NISC Bendruomenės", "bendruomenes@nisc.test")
    assert mail.in_reply_to == "<q@nvo.lt>"
    assert mail.references == ("<p@nvo.lt>", "<q@nvo.lt>")
    assert mail.attachments == (attachment,)
    assert mail.loop == ("bendruomenes@nisc.test",)


@pytest.mark.parametrize(
    ("in_reply_to", "marks"),
    [
        ("<q@nvo.lt>", [b"Auto-Submitted: auto-replied"]),
        (None, [b"Auto-Submitted: auto-generated", b"Precedence: bulk"]),
    ],
)
def test_an_automatic_mail_says_so(in_reply_to: str | None, marks: list[bytes]) -> None:
    lines = compose(replace(MAIL, automatic=True, in_reply_to=in_reply_to)).split(b"\r\n")

    names = (b"Auto-Submitted", b"Precedence")
    assert [line for line in lines if line.startswith(names)] == marks
    assert b"X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply" in lines


def test_a_long_conversation_is_named_by_its_ends() -> None:
    ids = tuple(f"<{number}@nvo.lt>" for number in range(50))

    mail = parse(compose(replace(MAIL, references=ids, in_reply_to="<q@nvo.lt>")))

    assert mail.references == (*ids[:4], *ids[-5:], "<q@nvo.lt>")


def test_what_is_no_id_is_left_out() -> None:
    raw = compose(replace(MAIL, references=("<a b@c>", "x"), in_reply_to="<a\r\nBcc: x@y.lt>"))

    assert raw == compose(MAIL)


def test_a_domain_with_lithuanian_letters_is_written_in_ascii() -> None:
    assert b"To: ona@xn--bendruomen-0mb.lt\r\n" in compose(replace(MAIL, to="ona@bendruomenė.lt"))


@pytest.mark.parametrize(
    "mail",
    [
        replace(MAIL, to="x@y.lt\r\nBcc: z@y.lt"),
        replace(MAIL, to="x@y.lt, z@y.lt"),
        replace(MAIL, from_address="nobody"),
        replace(MAIL, reply_to="<>"),
        replace(MAIL, message_id="<a b@c>"),
    ],
)
def test_what_cannot_be_sent_is_refused(mail: OutgoingMail) -> None:
    with pytest.raises(UnsendableMailError):
        compose(mail)


@given(text=st.text(), name=st.text(max_size=50), subject=st.text(max_size=200), file=st.text())
def test_no_value_can_add_a_header_or_break_a_line(
    text: str, name: str, subject: str, file: str
) -> None:
    attachment = Attachment(name=file, content_type=file, content=text.encode("utf-8", "replace"))
    raw = compose(
        replace(MAIL, text=text, from_name=name, subject=subject, attachments=(attachment,))
    )

    head, _, _ = raw.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] != b" "]
    assert names == [
        b"Message-ID", b"Date", b"From", b"To", b"Subject", b"X-NVO-Helpdesk-Loop",
        b"MIME-Version", b"Content-Type",
    ]  # fmt: skip
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert raw.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(map(len, raw.split(b"\r\n"))) < 998
