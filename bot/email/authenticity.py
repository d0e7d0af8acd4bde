"""Whether a mail comes from the domain of the address in its From, as far as anybody can prove it.

What our own mail server found out is believed: the topmost Authentication-Results (RFC 8601) that
bears its name. Servers remove such fields from outside; any other name is anybody's. Where our
server says nothing, the signature of the mail itself is checked (RFC 6376).
"""

import re
from collections.abc import Callable, Sequence

from bot.email.addresses import sole_mailbox
from bot.email.mime import HeaderBlockTooLargeError, split_headers
from bot.email.parse import ParsedMail
from knowledge_base.values import dataclass

Resolver = Callable[..., bytes | None]
"""Returns the TXT record of a name given as bytes with a final dot; `timeout` in seconds."""

_METHOD = re.compile(r"\s*([a-z0-9-]{1,20})\s*(?:/\s*\d+\s*)?=\s*([a-z]{1,20})(.*)", re.DOTALL)
_PROPERTY = re.compile(r"(?<!\S)([a-z]{1,20}\.[a-z0-9-]{1,30})\s*=\s*([^\s;]{1,320})")
_SIGNATURES = 5
"""So many signatures are looked at, so that no mail asks for hundreds of records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticity:
    """Judges mails. With neither a server's name nor a resolver it has no opinion."""

    authserv_id: str = ""
    resolver: Resolver | None = None

    def judge(self, raw: bytes) -> bool | None:
        """Tell whether the sender is proved; None where nobody was asked to tell.

        May ask the domain name system: never call it on the event loop.
        """
        if not self.authserv_id and self.resolver is None:
            return None
        try:
            headers, _ = split_headers(raw)
        except HeaderBlockTooLargeError:
            return False
        sender = sole_mailbox(headers.raw("from"))
        if sender is None:
            return False
        found = _of_server(headers.raw("authentication-results"), self.authserv_id)
        if found is not None:
            return _passes(found, sender.address)
        return self.resolver is not None and _is_signed(raw, sender.address, self.resolver)

    def told(self, mail: ParsedMail) -> bool | None:
        """Tell what our own mail server found out, asking nobody; None where no server is ours."""
        if not self.authserv_id:
            return None
        found = _of_server(mail.authentication, self.authserv_id)
        sender = mail.from_address
        return found is not None and sender is not None and _passes(found, sender)


def _of_server(fields: Sequence[str], name: str) -> str | None:
    """Return the topmost results of the server of this name, without the name."""
    for field in fields if name else ():
        server, _, results = _structure(field).partition(";")
        words = server.split()
        if words and words[0].lower() == name.lower():
            return results
    return None


def _structure(field: str) -> str:
    """Leave out comments and quotes, and what in quotes could be read as a result of its own.

    Servers repeat there what the sender said: `smtp.mailfrom="x; dmarc=pass"@anybody.lt`.
    """
    plain: list[str] = []
    depth, is_quoted = 0, False
    letters = iter(field)
    for letter in letters:
        if letter == "\\" and (is_quoted or depth):
            next(letters, "")
        elif letter == '"' and not depth:
            is_quoted = not is_quoted
        elif letter in "()" and not is_quoted:
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif not depth and not (is_quoted and (letter in ";=" or letter.isspace())):
            plain.append(letter)
    return "" if is_quoted or depth else "".join(plain)


def _passes(results: str, sender: str) -> bool:
    """Believe DMARC, or a DKIM signature of the sender's own domain."""
    for result in results.split(";"):
        method = _METHOD.match(result.lower())
        if method is None or method[2] != "pass":
            continue
        said = dict(_PROPERTY.findall(method[3]))
        if method[1] == "dmarc":
            named = said.get("header.from")
            if named is None or _is_of(sender, named.rpartition("@")[2]):
                return True
        if method[1] == "dkim":
            named = said.get("header.d") or said.get("header.i", "").rpartition("@")[2]
            if _is_of(sender, named):
                return True
    return False


def _is_of(sender: str, domain: str) -> bool:
    """Tell whether the domain is the sender's, or the one above it (relaxed alignment)."""
    own = sender.rpartition("@")[2].lower()
    domain = domain.lower().rstrip(".")
    return own == domain or ("." in domain and own.endswith(f".{domain}"))


def system_resolver() -> Resolver:
    """Return what asks the name servers of this machine."""
    from dkim.dnsplug import get_txt  # noqa: PLC0415 -- loaded only where it is asked for

    found: Resolver = get_txt
    return found


def _is_signed(raw: bytes, sender: str, resolver: Resolver) -> bool:
    import dkim  # noqa: PLC0415 -- as above

    try:
        mail = dkim.DKIM(raw, timeout=5)
        signatures = [value for name, value in mail.headers if name.lower() == b"dkim-signature"]
        return any(
            _names(value, sender) and mail.verify(idx=number, dnsfunc=resolver)
            for number, value in enumerate(signatures[:_SIGNATURES])
        )
    except (dkim.DKIMException, ValueError):
        return False


def _names(signature: bytes, sender: str) -> bool:
    """Tell whether the signature is the sender's domain's and covers the whole body."""
    tags = {
        name.strip(): value.strip()
        for name, _, value in (
            tag.partition("=") for tag in signature.decode("ascii", "replace").split(";")
        )
    }
    return "l" not in tags and _is_of(sender, "".join(tags.get("d", "").split()))
