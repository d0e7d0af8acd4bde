"""What strikes a helpdesk at work: deaths, full disks, lost databases, wrong clocks, bad peers.

Each kind is struck in turn, in an order the seed decides, and counted.
"""

import random
import resource
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Final

from tests.e2e.crowd import ByMail
from tests.e2e.fleet import Fleet
from tests.e2e.service import Service
from tests.mail.proxy import Fate
from tests.servers.dovecot import Dovecot
from tests.servers.loopback import until
from tests.servers.postgresql import PostgreSql
from tests.servers.smtp_sink import SmtpSink
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import (
    RESTART,
    After,
    BadGateway,
    Before,
    Delay,
    DropAfter,
    DropBefore,
    Effect,
    HangAfter,
    flood,
)
from tests.telegram_emulator.threaded import EmulatorThread

HOUR: Final = 3600
_LIFE: Final = 0.4
"""Mean seconds between two strikes, beside what a start takes; some are long, most are short."""

_LONGEST_LIFE: Final = 2.0
_AIMED: Final = 0.4
_LIVED: Final = 0.7
"""So many strikes wait for the first deed of what was started last; others hit the start."""

_PATIENCE: Final = 1.5
_ROOM: Final = 256 * 1024
"""Octets a full disk still takes: of a log, not of a large mail."""

SAYS_IT_IS_FULL: Final = frozenset({"the database cannot be used", "mail not stored"})
EXPECTED_ERRORS: Final = SAYS_IT_IS_FULL | {"updates could not be stored", "preparing failed"}
_KEPT: Final = "250 2.0.0 kept"
_REFUSALS: Final = ("451 4.3.0 later", "421 4.3.2 closing", "452 4.2.2 full")


@dataclass(slots=True)
class Wire:
    """A network's mind: all passes, until so many pieces are to be broken, or one is awaited."""

    chance: random.Random
    left: int = 0
    spring: Callable[[], None] | None = None

    def __call__(self, data: bytes, from_client: bool) -> Fate:  # noqa: FBT001 -- by position
        if self.spring is not None and (data.endswith(b"\r\n.\r\n") or not from_client):
            kill, self.spring = self.spring, None
            before = self.chance.random() < 0.5
            if before:
                kill()
                return Fate.CUT
            # What was on its way arrives after the death of who sent it.
            threading.Timer(0.01, kill).start()
            return Fate.PASS
        if self.left and from_client:
            self.left -= 1
            return self.chance.choice((Fate.CUT, Fate.SWALLOW, Fate.FREEZE))
        return Fate.PASS


@dataclass(slots=True, kw_only=True)
class Sky:
    """Everything around the processes that can go wrong; `postgres` None = SQLite."""

    chance: random.Random
    fleet: Fleet
    mail: ByMail
    dovecot: Dovecot
    sink: SmtpSink
    imap: Wire
    smtp: Wire
    telegram: EmulatorThread
    postgres: PostgreSql | None
    counts: Counter[str] = field(default_factory=Counter)

    def storm(self, kills: int, *, every: int) -> None:
        """Strike until so many processes were killed, and after a few strikes bring another kind.

        A short storm still brings each kind once.
        """
        kinds = self._kinds()
        for number in count():
            is_over = self.fleet.kills >= kills
            if is_over and number >= every * len(self.kinds):
                return
            if number % every == 0:
                name, bring = next(kinds)
                bring()
                self.counts[name] += 1
            if not is_over:
                self.strike()

    def clear(self) -> None:
        """Let the weather clear."""
        self.imap.left = self.smtp.left = 0
        self.imap.spring = self.smtp.spring = None
        self.sink.data_answer = _KEPT
        self.telegram.run(lambda emulator: emulator.server.faults.clear())
        for part in self.fleet.parts:
            part.host.clock.set(0)
        self.fleet.restart()

    # Deaths ------------------------------------------------------------------------------------

    def strike(self) -> None:
        """Kill one process, a few or all, at some moment or at a call of theirs."""
        if self.chance.random() < _LIVED:
            self.fleet.wait_for_signs()
        if self.chance.random() < _AIMED:
            self._aim()
            self.fleet.strike(())
            return
        self._pass(min(self.chance.expovariate(1 / _LIFE), _LONGEST_LIFE))
        count = len(self.fleet.parts)
        struck = self.chance.choice((1, 1, self.chance.randint(1, count), count))
        self.fleet.strike(self.chance.sample(range(count), struck))
        self.counts["killed at some moment"] += struck

    def _aim(self) -> None:
        """Kill a process the moment it is about to talk, or has, if it does so soon."""
        name, role, arm = self.chance.choice(
            (
                ("killed at SMTP", "relay", self._at_smtp),
                ("killed at IMAP", "mail", self._at_imap),
                ("killed at sendMessage", "relay", partial(self._at_call, "sendMessage")),
                ("killed at getUpdates", "telegram", partial(self._at_call, "getUpdates")),
            )
        )
        struck, kill = threading.Event(), self.fleet.killer(role)

        def spring() -> None:
            kill()
            struck.set()

        disarm = arm(spring)
        if not struck.wait(_PATIENCE):
            disarm()
            kill()
            name = "killed at some moment"
        self.counts[name] += 1

    def _at_smtp(self, spring: Callable[[], None]) -> Callable[[], None]:
        return _armed(self.smtp, spring)

    def _at_imap(self, spring: Callable[[], None]) -> Callable[[], None]:
        return _armed(self.imap, spring)

    def _at_call(self, method: str, spring: Callable[[], None]) -> Callable[[], None]:
        effect = self.chance.choice((Before, After))(spring)
        fault = self.telegram.run(lambda emulator: emulator.fault(method, effect))
        return lambda: self.telegram.run(lambda _: fault.lift())

    # Everything else ---------------------------------------------------------------------------

    @property
    def kinds(self) -> Sequence[tuple[str, Callable[[], None]]]:
        kinds: list[tuple[str, Callable[[], None]]] = [
            ("disk full", self._disk_full),
            ("clock an hour ahead", partial(self._clock, HOUR)),
            ("clock back to the hour", partial(self._clock, 0)),
            ("clock an hour behind", partial(self._clock, -HOUR)),
            ("SMTP refuses", self._smtp_refuses),
            ("SMTP cut or stalled", self._smtp_breaks),
            ("IMAP cut or stalled", self._imap_breaks),
            ("IMAP sessions ended", self.dovecot.drop_sessions),
            ("Telegram 429", partial(self._telegram, *(flood(1),) * 6)),
            ("Telegram 5xx", partial(self._telegram, RESTART, BadGateway(), RESTART)),
            ("Telegram lost answers", partial(self._telegram, DropAfter(), HangAfter(0.3))),
            ("Telegram cut or slow", partial(self._telegram, DropBefore(), Delay(0.5))),
            ("updates doubled and reversed", self._updates),
        ]
        if self.postgres is not None:
            kinds += [
                ("database crashed", partial(self.postgres.restart, "immediate")),
                ("database restarted", partial(self.postgres.restart, "fast")),
            ]
        return kinds

    def _kinds(self) -> Iterator[tuple[str, Callable[[], None]]]:
        while True:
            yield from self.chance.sample(self.kinds, len(self.kinds))

    def _disk_full(self) -> None:
        """Leave no room on the disk until somebody says so."""
        services = list(self.fleet.services)
        for service in services:
            _limit(service, _room(service))
        self.mail.ask_at_length()
        until(lambda: any(map(_met_the_end, services)), timeout=60, what="a full disk")
        self._pass(0.3)
        for service in services:
            _limit(service, resource.RLIM_INFINITY)

    def _clock(self, seconds: int) -> None:
        self.chance.choice(self.fleet.parts).host.clock.set(seconds)

    def _smtp_refuses(self) -> None:
        self.sink.data_answer = self.chance.choice(_REFUSALS)
        self._pass(0.5)
        self.sink.data_answer = _KEPT

    def _smtp_breaks(self) -> None:
        self.smtp.left = 6

    def _imap_breaks(self) -> None:
        self.imap.left = 4

    def _telegram(self, *effects: Effect) -> None:
        def bring(emulator: Emulator) -> None:
            for effect in effects:
                emulator.fault(self.chance.choice(("send*", "edit*", "*")), effect)

        self.telegram.run(bring)

    def _updates(self) -> None:
        def bring(emulator: Emulator) -> None:
            known = [*emulator.updates.delivered, *emulator.updates.pending]
            for update in self.chance.sample(known, min(5, len(known))):
                emulator.updates.again(update.id)
            emulator.updates.reverse()

        self.telegram.run(bring)

    def _pass(self, seconds: float) -> None:
        threading.Event().wait(seconds)


def _armed(wire: Wire, spring: Callable[[], None]) -> Callable[[], None]:
    wire.spring = spring

    def disarm() -> None:
        wire.spring = None

    return disarm


def _room(service: Service) -> int:
    return service.log.stat().st_size + _ROOM


def _limit(service: Service, octets: int) -> None:
    """Let the process write no file beyond so many octets."""
    if service.runs:
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (octets, resource.RLIM_INFINITY))


def _met_the_end(service: Service) -> bool:
    """Tell whether it said that the disk is full, or was just starting and gave up."""
    said = (line["event"] for line in service.events())
    return not service.runs or not SAYS_IT_IS_FULL.isdisjoint(said)
