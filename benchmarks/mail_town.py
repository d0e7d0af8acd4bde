"""The servers around those who are measured: Dovecot, a sink for SMTP, PostgreSQL with fsync.

They are the same for all, and what they cost is in no figure unless it says so.
"""

import imaplib
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import short_folder
from tests.servers.postgresql import PostgreSql

_SINK: Final = Path(__file__).with_name("mail_sink.py")


@dataclass(slots=True, kw_only=True)
class Sink:
    """The SMTP server as seen from here."""

    port: int
    _said: IO[bytes]
    _moments: list[float] = field(default_factory=list)
    _rest: bytes = b""

    def clear(self) -> None:
        """Forget what came so far."""
        while self._listen(0):
            pass
        self._moments.clear()

    def wait_for(self, count: int, *, seconds: float) -> Sequence[float]:
        """Return when each mail came, as soon as there are so many.

        Raises:
            TimeoutError: fewer came.
        """
        deadline = time.monotonic() + seconds
        while len(self._moments) < count:
            if not self._listen(deadline - time.monotonic()):
                came = len(self._moments)
                raise TimeoutError(f"{came} of {count} mails came in {seconds:g} s")
        return self.came()

    def came(self) -> Sequence[float]:
        """Return when each mail came, of those that are here."""
        while self._listen(0):
            pass
        return tuple(self._moments)

    def _listen(self, seconds: float) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self._said, selectors.EVENT_READ)
            if seconds < 0 or not selector.select(seconds):
                return False
        *lines, self._rest = (self._rest + os.read(self._said.fileno(), 65536)).split(b"\n")
        self._moments += map(float, lines)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What is shared by all. `folder` is on the disk that Dovecot's mail is on."""

    folder: Path
    dovecot: Dovecot
    sink: Sink
    postgresql: PostgreSql

    def new_account(self) -> Account:
        """Lend an empty mailbox that exists already."""
        account = self.dovecot.new_account()
        with self.dovecot.session(account) as imap:
            imap.select()
        return account

    def fill(self, account: Account, letters: Path) -> None:
        """Put the letters of a folder into the mailbox in their order and all at once, or one."""
        box = self.dovecot.folder / "mail" / account.address / "Maildir"
        ready = []
        for path in sorted(letters.iterdir()) if letters.is_dir() else [letters]:
            ready.append(box / "tmp" / f"{1_700_000_000 + int(path.stem)}.M{path.stem}P1.town")
            ready[-1].hardlink_to(path)
        for path in ready:
            path.rename(box / "new" / path.name)

    @contextmanager
    def watch(self, account: Account) -> Iterator["Watcher"]:
        """Look at the mailbox by an IDLE of our own."""
        with self.dovecot.session(account) as imap:
            imap.select(readonly=True)
            imap.send(b"watch IDLE\r\n")
            imap.readline()
            try:
                yield Watcher(imap)
            finally:
                imap.send(b"DONE\r\n")
                while not imap.readline().startswith(b"watch"):
                    pass


@dataclass(frozen=True, slots=True)
class Watcher:
    """An IDLE under way."""

    imap: imaplib.IMAP4

    def wait_for_mail(self) -> float:
        """Return the moment Dovecot tells of new mail."""
        while b"EXISTS" not in self.imap.readline():
            pass
        return time.time()


@contextmanager
def town() -> Iterator[Town]:
    """Start the servers, and end them."""
    with short_folder("bench") as folder, sink() as taken:
        for name in ("dc", "pg"):
            (folder / name).mkdir()
        dovecot = Dovecot(folder / "dc")
        dovecot.start()
        try:
            postgresql = PostgreSql(folder / "pg" / "data", is_durable=True)
            try:
                yield Town(folder=folder, dovecot=dovecot, sink=taken, postgresql=postgresql)
            finally:
                postgresql.stop()
        finally:
            dovecot.stop()


@contextmanager
def sink() -> Iterator[Sink]:
    """Start the SMTP server, and end it."""
    with subprocess.Popen(
        [sys.executable, "-I", str(_SINK)], stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdout is not None
        try:
            yield Sink(port=int(process.stdout.readline()), _said=process.stdout)
        finally:
            process.terminate()
