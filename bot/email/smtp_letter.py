"""Hands one mail over a connection, phase by phase, so that each way of failing has one meaning.

Up to the end of the envelope nothing was taken, whatever happened. From DATA on, an answer decides;
without an answer nobody can tell.
"""

import re
import ssl
from collections.abc import Sequence

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponse, SMTPResponseException

from bot.email.addresses import wire_address
from bot.email.oauth import TokenError
from bot.email.smtp_wire import Wire
from handlers.domain.errors import (
    DeliveryError,
    PermanentDeliveryError,
    RecipientGoneError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from knowledge_base.values import dataclass

_SECONDS = 30.0
_ALIVE_SECONDS = 5.0
"""How long a kept connection may take to show that it lives: some are cut and nobody tells us."""

_DATA_SECONDS = 60.0
_BYTES_PER_SECOND = 50_000
"""The slowest upload we wait for."""

_TAKEN = 250
_DONE = frozenset({_TAKEN, 251})
_ALIVE = "RSET"
_ARCHIVE = "RCPT of the archive"
_GO_ON = 354
_PERMANENT = 500
_NOT_SIGNED_IN = frozenset({530, 534, 535, 538})
"""Refusals that speak of our settings, not of the mail."""

_NOBODY = frozenset({550, 551})
_NO_MAILBOX = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1")
"""RFC 3463: no such mailbox or domain, one that moved or takes no mail, one that is disabled."""

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail with its envelope; the sender may be empty (`<>`)."""

    sender: str
    recipient: str
    archive: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Step:
    """A command before the mail itself, and the answers by which it is done."""

    phase: str
    command: bytes
    wanted: frozenset[int] = _DONE


_LIVES = _Step(_ALIVE, b"RSET")
_MAIL_ITSELF = _Step("DATA", b"DATA", frozenset({_GO_ON}))


class StaleError(TransientDeliveryError):
    """A kept connection died while nobody looked."""


async def announce(wire: Wire, letter: Letter, *, is_kept: bool) -> None:
    """Go through the envelope, up to where the server awaits the mail itself."""
    steps = _envelope(wire, letter)
    if is_kept:
        steps = [_LIVES, *steps]
    for group in _grouped(steps, wire, archive=letter.archive):
        try:
            wire.say(*[step.command for step in group])
        except SMTPException as error:
            raise _lost(group[0].phase, error) from error
        await _done(wire, group)


async def _done(wire: Wire, group: Sequence[_Step]) -> None:
    """Read what the server answers to each command, and raise the first refusal."""
    refusal: DeliveryError | None = None
    for step in group:
        try:
            reply = await wire.reply(_ALIVE_SECONDS if step is _LIVES else _SECONDS)
        except SMTPException as error:
            if refusal is None:
                raise _lost(step.phase, error) from error
            break
        if reply.code not in step.wanted:
            refusal = refusal or _refusal(step.phase, reply)
        elif refusal is not None and reply.code == _GO_ON:
            # It awaits the mail for whom it took, which is nobody we mean.
            wire.close()
    if refusal is not None:
        raise refusal


def _grouped(steps: Sequence[_Step], wire: Wire, *, archive: str) -> Sequence[Sequence[_Step]]:
    """Put together what may be said at once (RFC 2920).

    With an archive DATA comes alone: once it is said there is no way back, and one of two
    recipients may have been refused.
    """
    if not wire.takes_groups:
        return [[step] for step in steps]
    return [steps[:-1], steps[-1:]] if archive else [steps]


def _envelope(wire: Wire, letter: Letter) -> Sequence[_Step]:
    size = len(letter.raw)
    try:
        sender = wire_address(letter.sender) if letter.sender else ""
        recipient = wire_address(letter.recipient)
    except ValueError as error:
        raise PermanentDeliveryError("not a mail address") from error
    if 0 < wire.largest < size:
        raise PermanentDeliveryError(f"{size} bytes, the server takes {wire.largest}")
    options = f" SIZE={size}" if wire.takes_size else ""
    if not (sender + recipient).isascii():
        if not wire.takes_utf8:
            raise PermanentDeliveryError("the server takes ASCII addresses alone")
        options += " SMTPUTF8"
    steps = [
        _Step("MAIL", f"MAIL FROM:<{sender}>{options}".encode()),
        _Step("RCPT", f"RCPT TO:<{recipient}>".encode()),
    ]
    if letter.archive:
        steps.append(_Step(_ARCHIVE, f"RCPT TO:<{_archive_address(letter.archive)}>".encode()))
    return [*steps, _MAIL_ITSELF]


def _archive_address(archive: str) -> str:
    try:
        return wire_address(archive)
    except ValueError as error:
        raise TransientDeliveryError(f"the archive: {error}") from error


def _lost(phase: str, error: SMTPException) -> TransientDeliveryError:
    """Return what a lost connection means before the mail itself was sent."""
    meaning = StaleError if phase == _ALIVE else TransientDeliveryError
    return meaning(f"{phase}: {reason_of(error)}")


async def hand_over(wire: Wire, raw: bytes) -> str:
    """Send the mail itself."""
    lines = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    begin = b"." if lines.startswith(b".") else b""
    seconds = _DATA_SECONDS + len(raw) / _BYTES_PER_SECOND
    try:
        wire.write(begin + lines.replace(b"\n.", b"\n..") + b".\r\n")
    except SMTPException as error:
        raise _lost("DATA", error) from error
    try:
        reply = await wire.reply(seconds)
    except SMTPException as error:
        raise UncertainDeliveryError(f"after DATA: {reason_of(error)}") from error
    if reply.code != _TAKEN:
        raise _refusal("after DATA", reply)
    return reply.message


def _refusal(phase: str, refused: SMTPResponse) -> DeliveryError:
    """Name phase and codes alone: what servers say quotes addresses.

    Without a copy in the archive no doubt could be settled later: what it refuses waits.
    """
    enhanced = _ENHANCED.search(refused.message)
    text = f"{phase}: {refused.code}" + (f" {enhanced[1]}" if enhanced else "")
    if phase == _ALIVE:
        return StaleError(text)
    if phase == _ARCHIVE:
        return TransientDeliveryError(f"the archive: {text}")
    if refused.code >= _PERMANENT and refused.code not in _NOT_SIGNED_IN:
        is_gone = _NO_MAILBOX.match(enhanced[1]) if enhanced else refused.code in _NOBODY
        if phase == "RCPT" and is_gone:
            return RecipientGoneError(text)
        return PermanentDeliveryError(text)
    return TransientDeliveryError(text)


def reason_of(error: Exception) -> str:
    match error:
        case TokenError():
            return str(error)
        case ssl.SSLCertVerificationError():
            return "the certificate is not trusted"
        case aiosmtplib.SMTPAuthenticationError():
            return f"sign-in refused ({error.code})"
        case SMTPResponseException():
            return f"refused ({error.code})"
        case aiosmtplib.SMTPTimeoutError():
            return "no answer in time"
        case aiosmtplib.SMTPServerDisconnected():
            return "the connection was lost"
        case aiosmtplib.SMTPNotSupported():
            return "the server lacks what is configured (STARTTLS or sign-in)"
        case _:
            return type(error).__name__
