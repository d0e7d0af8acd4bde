"""The loop that takes mail in: connect, read what is new, wait, and start over after any error.

Nothing is lost and nothing doubled because of three rules (proved by the chaos test):
- what was read is told by the UID cursor of the store, never by flags;
- `MailStore.keep` writes the raw bytes and the cursor in one transaction, before anything else;
  a few small mails are fetched by one command and share it;
- flags come afterwards and may be repeated; after every wait there is a search, whatever woke us.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from bot.email.imap import ImapAccount, Mailbox, Selected, SignInError, signed_in
from bot.email.imap_answers import Described
from bot.email.imap_wire import ImapError
from knowledge_base.values import dataclass

MAX_MAIL = 25 * 1024 * 1024
"""Of larger mails only the headers are taken; a person is told."""

OVERSIZED_MARK = b"X-NVO-Oversized"
UNREADABLE_MARK = b"X-NVO-Unreadable"
INGESTED = "$Ingested"

_IDLE_SECONDS = 300.0
_BATCH = 20
"""So many mails are described, flagged and moved at once; then there must be room for more."""

_TOGETHER = 20
_TOGETHER_BYTES = 1024 * 1024
"""So many mails, and so many bytes of them, are fetched and kept at once."""

_TRIES = 10
"""After so many failures at one mail, with the connection good otherwise, it is the mail."""

_FIRST_DELAY = 1.0
_LONGEST_DELAY = 120.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A mail as the server holds it. `is_whole` is False where a mark and the headers stand in.

    `mailbox`, `folder`, `uid_validity` and `uid` together are its identity on the server.
    """

    mailbox: str
    folder: str
    uid_validity: int
    uid: int
    received_at: datetime | None
    is_whole: bool
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a folder was read. Mail that arrived before `since` is not ours, whatever its UID."""

    last_uid: int
    since: datetime | None = None


class MailStore(Protocol):
    """Where mail goes, and what remembers how far a folder was read."""

    async def position(
        self, *, mailbox: str, folder: str, uid_validity: int, uid_next: int
    ) -> Position:
        """Return how far this incarnation of the folder was read.

        A folder seen for the first time is read from now on (`last_uid = uid_next - 1`), or from
        the configured date (`last_uid = 0` and `since`); the choice is written down. A folder
        known under another `uid_validity` was rebuilt: everything since its first start is read
        again (`last_uid = 0` and `since`), and mails kept before are known by their bytes.
        """
        ...

    async def keep(self, mails: Sequence[FetchedMail]) -> Sequence[bool]:
        """Keep mails of one folder and move the cursor to the last one's UID, in one transaction.

        Tell which are new; the cursor moves past those that were here already all the same.
        """
        ...

    async def wait_for_room(self) -> None:
        """Wait while too much of what was kept is still to be worked off, but never for long."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """One mailbox to read. `name` is how the rest of the service calls it.

    What was kept is moved to the folder `move_to`, if one is named.
    """

    name: str
    account: ImapAccount
    folder: str = "INBOX"
    move_to: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a mailbox is not read, in one sentence; where it lets us not in, a person must act."""

    why: str
    is_refused: bool = False


def _ignore(_state: Unread | None) -> None:
    return


@dataclass(slots=True, kw_only=True)
class Receiver:
    """Reads one mailbox for as long as it runs; exactly one per mailbox may.

    `report` is told None when the mailbox works, else why it does not.
    """

    settings: MailboxSettings
    store: MailStore
    report: Callable[[Unread | None], None] = _ignore
    idle_seconds: float = _IDLE_SECONDS
    first_delay: float = _FIRST_DELAY
    _failures: int = 0
    _troubles: dict[tuple[int, int], int] = field(default_factory=dict)

    async def run(self, stop: asyncio.Event) -> None:
        """Receive until told to stop. A mail half-way in is fetched again at the next start."""
        async with asyncio.TaskGroup() as group:
            reading = group.create_task(self._read_for_ever(), name=f"mail {self.settings.name}")
            await stop.wait()
            reading.cancel()

    async def _read_for_ever(self) -> None:
        while True:
            try:
                async with signed_in(self.settings.account) as mailbox:
                    await self._follow(mailbox)
            except ImapError as error:
                self._failures += 1
                why = f"mailbox {self.settings.name}: {error}"
                self.report(Unread(why, is_refused=isinstance(error, SignInError)))
                logger.warning("mailbox unreachable", extra=self._fields(error=str(error)))
            except Exception:
                # The edge of the supervised loop: a full disk stops intake, and says so.
                self._failures += 1
                self.report(Unread(f"mailbox {self.settings.name}: mail cannot be stored"))
                logger.exception("mail not stored", extra=self._fields())
            await asyncio.sleep(self._delay())

    async def _follow(self, mailbox: Mailbox) -> None:
        folder = await mailbox.select(self.settings.folder)
        position = await self.store.position(
            mailbox=self.settings.name,
            folder=self.settings.folder,
            uid_validity=folder.uid_validity,
            uid_next=folder.uid_next,
        )
        last_uid = position.last_uid
        if self.settings.move_to and folder.takes_keywords:
            # A connection was lost, or a process ended, between the mark and the move.
            left = await mailbox.marked(INGESTED, up_to=last_uid)
            await mailbox.move(left, self.settings.move_to)
        while True:
            last_uid = await self._take_new(mailbox, folder, last_uid, position.since)
            self._failures = 0
            self.report(None)
            await mailbox.idle(self.idle_seconds)

    async def _take_new(
        self, mailbox: Mailbox, folder: Selected, last_uid: int, since: datetime | None
    ) -> int:
        """Keep every mail above the UID, in order, and return the highest UID seen."""
        # The server compares days of its own time zone: a day more is asked for than is taken.
        day = (since - timedelta(days=1)).date() if since else None
        uids = await mailbox.uids_after(last_uid, since=day)
        for start in range(0, len(uids), _BATCH):
            batch = uids[start : start + _BATCH]
            kept: list[int] = []
            found = [each for each in await mailbox.describe(batch) if _is_since(each, since)]
            for group in self._groups(folder, found):
                kept += await self._take(mailbox, folder, group)
            if kept and folder.takes_keywords:
                await mailbox.flag(kept, INGESTED)
            if self.settings.move_to:
                await mailbox.move(kept, self.settings.move_to)
            last_uid = batch[-1]
            # Not between keeping and flagging: whoever stops meanwhile leaves nothing half done.
            await self.store.wait_for_room()
        return last_uid

    def _groups(self, folder: Selected, found: Sequence[Described]) -> Iterator[list[Described]]:
        """Put small neighbours together; what is large, or failed before, stays alone."""
        group: list[Described] = []
        for described in found:
            is_alone = (folder.uid_validity, described.uid) in self._troubles
            size = sum(each.size for each in group) + described.size
            if group and (is_alone or len(group) == _TOGETHER or size > _TOGETHER_BYTES):
                yield group
                group = []
            group.append(described)
            if is_alone:
                yield group
                group = []
        if group:
            yield group

    async def _take(
        self, mailbox: Mailbox, folder: Selected, group: Sequence[Described]
    ) -> list[int]:
        """Keep these mails; return the UIDs of those that are not gone from the server."""
        keys = [(folder.uid_validity, each.uid) for each in group]
        tries = [self._troubles.get(key, 0) for key in keys]
        self._troubles.update((key, known + 1) for key, known in zip(keys, tries, strict=True))
        if tries[0] >= _TRIES:
            raws: Mapping[int, bytes] = {
                group[0].uid: UNREADABLE_MARK + b": %d/%d\r\n\r\n" % keys[0]
            }
        else:
            raws = await _fetched(mailbox, group)
        for key in keys:
            del self._troubles[key]
        mails = [
            FetchedMail(
                mailbox=self.settings.name,
                folder=self.settings.folder,
                uid_validity=folder.uid_validity,
                uid=each.uid,
                received_at=each.received_at,
                is_whole=each.size <= MAX_MAIL and tries[0] < _TRIES,
                raw=raws[each.uid],
            )
            for each in group
            if each.uid in raws
        ]
        if mails:
            are_new = await self.store.keep(mails)
            self._failures = 0
            for mail, is_new in zip(mails, are_new, strict=True):
                logger.info("mail received", extra=self._fields(uid=mail.uid, new=is_new))
        return [mail.uid for mail in mails]

    def _delay(self) -> float:
        longest = min(_LONGEST_DELAY, self.first_delay * float(2 ** min(self._failures, 16)) / 2)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 -- spreads reconnects, no secret

    def _fields(self, **more: object) -> dict[str, object]:
        return {"mailbox": self.settings.name, **more}


async def _fetched(mailbox: Mailbox, group: Sequence[Described]) -> Mapping[int, bytes]:
    """Return the bytes to keep, by UID; of a mail too large its headers. What is gone is absent."""
    if len(group) > 1:
        return await mailbox.fetch_together([each.uid for each in group])
    [described] = group
    if described.size <= MAX_MAIL:
        raw = await mailbox.fetch(described.uid)
        return {} if raw is None else {described.uid: raw}
    headers = await mailbox.headers(described.uid)
    mark = OVERSIZED_MARK + b": %d\r\n" % described.size
    return {} if headers is None else {described.uid: mark + headers}


def _is_since(described: Described, since: datetime | None) -> bool:
    return since is None or described.received_at is None or described.received_at >= since
