"""A mailbox over IMAP: what the receiver and the transport need of it, and nothing that hangs."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import field
from datetime import date
from pathlib import Path

from aioimaplib.aioimaplib import quoted

from bot.email.imap_answers import (
    Described,
    body_of,
    described,
    literal_or_quoted,
    numbers,
)
from bot.email.imap_wire import (
    CONNECT_SECONDS,
    ImapError,
    ImapRefusedError,
    Response,
    Wire,
    connect,
)
from bot.email.oauth import AccessTokens, TokenError
from bot.email.tls import Tls
from knowledge_base.values import dataclass

_CLOSE_SECONDS = 2.0
_POLL_SECONDS = 60.0
"""How often to look where the server cannot push."""

_PIECE = 1024 * 1024
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MESSAGE_ID = re.compile(rb"<[^<>\s]{1,990}>")
_TO_ENCODE = re.compile(r"&|[^\x20-\x7e]+")


class SignInError(ImapError):
    """The server did not accept the user name and password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where a mailbox is and how to get in: by a password, a token, or tokens fetched as needed."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Tls = Tls.IMPLICIT
    ca_file: Path | None = None
    token: str | None = field(default=None, repr=False)
    tokens: AccessTokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A folder as it was when it was opened. UIDs mean nothing under another `uid_validity`."""

    uid_validity: int
    uid_next: int
    takes_keywords: bool


@asynccontextmanager
async def signed_in(account: ImapAccount) -> AsyncIterator["Mailbox"]:
    """Open a connection, sign in, and close the connection afterwards whatever happens.

    Raises:
        SignInError: user name, password or token refused.
        ImapError: the server cannot be reached or is no IMAP server.
    """
    wire = await connect(account.host, account.port, tls=account.tls, ca_file=account.ca_file)
    mailbox = Mailbox(wire)
    try:
        await mailbox.sign_in(account)
        yield mailbox
    finally:
        await mailbox.close()


class Mailbox:
    """A signed-in connection. Every method raises `ImapError` once the connection is lost."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._capabilities: frozenset[bytes] = frozenset()

    async def sign_in(self, account: ImapAccount) -> None:
        await self._wire.until(lambda: self._wire.greeting is not None, seconds=CONNECT_SECONDS)
        greeting = (self._wire.greeting or b"").upper()
        if not greeting.startswith((b"* OK", b"* PREAUTH")):
            raise ImapError(f"{account.host} does not greet as an IMAP server")
        if greeting.startswith(b"* OK"):
            await self._authenticate(account)
        for response in await self._wire.run("CAPABILITY"):
            if response[0].upper().startswith(b"CAPABILITY "):
                self._capabilities = frozenset(response[0].upper().split()[1:])

    async def select(self, folder: str) -> Selected:
        """Open the folder.

        Raises:
            ImapRefusedError: there is no such folder.
        """
        said = b"\n".join(response[0] for response in await self._select(folder))
        validity = re.search(rb"\[UIDVALIDITY (\d+)", said, re.IGNORECASE)
        following = re.search(rb"\[UIDNEXT (\d+)", said, re.IGNORECASE)
        flags = re.search(rb"\[PERMANENTFLAGS \(([^)]*)\)", said, re.IGNORECASE)
        if validity is None:
            raise ImapError(f"folder {folder} has no UIDVALIDITY")
        return Selected(
            uid_validity=int(validity[1]),
            uid_next=int(following[1]) if following else await self._uid_next(),
            takes_keywords=flags is not None and b"\\*" in flags[1],
        )

    async def uids_after(self, uid: int, *, since: date | None = None) -> list[int]:
        """Return the UIDs above the given one, in order; `since` leaves out older mail by day."""
        # Mail announced from here on is not in this search: `idle` returns at once for it.
        self._wire.new_mail = False
        await self._wire.run("NOOP")
        words = ["SEARCH", "UID", f"{uid + 1}:*"]
        if since is not None:
            words += ["SINCE", f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"]
        found = numbers(await self._wire.run("UID", *words))
        # "UID 99:*" names the newest mail even when its UID is below 99.
        return sorted(each for each in found if each > uid)

    async def describe(self, uids: Sequence[int]) -> list[Described]:
        """Return size and arrival of the mails; one that is gone is left out."""
        wanted = set(uids)
        listed = ",".join(map(str, uids))
        answers = await self._wire.run("UID", "FETCH", listed, "(UID RFC822.SIZE INTERNALDATE)")
        found = {each.uid: each for each in map(described, answers) if each is not None}
        return [found[uid] for uid in uids if uid in found and uid in wanted]

    async def fetch(self, uid: int) -> bytes | None:
        """Return the mail, fetched in pieces and left unseen; None when it is gone."""
        whole = bytearray()
        while True:
            piece = await self._body(uid, f"BODY.PEEK[]<{len(whole)}.{_PIECE}>")
            if piece is None:
                return bytes(whole) if whole else None
            whole += piece
            if len(piece) < _PIECE:
                return bytes(whole)

    async def fetch_together(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return small mails, left unseen, by one command; one that is gone is absent."""
        listed = ",".join(map(str, uids))
        answers = await self._wire.run("UID", "FETCH", listed, "(UID BODY.PEEK[])")
        found = (body_of(answer) for answer in answers)
        return {uid: raw for uid, raw in filter(None, found) if uid in uids}

    async def headers(self, uid: int) -> bytes | None:
        """Return the header block alone; None when the mail is gone."""
        return await self._body(uid, "BODY.PEEK[HEADER]<0.262144>")

    async def flag(self, uids: Iterable[int], keyword: str) -> None:
        """Mark the mails with a keyword; safe to repeat, and harmless for mails that are gone."""
        listed = ",".join(map(str, uids))
        await self._wire.run("UID", "STORE", listed, "+FLAGS.SILENT", f"({keyword})")

    async def marked(self, keyword: str, *, up_to: int) -> list[int]:
        """Return the UIDs up to the given one of the mails marked with a keyword."""
        if not up_to:
            return []
        words = ("SEARCH", "UID", f"1:{up_to}", "KEYWORD", keyword)
        return sorted(numbers(await self._wire.run("UID", *words)))

    async def move(self, uids: Sequence[int], folder: str) -> None:
        """Move the mails; the folder is made if it is missing. Safe to repeat.

        Where the server can neither move nor expunge by UID, they stay: what others marked as
        deleted is not ours to expunge.
        """
        way = "MOVE" if b"MOVE" in self._capabilities else "COPY"
        if not uids or (way == "COPY" and b"UIDPLUS" not in self._capabilities):
            return
        listed, target = ",".join(map(str, uids)), _folder_name(folder)
        try:
            await self._wire.run("UID", way, listed, target)
        except ImapRefusedError as refused:
            if "TRYCREATE" not in str(refused):
                raise
            await self._wire.run("CREATE", target)
            await self._wire.run("UID", way, listed, target)
        if way == "COPY":
            await self.flag(uids, "\\Deleted")
            await self._wire.run("UID", "EXPUNGE", listed)

    async def find(self, message_id: str) -> list[int]:
        """Return the UIDs of mails in the open folder that carry the Message-ID."""
        words = ("SEARCH", "HEADER", "Message-ID", quoted(message_id))
        return sorted(numbers(await self._wire.run("UID", *words)))

    async def message_ids(self, uids: Sequence[int]) -> set[str]:
        """Return the Message-IDs the mails carry; only their header lines are fetched."""
        section = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
        listed = ",".join(map(str, uids))
        answers = await self._wire.run("UID", "FETCH", listed, f"(UID {section})")
        found = (_MESSAGE_ID.search(literal_or_quoted(answer)) for answer in answers)
        return {each[0].decode("ascii", "replace") for each in found if each}

    async def append(self, folder: str, raw: bytes) -> None:
        """Put a mail, already seen, into the folder; the folder is made if it is missing."""
        try:
            await self._append(folder, raw)
        except ImapRefusedError as refused:
            if "TRYCREATE" not in str(refused):
                raise
            await self._wire.run("CREATE", _folder_name(folder))
            await self._append(folder, raw)

    async def idle(self, seconds: float) -> None:
        """Wait until the server announces mail or time is up. Search afterwards in any case.

        Raises:
            ImapError: the connection was lost while waiting.
        """
        wire = self._wire
        if b"IDLE" not in self._capabilities:
            await wire.within(lambda: wire.new_mail, seconds=min(seconds, _POLL_SECONDS))
            return
        command = wire.begin("IDLE")

        def refused() -> bool:
            return wire.pending_sync_command is not command

        await wire.until(lambda: wire.idling or refused(), seconds=CONNECT_SECONDS)
        try:
            await wire.within(lambda: wire.new_mail or refused(), seconds=seconds)
        except asyncio.CancelledError:
            wire.abort("given up")
            raise
        if not refused():
            wire.send("DONE")
        await wire.end(command, seconds=CONNECT_SECONDS)

    async def close(self) -> None:
        """Say goodbye if that is quick, and close the socket in any case."""
        wire = self._wire
        if wire.lost is None and wire.pending_sync_command is None:
            with suppress(ImapError):
                await wire.end(wire.begin("LOGOUT"), seconds=_CLOSE_SECONDS)
        await wire.close()

    async def _authenticate(self, account: ImapAccount) -> None:
        token = account.token if account.tokens is None else await _token(account.tokens)
        try:
            if token is None:
                await self._wire.run("LOGIN", quoted(account.user), quoted(account.password))
            else:
                words = f"user={account.user}\1auth=Bearer {token}\1\1"
                encoded = base64.b64encode(words.encode()).decode("ascii")
                await self._wire.run("AUTHENTICATE", "XOAUTH2", encoded)
        except ImapRefusedError as refused:
            if account.tokens is not None:
                account.tokens.forget()
            raise SignInError(f"{account.host} refused to sign in") from refused

    async def _select(self, folder: str) -> list[Response]:
        try:
            return await self._wire.run("SELECT", _folder_name(folder))
        except ImapRefusedError as refused:
            raise ImapRefusedError(f"folder {folder} cannot be opened: {refused}") from refused

    async def _uid_next(self) -> int:
        """Work it out where the server does not say (Courier)."""
        return max(await self.uids_after(0), default=0) + 1

    async def _body(self, uid: int, section: str) -> bytes | None:
        for answer in await self._wire.run("UID", "FETCH", str(uid), f"(UID {section})"):
            found = body_of(answer)
            if found is not None and found[0] == uid:
                return found[1]
        return None

    async def _append(self, folder: str, raw: bytes) -> None:
        self._wire.literal_data = raw
        await self._wire.run("APPEND", _folder_name(folder), "(\\Seen)", f"{{{len(raw)}}}")


async def _token(tokens: AccessTokens) -> str:
    try:
        return await tokens.get()
    except TokenError as error:
        raise SignInError(str(error)) from error


def _folder_name(name: str) -> str:
    """Return the name as servers take it: modified UTF-7 (RFC 3501, 5.1.3) in quotes."""
    return str(quoted(_TO_ENCODE.sub(_encoded_run, name)))


def _encoded_run(run: re.Match[str]) -> str:
    if run[0] == "&":
        return "&-"
    encoded = base64.b64encode(run[0].encode("utf-16-be")).decode("ascii")
    return "&" + encoded.rstrip("=").replace("/", ",") + "-"
