"""Ports of what is remembered of the service itself: its troubles, and what its audits found."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A trouble by its name: since when it stands (None = it is over), when people were told."""

    name: str
    since: datetime | None
    told_at: datetime | None

    @property
    def is_told(self) -> bool:
        """Whether people know of it as it stands now."""
        return self.since is not None and self.told_at is not None and self.told_at >= self.since


class Troubles(Protocol):
    """Troubles that stand, or stood."""

    def find(self, name: str) -> Standing | None:
        """Return a trouble that was ever seen."""
        ...

    def save(self, trouble: Standing) -> None:
        """Write the trouble down as it is now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What an audit found at a source: how many messages there are, how many of them we miss."""

    source: str
    seen: int
    missing: int
    at: datetime


class Waits(Protocol):
    """What unfinished work waits for."""

    def turn_back(self, *, now: datetime, longest: timedelta) -> int:
        """Let nothing wait for a time that has been, and return how many rows did.

        A clock that was set back leaves behind what came, was put off or was leased in what is the
        future now. What came is due at once; the rest is waited for no longer than `longest`.
        """
        ...


class Reconciliations(Protocol):
    """What the newest audit of each source found."""

    def save(self, found: Sequence[Reconciled]) -> None:
        """Put the audit in the place of all earlier ones."""
        ...

    def rows(self) -> Sequence[Reconciled]:
        """List the sources by name; none before the first audit."""
        ...

    def delivered(
        self, start: datetime, end: datetime, *, channel: Channel
    ) -> Mapping[OutboxId, str]:
        """Return under which ids a channel took messages between the moments."""
        ...
