"""One run of each who is measured: the limits, the peer, and our desk."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from benchmarks.mail_desk import WORDS_ALONE, Desk, Installer
from benchmarks.mail_letters import Letters
from benchmarks.mail_peer import Peer
from benchmarks.mail_processes import Spent, family, peak_memory, processor_time, run
from benchmarks.mail_share import shared
from benchmarks.mail_town import Town
from tests.e2e.service import environment
from tests.servers.dovecot import Account

_LONGEST: Final = 300.0
_WORKER: Final = "worker"
_ONE_EACH: Final = "mail,relay"
"""What one process does for all workers."""
_PART: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What so many letters took. `burst` is the last acknowledgement less the last letter kept."""

    count: int
    spent: Spent
    note: str = ""
    kept_to_end: float = 0.0
    filed_to_end: float = 0.0

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.count / self.spent.wall

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time a letter."""
        return 1000 * self.spent.cpu / self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What can be run, each beginning from nothing. The start of processes is left out of all."""

    town: Town
    installer: Installer
    peers: tuple[Peer, Peer]
    letters: Letters

    def parse(self, *, on_postgresql: bool) -> Run:
        """Read each letter and commit it once."""
        with ExitStack() as stack:
            if on_postgresql:
                place = stack.enter_context(self.town.postgresql.database()).url
            else:
                folder = stack.enter_context(tempfile.TemporaryDirectory(dir=self.town.folder))
                place = f"sqlite:{folder}/mail.db"
            return self._limit("parse", str(self.letters.rest), place)

    def pipe(self) -> Run:
        """Do all of the input and output and nothing else."""
        account = self.town.new_account()
        self.town.fill(account, self.letters.rest)
        self.town.sink.clear()
        imap, smtp = self.town.dovecot.imaps, self.town.sink.port
        with tempfile.TemporaryDirectory(dir=self.town.folder) as folder:
            file = f"{folder}/pipe.db"
            ran = self._limit("pipe", str(imap), account.address, account.password, str(smtp), file)
        assert len(self.town.sink.came()) == ran.count == self.letters.count
        return ran

    def _limit(self, *words: str) -> Run:
        command = [sys.executable, "-m", "benchmarks.mail_limits", *words]
        printed, _ = run(command, folder=self.town.folder, environment=environment({}))
        said = json.loads(printed)
        return Run(count=said.pop("count"), spent=Spent(**said))

    def peer(self, *, on_postgresql: bool) -> Run:
        """Run django-helpdesk's command on the letters measured, less its run on those ahead."""
        with self.peers[on_postgresql].copy() as peer:
            self.town.sink.clear()
            start = peer.fetch(self.letters.ahead)
            whole = peer.fetch(self.letters.rest)
            note = peer.check(self.letters)
        return Run(count=self.letters.count, spent=whole - start, note=note)

    def import_mail(self, *, on_postgresql: bool) -> Run:
        """Run `import-mail` on the letters measured, less its run on those ahead."""
        with self.installer.desk(on_postgresql=on_postgresql) as desk:
            _, start = desk.run("import-mail", str(self.letters.ahead))
            _, whole = desk.run("import-mail", str(self.letters.rest))
            note = desk.check(self.letters.threads)
        return Run(count=self.letters.count, spent=whole - start, note=note)

    def live(
        self,
        *,
        workers: int = 1,
        on_postgresql: bool = False,
        stay: bool = False,
        slowed: bool = False,
        program: str = WORDS_ALONE,
    ) -> Run:
        """Let the service take the letters: one process on SQLite, or one and its workers.

        The time runs from Dovecot's own notice of the new mail to the last acknowledgement. With
        `stay` each worker is kept on one processor, the first on the first; `slowed`, each has a
        quarter of one.
        """
        account = self.town.new_account()
        sink = self.town.sink
        roles = [_ONE_EACH, *[_WORKER] * workers] if on_postgresql else [f"{_ONE_EACH},{_WORKER}"]
        ours = sorted(os.sched_getaffinity(0))
        places = [None, *islice(cycle(ours), workers)] if stay else []
        with (
            self.installer.desk(
                on_postgresql=on_postgresql, account=account, program=program
            ) as desk,
            desk.running(*roles, processors=places) as roots,
        ):
            warmed = self._warm(account, roots[-workers:], desk)
            with (
                shared(roots[-workers:], part=_PART) if slowed else nullcontext(),
                self.town.watch(account) as watcher,
            ):
                sink.clear()
                before = processor_time(_all(roots))
                self.town.fill(account, self.letters.rest)
                start = watcher.wait_for_mail()
                sink.wait_for(self.letters.answered, seconds=_LONGEST)
                desk.settle()
                came = sink.came()
            spent = Spent(
                wall=came[-1] - start,
                cpu=processor_time(_all(roots)) - before,
                peak=peak_memory(_all(roots)),
            )
            return Run(
                count=self.letters.count,
                spent=spent,
                note=f"{desk.check(self.letters.threads)}, {desk.check_sent(warmed + len(came))}",
                kept_to_end=came[-1] - desk.moment("inbox", "received_at"),
                filed_to_end=came[-1] - desk.moment("outbox", "at"),
            )

    def _warm(self, account: Account, workers: Sequence[int], desk: Desk) -> int:
        """Give the letters ahead to the workers by turns, the others held; count what came out."""
        self.town.sink.clear()
        for number, letter in enumerate(sorted(self.letters.ahead.iterdir())):
            held = set(workers) - {workers[number % len(workers)]}
            for worker in held:
                os.kill(worker, signal.SIGSTOP)
            self.town.fill(account, letter)
            self.town.sink.wait_for(number + 1, seconds=_LONGEST)
            desk.settle()
            for worker in held:
                os.kill(worker, signal.SIGCONT)
        return len(self.town.sink.came())


def _all(roots: Sequence[int]) -> list[int]:
    return [process for root in roots for process in family(root)]
