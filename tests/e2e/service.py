"""`helpdesk run` in a process of its own, ended by its id; what it logs is kept in a file."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.servers.loopback import ServerError, until

_ROOT = Path(__file__).parents[2]
_START_SECONDS = 60
_REFUSAL = re.compile(r"helpdesk: (?:HELPDESK_[A-Z_]+: )?the database ")


class Process(Protocol):
    """What a service runs in."""

    pid: int

    def poll(self) -> int | None: ...

    def send_signal(self, number: int, /) -> None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float) -> int: ...


def whole_process(
    words: list[str], *, folder: Path, environment: Mapping[str, str], log: Path
) -> Process:
    """Start `helpdesk` with these words as anybody does."""
    with log.open("ab") as errors, (folder / "service.out").open("ab") as output:
        return subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "bot", *words],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=errors,
        )


class Service:
    """One process of the service; `stop` asks it to end, `kill` does not ask."""

    def __init__(self, process: Process, log: Path) -> None:
        self._process = process
        self.log = log

    def wait_ready(self) -> str:
        """Wait until every role works and return the address of its pages."""
        until(self._ready, timeout=_START_SECONDS, what="the service being ready")
        return next(str(line["web"]) for line in self.events() if line["event"] == "ready")

    def wait_for_a_sign(self) -> None:
        """Wait until the process does its first work, ready or not."""
        until(lambda: self.events() or not self.runs, timeout=_START_SECONDS, what="a sign of life")

    def events(self) -> list[Mapping[str, object]]:
        """Return what was logged so far; every line is a JSON object.

        Who refuses to start says why in a plain sentence, and ends.
        """
        whole = self.log.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines() if not _REFUSAL.match(line)]

    def stop(self) -> int:
        """Ask the process to end, as a machine does that shuts down; return its status."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def send(self, number: int) -> None:
        """Send the process a signal, and wait for nothing."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """End the process as a power cut does."""
        self._process.kill()
        self._process.wait(10)

    def wait(self, seconds: float = 10) -> int:
        """Wait for the end and return the status; CONTRACT promises it within ten seconds."""
        try:
            return self._process.wait(seconds)
        except (subprocess.TimeoutExpired, TimeoutError):
            self.kill()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def _ready(self) -> bool:
        if any(line["event"] == "ready" for line in self.events()):
            return True
        if not self.runs:
            said = self.log.read_text(encoding="utf-8")[-2000:]
            raise ServerError(f"the service ended: {said}")
        return False


def run_once(
    folder: Path, settings: Mapping[str, str], *words: str
) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own, to its end."""
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=_START_SECONDS,
        check=False,
    )


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return an environment of these settings alone."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**known, "PYTHONPATH": str(_ROOT), **settings}
