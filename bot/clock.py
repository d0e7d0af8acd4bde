"""The one place that asks the machine for the time."""

from datetime import UTC, datetime


class SystemClock:
    """Implements `handlers.ports.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 -- the one place
