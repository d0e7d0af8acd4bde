"""One mail, from raw bytes to what it says. Pure: the standard library and this package alone.

Every cost is linear in the size of the mail and every limit is a constant, so no mail can hold
the one behind it. A limit never loses anything: the raw bytes are kept, `notes` says what was cut.
"""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from enum import StrEnum

from bot.email import bounces, html, quotes
from bot.email.addresses import MAX_ADDRESSES, addresses, plain_address, sole_mailbox
from bot.email.automatic import LOOP_HEADER, Automatic, classify
from bot.email.bounces import Bounce
from bot.email.charsets import clean, clean_lines
from bot.email.mime import HeaderBlockTooLargeError, Headers, Part, parts_of, split_headers
from bot.email.quotes import Reply
from knowledge_base.values import dataclass

MAX_MAIL = 64 * 1024 * 1024
MAX_TEXT = 1024 * 1024
MAX_SUBJECT = 1000
MAX_NAME = 120
MAX_REFERENCES = 100

SHORT = 16 * 1024
"""Bytes; whatever is in them, they are parsed in a small part of a second."""

_SIMPLE_SIZE = 1024 * 1024
_SIMPLE_NESTING = 20
_KIND = re.compile(rb"-type", re.IGNORECASE)
_ID = re.compile(r"<[^<>\s]{1,990}>")
_BARE_ID = re.compile(r"[^<>\s@]{1,200}@[^<>\s@]{1,200}")
_UNSAFE_IN_NAME = re.compile('[/\\\\:*?"<>|\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+')
_TEXTS = ("text/plain", "text/html")
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature"})
_REPORTS = (
    "message/delivery-status",
    "message/global",
    "text/rfc822-headers",
    "message/disposition",
)


class UnparsableMailError(ValueError):
    """These bytes are no mail that can be shown; a person must look at them."""


class Note(StrEnum):
    """What a reader of the mail must know besides its words."""

    SIGNED = "signed"
    ENCRYPTED = "encrypted"
    CALENDAR = "calendar"
    WINMAIL = "winmail"
    CUT_SHORT = "cut_short"
    OVERSIZED = "oversized"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file in a mail. The name is only for show; `inline_id` is how HTML refers to it."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    inline_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """What a mail says. `from_address` is None unless exactly one plain sender is named.

    `text` is the whole body as plain text, `reply` the part of it that was said this time.
    `passed_on_from` is who wrote what was passed on, as far as its copied headers tell.
    `delivered_to` are the addresses it came for, where a reply token may stand; `loop` are the
    helpdesks of this kind that sent it. `authentication` is what servers wrote of who sent it.
    """

    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    from_address: str | None
    from_name: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    delivered_to: tuple[str, ...]
    subject: str
    date: str
    text: str
    reply: Reply
    html: str | None
    attachments: tuple[Attachment, ...]
    automatic: Automatic | None
    automatic_reason: str | None
    loop: tuple[str, ...]
    authentication: tuple[str, ...]
    bounce: Bounce | None
    notes: tuple[Note, ...]
    passed_on_from: str | None


def parse(raw: bytes) -> ParsedMail:
    """Read the mail.

    Raises:
        UnparsableMailError: empty, larger than any mail, or its header block has no end.
    """
    headers, body = _split(raw)
    parts = parts_of(headers, body)
    leaves = parts.leaves
    subject = headers.first("subject")[:MAX_SUBJECT]
    shown = _Body.of(leaves).or_attached(leaves)
    forwarded = quotes.is_forward(subject)
    sender = sole_mailbox(headers.raw("from"))
    to, cc = addresses(headers.raw("to")), addresses(headers.raw("cc"))
    verdict = classify(headers, leaves)
    is_bounce = verdict is not None and verdict.kind is Automatic.BOUNCE
    return ParsedMail(
        message_id=_first_id(headers, "message-id"),
        in_reply_to=_first_id(headers, "in-reply-to"),
        references=_references(headers),
        from_address=sender.address if sender else None,
        from_name=sender.name if sender else "",
        to=to,
        cc=cc,
        delivered_to=tuple(dict.fromkeys((*_delivered_to(headers), *to, *cc)))[:MAX_ADDRESSES],
        subject=subject,
        date=headers.first("date")[:100],
        text=shown.text,
        reply=_reply(shown, forwarded=forwarded),
        html=shown.html,
        attachments=tuple(
            _attachment(part, number) for number, part in enumerate(shown.files, start=1)
        ),
        automatic=verdict.kind if verdict else None,
        automatic_reason=verdict.reason if verdict else None,
        loop=addresses(headers.raw(LOOP_HEADER.lower())),
        authentication=tuple(headers.raw("authentication-results")),
        bounce=bounces.read(headers, leaves) if is_bounce else None,
        notes=_notes(headers, leaves, cut_short=parts.cut_short or shown.is_cut_short),
        passed_on_from=_passed_on_from(shown, forwarded=forwarded),
    )


def is_simple(raw: bytes) -> bool:
    """Tell in linear time whether parsing surely takes no longer than a thread may be held."""
    if len(raw) <= SHORT:
        return True
    # A part that holds others says so in a field of its own.
    parts = len(_KIND.findall(raw))
    return (
        len(raw) <= _SIMPLE_SIZE
        and parts <= 5 * _SIMPLE_NESTING
        and (parts <= _SIMPLE_NESTING or raw.lower().count(b"boundary") <= _SIMPLE_NESTING)
        # Each "?" may begin an encoded word.
        and _count(raw, b"<") + _count(raw, b"?") <= 20_000  # noqa: PLR2004 -- about 1 s of work
    )


def _count(raw: bytes, letter: bytes) -> int:
    """Count between the first and the last: a file at the end of a mail need not be read."""
    return raw.count(letter, raw.find(letter), raw.rfind(letter) + 1)


def _split(raw: bytes) -> tuple[Headers, bytes]:
    if not raw or raw.isspace():
        raise UnparsableMailError("the mail is empty")
    if len(raw) > MAX_MAIL:
        raise UnparsableMailError(f"the mail has {len(raw)} bytes, more than {MAX_MAIL}")
    try:
        return split_headers(raw)
    except HeaderBlockTooLargeError as error:
        raise UnparsableMailError("the header block has no end") from error


def _ids(headers: Headers, name: str) -> list[str]:
    text = " ".join(headers.all(name))
    found = [str(each) for each in _ID.findall(text)]
    return found or [f"<{each}>" for each in _BARE_ID.findall(text[:2000])]


def _first_id(headers: Headers, name: str) -> str | None:
    return next(iter(_ids(headers, name)), None)


def _references(headers: Headers) -> tuple[str, ...]:
    """Return the earlier mails, the first of the conversation and the newest ones at least."""
    ids = list(dict.fromkeys(_ids(headers, "references")))
    return tuple(ids if len(ids) <= MAX_REFERENCES else ids[:1] + ids[1 - MAX_REFERENCES :])


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    names = ("delivered-to", "x-original-to", "envelope-to")
    return addresses(value for name in names for value in headers.raw(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """The words of a mail in both forms, and the parts that are not its words."""

    text: str
    html: str | None
    has_both: bool
    files: tuple[Part, ...]
    is_cut_short: bool
    writer: str = ""

    @classmethod
    def of(cls, leaves: Sequence[Part]) -> "_Body":
        groups: dict[int, dict[str, list[str]]] = {}
        files: list[Part] = []
        room = MAX_TEXT
        for part in leaves:
            if not _is_shown(part):
                if not part.content_type.startswith(("multipart/", *_REPORTS)):
                    files.append(part)
                continue
            text = clean_lines(part.text(MAX_TEXT))
            group = groups.setdefault(part.alternative, {})
            group.setdefault(part.content_type, []).append(text[: max(0, room)])
            room -= len(text)
        forms = [_both(group) for group in groups.values()]
        return cls(
            text="\n\n".join(plain for plain, _ in forms if plain).strip(),
            html="\n".join(markup for _, markup in forms if markup) or None,
            has_both=any(len(group) > 1 for group in groups.values()),
            files=tuple(files),
            is_cut_short=room < 0,
        )

    def or_attached(self, leaves: Sequence[Part]) -> "_Body":
        """Take the words of the first attached mail where there are no others: a bare forward."""
        attached = next((part for part in leaves if part.content_type == "message/rfc822"), None)
        if self.text or attached is None:
            return self
        try:
            headers, body = split_headers(attached.content())
        except HeaderBlockTooLargeError:
            return self
        words = _Body.of(parts_of(headers, body).leaves)
        sender = sole_mailbox(headers.raw("from"))
        return replace(
            self,
            text=words.text,
            html=words.html,
            has_both=words.has_both,
            writer=sender.address if sender else "",
        )


def _both(group: dict[str, list[str]]) -> tuple[str, str]:
    """Return one group of alternatives as text and as HTML, each as the sender made it if given."""
    plain, markup = ("\n\n".join(group.get(kind, ())) for kind in _TEXTS)
    if not plain.strip():
        plain = html.to_text(markup)
    return plain, markup


def _is_shown(part: Part) -> bool:
    return part.content_type in _TEXTS and part.disposition != "attachment" and not part.filename


def _reply(shown: _Body, *, forwarded: bool) -> Reply:
    """Cut the plain text; where it shows no mark of a quote, the HTML may."""
    reply = quotes.cut(shown.text, forwarded=forwarded)
    if reply.is_cut or forwarded or not shown.html or not shown.has_both:
        return reply
    marked = quotes.cut(html.to_text(shown.html))
    return marked if marked.is_cut else reply


def _passed_on_from(shown: _Body, *, forwarded: bool) -> str | None:
    written = quotes.first_writer(shown.text, forwarded=forwarded)
    return shown.writer or plain_address(written)


def _attachment(part: Part, number: int) -> Attachment:
    content_id = part.headers.first("content-id").strip("<> ")[:200]
    return Attachment(
        name=_file_name(part, number),
        content_type=part.content_type,
        content=part.content(),
        inline_id=content_id or None,
    )


def _file_name(part: Part, number: int) -> str:
    """Return a name that is safe to show and to save, with its ending kept."""
    name = part.filename
    if not name and part.content_type == "message/rfc822":
        name = "message.eml"
    name = _UNSAFE_IN_NAME.sub("_", clean(name).replace("\\", "/").rpartition("/")[2]).strip(". ")
    if not name:
        return f"attachment-{number}"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:  # noqa: PLR2004 -- no ending is longer
        return name[:MAX_NAME]
    return f"{stem[: MAX_NAME - 1 - len(ending)]}.{ending}"


def _notes(headers: Headers, leaves: Sequence[Part], *, cut_short: bool) -> tuple[Note, ...]:
    types = {part.content_type for part in leaves}
    types.add(headers.first("content-type").partition(";")[0].strip().lower())
    names = {part.filename.lower() for part in leaves}
    found = {
        Note.SIGNED: bool(types & _SIGNATURES) or "multipart/signed" in types,
        Note.ENCRYPTED: bool(types & _ENCRYPTED),
        Note.CALENDAR: "text/calendar" in types,
        Note.WINMAIL: "application/ms-tnef" in types or "winmail.dat" in names,
        Note.CUT_SHORT: cut_short,
        Note.OVERSIZED: bool(headers.raw("x-nvo-oversized")),
        Note.UNREADABLE: bool(headers.raw("x-nvo-unreadable")),
    }
    return tuple(note for note, is_found in found.items() if is_found)
