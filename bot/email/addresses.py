"""Address headers to addresses: linear, and sure of itself or silent.

A parser that repairs what it is given can be told one sender and show another
(`From: ona@nvo.lt <evil@bad.lt>`), so an entry that is not plainly one address is none at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.email.charsets import clean, header_text
from knowledge_base.values import dataclass

MAX_ADDRESSES = 100
_GROUP = ":"
_LONGEST_LABEL = 63

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>]*>|[,;:()]|[^",;:()<>]+|.', re.DOTALL)
_PLAIN = re.compile(
    r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]{1,64}@"
    r"(?=.{1,255}\Z)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*"
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and the name shown beside it; the name proves nothing."""

    address: str
    name: str


def plain_address(text: str) -> str | None:
    """Return the address with its domain in lower case, or None if it is not plainly one."""
    address = text.strip().removesuffix(".") if text.count("@") == 1 else ""
    if len(address) > 320 or not _PLAIN.fullmatch(address):  # noqa: PLR2004 -- 64 + @ + 255
        return None
    local, _, domain = address.partition("@")
    return f"{local}@{domain.lower()}"


def wire_address(address: str) -> str:
    """Return the address as servers take it, its domain in ASCII.

    Raises:
        ValueError: it is not plainly one address, or its domain has no ASCII form.
    """
    plain = plain_address(address)
    if plain is None:
        raise ValueError("this is not one plain mail address")
    local, _, domain = plain.partition("@")
    if domain.isascii() and len(domain) < _LONGEST_LABEL:
        return plain  # the codec would give the same
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def sole_mailbox(values: Sequence[str]) -> Mailbox | None:
    """Return the mailbox if there is exactly one header with exactly one plain address in it."""
    if len(values) != 1:
        return None
    entries = list(_entries(values[0]))
    return _mailbox(entries[0]) if len(entries) == 1 else None


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Return the plain addresses of the headers, each once, the first hundred."""
    found: dict[str, None] = {}
    for value in values:
        for entry in _entries(value):
            mailbox = _mailbox(entry[1:] if entry[0] == _GROUP else entry)
            if mailbox is not None:
                found.setdefault(mailbox.address)
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
    return tuple(found)


def _entries(value: str) -> Iterator[list[str]]:
    """Yield the words of each comma-separated entry; comments and group names are dropped.

    The first entry of a group begins with `_GROUP`: a sender is never a group.
    """
    entry: list[str] = []
    depth = 0
    for word in _WORD.findall(value.replace("\r", " ").replace("\n", " ")):
        if word in "()":
            depth = max(0, depth + (1 if word == "(" else -1))
        elif depth:
            continue
        elif word in ",;":
            if any(map(str.strip, entry)):
                yield entry
            entry = []
        elif word == _GROUP:
            entry = [_GROUP]
        else:
            entry.append(word)
    if any(map(str.strip, entry)):
        yield entry


def _mailbox(entry: list[str]) -> Mailbox | None:
    tokens = [token for token in entry if token.strip()]
    if not tokens or _GROUP in tokens:
        return None
    bracketed = [token for token in tokens if token.startswith("<")]
    if not bracketed:
        address = plain_address("".join(tokens))
        return Mailbox(address, "") if address else None
    address = plain_address(bracketed[0][1:-1])
    if len(bracketed) != 1 or tokens[-1] != bracketed[0] or address is None:
        return None
    words = "".join(entry[: entry.index(bracketed[0])])
    quoted = tokens[0].startswith('"') and len(tokens) == 2  # noqa: PLR2004 -- "name" <address>
    name = header_text(re.sub(r"\\(.)", r"\1", words.strip().strip('"')))
    if "@" in name:
        same = plain_address(name) == address
        return Mailbox(address, "") if quoted or same else None
    return Mailbox(address, clean(name)[:200])
