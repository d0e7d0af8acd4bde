"""Where received mail goes: the raw bytes and the reading position in one transaction."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.email.lanes import lane_of
from bot.email.receiver import FetchedMail, Position
from bot.mail_settings import LMTP
from bot.units import Units
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.messages import Received
from handlers.ports import Clock, Cursor, UnitOfWork
from knowledge_base.values import dataclass

REBUILT = 0
"""The first UID of a folder that is read from a day on, not from a UID: no mail has this one.

What is moved by hand into a folder read by UID is new there, however old the mail is. Such a folder
may have been empty at its first start, with a first UID of 1, so that one cannot be the mark.
"""

_AHEAD = 40
"""So many mails may wait for a worker: what one files in an eighth of a second.

Twice as many as are kept together: the next are fetched while the last wait to be claimed.
"""

_LOOK_AFTER = 20
_LOOK_SECONDS = 0.02
"""After so many mails the line is looked at, and where it is too long, so often."""

_PATIENCE = 5.0
"""So many seconds a line that stays too long is waited for: perhaps nobody works on it."""

_CLOCKS_DIFFER = timedelta(minutes=5)
"""A mail server dates mail by its own clock, in whole seconds."""


@dataclass(slots=True, kw_only=True)
class MailboxStore:
    """Implements `bot.email.receiver.MailStore`.

    - `since` holds, by mailbox, the configured date to start from; without one a mailbox is read
      from the moment it was first seen.
    - Mail is taken in only a little ahead of the workers, wherever they run: the first of a
      thousand mails is answered at once, and not when the last has been fetched. Mail is safest
      with us, so where nobody works it all comes in.
    """

    units: Units
    clock: Clock
    arrivals: Wakeup
    since: Mapping[str, datetime]
    patience: float = _PATIENCE
    _unseen: int = 0
    _is_worked_on: bool = True

    async def position(
        self, *, mailbox: str, folder: str, uid_validity: int, uid_next: int
    ) -> Position:
        """Return the position, writing it down at the first start and after a rebuild."""
        here = Cursor(
            mailbox=mailbox,
            folder=folder,
            uid_validity=uid_validity,
            first_uid=uid_next,
            last_uid=uid_next - 1,
            since=self.clock.now() - _CLOCKS_DIFFER,
        )
        return await self.units.write(lambda uow: self._position(uow, here))

    async def keep(self, mails: Sequence[FetchedMail]) -> Sequence[bool]:
        """Keep mails of one folder and move the cursor to the last one's UID."""
        are_new = await self.units.write(lambda uow: self._keep_all(uow, mails))
        self.arrivals.ring()
        self._unseen += len(mails)
        return are_new

    async def wait_for_room(self) -> None:
        """Wait until the line is short; once in vain, no more until it has been short again."""
        if self._unseen < _LOOK_AFTER:
            return
        self._unseen = 0
        patience = asyncio.get_running_loop().time() + (self.patience if self._is_worked_on else 0)
        while is_long := await self.units.read(self._is_line_long):
            if asyncio.get_running_loop().time() >= patience:
                break
            await asyncio.sleep(_LOOK_SECONDS)
        self._is_worked_on = not is_long

    async def take(self, raw: bytes) -> bool:
        """Keep a mail that was handed to us; False when these bytes were here before.

        Raises:
            OSError: nothing can be stored now.
        """
        digest = hashlib.sha256(raw).hexdigest()
        handed = Received(
            channel=Channel.MAIL,
            source=LMTP,
            external_id=digest,
            lane=lane_of(raw),
            raw=raw,
            received_at=self.clock.now(),
            digest=digest,
        )
        stored = await self.units.write_jointly(lambda uow: uow.inbox.add(handed))
        self.arrivals.ring()
        return stored is not None

    def _is_line_long(self, uow: UnitOfWork) -> bool:
        waiting = uow.inbox.waiting(Channel.MAIL, now=self.clock.now(), most=_AHEAD)
        return waiting == _AHEAD

    def _position(self, uow: UnitOfWork, here: Cursor) -> Position:
        since = self.since.get(here.mailbox)
        known = uow.cursors.find(
            mailbox=here.mailbox, folder=here.folder, uid_validity=here.uid_validity
        )
        if known is not None:
            rebuilt = known.first_uid == REBUILT and since is None
            return Position(last_uid=known.last_uid, since=known.since if rebuilt else since)
        first_start = uow.cursors.first_start(mailbox=here.mailbox, folder=here.folder)
        if first_start is not None:
            since = since or first_start
        if since is None:
            uow.cursors.save(here)
            return Position(last_uid=here.last_uid)
        uow.cursors.save(replace(here, first_uid=REBUILT, last_uid=0, since=since))
        return Position(last_uid=0, since=since)

    def _keep_all(self, uow: UnitOfWork, mails: Sequence[FetchedMail]) -> list[bool]:
        are_new = [self._keep(uow, mail) for mail in mails]
        last = mails[-1]
        uow.cursors.advance(
            mailbox=last.mailbox,
            folder=last.folder,
            uid_validity=last.uid_validity,
            last_uid=last.uid,
        )
        return are_new

    def _keep(self, uow: UnitOfWork, mail: FetchedMail) -> bool:
        digest = hashlib.sha256(mail.raw).hexdigest()
        incarnation = f"{mail.folder}:{mail.uid_validity}:"
        identity = f"{incarnation}{mail.uid}"
        stored = uow.inbox.add(
            Received(
                channel=Channel.MAIL,
                source=mail.mailbox,
                external_id=identity,
                lane=lane_of(mail.raw),
                raw=mail.raw,
                received_at=self.clock.now(),
                digest=digest,
            )
        )
        if stored is None:
            # A rebuilt folder: else each audit would fetch the mail again to know it by its bytes.
            uow.inbox.rename(
                source=mail.mailbox, digest=digest, external_id=identity, but=incarnation
            )
        return stored is not None
