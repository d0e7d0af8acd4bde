"""The processes of one installation on their hosts: killed at any moment, and started again."""

import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from tests.e2e.helpdesk import Helpdesk
from tests.e2e.nursery import Nursery
from tests.e2e.service import Process, Service
from tests.servers.faketime import HostClock
from tests.servers.loopback import until

_REFUSES_TO_START: Final = re.compile(
    r"^helpdesk: (?:HELPDESK_\w+: )?the database cannot be (?:opened|used)\b.*$", re.MULTILINE
)


_START_SECONDS: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A machine with a clock of its own."""

    nursery: Nursery
    clock: HostClock

    def launch(
        self, words: list[str], *, folder: Path, environment: Mapping[str, str], log: Path
    ) -> Process:
        """Start `helpdesk` with these words."""
        ours = {**environment, **self.clock.environment}
        return self.nursery.launch(words, folder=folder, environment=ours, log=log)


@dataclass(frozen=True, slots=True)
class Part:
    """What one process does, and where; no roles = all of them."""

    host: Host
    roles: str = ""

    def does(self, role: str) -> bool:
        return not self.roles or role in self.roles.split(",")


@dataclass(slots=True, kw_only=True)
class Fleet:
    """Keeps a process of each part running, as a service manager does."""

    helpdesk: Helpdesk
    parts: Sequence[Part]
    kills: int = 0
    strikes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    services: list[Service] = field(default_factory=list)
    _struck: set[Service] = field(default_factory=set)

    def begin(self) -> None:
        """Start every process, and wait until all of them work."""
        self.services = [self._start(part) for part in self.parts]
        self.wait_ready()

    def wait_ready(self) -> None:
        """Wait until all work at the same time."""
        until(self._all_ready, timeout=_START_SECONDS, every=0.1, what="all processes being ready")

    def wait_for_signs(self) -> None:
        """Wait until every process has done something, or died of what it found."""
        for service in self.services:
            service.wait_for_a_sign()

    def killer(self, role: str) -> Callable[[], None]:
        """Return what ends the process with this role at once, whoever calls it."""
        [number, *_] = [n for n, part in enumerate(self.parts) if part.does(role)]
        return partial(self._kill, self.services[number])

    def strike(self, numbers: Iterable[int]) -> None:
        """Kill these, if they live, and start again whatever is dead."""
        for number in numbers:
            self._kill(self.services[number])
        self.strikes += 1
        self.restart()

    def restart(self) -> None:
        """Start again what was killed, or found no database to start with."""
        for number, part in enumerate(self.parts):
            if not self.services[number].runs:
                self._look_at(self.services[number])
                self.services[number] = self._start(part)

    def _all_ready(self) -> bool:
        self.restart()
        return all(
            any(line["event"] == "ready" for line in each.events()) for each in self.services
        )

    def _kill(self, service: Service) -> None:
        if not service.runs:
            return
        self._struck.add(service)
        with suppress(ProcessLookupError):
            service.send(signal.SIGKILL)
        until(lambda: not service.runs, what="the end of a process")

    def _look_at(self, service: Service) -> None:
        """Count a death; who died by themselves must have said why."""
        text = service.log.read_text(encoding="utf-8")
        why = _REFUSES_TO_START.search(text)
        if why is None:
            assert service in self._struck, text[-3000:]
            self.kills += 1
            return
        self.refused[why[0]] += 1
        service.log.write_text(_REFUSES_TO_START.sub("", text).strip(), encoding="utf-8")

    def _start(self, part: Part) -> Service:
        self.helpdesk.launch = part.host.launch
        return self.helpdesk.start(*(("--only", part.roles) if part.roles else ()))
