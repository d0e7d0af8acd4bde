"""One installation of the helpdesk: its folder, its settings, its commands and its processes."""

import io
import json
import re
import secrets
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from bot.app import App, open_desk
from bot.cli import main
from bot.commands.output import ALL
from bot.configuration import PREFIX
from bot.settings import load_settings
from handlers.ports import UnitOfWork
from handlers.views import InboxView, OutboxView, TicketSummary, TicketView, ticket_view
from tests.e2e.service import Process, Service, environment, whole_process

T = TypeVar("T")

FAQ = Path(__file__).parents[1] / "data" / "e2e_faq.yaml"
APPROVED = ("e2e-aitvaras", "e2e-varpas")
_STOP_SECONDS = 30
_CONSONANTS = "bdfghkmnprstvz"
_A_WORD = re.compile(r"zq[bdfghkmnprstvz]{10}")
_TOKEN = re.compile(r"\b[tdw]\.\d+(?:\.\d+)?\.[a-z2-7]{20}")


class Launch(Protocol):
    """How processes are started."""

    def __call__(
        self, words: list[str], *, folder: Path, environment: Mapping[str, str], log: Path
    ) -> Process: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    output: str
    errors: str


class Helpdesk:
    """Commands run inside the test, beside the service: starting one takes two seconds.

    `secrets` collects what must never stand in a log; `close` looks for it.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str], *, launch: Launch = whole_process
    ) -> None:
        self.folder = folder
        self.settings = {f"{PREFIX}{name}": value for name, value in settings.items()}
        self.settings[f"{PREFIX}DATA_DIR"] = str(folder / "data")
        # Each question holds a word nobody said before, which makes the matcher less sure.
        self.settings[f"{PREFIX}MAX_WRONG_ANSWERS"] = "0.1"
        self.secrets: set[str] = set()
        self.expected_errors: set[str] = set()
        self.launch = launch
        self._services: list[Service] = []

    def word(self) -> str:
        """Return a word nobody said before, by which a message is found again."""
        word = "zq" + "".join(secrets.choice(_CONSONANTS) for _ in range(10))
        self.secrets.add(word)
        return word

    def start(self, *words: str) -> Service:
        """Start the service without waiting for it."""
        log = self.folder / f"service-{len(self._services) + 1}.log"
        log.touch()
        process = self.launch(
            ["run", *words], folder=self.folder, environment=environment(self.settings), log=log
        )
        service = Service(process, log)
        self._services.append(service)
        return service

    def close(self) -> None:
        """Stop what runs, and look through the logs."""
        running = [service for service in self._services if service.runs]
        for service in running:
            service.send(signal.SIGTERM)
        for service in running:
            service.wait(_STOP_SECONDS)
        for service in self._services:
            check_log(service, secrets=self.secrets, expected_errors=self.expected_errors)

    # Commands ---------------------------------------------------------------------------------

    def run(self, *words: str, stdin: str = "", without: Sequence[str] = ()) -> Ran:
        """Run a command to its end; `without` leaves settings out."""
        output, errors = _stream(), _stream()
        with (
            self._set(without) as process,
            redirect_stdout(output),
            redirect_stderr(errors),
        ):
            process.setattr(sys, "argv", ["helpdesk", *words])
            process.setattr(sys, "stdin", io.StringIO(stdin))
            status = _status(words)
        return Ran(status=status, output=_text(output), errors=_text(errors))

    def do(self, *words: str, stdin: str = "", without: Sequence[str] = ()) -> str:
        """Run a command that must succeed and return what it printed."""
        ran = self.run(*words, stdin=stdin, without=without)
        assert ran.status == 0, (words, ran)
        return ran.output

    def ticket(self, reference: str) -> TicketView:
        shown: TicketView = json.loads(self.do("ticket", reference, "--json"))
        return shown

    def tickets(self) -> list[TicketSummary]:
        shown: list[TicketSummary] = json.loads(self.do("tickets", "--json"))
        return shown

    def tickets_of(self, address: str) -> list[TicketView]:
        """Return the tickets of whoever has this address, oldest first."""
        own = [row for row in self.tickets() if address in row["requester"]["addresses"]]
        return [self.ticket(row["reference"]) for row in reversed(own)]

    def threads(self) -> list[TicketView]:
        """Return what `helpdesk ticket` shows of every ticket, opened once for all of them."""
        with self._set(), open_desk(load_settings()) as app, app.units.begin_reading() as uow:
            return [ticket_view(uow, ticket) for ticket in uow.tickets.rows(limit=ALL)]

    def change(self, work: Callable[[UnitOfWork], object]) -> None:
        """Do a unit of work in the installation's database."""
        with self._set(), open_desk(load_settings()) as app, app.units.begin() as uow:
            work(uow)
            uow.commit()

    def inbox(self, *words: str) -> list[InboxView]:
        shown: list[InboxView] = json.loads(self.do("inbox", *words, "--json"))
        return shown

    def outbox(self, *words: str) -> list[OutboxView]:
        shown: list[OutboxView] = json.loads(self.do("outbox", *words, "--json"))
        return shown

    def arrange(self, work: Callable[[App, UnitOfWork], T], *, without: Sequence[str] = ()) -> T:
        """Do what would take many commands, and open the helpdesk once for all of it."""
        with self._set(without), open_desk(load_settings()) as app, app.units.begin() as uow:
            done = work(app, uow)
            uow.commit()
        return done

    @contextmanager
    def _set(self, without: Sequence[str] = ()) -> Iterator[pytest.MonkeyPatch]:
        """Set the settings for as long as a command runs."""
        left_out = {f"{PREFIX}{name}" for name in without}
        with pytest.MonkeyPatch.context() as process:
            for name, text in self.settings.items():
                if name not in left_out:
                    process.setenv(name, text)
            yield process


def check_log(service: Service, *, secrets: set[str], expected_errors: set[str]) -> None:
    """Hold a log against STYLE_GUIDE 9: JSON lines, ids and never contents, no surprises."""
    text = service.log.read_text(encoding="utf-8")
    assert sorted(secrets & set(_A_WORD.findall(text))) == []
    assert sorted(secret for secret in secrets if secret[:2] != "zq" and secret in text) == []
    assert _TOKEN.findall(text) == []
    errors = [line for line in service.events() if line["level"] == "error"]
    assert [line for line in errors if line["event"] not in expected_errors] == []


def _status(words: Sequence[str]) -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    raise AssertionError(f"{words} did not exit")


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextmanager
def installed(
    folder: Path, settings: Mapping[str, str], *, launch: Launch = whole_process
) -> Iterator[Helpdesk]:
    """Install a helpdesk that knows the entries of `tests/data/e2e_faq.yaml`."""
    helpdesk = Helpdesk(folder, settings, launch=launch)
    helpdesk.do("db", "upgrade")
    helpdesk.do("kb", "import", str(FAQ))
    helpdesk.do("kb", "approve", *APPROVED, "--by", "Rūta")
    try:
        yield helpdesk
    finally:
        helpdesk.close()
