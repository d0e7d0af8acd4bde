"""Processes of the service without the seconds of importing aiogram, for a test of many starts.

One process has imported everything; each service is forked from it, reads its own settings, and
runs what `helpdesk run` runs.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.loopback import until

_ROOT = Path(__file__).parents[2]


class Forked:
    """One process, known by its id alone: its parent is the nursery."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it runs; what it ended with, only its parent knows."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        until(lambda: self.poll() is not None, timeout=timeout, what="the process ending")
        return 0


class Nursery:
    """`with Nursery() as nursery:`, then `nursery.launch(...)` as often as needed.

    `environment` is what its own process is started in; None = as this one.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = environment

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.forking"],
            cwd=_ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def launch(
        self, words: list[str], *, folder: Path, environment: Mapping[str, str], log: Path
    ) -> Forked:
        """Start `helpdesk` with these words."""
        order = {
            "words": words,
            "folder": str(folder),
            "environment": dict(environment),
            "log": str(log),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()))
