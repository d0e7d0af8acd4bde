"""What the administrator allows a machine to do on its own."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError
from handlers.domain.ids import TicketId
from handlers.ports import UnitOfWork
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_MARKS = re.compile(r"\[[^\]]{0,60}\]|\b(?:re|fwd?|fw|ats|pt|на|ответ)\s*:|[\d\W_]+")
_LIMIT = re.compile(r"(\d{1,6})/(\d{1,4})([smhd])", re.ASCII)


class AutoAnswers(StrEnum):
    """CONTRACT, `AUTO_ANSWERS`."""

    AUTO = "auto"
    OFF = "off"
    SHADOW = "shadow"
    ON = "on"

    def may_send(self, entry: Entry, channel: Channel) -> bool:
        """Tell whether a machine may show this entry to an asker on this channel.

        - `on`: always; `off` and `shadow`: never.
        - `auto`: on the web ask page, where the asker sees it is a machine; elsewhere only what a
          person has approved.
        """
        if self is AutoAnswers.AUTO:
            return channel is Channel.WEB or entry.approved_by is not None
        return self is AutoAnswers.ON


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within a period."""

    count: int
    period: timedelta


def parse_limits(text: str, *, field: str) -> tuple[Limit, ...]:
    """Read `10/10m,30/1d`; an empty text is no limit.

    Raises:
        InvalidError: the text has another shape; `field` is named.
    """
    limits = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        found = _LIMIT.fullmatch(part)
        if found is None:
            raise InvalidError("limit-shape", field=field, given=part)
        count, amount, unit = found.groups()
        limits.append(Limit(int(count), timedelta(**{_UNITS[unit]: int(amount)})))
    return tuple(limits)


BREAKER_PERIOD = timedelta(minutes=10)
BREAKER_FROM = 100
BREAKER_PER_INBOUND = 2
"""Whatever goes wrong: no more automatic mails in the period than so many for each one received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCaps:
    """How many automatic mails may go out: to an address, about a ticket or subject, at all."""

    per_address: tuple[Limit, ...]
    per_ticket: tuple[Limit, ...]
    per_domain: tuple[Limit, ...]
    per_subject: tuple[Limit, ...] = ()

    def allow(
        self,
        uow: UnitOfWork,
        *,
        to: str,
        ticket: TicketId | None,
        now: datetime,
        subject: str = "",
    ) -> bool:
        """Tell whether one more automatic mail stays within every cap.

        None is a ticket about to be opened, of which nothing was sent yet. Times are whole seconds:
        what is asked again about one message is then remembered.
        """
        now = now.replace(microsecond=0)
        count = uow.outbox.automatic_since
        domain = "@" + to.rpartition("@")[2]
        recent = uow.outbox.automatic_recently(
            to,
            address_since=now - _longest(self.per_address + self.per_subject),
            domain_since=now - _longest(self.per_domain),
            since=now - BREAKER_PERIOD,
        )
        return (
            _within(self.per_address, now, partial(count, to=to), at_most=recent.to_address)
            and _within(
                self.per_domain, now, partial(count, to=domain), at_most=recent.to_any_domain
            )
            and (ticket is None or _within(self.per_ticket, now, partial(count, ticket=ticket)))
            and (
                _surely_within(self.per_subject, recent.to_address)
                or self._allow_subject(uow, to=to, subject=subject, now=now)
            )
            and not _outnumber(uow, recent.in_all, since=now - BREAKER_PERIOD)
        )

    def _allow_subject(self, uow: UnitOfWork, *, to: str, subject: str, now: datetime) -> bool:
        """Hold back what one address gets again and again about the same: robots write so."""
        core = subject_core(subject)
        return not core or not any(
            _is_repeated(core, uow.outbox.automatic_subjects(now - cap.period, to=to), cap.count)
            for cap in self.per_subject
        )


def _is_repeated(core: str, subjects: Sequence[str], count: int) -> bool:
    """Tell whether so many of the subjects are the same but for their marks."""
    if len(subjects) < count:
        return False
    same = (times for each, times in Counter(subjects).items() if subject_core(each) == core)
    return sum(same) >= count


def _longest(caps: tuple[Limit, ...]) -> timedelta:
    return max((cap.period for cap in caps), default=timedelta())


def _surely_within(caps: tuple[Limit, ...], at_most: int) -> bool:
    return all(at_most < cap.count for cap in caps)


def _within(
    caps: tuple[Limit, ...],
    now: datetime,
    sent_since: Callable[[datetime], int],
    *,
    at_most: int | None = None,
) -> bool:
    """Hold the caps, the longest first: who got little in all of it got little in every part.

    `at_most` is what is known already of the longest one, or of a longer time.
    """
    if not caps:
        return True
    if at_most is None:
        at_most = sent_since(now - _longest(caps))
    return _surely_within(caps, at_most) or all(
        sent_since(now - cap.period) < cap.count for cap in caps
    )


def subject_core(subject: str) -> str:
    """Return what stays the same when a program answers under a subject: its words."""
    return " ".join(_MARKS.sub(" ", subject.casefold()).split())


def is_broken(uow: UnitOfWork, now: datetime) -> bool:
    """Tell whether more automatic mail went out than came in can explain."""
    since = now - BREAKER_PERIOD
    return _outnumber(uow, uow.outbox.automatic_since(since), since=since)


def _outnumber(uow: UnitOfWork, sent: int, *, since: datetime) -> bool:
    if sent < BREAKER_FROM:
        return False
    received = uow.inbox.received_since(since, channel=Channel.MAIL)
    return sent >= BREAKER_PER_INBOUND * received
