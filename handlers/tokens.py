"""Signed tokens: a ticket's number that nobody can guess or forge (HMAC-SHA256, RFC 2104).

`t.<ticket>.<signature>`               the asker's thread: reply address and Message-ID
`d.<ticket>.<consultant>.<signature>`  a consultant's thread about a ticket
`w.<ticket>.<signature>`               the asker's page on the web
`b.<outbox row>.<signature>`           where a mail that cannot be delivered comes back to
Lower case only, since the local part of an address is often lower-cased on its way.
"""

import base64
import hmac
import re
from dataclasses import field
from enum import StrEnum

from handlers.domain.ids import ConsultantId, OutboxId, TicketId
from knowledge_base.values import dataclass

_SHAPE = re.compile(
    r"([tdw])\.([1-9][0-9]{0,17})(?:\.([1-9][0-9]{0,17}))?\.([a-z2-7]{20})", re.ASCII
)
_RETURN = re.compile(r"b\.([1-9][0-9]{0,17})\.([a-z2-7]{20})", re.ASCII)
_SIGNATURE_LENGTH = 20  # base32 letters: 100 bits
_SIGNATURE_BYTES = 15  # more say nothing in those letters, and base32 takes long


class Purpose(StrEnum):
    """What a token opens; one never opens another's door."""

    THREAD = "t"
    DESK = "d"
    PAGE = "w"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a verified token says."""

    purpose: Purpose
    ticket: TicketId
    consultant: ConsultantId | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """Signs with the first key; accepts the others as well, so that keys can be changed."""

    keys: tuple[bytes, ...] = field(repr=False)

    def sign(self, claim: Claim) -> str:
        """Write the claim down with its signature."""
        body = _body(claim)
        return f"{body}.{_signature(self.keys[0], body)}"

    def verify(self, token: str) -> Claim | None:
        """Read a token back; None when it is not ours."""
        found = _SHAPE.fullmatch(token.lower())
        if found is None:
            return None
        purpose, ticket, consultant, signature = found.groups()
        claim = Claim(
            Purpose(purpose),
            TicketId(int(ticket)),
            ConsultantId(int(consultant)) if consultant else None,
        )
        if (claim.consultant is None) is (claim.purpose is Purpose.DESK):
            return None
        return claim if self._is_good(_body(claim), signature) else None

    def sign_return(self, message: OutboxId) -> str:
        """Write down which of our messages an address is the return path of."""
        body = f"b.{message}"
        return f"{body}.{_signature(self.keys[0], body)}"

    def returned(self, token: str) -> OutboxId | None:
        """Read a return path back; None when it is not ours."""
        found = _RETURN.fullmatch(token.lower())
        if found is None or not self._is_good(f"b.{found[1]}", found[2]):
            return None
        return OutboxId(int(found[1]))

    def _is_good(self, body: str, signature: str) -> bool:
        good = [hmac.compare_digest(_signature(key, body), signature) for key in self.keys]
        return any(good)


def _body(claim: Claim) -> str:
    owner = f".{claim.consultant}" if claim.consultant is not None else ""
    return f"{claim.purpose}.{claim.ticket}{owner}"


def _signature(key: bytes, body: str) -> str:
    digest = hmac.digest(key, body.encode(), "sha256")[:_SIGNATURE_BYTES]
    return base64.b32encode(digest).decode().lower()[:_SIGNATURE_LENGTH]
