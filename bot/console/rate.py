"""How often one client address may ask: a sliding window in memory."""

import ipaddress
from collections import OrderedDict, deque
from dataclasses import field
from datetime import datetime
from math import ceil

from handlers.policy import Limit
from knowledge_base.values import dataclass

_REMEMBERED = 10_000
_IPV6_SITE = 64


@dataclass(frozen=True, slots=True)
class RateLimiter:
    """Counts what each client address did; the longest unseen is forgotten when there are many."""

    limits: tuple[Limit, ...]
    _seen: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)

    def wait(self, client: str, *, now: datetime) -> int:
        """Count one more act and return 0, or the seconds to wait if it is one too many."""
        if not self.limits:
            return 0
        address = _network(client)
        times = self._seen.setdefault(address, deque())
        self._seen.move_to_end(address)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        longest = max(limit.period for limit in self.limits)
        while times and now - times[0] >= longest:
            times.popleft()
        seconds = max(_seconds_over(limit, times, now) for limit in self.limits)
        if not seconds:
            times.append(now)
        return seconds


def _seconds_over(limit: Limit, times: deque[datetime], now: datetime) -> int:
    within = [at for at in times if now - at < limit.period]
    if len(within) < limit.count:
        return 0
    frees = within[len(within) - limit.count] if limit.count else now
    return max(1, ceil((frees + limit.period - now).total_seconds()))


def _network(client: str) -> str:
    """Take an IPv6 site as one client: its addresses are as many as it likes."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4:  # noqa: PLR2004 -- the version's number is its name
        return client
    return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))
