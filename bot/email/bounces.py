"""What an undeliverable mail tells: which of our mails, to whom, for now or for good (RFC 3464)."""

import re
from collections.abc import Iterator, Sequence

from bot.email.addresses import plain_address
from bot.email.mime import Headers, Part
from knowledge_base.values import dataclass

_LOOKED_AT = 256 * 1024
_ID = re.compile(r"<[^<>\s]{3,250}>")
_TEXT_ID = re.compile(
    r"^[>| \t]*(?:x-)?(?:original[- ])?message[- ]id:\s{0,80}"
    r"(<[^<>\s]{3,250}>|[^<>\s@]{1,120}@[^<>\s]{1,120})",
    re.IGNORECASE | re.MULTILINE,
)
_ID_LINE = re.compile(r"message[- ]id:[^\n]{0,300}", re.IGNORECASE)
_JSON_ID = re.compile(
    r'"message-?id"[\s\\",]{0,40}(?:value)?[\s:\\"]{1,40}<([^<>\s]{3,250})>', re.IGNORECASE
)
_FIELD = re.compile(r"^([A-Za-z-]{1,40}):[ \t]*([^\n]{0,1000})", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -](?=[<#A-Za-z(])")
_ADDRESS = re.compile(
    r"<([^<>\s@]{1,64}@[^<>\s@]{1,255})>|(?<![\w.+@-])([\w.+=-]{1,64}@[\w.-]{3,255})"
)
_THIS_MAIL = re.compile(r"5\.(?:[367]\.|2\.[234])")
"""Too large, of an unknown kind, against a policy, or the mailbox is full: the address is good."""

_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One undeliverable mail; what the report does not say is None."""

    original_message_id: str | None
    recipient: str | None
    status: str | None
    action: str | None = None

    @property
    def is_delay(self) -> bool:
        """Tell whether the mail is still under way, or arrived: nothing failed yet."""
        return self.action in {"delayed", "delivered", "relayed", "expanded"}

    @property
    def is_permanent(self) -> bool:
        """Tell whether the address itself will never work."""
        status = self.status or ""
        return not self.is_delay and status.startswith("5") and not _THIS_MAIL.match(status)


def read(headers: Headers, parts: Sequence[Part]) -> Bounce:
    """Read the report's own fields first, then what old mail systems write in plain words."""
    report = "\n".join(_texts(parts, _REPORTS))
    fields = {name.lower(): value.strip() for name, value in reversed(_FIELD.findall(report))}
    words = "\n".join(_texts(parts, frozenset({"text/plain", "text/html"})))
    return Bounce(
        original_message_id=_original(headers, parts, words),
        recipient=_recipient(headers, fields, _ID_LINE.sub("", words)),
        status=_status(fields, words),
        action=fields.get("action", "").partition(" ")[0].lower()[:40] or None,
    )


def _texts(parts: Sequence[Part], types: frozenset[str]) -> Iterator[str]:
    for part in parts:
        if part.content_type in types:
            yield part.text(_LOOKED_AT).replace("\r\n", "\n").replace("\r", "\n")


def _original(headers: Headers, parts: Sequence[Part], words: str) -> str | None:
    """Look in the returned mail, in the report and the words, at last in what the report answers.

    Some systems lay the returned mail's headers where those of its part belong, others write
    boundaries that do not match, so that it stands inside the report.
    """
    reports = _texts(parts, _REPORTS)
    for text in (*_texts(parts, _RETURNED), *_inner_ids(headers, parts), words, *reports):
        found = _TEXT_ID.search(text) or _JSON_ID.search(text)
        if found:
            return f"<{found[1].strip('<>')}>"
    own = headers.first("message-id")
    for name in ("x-ms-tnef-correlator", "references", "in-reply-to"):
        ids = [each for each in _ID.findall(headers.first(name)) if each != own]
        if ids:
            return str(ids[-1])
    return None


def _inner_ids(headers: Headers, parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if part.headers is not headers:
            yield from (f"Message-ID: {value}" for value in part.headers.all("message-id"))


def _recipient(headers: Headers, fields: dict[str, str], words: str) -> str | None:
    written = [
        *(fields.get(name, "") for name in ("final-recipient", "original-recipient")),
        *headers.all("x-failed-recipients"),
    ]
    for value in written:
        address = plain_address(value.rpartition(";")[2].strip(" <>"))
        if address:
            return address
    for match in _ADDRESS.finditer(words[:_LOOKED_AT]):
        address = plain_address(match[1] or match[2])
        if address and "daemon" not in address and "postmaster" not in address:
            return address
    return None


def _status(fields: dict[str, str], words: str) -> str | None:
    for text in (fields.get("status", ""), fields.get("diagnostic-code", ""), words):
        found = _STATUS.search(text)
        if found:
            return found[1]
    code = _CODE.search(fields.get("diagnostic-code", "") + "\n" + words)
    return f"{code[1]}.0.0" if code else None
