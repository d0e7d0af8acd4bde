"""Troubles of the service itself: who is told, on which channel, and how often."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from handlers.domain.channels import Address, Channel
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.people import Consultant
from handlers.policy import is_broken
from handlers.ports import Clock, Standing, UnitOfWork
from handlers.staff_readers import steering, steering_by_mail
from handlers.staff_room import STAFF_LANGUAGE, StaffChat
from knowledge_base.values import dataclass


class Trouble(StrEnum):
    """What can go wrong with the service; each has a sentence in the catalogue."""

    SIGN_IN = "sign_in"
    MAILBOX = "mailbox"
    SENDING = "sending"
    TELEGRAM = "telegram"
    BREAKER = "breaker"
    MISSING = "missing"
    DISK = "disk"


_BROKEN = {
    Trouble.SIGN_IN: Channel.MAIL,
    Trouble.MAILBOX: Channel.MAIL,
    Trouble.SENDING: Channel.MAIL,
    Trouble.TELEGRAM: Channel.TELEGRAM,
}
"""The channel a trouble may have silenced: it is told of on another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Tells those who steer of a trouble once, again each day it lasts, and when it is over.

    - Told in the staff chats, else to coordinators in Telegram, else to coordinators by mail; never
      first on the channel that is in trouble.
    - A trouble that comes and goes is told of at most once in `quiet`.
    - What nobody was told of ends in silence.
    """

    clock: Clock
    chats: tuple[StaffChat, ...]
    sends_mail: bool
    sends_telegram: bool
    quiet: timedelta = timedelta(hours=1)
    reminder: timedelta = timedelta(days=1)

    def stands(self, uow: UnitOfWork, trouble: Trouble, name: str = "") -> bool:
        """Say that a trouble is there, as often as one likes; return whether people were told."""
        now = self.clock.now()
        known = uow.troubles.find(_id(trouble, name))
        standing = known or Standing(name=_id(trouble, name), since=None, told_at=None)
        if standing.since is None:
            standing = replace(standing, since=now)
        wait = self.reminder if standing.is_told else self.quiet
        is_due = standing.told_at is None or now - standing.told_at >= wait
        if is_due:
            standing = replace(standing, told_at=now)
            self._tell(uow, Key.STAFF_ALERT, trouble, name)
        if standing != known:
            uow.troubles.save(standing)
        return is_due

    def over(self, uow: UnitOfWork, trouble: Trouble, name: str = "") -> bool:
        """Say that a trouble is not, or no longer, there; return whether people were told."""
        known = uow.troubles.find(_id(trouble, name))
        if known is None or known.since is None:
            return False
        if known.is_told:
            self._tell(uow, Key.STAFF_ALL_CLEAR, trouble, name)
        uow.troubles.save(replace(known, since=None))
        return known.is_told

    def look_at_breaker(self, uow: UnitOfWork) -> bool:
        """Tell when automatic mail is held because more goes out than comes in."""
        if is_broken(uow, self.clock.now()):
            return self.stands(uow, Trouble.BREAKER)
        return self.over(uow, Trouble.BREAKER)

    def _tell(self, uow: UnitOfWork, key: Key, trouble: Trouble, name: str) -> None:
        for reader in self._readers(uow, _BROKEN.get(trouble)):
            by_mail = reader.channel is Channel.MAIL
            uow.outbox.owe(
                Owed(
                    kind=Kind.STAFF_MAIL if by_mail else Kind.STAFF_MESSAGE,
                    channel=reader.channel,
                    to=reader.value,
                    key=key,
                    values={"trouble": trouble.value, "box": name},
                    language=STAFF_LANGUAGE,
                    at=self.clock.now(),
                )
            )

    def _readers(self, uow: UnitOfWork, broken: Channel | None) -> Sequence[Address]:
        working = [row for row in uow.consultants.rows() if row.active]
        by_telegram = self._in_telegram(steering(uow) or working)
        by_mail = self._by_mail(steering_by_mail(uow) or working)
        if broken is Channel.TELEGRAM:
            return by_mail or by_telegram
        return by_telegram or by_mail

    def _in_telegram(self, readers: Sequence[Consultant]) -> list[Address]:
        if not self.sends_telegram:
            return []
        general = [chat for chat in self.chats if not chat.queues] or self.chats
        rooms = [Address(Channel.TELEGRAM, chat.chat) for chat in general]
        linked = [Address(Channel.TELEGRAM, row.telegram) for row in readers if row.telegram]
        return rooms or linked

    def _by_mail(self, readers: Sequence[Consultant]) -> list[Address]:
        if not self.sends_mail:
            return []
        return [Address(Channel.MAIL, row.email) for row in readers if row.reads_mail]


def _id(trouble: Trouble, name: str) -> str:
    return f"{trouble}:{name}" if name else trouble.value
