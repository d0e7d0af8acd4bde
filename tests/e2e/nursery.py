"""Processes of the service without the seconds of importing it, for all tests but of the start.

One process has imported everything; each service is forked from it, reads its own settings, and
runs what `helpdesk run` runs.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tests.servers.loopback import until

_ROOT = Path(__file__).parents[2]


class Forked:
    """One process, known by its id alone: its parent is the nursery, which writes how it ended."""

    def __init__(self, pid: int, ended: Path) -> None:
        self.pid = pid
        self._ended = ended
        self._status: int | None = None

    def poll(self) -> int | None:
        """Return None while it runs, then what it ended with; less than zero is a signal."""
        if self._status is None and self._ended.exists():
            self._status = int(self._ended.read_text())
            self._ended.unlink()
        return self._status

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        until(lambda: self.poll() is not None, timeout=timeout, what="the process ending")
        assert self._status is not None
        return self._status


class Nursery:
    """`with Nursery() as nursery:`, then `nursery.launch(...)` as often as needed.

    `environment` is what its own process is started in; None = as this one.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = environment

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="nursery")
        self._process = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "tests.e2e.forking", self._folder.name],
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
        self._folder.cleanup()

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
        pid = self._process.stdout.readline().strip()
        return Forked(int(pid), Path(self._folder.name, pid))
