"""One mail in, everything it says out; no bytes make it fail in any other way than its own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.mime import MAX_DEPTH, MAX_PARTS
from bot.email.parse import (
    MAX_TEXT,
    Attachment,
    Note,
    ParsedMail,
    UnparsableMailError,
    is_simple,
    parse,
)
from bot.email.quotes import Reply
from tests.unit.bot.email.builders import a_file, a_mail, a_multipart, a_part


def test_a_plain_mail_is_read_whole() -> None:
    raw = a_mail(
        "Laba diena,\r\nar galiu klausti?\r\n",
        "Cc: Jonas <jonas@nvo.lt>",
        "Delivered-To: bendruomenes+7.abc@nisc.test",
        "Date: Tue, 17 Aug 2021 10:15:00 +0300",
        "In-Reply-To: <b@nisc.test>",
        "References: <a@nisc.test>\r\n\t<b@nisc.test>",
    )

    text = "Laba diena,\nar galiu klausti?"
    assert parse(raw) == ParsedMail(
        message_id="<m1@nvo.lt>",
        in_reply_to="<b@nisc.test>",
        references=("<a@nisc.test>", "<b@nisc.test>"),
        from_address="ona@nvo.lt",
        from_name="Ona",
        to=("bendruomenes@nisc.test",),
        cc=("jonas@nvo.lt",),
        delivered_to=("bendruomenes+7.abc@nisc.test", "bendruomenes@nisc.test", "jonas@nvo.lt"),
        subject="Klausimas",
        date="Tue, 17 Aug 2021 10:15:00 +0300",
        text=text,
        reply=Reply(text=text, is_cut=False, is_sure=True),
        html=None,
        attachments=(),
        automatic=None,
        automatic_reason=None,
        loop=(),
        authentication=(),
        bounce=None,
        notes=(),
        passed_on_from=None,
    )


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_any_line_ends_are_read(line_end: str) -> None:
    raw = a_multipart(a_part("text/plain", "pirma\r\nantra")).replace(b"\r\n", line_end.encode())

    assert parse(raw).text == "pirma\nantra"


def test_of_alternatives_the_text_is_shown_and_the_html_is_kept() -> None:
    mail = parse(
        a_multipart(
            a_part("text/plain; charset=utf-8", "Ačiū"),
            a_part("text/html; charset=utf-8", "<p>Ačiū</p>"),
            kind="alternative",
        )
    )

    assert (mail.text, mail.html) == ("Ačiū", "<p>Ačiū</p>")


def test_html_alone_becomes_text() -> None:
    mail = parse(a_mail("<p>Ačiū</p><p>Ona</p>", content_type="text/html; charset=utf-8"))

    assert mail.text == "Ačiū\n\nOna"


def test_text_around_an_attachment_is_one_text() -> None:
    mail = parse(
        a_multipart(
            a_part("text/plain", "pradžia".encode().decode("latin-1")),
            a_file('filename="a.pdf"', b"%PDF"),
            a_part("text/plain", "pabaiga"),
        )
    )

    assert mail.text.endswith("pabaiga")
    assert mail.attachments == (
        Attachment(name="a.pdf", content_type="application/pdf", content=b"%PDF"),
    )


def test_html_marks_cut_what_the_text_does_not_show() -> None:
    mail = parse(
        a_multipart(
            a_part("text/plain", "Taip\r\n\r\nXyz 2021:\r\nAr gavote?"),
            a_part("text/html", "Taip<blockquote type=cite>Ar gavote?</blockquote>"),
            kind="alternative",
        )
    )

    assert mail.reply.text == "Taip"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('filename="ataskaita.pdf"', "ataskaita.pdf"),
        ("filename*=utf-8''%C4%85%C5%BEuolas.pdf", "ąžuolas.pdf"),
        ("filename*0*=utf-8''%C4%85; filename*1=b; filename*2*=%2Epdf", "ąb.pdf"),
        ('filename="=?utf-8?q?=C4=85=C5=BE?=.pdf"', "ąž.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\aplankas\\\\a.pdf"', "a.pdf"),
        ('filename="a\u202efdp.exe"', "a_fdp.exe"),
        ('filename="' + "a" * 300 + '.pdf"', "a" * 116 + ".pdf"),
        ('filename=".."', "attachment-1"),
        ("filename*99999999999999999999=a", "attachment-1"),
    ],
)
def test_a_file_name_is_safe_to_show(header: str, name: str) -> None:
    mail = parse(a_multipart(a_file(header, b"x")))

    assert [each.name for each in mail.attachments] == [name]


def test_a_mail_attached_to_a_mail_is_a_file() -> None:
    mail = parse(a_multipart(a_part("message/rfc822", "From: x@y.lt\r\n\r\nlabas")))

    assert mail.attachments == (
        Attachment(
            name="message.eml",
            content_type="message/rfc822",
            content=b"From: x@y.lt\r\n\r\nlabas",
        ),
    )


def test_a_mail_that_only_carries_another_says_what_that_one_says() -> None:
    inner = "Content-Type: text/html\r\n\r\n<p>klausimas</p>"

    assert parse(a_multipart(a_part("message/rfc822", inner))).text == "klausimas"
    assert parse(f"Content-Type: message/rfc822\r\n\r\n{inner}".encode()).text == "klausimas"


@pytest.mark.parametrize(
    ("raw", "writer"),
    [
        (
            a_mail(
                "Prašau atsakyti.\n\n---- Persiųstas laiškas ----\nTema: z\nNuo: X <x@y.lt>\n\nAr?"
            ),
            "x@y.lt",
        ),
        (a_mail("Begin forwarded message:\n\n> From: X <x@y.lt>\n>\n> Ar?"), "x@y.lt"),
        (a_mail("Nuo: X <x@y.lt>\nData: vakar\nTema: z\n\nAr?", "Subject: Fwd: z"), "x@y.lt"),
        (a_multipart(a_part("message/rfc822", "From: X <x@y.lt>\r\n\r\nAr?")), "x@y.lt"),
        (a_mail("Taip.\n\nNuo: X <x@y.lt>\nKam: mums@y.lt\nTema: z\n\nAr?"), None),
        (a_mail("---- Persiųstas laiškas ----\nNuo: X\n\nrašykite man: x@y.lt"), None),
    ],
)
def test_of_a_mail_passed_on_its_first_writer_is_named(raw: bytes, writer: str | None) -> None:
    assert parse(raw).passed_on_from == writer


def test_an_inline_image_keeps_the_name_that_html_uses() -> None:
    image = a_part("image/png; name=logo.png", "x", "Content-ID: <logo@x>")

    [attachment] = parse(a_multipart(image, kind="related")).attachments

    assert (attachment.name, attachment.inline_id) == ("logo.png", "logo@x")


@pytest.mark.parametrize(
    ("part", "note"),
    [
        (a_part("application/pgp-signature", "x"), Note.SIGNED),
        (a_part("application/pkcs7-mime", "x"), Note.ENCRYPTED),
        (a_part("text/calendar", "BEGIN:VCALENDAR"), Note.CALENDAR),
        (a_part("application/ms-tnef; name=winmail.dat", "x"), Note.WINMAIL),
    ],
)
def test_what_a_reader_must_know_is_noted(part: str, note: Note) -> None:
    assert parse(a_multipart(part)).notes == (note,)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sutartis.adoc", "application/vnd.lt.archyvai.adoc-2008"),
        ("sutartis.asice", "application/vnd.etsi.asic-e+zip"),
        ("sutartis.bdoc", "application/octet-stream"),
    ],
)
def test_a_signed_container_is_one_file_and_nothing_in_it_is_opened(name: str, kind: str) -> None:
    inside = a_part("text/plain", "ne laiško žodžiai")
    container = f"PK\x03\x04{a_multipart(inside)!r}"
    mail = parse(
        a_multipart(a_part("text/plain", "Pasirašyta."), a_part(f"{kind}; name={name}", container))
    )

    [kept] = mail.attachments
    assert (kept.name, kept.content_type, kept.content.decode()) == (name, kind, container)
    assert (mail.text.strip(), mail.notes) == ("Pasirašyta.", ())


def test_an_encrypted_mail_is_noted() -> None:
    assert parse(a_multipart(a_part("text/plain", "x"), kind="encrypted")).notes == (
        Note.ENCRYPTED,
    )


def test_too_many_parts_are_cut_short_and_noted() -> None:
    mail = parse(a_multipart(*[a_file("filename=a.pdf", b"x")] * (MAX_PARTS + 50)))

    assert len(mail.attachments) == MAX_PARTS
    assert mail.notes == (Note.CUT_SHORT,)


def test_too_deep_a_mail_is_cut_short_and_noted() -> None:
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
        for depth in range(100 * MAX_DEPTH)
    )

    assert parse(nested.encode()).notes == (Note.CUT_SHORT,)


def test_too_long_a_text_is_cut_short_and_noted() -> None:
    mail = parse(a_multipart(*[a_part("text/plain", "a" * MAX_TEXT)] * 3))

    assert len(mail.text) < MAX_TEXT + 10
    assert mail.notes == (Note.CUT_SHORT,)


def test_control_characters_are_in_no_value() -> None:
    mail = parse(
        b"From: =?utf-8?q?O=00na?= <ona@nvo.lt>\r\n"
        b"Subject: =?utf-8?q?a=0D=0ABcc:_x?=\r\n\r\na\x00b\x1bc"
    )

    assert (mail.from_name, mail.subject, mail.text) == ("O na", "a Bcc: x", "abc")


@pytest.mark.parametrize("raw", [b"", b"\r\n \r\n", b"X: " + b"y" * 300_000])
def test_what_is_no_mail_is_refused(raw: bytes) -> None:
    with pytest.raises(UnparsableMailError):
        parse(raw)


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_mail_or_refused(raw: bytes) -> None:
    _parse_or_refuse(raw)


_PIECES = [
    b"From: ", b"To: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed", b"multipart/digest",
    b"; boundary=", b"b", b'"', b"--b", b"--b--", b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"text/html",
    b"message/rfc822", b"=?utf-8?q?", b"=?utf-8?b?", b"?=", b"=C4", b"\xe0\xff", b"<", b">", b"@",
    b"a", b"(", b")", b",", b";", b":", b"filename*0*=", b"Content-Disposition: attachment",
    b"Content-Transfer-Encoding: base64", b"quoted-printable", b"x-uuencode", b"; charset=",
    b"utf-16", b"idna", b"hex", b"<blockquote type=cite>", b"> ", b"rase: ", b"2021-08-17 10:15",
    b"References: ", b"Return-Path: <>", b"From mailer-daemon", b"\x00", b" ", b"\t", b"&#x", b"9",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map(b"".join))
def test_any_mix_of_mail_syntax_is_a_mail_or_refused(raw: bytes) -> None:
    _parse_or_refuse(raw)


def test_every_mail_of_the_corpora_is_read(corpora: Path) -> None:
    mails = [path for path in corpora.glob("mail/**/*.eml") if path.stat().st_size]

    silent = [path.name for path in mails if not _says_something(parse(path.read_bytes()))]

    assert silent == []


def test_ordinary_mail_is_simple_and_hostile_mail_is_not() -> None:
    letter = a_mail("Laba diena\n" * 3000)

    assert is_simple(a_mail())
    assert is_simple(letter)
    assert is_simple(letter + b"boundary" * 100)
    assert is_simple(letter + b"Content-type: text/plain\n" * 99)
    assert not is_simple(letter + b"content-TYPE: multipart/mixed; BOUNDARY=a\n" * 21)
    assert not is_simple(letter + b"Content-type: text/plain\n" * 100)
    assert not is_simple(b"<" * 30_000)
    assert not is_simple(letter * 100)


def _parse_or_refuse(raw: bytes) -> None:
    is_simple(raw)
    try:
        mail = parse(raw)
    except UnparsableMailError:
        return
    mail.text.encode()
    mail.subject.encode()


def _says_something(mail: ParsedMail) -> bool:
    return bool(mail.text or mail.attachments or mail.subject or mail.bounce)


def test_where_the_blank_line_is_missing_every_byte_of_the_text_is_kept() -> None:
    """The standard parser once decoded it by the mail's own charset, and failed at `idna`."""
    mail = parse("Content-Type: text/plain; charset=idna\r\nąžuolas be antraštės\r\n".encode())

    assert mail.text == "ąžuolas be antraštės"
