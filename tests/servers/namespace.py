"""A host's network to PostgreSQL as a cable between two network namespaces, which can be pulled.

The real thing beside `link`: packets are lost, TCP repeats them and gives up in its own time. It
needs root and `ip`, so it is asked for by name.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.servers.loopback import found

_ROOT = Path(__file__).parents[2]
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cable:
    """Carries connections from `host` and `port` to the server's socket."""

    name: str
    host: str
    port: int

    def cut(self) -> None:
        """Pull the cable, at any moment."""
        self._set("down")

    def mend(self) -> None:
        """Put it in again."""
        self._set("up")

    def _set(self, state: str) -> None:
        _ip("-n", self.name, "link", "set", "there", state)


@contextmanager
def cabled(socket: str) -> Iterator[Cable]:
    """Lend a cable to this server while the block runs."""
    number = next(_numbers)
    name = f"desk{os.getpid()}-{number}"
    outside, network = f"dk{os.getpid()}-{number}", f"10.213.{os.getpid() % 250}"
    here, there = (f"{network}.{4 * number + each}" for each in (1, 2))
    _ip("netns", "add", name)
    try:
        _ip("link", "add", outside, "type", "veth", "peer", "name", "there", "netns", name)
        _ip("addr", "add", f"{here}/30", "dev", outside)
        _ip("link", "set", outside, "up")
        _ip("-n", name, "addr", "add", f"{there}/30", "dev", "there")
        _ip("-n", name, "link", "set", "there", "up")
        with subprocess.Popen(
            [
                *(_program(), "netns", "exec", name),
                *(sys.executable, "-m", "tests.servers.link", socket, there),
            ],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as carrier:
            assert carrier.stdout is not None
            yield Cable(name=name, host=there, port=int(carrier.stdout.readline()))
            carrier.communicate()
    finally:
        _ip("netns", "delete", name)


def _ip(*words: str) -> None:
    subprocess.run([_program(), *words], check=True)


def _program() -> str:
    return found("ip", package="iproute2")
