"""An outgoing mail as bytes. Pure: the same mail gives the same bytes, so a retry repeats them.

Every value is cleaned of control characters before it stands in a header, so no text can add one.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from bot.email.addresses import wire_address
from bot.email.automatic import LOOP_HEADER
from bot.email.calendars import Entry
from bot.email.charsets import clean, clean_lines
from bot.email.parse import Attachment
from knowledge_base.values import dataclass

_REFERENCES_FIRST = 4
_REFERENCES_LAST = 6
_LINE = 76
_WORD_BYTES = 42
"""What one encoded word holds: base64 makes 56 characters of it, 68 with its frame."""

_ID = re.compile(r"<[!-;=?-~]{1,480}@[!-;=?-~]{1,480}>")
_PLAIN_TEXT = re.compile(r"[ -~]*")
_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
_FILE_NAME = re.compile(r"[^A-Za-z0-9 ._()-]")


class UnsendableMailError(ValueError):
    """No mail can be made of these values: an address or the Message-ID is not one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """One mail to one recipient. `automatic`: no person wrote it."""

    message_id: str
    date: datetime
    from_address: str
    from_name: str
    to: str
    subject: str
    text: str
    automatic: bool
    html: str | None = None
    reply_to: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    calendar: Entry | None = None


def compose(mail: OutgoingMail) -> bytes:
    """Return the mail with CRLF line ends, complete in its text/plain part.

    Raises:
        UnsendableMailError: an address or the Message-ID is not one.
    """
    try:
        fields = [*_envelope(mail), *_conversation(mail), *_marks(mail)]
    except ValueError as error:
        raise UnsendableMailError(str(error)) from error
    head = "\r\n".join(f"{name}: {value}" for name, value in fields)
    return f"{head}\r\nMIME-Version: 1.0\r\n".encode() + _body(mail)


def _envelope(mail: OutgoingMail) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(mail.message_id):
        raise ValueError("this is not a Message-ID")
    yield "Message-ID", mail.message_id
    yield "Date", format_datetime(mail.date)
    yield "From", _mailbox(mail.from_name, wire_address(mail.from_address))
    yield "To", wire_address(mail.to)
    if mail.reply_to:
        yield "Reply-To", wire_address(mail.reply_to)
    yield "Subject", _words(clean(mail.subject))


def _conversation(mail: OutgoingMail) -> Iterator[tuple[str, str]]:
    """Name the mails this one answers: the first of the conversation and the newest."""
    known = dict.fromkeys((*mail.references, mail.in_reply_to or ""))
    ids = [each for each in known if _ID.fullmatch(each)]
    if len(ids) > _REFERENCES_FIRST + _REFERENCES_LAST:
        ids = ids[:_REFERENCES_FIRST] + ids[-_REFERENCES_LAST:]
    if mail.in_reply_to and _ID.fullmatch(mail.in_reply_to):
        yield "In-Reply-To", mail.in_reply_to
    if ids:
        yield "References", "\r\n ".join(ids)


def _marks(mail: OutgoingMail) -> Iterator[tuple[str, str]]:
    """Say that it is ours, and what other programs must not do with it.

    `X-Auto-Response-Suppress` leaves out NDR: we want to hear of mail that does not arrive.
    """
    yield LOOP_HEADER, wire_address(mail.from_address)
    if not mail.automatic:
        return
    yield "Auto-Submitted", "auto-replied" if mail.in_reply_to else "auto-generated"
    yield "X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"
    if not mail.in_reply_to:
        yield "Precedence", "bulk"


def _mailbox(name: str, address: str) -> str:
    name = clean(name)
    if not name:
        return address
    if _PLAIN_TEXT.fullmatch(name) and "=?" not in name and len(name) < _LINE:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"\r\n <{address}>'
    return f"{_words(name)}\r\n <{address}>"


def _words(text: str) -> str:
    """Return unstructured text for a header, folded; encoded where it is not plain ASCII."""
    if _PLAIN_TEXT.fullmatch(text) and "=?" not in text and len(text) < _LINE:
        return text
    encoded = (base64.b64encode(piece).decode("ascii") for piece in _pieces(text))
    return "\r\n ".join(f"=?utf-8?b?{piece}?=" for piece in encoded)


def _pieces(text: str) -> Iterator[bytes]:
    """Cut the text into pieces of a bounded size, never inside a letter."""
    left = text.encode("utf-8", "replace")
    while len(left) > _WORD_BYTES:
        end = _WORD_BYTES
        while left[end] & 0xC0 == 0x80:  # noqa: PLR2004 -- a letter goes on here
            end -= 1
        yield left[:end]
        left = left[end:]
    yield left


def _body(mail: OutgoingMail) -> bytes:
    words = _text("plain", mail.text)
    if mail.html is not None:
        entry = () if mail.calendar is None else (_entry(mail.calendar),)
        forms = (words, _text("html", mail.html), *entry)
        words = _multipart("alternative", forms, seed=mail.message_id)
    files = (*mail.attachments, *_entry_as_file(mail.calendar))
    if not files:
        return words
    return _multipart("mixed", (words, *map(_file, files)), seed=mail.message_id)


def _entry_as_file(entry: Entry | None) -> tuple[Attachment, ...]:
    """Return the entry for programs that look for a file."""
    if entry is None:
        return ()
    return (Attachment(name="invite.ics", content_type="application/ics", content=entry.content),)


def _entry(entry: Entry) -> bytes:
    """Return the entry as another form of the words: so it becomes buttons to answer by."""
    head = (
        f"Content-Type: text/calendar; charset=utf-8; method={entry.method}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    content = base64.encodebytes(entry.content).replace(b"\n", b"\r\n")
    return head.encode("ascii") + content


def _text(kind: str, text: str) -> bytes:
    content = clean_lines(text).rstrip("\n") + "\n"
    if content.isascii() and max(map(len, content.split("\n"))) <= _LINE:
        encoding, written = "7bit", content.encode("ascii")
    else:
        encoding, written = "quoted-printable", binascii.b2a_qp(content.encode(), istext=True)
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return head.encode("ascii") + b"\r\n" + written.replace(b"\n", b"\r\n")


def _file(attachment: Attachment) -> bytes:
    name = clean(attachment.name) or "attachment"
    written = attachment.content_type.lower()
    content_type = written if _TYPE.fullmatch(written) else "application/octet-stream"
    head = (
        f"Content-Type: {content_type}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{_FILE_NAME.sub("_", name)[:120]}";\r\n'
        f" filename*=utf-8''{quote(name[:120], safe='')}\r\n"
    )
    content = base64.encodebytes(attachment.content).replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"\r\n" + content


def _multipart(kind: str, parts: Iterable[bytes], *, seed: str) -> bytes:
    boundary = "=_" + hashlib.sha256(f"{kind} {seed}".encode()).hexdigest()[:32]
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    delimiter = f"--{boundary}\r\n".encode("ascii")
    content = b"\r\n".join(delimiter + part for part in parts)
    return head + content + f"\r\n--{boundary}--\r\n".encode("ascii")
