"""How fast what is owed leaves: the relay beside a plain loop over one SMTP connection.

Both hand the same bytes to the same server. The relay writes each letter, commits that it begins
and that it was taken, and could be killed at any moment; the loop only sends. The second pair are
claims without sending, beside the same by two plain statements: so many leased, commit, done,
commit.
"""

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import aiosmtplib
import sqlalchemy as sa
from pydantic import SecretStr

from benchmarks.mail_town import Sink, sink
from benchmarks.table import Row, at_least, main, median_ratio
from bot.app import App, open_database, open_desk
from bot.mail_wiring import mail_transport
from bot.relay import Relay, Transport
from bot.settings import Settings
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Arrived, Key, Kind, Outgoing, Owed, Rendered, Taken
from handlers.ports import UnitOfWork
from storage.engine import open_engine
from tests.servers.loopback import short_folder
from tests.servers.postgresql import PostgreSql

_LETTERS: Final = 1_000
_BATCH: Final = 20
_LEASE: Final = timedelta(minutes=5)
_PATIENCE: Final = 300.0
_CLAIM: Final = (
    "UPDATE outbox SET leased_until = :until, fence = fence + 1 WHERE id IN (SELECT id FROM outbox"
    " WHERE due_at IS NOT NULL AND leased_until IS NULL ORDER BY id LIMIT 20{lock}) RETURNING id"
)
_DONE: Final = "UPDATE outbox SET state = 'delivered', due_at = NULL WHERE id = :id"


@dataclass(slots=True)
class Times:
    """Seconds of every round, each for so many letters."""

    relay: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)
    claims: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


def rows(rounds: int) -> Iterator[Row]:
    """Measure on SQLite, then on PostgreSQL."""
    logging.disable(logging.CRITICAL)
    with sink() as taken, short_folder("pg") as folder:
        server = PostgreSql(folder / "data", is_durable=True)
        for name in ("SQLite", "PostgreSQL"):
            times = Times()
            for _ in range(rounds):
                with server.database() as database:
                    url = "" if name == "SQLite" else database.url
                    _measure(times, taken, url)
            yield from _rows(name, times)
        server.stop()


def _rows(name: str, times: Times) -> Iterator[Row]:
    yield Row(
        what=f"delivery, {name}: the relay, {_LETTERS} letters owed",
        figure=f"{_LETTERS / median(times.relay):.0f} letters/s",
        ratio=median_ratio(times.loop, times.relay),
        beside=f"aiosmtplib on one connection: {_LETTERS / median(times.loop):.0f} letters/s",
    )
    yield Row(
        what=f"delivery, {name}: claimed and done, {_BATCH} at a time",
        figure=f"{_LETTERS / median(times.claims):.0f} rows/s",
        ratio=median_ratio(times.plain, times.claims),
        beside=f"two plain statements: {_LETTERS / median(times.plain):.0f} rows/s",
        target=at_least(0.6),
    )


def _measure(times: Times, taken: Sink, url: str) -> None:
    with _desk(taken, url) as app:
        _owe(app)
        letters, took = asyncio.run(_relayed(app, taken))
        times.relay.append(took)
        times.loop.append(asyncio.run(_looped(letters, taken)))
        _owe(app)
        begun = time.perf_counter()
        while _claimed(app):
            pass
        times.claims.append(time.perf_counter() - begun)
        _owe(app)
        times.plain.append(_plainly(app.settings, url))


@contextmanager
def _desk(taken: Sink, url: str) -> Iterator[App]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder),
            database_url=SecretStr(url) if url else None,
            smtp_host="127.0.0.1",
            smtp_port=taken.port,
            smtp_tls="none",
            mail_address="pagalba@nvo.test",
        )
        with open_database(settings) as database:
            database.upgrade()
        with open_desk(settings) as app:
            yield app


def _owe(app: App) -> None:
    with app.units.begin() as uow:
        for number in range(_LETTERS):
            uow.outbox.owe(
                Owed(
                    kind=Kind.ACKNOWLEDGEMENT,
                    channel=Channel.MAIL,
                    to=f"narys{number}@namai{number % 17}.test",
                    key=Key.ACKNOWLEDGEMENT,
                    values={"reference": f"NVO-{number}", "page": "https://nvo.test/k/1"},
                    language="lt",
                    at=app.clock.now(),
                )
            )
        uow.commit()


# The relay, and the loop --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Recording:
    """A transport that keeps what it wrote, for the loop to send the same."""

    inner: Transport
    letters: list[tuple[str, bytes]]

    @property
    def at_once(self) -> int:
        return self.inner.at_once

    def render(self, message: Outgoing) -> Rendered:
        rendered = self.inner.render(message)
        self.letters.append((message.to, rendered.content))
        return rendered

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        return await self.inner.deliver(message, rendered)

    async def delivered(self, rendered: Rendered) -> None:
        await self.inner.delivered(rendered)

    async def close(self) -> None:
        await self.inner.close()


async def _relayed(app: App, taken: Sink) -> tuple[Sequence[tuple[str, bytes]], float]:
    transport = _Recording(mail_transport(app, bot_link=""), [])
    relay = Relay(
        units=app.units,
        clock=app.clock,
        deliveries=app.deliveries,
        transports={Channel.MAIL: transport},
        lease=_LEASE,
        wakeup=Wakeup(),
        stopping=asyncio.Event(),
    )
    taken.clear()
    begun = time.perf_counter()
    while await relay.relay_once(Channel.MAIL):
        pass
    took = time.perf_counter() - begun
    await transport.close()
    taken.wait_for(_LETTERS, seconds=_PATIENCE)
    return transport.letters, took


async def _looped(letters: Sequence[tuple[str, bytes]], taken: Sink) -> float:
    taken.clear()
    begun = time.perf_counter()
    async with aiosmtplib.SMTP(
        hostname="127.0.0.1", port=taken.port, start_tls=False, use_tls=False
    ) as smtp:
        for to, letter in letters:
            await smtp.sendmail("pagalba@nvo.test", [to], letter)
    took = time.perf_counter() - begun
    taken.wait_for(_LETTERS, seconds=_PATIENCE)
    return took


# Claims alone -------------------------------------------------------------------------------------


def _claimed(app: App) -> int:
    with app.units.begin() as uow:
        claimed = _claim(app, uow)
        uow.commit()
    with app.units.begin() as uow:
        uow.outbox.delivered([Arrived(message, Taken("")) for message in claimed])
        uow.commit()
    return len(claimed)


def _claim(app: App, uow: UnitOfWork) -> Sequence[Outgoing]:
    now = app.clock.now()
    return uow.outbox.claim(now=now, lease=_LEASE, limit=_BATCH, channels=[Channel.MAIL])


def _plainly(settings: Settings, url: str) -> float:
    """Claim and finish by two statements of the database's own, as quick as it can be."""
    engine = open_engine(url or None, settings.data_dir)
    lock = "" if engine.dialect.name == "sqlite" else " FOR UPDATE SKIP LOCKED"
    claim, done = sa.text(_CLAIM.format(lock=lock)), sa.text(_DONE)
    with closing(engine.connect()) as connection:
        begun = time.perf_counter()
        while claimed := connection.execute(claim, {"until": "2100-01-01 00:00:00"}).all():
            connection.commit()
            connection.execute(done, [{"id": row.id} for row in claimed])
            connection.commit()
        took = time.perf_counter() - begun
    engine.dispose()
    return took


if __name__ == "__main__":
    main(rows)
