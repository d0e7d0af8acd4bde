"""The ground test servers stand on: short folders, free ports, waiting for a condition."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

HOST = "127.0.0.1"


class ServerError(Exception):
    """A server the tests need is missing or does not start; the sentence says what to do."""


@contextmanager
def short_folder(prefix: str) -> Iterator[Path]:
    """Lend a folder whose path fits a unix socket and which service users may enter.

    Pytest's own `tmp_path` is too long (a socket's path has 107 characters) and closed to others.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def until(
    look: Callable[[], T],
    *,
    timeout: float = 60,
    every: float = 0.02,
    what: str = "the condition",
) -> T:
    """Look again and again until something true is seen, and return it.

    A look that takes long is taken less often, so that who waits leaves two thirds of a core to
    what is waited for.

    Raises:
        TimeoutError: it was not seen in time.
    """
    deadline = time.monotonic() + timeout
    while True:
        began = time.monotonic()
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            message = f"{what} did not come true in {timeout:g} s; last seen: {seen!r}"
            raise TimeoutError(message)
        time.sleep(max(every, 2 * (time.monotonic() - began)))


def listens(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), 0.5):
            return True
    except OSError:
        return False


class ServerProcess:
    """One server in the foreground, started and ended by its process id."""

    def __init__(self, name: str, command: list[str], *, log: Path) -> None:
        self.name = name
        self._command = command
        # What a server drops into the temporary folder goes when its own folder goes.
        self._environment = os.environ | {"TMPDIR": str(log.parent)}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, ports: list[int]) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        for port in ports:
            until(partial(self._ready, port), what=f"{self.name} on port {port}")

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        self._reap(process)

    def wait(self) -> None:
        """Wait for an end that was asked for in the server's own way."""
        process, self._process = self._process, None
        if process is not None:
            self._reap(process)

    @staticmethod
    def _reap(process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(15)

    def _ready(self, port: int) -> bool:
        if self._process is not None and self._process.poll() is not None:
            said = self._log.read_text(errors="replace")[-2000:]
            message = f"{self.name} ended with status {self._process.returncode}: {said}"
            raise ServerError(message)
        return listens(port)


def found(program: str, *, package: str) -> str:
    """Return the program's path.

    Raises:
        ServerError: it is not installed; `make test` installs it.
    """
    path = shutil.which(
        program, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    )
    if path is None:
        message = f"{program} is not installed: run `make test`, or apt-get install {package}"
        raise ServerError(message)
    return path
