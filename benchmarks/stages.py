"""What a mail costs on its way in, stage by stage.

    python -m benchmarks.stages 300     so many mails

Costs are processor time of this process; the ratio compares them, in the same run, with the least
any desk must do: read the mail with the standard library and commit its bytes.
"""

import asyncio
import email
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.policy import compat32
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")

from pydantic import SecretStr

from benchmarks.mail_examples import mails
from bot.app import App, open_database, open_desk
from bot.email.lanes import lane_of
from bot.email.parse import parse
from bot.mail_wiring import mail_preparer, mail_transport
from bot.settings import Settings
from bot.worker import ending
from handlers.commands import Command
from handlers.domain.channels import Channel
from handlers.domain.messages import Claimed, Received
from handlers.domain.outgoing import Outgoing
from handlers.ports import UnitOfWork
from knowledge_base.decisions import Context
from tests.servers.loopback import HOST, short_folder
from tests.servers.postgresql import PostgreSql

_MAILS: Final = 300
_SOURCE: Final = "import"
_READ: Final = 50
_BATCH: Final = 10
_LEASE: Final = timedelta(minutes=10)
T = TypeVar("T")


@dataclass(slots=True)
class Stopwatch:
    """Processor and wall time by stage."""

    spent: dict[str, float] = field(default_factory=dict)
    passed: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        processor, wall = time.process_time(), time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] = self.spent.get(name, 0) + time.process_time() - processor
            self.passed[name] = self.passed.get(name, 0) + time.perf_counter() - wall


def main() -> None:
    """Print both tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _MAILS
    raws = mails(count)
    size = sum(map(len, raws)) / len(raws) / 1024
    print(f"\n{count} mails of {size:.0f} kB on average, read as `import-mail` reads them")
    least = _least(raws)
    print(f"{'':<12}{'ms/mail':>9}{'share':>8}   the least: {1000 * least / count:.2f} ms/mail")
    _import(raws, least, name="SQLite", url="")
    with short_folder("pg") as folder:
        server = PostgreSql(folder / "data")
        with server.database() as database:
            _import(raws, least, name="PostgreSQL", url=database.url)
        server.stop()


def _least(raws: Sequence[bytes]) -> float:
    """Return the processor time of one plain parse and one durable commit a mail."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "least.db")) as database,
    ):
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE mail (raw BLOB)")
        start = time.process_time()
        for raw in raws:
            message = email.message_from_bytes(raw, policy=compat32)
            for part in message.walk():
                part.get_payload(decode=True)
            database.execute("INSERT INTO mail VALUES (?)", (raw,))
            database.commit()
        return time.process_time() - start


def _import(raws: Sequence[bytes], least: float, *, name: str, url: str) -> None:
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder),
            database_url=SecretStr(url) if url else None,
            mail_address="desk@nisc.test",
            smtp_host=HOST,
        )
        with open_database(settings) as database:
            database.upgrade()
        with open_desk(settings) as app:
            _run(app, raws, watch)
    split = {"parse", "decide"}
    watch.spent["decide"] = watch.spent["prepare"] - watch.spent["parse"]
    total = sum(spent for stage, spent in watch.spent.items() if stage not in split)
    wall = sum(passed for stage, passed in watch.passed.items() if stage not in split)
    for stage in ("read", "prepare", "parse", "decide", "file", "render"):
        spent = watch.spent[stage]
        label = f"  {stage}" if stage in split else stage
        print(f"{label:<12}{1000 * spent / len(raws):>9.2f}{spent / total:>8.0%}")
    print(
        f"{name:<12}{1000 * total / len(raws):>9.2f}   "
        f"{len(raws) / wall:.0f} mails/s, {total / least:.1f} times the least"
    )


def _run(app: App, raws: Sequence[bytes], watch: Stopwatch) -> None:
    # The first question loads what all others use.
    app.knowledge.current().decide("Kaip įkurti bendruomenę?", _today(app))
    with watch.stage("read"):
        for start in range(0, len(raws), _READ):
            some = list(enumerate(raws))[start : start + _READ]
            _in_one(app, partial(_store, app, some))
    asyncio.run(_file(app, watch))
    write = mail_transport(app, bot_link="").render
    with watch.stage("render"):
        while debts := _in_one(app, partial(_owed, app)):
            for debt in debts:
                write(debt)


async def _file(app: App, watch: Stopwatch) -> None:
    preparer = mail_preparer(app)
    while claimed := _in_one(app, partial(_claim, app)):
        with watch.stage("prepare"):
            commands = [await preparer.prepare(message) for message in claimed]
        # Parsing again tells its part; the rest is deciding, which remembers what was asked before.
        with watch.stage("parse"):
            for message in claimed:
                parse(message.raw)
        with watch.stage("file"):
            _in_one(app, partial(_carry_out, app, claimed, commands))
    await preparer.close()


def _today(app: App) -> Context:
    return Context(today=app.clock.now().date())


def _store(app: App, raws: Sequence[tuple[int, bytes]], uow: UnitOfWork) -> None:
    for number, raw in raws:
        uow.inbox.add(
            Received(
                channel=Channel.MAIL,
                source=_SOURCE,
                external_id=str(number),
                lane=lane_of(raw),
                raw=raw,
                received_at=app.clock.now(),
            )
        )


def _claim(app: App, uow: UnitOfWork) -> Sequence[Claimed]:
    now = app.clock.now()
    return uow.inbox.claim(now=now, lease=_LEASE, limit=_BATCH, channels=[Channel.MAIL])


def _carry_out(
    app: App, claimed: Sequence[Claimed], commands: Sequence[Command], uow: UnitOfWork
) -> None:
    receipts = app.handling.carry_out_all(uow, commands)
    uow.inbox.all_done([ending(*each) for each in zip(claimed, receipts, strict=True)])


def _owed(app: App, uow: UnitOfWork) -> Sequence[Outgoing]:
    now = app.clock.now()
    return uow.outbox.claim(now=now, lease=_LEASE, limit=_READ, channels=[Channel.MAIL])


def _in_one(app: App, work: Callable[[UnitOfWork], T]) -> T:
    with app.units.begin() as uow:
        done = work(uow)
        uow.commit()
        return done


if __name__ == "__main__":
    main()
