"""In every weather at once the service loses nothing and repeats only what policy allows."""

import json
import os
import random
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram.types import Chat, User

from tests.e2e.colleagues import AnswersByMail, AnswersInChat, Notes
from tests.e2e.crowd import ByMail, Crowd, Ledger, OnTelegram, OnTheWeb, Road, at_most
from tests.e2e.desk import appoint, database, mailbox
from tests.e2e.fleet import Fleet, Host, Part
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.e2e.verdict import Verdict
from tests.e2e.weather import EXPECTED_ERRORS, Sky, Wire
from tests.e2e.web import get
from tests.mail.proxy import Proxy, running
from tests.servers.dovecot import Account, Dovecot
from tests.servers.faketime import HostClock, preloaded
from tests.servers.loopback import HOST, free_ports, until
from tests.servers.postgresql import PostgreSql
from tests.servers.smtp_sink import SmtpSink
from tests.telegram_emulator.threaded import EmulatorThread

_RUTA, _VIDA, _JONAS = "ruta@centras.test", "vida@centras.test", "jonas@centras.test"
_COUNT = re.compile(r'^helpdesk_(?:inbox|outbox)\{state="(\w+)"\} (\S+)', re.MULTILINE)
_FEW, _MANY = 8, 1000
_ROUNDS = 12
"""So often each asker writes in a short run; in a long one they write as long as it lasts."""

_PAUSE = {False: 0.5, True: 1.0}
_EVERY = {False: 1, True: 4}
_PATIENCE = {False: 180.0, True: 1200.0}
_ON_TWO_HOSTS = (("mail,timers", "worker", "relay"), ("worker", "telegram", "web"))


@pytest.fixture(scope="session")
def clocked_nursery() -> Iterator[Nursery]:
    """Lend what starts services that live by the clock of their host."""
    with Nursery(preloaded()) as nursery:
        yield nursery


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The servers around the helpdesk, and its staff chat; `url` and `postgres` None = SQLite."""

    dovecot: Dovecot
    sink: SmtpSink
    telegram: EmulatorThread
    postgres: PostgreSql | None
    url: str | None
    nursery: Nursery
    account: Account
    jonas: User
    room: Chat
    web_port: int

    @property
    def web(self) -> str:
        return f"http://{HOST}:{self.web_port}"

    def settings(self, *, imap: int, smtp: int) -> dict[str, str]:
        """Return the settings of a helpdesk that reaches the mail servers by these ports."""
        return {
            **database(self.url),
            **mailbox(self.account, self.dovecot),
            "IMAP_PORT": str(imap),
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(smtp),
            "SMTP_TLS": "none",
            "MAIL_AUTO_PER_DOMAIN": "999999/1h",
            # Answers that are shown back are capped too, and one consultant gets many here.
            "MAIL_AUTO_PER_ADDRESS": "999999/1h",
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_API": self.telegram.url,
            "TELEGRAM_GATHER_SECONDS": "0",
            "TELEGRAM_UNDO_SECONDS": "0",
            "TELEGRAM_GROUP_CALLS": "1000",
            "TELEGRAM_DIGEST": "off",
            "STAFF_CHATS": json.dumps([{"chat": str(self.room.id), "queues": ["savanoryste"]}]),
            "WEB_PORT": str(self.web_port),
            "WEB_RATE": "0",
            "LEASE_SECONDS": "5",
            "SETTLE_SECONDS": "0.2",
        }

    def parts(self, folder: Path) -> list[Part]:
        """Return what one process does on SQLite, and each of six on two hosts of PostgreSQL."""

        def host(name: str) -> Host:
            return Host(nursery=self.nursery, clock=HostClock(folder / f"clock-{name}"))

        if self.postgres is None:
            return [Part(host("one"))]
        return [
            Part(one, roles)
            for one, each in zip((host("first"), host("second")), _ON_TWO_HOSTS, strict=True)
            for roles in each
        ]


@pytest.fixture(params=["sqlite", "postgresql"])
def town(
    request: pytest.FixtureRequest,
    dovecot: Dovecot,
    smtp_sink: SmtpSink,
    telegram_thread: EmulatorThread,
    clocked_nursery: Nursery,
) -> Town:
    """Lend the servers, with a PostgreSQL that may be crashed or without."""
    on_postgres = request.param == "postgresql"
    jonas, room = telegram_thread.run(
        lambda emulator: (member := emulator.user("Jonas"), emulator.forum(members=[member]))
    )
    return Town(
        dovecot=dovecot,
        sink=smtp_sink,
        telegram=telegram_thread,
        postgres=request.getfixturevalue("postgresql_server") if on_postgres else None,
        url=request.getfixturevalue("postgresql_url") if on_postgres else None,
        nursery=clocked_nursery,
        account=dovecot.new_account(),
        jonas=jonas,
        room=room,
        web_port=free_ports(1)[0],
    )


@pytest.mark.soak
def test_in_every_weather_at_once_it_loses_nothing(
    tmp_path: Path, town: Town, *, soak: bool
) -> None:
    kills = int(os.environ.get("SOAK_KILLS") or (_MANY if soak else _FEW))
    seed = int(os.environ.get("SOAK_SEED") or 1)
    chance, ledger = random.Random(seed), Ledger()  # noqa: S311 -- when what breaks is no secret
    imap, smtp = Wire(chance), Wire(chance)
    with (
        running(Proxy(town.dovecot.imaps, imap)) as to_imap,
        running(Proxy(town.sink.port, smtp)) as to_smtp,
        installed(tmp_path, town.settings(imap=to_imap.port, smtp=to_smtp.port)) as helpdesk,
    ):
        helpdesk.expected_errors |= EXPECTED_ERRORS
        appoint(helpdesk, "Rūta", _RUTA, queue="bendra")
        appoint(helpdesk, "Vida", _VIDA, queue="privatumas")
        appoint(helpdesk, "Jonas", _JONAS, queue="savanoryste", telegram=str(town.jonas.id))
        fleet = Fleet(helpdesk=helpdesk, parts=town.parts(tmp_path))
        mail = ByMail(desk=town.account, dovecot=town.dovecot, word=helpdesk.word, ledger=ledger)
        sky = Sky(
            chance=chance,
            fleet=fleet,
            mail=mail,
            dovecot=town.dovecot,
            sink=town.sink,
            imap=imap,
            smtp=smtp,
            telegram=town.telegram,
            postgres=town.postgres,
        )
        verdict = Verdict(
            helpdesk=helpdesk,
            ledger=ledger,
            sink=town.sink,
            telegram=town.telegram,
            room=town.room.id,
            staff=frozenset({_RUTA, _VIDA, _JONAS}),
        )
        began = time.monotonic()
        # What came before the first start is not ours to answer, so the crowd waits for it.
        fleet.begin()
        by_mail = AnswersByMail(address=_RUTA, sink=town.sink, mail=mail)
        with Crowd(_colleagues(town, helpdesk, by_mail), pause=_PAUSE[soak]):
            with Crowd(_askers(town, mail, soak=soak), pause=_PAUSE[soak]):
                sky.storm(kills, every=_EVERY[soak])
                sky.clear()
                fleet.wait_ready()
                until(lambda: _had_their_say(ledger), timeout=_PATIENCE[soak], what="answers")
            cleared = time.monotonic()
            by_mail.rests.set()
            _settle(town.web, verdict, seconds=_PATIENCE[soak])
        _settle(town.web, verdict, seconds=_PATIENCE[soak])
        settled = time.monotonic()
        counts = verdict.check()
        audit = json.loads(helpdesk.run("audit", "--json").output)
        rows = helpdesk.outbox()
        in_doubt = {f"outbox {row['id']}" for row in rows if row["state"] == "uncertain"}
    _report(
        {
            "database": "SQLite" if town.postgres is None else "PostgreSQL",
            "seed": seed,
            "seconds of weather": round(cleared - began),
            "seconds to settle": round(settled - cleared),
            "kills": fleet.kills,
            "strikes": fleet.strikes,
            "started in vain": sum(fleet.refused.values()),
        },
        dict(sorted(sky.counts.items())),
        ledger.counts | counts,
    )
    # What an hour ago went in doubt a person is to look at; by its clocks a run may last as long.
    assert (audit["missing"], set(audit["stuck"]) - in_doubt) == (0, set())


def _askers(town: Town, mail: ByMail, *, soak: bool) -> list[Road]:
    askers: list[Road] = [
        mail,
        OnTelegram(telegram=town.telegram, word=mail.word, ledger=mail.ledger),
        OnTheWeb(web=town.web, word=mail.word, ledger=mail.ledger),
    ]
    return askers if soak else [at_most(_ROUNDS, road) for road in askers]


def _colleagues(town: Town, helpdesk: Helpdesk, by_mail: AnswersByMail) -> list[Road]:
    word, ledger = helpdesk.word, by_mail.mail.ledger
    in_chat = AnswersInChat(
        who=town.jonas, room=town.room, telegram=town.telegram, word=word, ledger=ledger
    )
    notes = Notes(address=_VIDA, helpdesk=helpdesk, sink=town.sink, ledger=ledger)
    return [by_mail, in_chat, notes]


def _had_their_say(ledger: Ledger) -> bool:
    """Tell whether consultants answered by mail or in the chat, and noted there and here."""
    return len(ledger.replies) > 1 and len(ledger.notes) > 1


def _settle(web: str, verdict: Verdict, *, seconds: float) -> None:
    """Ask the service itself first: looking at everything would slow the servers it talks to."""
    try:
        until(lambda: _is_quiet(web) and not verdict.unsettled(), timeout=seconds, every=0.2)
    except TimeoutError:
        assert verdict.unsettled() == []


def _is_quiet(web: str) -> bool:
    counts = dict(_COUNT.findall(get(f"{web}/metrics").text))
    return all(float(counts[state]) == 0 for state in ("pending", "queued", "sending", "deferred"))


def _report(*parts: Mapping[str, object]) -> None:
    """Print what the run did, for `make soak` to show (`-rP`)."""
    for part in parts:
        print(", ".join(f"{what}: {figure}" for what, figure in part.items()))  # noqa: T201
