"""What the administrator allows a machine to do on its own."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError
from handlers.domain.ids import TicketId
from handlers.ports import Outbox
from knowledge_base.entries import Entry

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCaps:
    """How many automatic mails may go out: to an address, about a ticket, to a domain."""

    per_address: tuple[Limit, ...]
    per_ticket: tuple[Limit, ...]
    per_domain: tuple[Limit, ...]

    def allow(self, outbox: Outbox, *, to: str, ticket: TicketId, now: datetime) -> bool:
        """Tell whether one more automatic mail stays within every cap."""
        domain = "@" + to.rpartition("@")[2]
        return (
            all(
                outbox.automatic_since(now - cap.period, to=to) < cap.count
                for cap in self.per_address
            )
            and all(
                outbox.automatic_since(now - cap.period, ticket=ticket) < cap.count
                for cap in self.per_ticket
            )
            and all(
                outbox.automatic_since(now - cap.period, to=domain) < cap.count
                for cap in self.per_domain
            )
        )
