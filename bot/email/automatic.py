"""Mail that no person wrote to us: recognised by its headers, never answered (RFC 3834)."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.email.mime import Headers, Part
from knowledge_base.values import dataclass

LOOP_HEADER = "X-NVO-Helpdesk-Loop"


class Automatic(StrEnum):
    """Why a mail is not a person's."""

    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    BULK = "bulk"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the mail is, and the mark that says so."""

    kind: Automatic
    reason: str


_ROBOT = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|post[-_]?master|mdaemon|no[-_]?reply|do-?not-?reply|bounces?)"
    r"(?:[+=._-].*)?",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"mailer-?daemon|mail-?daemon|mdaemon|mail[. ]delivery", re.IGNORECASE)
_POSTMASTER = re.compile(r"\bpost[-_]?master@", re.IGNORECASE)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|non-?delivery|delivery[ _](?:status|failure|report|has failed|problem)"
    r"|returned (?:mail|to sender)|mail (?:delivery|failure|system error|could not be delivered)"
    r"|could not (?:be )?(?:send|deliver)|fail(?:ure|ed) (?:notice|deliver)|not (?:be )?delivered"
    r"|delayed mail|message [\w-]{1,40} (?:delayed|frozen)|error sending your mail|\[bounce\]"
    r"|complaint about message from|nepristatyt|nepavyko pristatyti|nepavyko išsiųsti"
    r"|недоставлен|не доставлено|не удалось доставить|unzustellbar|onbestelbaar|niedostarcz"
    r"|non remis|non recapitabile|no se puede entregar|não entregue|piegāde neizdevās",
    re.IGNORECASE,
)
_BOUNCE_WORDS = re.compile(
    r"(?:could ?n[o']t|was(?: not|n't)|not|unable to|cannot) (?:be )?(?:deliver|send|reach)"
    r"|did not reach|delivery (?:of the (?:mail|message)|to (?:the|these|this)|has) .{0,60}fail"
    r"|fail(?:ed|ure)[^.\n]{0,40} deliver|deliver[^.\n]{0,60}(?:fail|aborted)|undeliver"
    r"|had (?:permanent|transient|delivery|non-?fatal)|transcript of session"
    r"|mail(?: delivery)? system|copy of (?:the|your) (?:original )?message"
    r"|(?:user|recipient|host|domain|mailbox)[^.\n]{0,40}"
    r"(?:unknown|not found|does not exist|unavailable|full|quota)"
    r"|[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(r"complaint about message from \d", re.IGNORECASE)
_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
_TEXTS = frozenset({"text/plain", "text/html"})
_FIRST_WORDS = 4096
_REPLY_SUBJECT = re.compile(
    r"(?:auto(?:matic|mated|matinis)?[ :-]*(?:re(?:ply|sponse)|atsakymas)\b|out of (?:the )?office"
    r"|nesu (?:darbe|biure)|atostog\w*:|автоматический ответ|автоответ)",
    re.IGNORECASE,
)
_BULK_PRECEDENCE = frozenset({"bulk", "junk", "list"})
_REPLY_FIELDS = (
    "x-autoreply",
    "x-mail-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-auto-response-from",
)
_SUPPRESSED = frozenset({"all", "oof", "autoreply"})


def classify(headers: Headers, parts: Sequence[Part]) -> Verdict | None:
    """Say what kind of automatic mail this is; None for a mail that a person may have written."""
    return (
        _bounce(headers, parts) or _auto_reply(headers, parts) or _bulk(headers) or _robot(headers)
    )


def _bounce(headers: Headers, parts: Sequence[Part]) -> Verdict | None:
    """A delivery report, or what an old mail system sends instead of one."""
    types = {part.content_type for part in parts}
    if "message/delivery-status" in types or "message/global-delivery-status" in types:
        return Verdict(Automatic.BOUNCE, "delivery-status")
    if "message/feedback-report" in types:
        return Verdict(Automatic.BOUNCE, "feedback-report")
    if headers.raw("x-failed-recipients"):
        return Verdict(Automatic.BOUNCE, "x-failed-recipients")
    if _COMPLAINT.match(headers.first("subject")) and types & _RETURNED:
        return Verdict(Automatic.BOUNCE, "complaint")
    report = "report-type=delivery-status" in headers.first("content-type").replace('"', "").lower()
    daemon = any(_DAEMON.search(value) for value in headers.raw("from"))
    if report or (daemon and not _reply_mark(headers)) or _is_returned(headers, parts):
        return Verdict(Automatic.BOUNCE, "delivery report")
    return None


def _is_returned(headers: Headers, parts: Sequence[Part]) -> bool:
    """Tell by two marks, one of them a machine's: a person may ask about mail that came back."""
    robot, null_path = _robot(headers) is not None, _null_path(headers)
    if not (robot or null_path):
        return False
    if (robot and null_path) or _BOUNCE_SUBJECT.search(headers.first("subject")):
        return True
    if not null_path and not any(_POSTMASTER.search(value) for value in headers.raw("from")):
        return False
    if _reply_mark(headers) or headers.first("auto-submitted").lower().startswith("auto-replied"):
        return False
    words = next((part for part in parts if part.content_type in _TEXTS), None)
    return words is not None and bool(_BOUNCE_WORDS.search(words.text(_FIRST_WORDS)))


def _auto_reply(headers: Headers, parts: Sequence[Part]) -> Verdict | None:
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return Verdict(Automatic.AUTO_REPLY, f"auto-submitted: {submitted[:40]}")
    mark = _reply_mark(headers)
    if mark is not None:
        return Verdict(Automatic.AUTO_REPLY, mark)
    if any("autoresponder" in value.lower() for value in headers.raw("delivered-to")):
        return Verdict(Automatic.AUTO_REPLY, "delivered-to")
    if any(part.content_type == "message/disposition-notification" for part in parts):
        return Verdict(Automatic.AUTO_REPLY, "read receipt")
    if headers.first("content-type").lower().startswith("multipart/report"):
        return Verdict(Automatic.AUTO_REPLY, "multipart/report")
    if _REPLY_SUBJECT.match(headers.first("subject")):
        return Verdict(Automatic.AUTO_REPLY, "subject")
    if _null_path(headers):
        return Verdict(Automatic.AUTO_REPLY, "return-path: <>")
    return None


def _reply_mark(headers: Headers) -> str | None:
    """Return the field by which programs say that they answered by themselves."""
    for name in _REPLY_FIELDS:
        if headers.first(name).lower() not in {"", "no"}:
            return name
    for name in ("precedence", "preference"):
        if headers.first(name).lower() == "auto_reply":
            return f"{name}: auto_reply"
    return None


def _bulk(headers: Headers) -> Verdict | None:
    precedence = headers.first("precedence").lower()
    if precedence in _BULK_PRECEDENCE:
        return Verdict(Automatic.BULK, f"precedence: {precedence}")
    for name in ("list-id", "list-unsubscribe", "list-post", "mailing-list", "x-mlserver"):
        if headers.raw(name):
            return Verdict(Automatic.BULK, name)
    suppressed = headers.first("x-auto-response-suppress").lower().split(",")
    if _SUPPRESSED.intersection(map(str.strip, suppressed)):
        return Verdict(Automatic.BULK, "x-auto-response-suppress")
    return None


def _robot(headers: Headers) -> Verdict | None:
    """A sender that reads no answers."""
    senders = [*headers.raw("from"), *headers.raw("return-path")]
    for sender in senders:
        local = sender.rpartition("<")[2].partition("@")[0].strip()
        if _ROBOT.fullmatch(local[:200]):
            return Verdict(Automatic.BULK, "sender is a robot")
    return None


def _null_path(headers: Headers) -> bool:
    return any(value.strip() == "<>" for value in headers.raw("return-path"))
