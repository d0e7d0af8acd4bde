"""Ports of reading: how far a mailbox was read, and what one process alone may do at a time."""

from datetime import datetime, timedelta
from typing import Protocol

from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a folder was read. What came before `first_uid`, or before `since`, is not ours."""

    mailbox: str
    folder: str
    uid_validity: int
    first_uid: int
    last_uid: int
    since: datetime


class Cursors(Protocol):
    """Reading positions of mailboxes."""

    def find(self, *, mailbox: str, folder: str, uid_validity: int) -> Cursor | None:
        """Return the position, if this incarnation of the folder was ever read."""
        ...

    def first_start(self, *, mailbox: str, folder: str) -> datetime | None:
        """Return since when the folder is read, under whichever UIDVALIDITY; None = never."""
        ...

    def save(self, cursor: Cursor) -> None:
        """Write the position; it never moves back."""
        ...

    def advance(self, *, mailbox: str, folder: str, uid_validity: int, last_uid: int) -> None:
        """Move a position that is known forward."""
        ...


class Leases(Protocol):
    """Rights that one process holds at a time: to read a mailbox, to poll a bot, to run timers."""

    def acquire(self, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
        """Take or renew the right; False while another holds it."""
        ...

    def release(self, name: str, *, holder: str) -> None:
        """Give the right up; not holding it is fine."""
        ...

    def held_until(self, name: str) -> datetime | None:
        """Return until when the right was last taken, though given up since; None = never."""
        ...
