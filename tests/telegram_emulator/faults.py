"""What can go wrong between a bot and Telegram, on request."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from tests.telegram_emulator.schema import JsonObject


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an error, doing nothing."""

    code: int
    description: str
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class BadGateway:
    """Answer with the HTML page of a proxy, doing nothing."""


@dataclass(frozen=True, slots=True)
class DropBefore:
    """Cut the connection before doing anything."""


@dataclass(frozen=True, slots=True)
class DropAfter:
    """Do it, then cut the connection instead of answering."""


@dataclass(frozen=True, slots=True)
class HangAfter:
    """Do it, answer nothing for so many seconds, then cut the connection."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait so many seconds, then do it and answer as ever."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Before:
    """Act the moment the call arrives, then cut the connection without doing it."""

    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class After:
    """Do it, act, and only then answer."""

    act: Callable[[], None]


Effect: TypeAlias = (
    Refuse | BadGateway | DropBefore | DropAfter | HangAfter | Delay | Before | After
)
UNAUTHORIZED = Refuse(401, "Unauthorized")
RESTART = Refuse(500, "Internal Server Error: restart")


def flood(seconds: int) -> Refuse:
    """Ask to wait."""
    return Refuse(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(slots=True)
class Fault:
    """An effect on the next calls of some methods; `left` is how many, None all."""

    method: str
    effect: Effect
    left: int | None = 1
    when: Callable[[JsonObject], bool] | None = None
    hits: int = 0

    def applies(self, method: str, arguments: JsonObject) -> bool:
        if self.left == 0 or not fnmatchcase(method.lower(), self.method.lower()):
            return False
        return self.when is None or self.when(arguments)

    def lift(self) -> None:
        self.left = 0


class Faults:
    """The faults now in force, the oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, arguments: JsonObject) -> Effect | None:
        """Return what shall happen to this call, counting it."""
        for fault in self._faults:
            if fault.applies(method, arguments):
                fault.hits += 1
                fault.left = None if fault.left is None else fault.left - 1
                return fault.effect
        return None
