"""What each role of this process is doing, for /ready, `doctor` and the log."""

from collections.abc import Callable
from dataclasses import field

from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class RoleStatus:
    """Whether a role works, and in words what it waits for when it does not."""

    ok: bool
    detail: str


@dataclass(slots=True)
class Statuses:
    """The roles that were started; `on_ready` is called once, when all of them work."""

    on_ready: Callable[[], None]
    roles: dict[str, RoleStatus] = field(default_factory=dict)
    _told: bool = False

    def expect(self, role: str) -> None:
        """Remember that a role was started and has not reported yet."""
        self.roles[role] = RoleStatus(ok=False, detail="starting")

    def report(self, role: str, *, ok: bool, detail: str) -> None:
        """Keep the newest word of a role."""
        self.roles[role] = RoleStatus(ok=ok, detail=detail)
        if not self._told and self.ready:
            self._told = True
            self.on_ready()

    @property
    def ready(self) -> bool:
        """Whether every started role works."""
        return all(status.ok for status in self.roles.values())
