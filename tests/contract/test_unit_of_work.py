"""The port `UnitOfWork`: one transaction, and what two of them do to each other."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any, Final

import pytest
import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError
from handlers.domain.ids import InboxId, OutboxId
from handlers.domain.outgoing import Arrived, Taken
from handlers.ports import FileStore, UnitOfWorkFactory
from storage import migrations
from storage.engine import open_engine
from storage.unit_of_work import readers, units
from tests.contract.builders import EVERY, LEASE, NOON, a_debt, a_person, a_received, a_ticket

_CLAIMERS: Final = 4
_ROWS: Final = 60


def test_leaving_without_commit_keeps_nothing(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        a_ticket(uow)

    with begin() as uow:
        assert uow.tickets.rows() == []


def test_what_fails_keeps_nothing(begin: UnitOfWorkFactory) -> None:
    def fail() -> None:
        with begin() as uow:
            a_ticket(uow)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with begin() as uow:
        assert uow.tickets.rows() == []


def test_what_was_committed_before_a_failure_stays(begin: UnitOfWorkFactory) -> None:
    def fail() -> None:
        with begin() as uow:
            ticket = a_ticket(uow, subject="pirmas")
            uow.commit()
            uow.tickets.save(replace(ticket, subject="kitas"), at=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with begin() as uow:
        assert [ticket.subject for ticket in uow.tickets.rows()] == ["pirmas"]


def test_others_see_nothing_before_the_commit(
    begin: UnitOfWorkFactory, look: UnitOfWorkFactory
) -> None:
    with begin() as uow:
        a_ticket(uow)
        with look() as reader:
            assert reader.tickets.rows() == []
        uow.commit()

    with look() as reader:
        assert len(reader.tickets.rows()) == 1


def test_the_connection_used_last_is_used_next(engine: sa.Engine) -> None:
    """By turns, each read again what another had changed meanwhile."""
    with engine.connect() as one, engine.connect():
        last = one.connection.dbapi_connection

    with engine.connect() as again:
        assert again.connection.dbapi_connection is last


def test_a_reader_blocks_no_writer(begin: UnitOfWorkFactory, look: UnitOfWorkFactory) -> None:
    with look() as reader:
        assert reader.tickets.rows() == []
        with begin() as uow:
            a_ticket(uow)
            uow.commit()


def test_a_server_keeps_the_plans_of_what_only_reads(
    emptied_postgresql: str, files: FileStore, tmp_path: Path
) -> None:
    """After a ROLLBACK the driver has them forgotten, and every statement was planned anew."""
    engine = open_engine(emptied_postgresql, tmp_path)
    look = readers(engine, files)
    kept = sa.text("SELECT count(*) FROM pg_prepared_statements")

    for _ in range(3):
        with look() as reader:
            reader.inbox.waiting(Channel.MAIL, now=NOON, most=1)
    with engine.connect() as connection:
        assert connection.scalar(kept) == 1
    engine.dispose()


def test_what_only_reads_is_kept_from_writing_on_postgresql(
    emptied_postgresql: str, files: FileStore, tmp_path: Path
) -> None:
    engine = open_engine(emptied_postgresql, tmp_path)

    with (
        pytest.raises(sa.exc.InternalError, match="read-only transaction"),
        readers(engine, files)() as uow,
    ):
        a_ticket(uow)
    engine.dispose()


@pytest.mark.parametrize("idle", [0.0, 5.0])
def test_a_connection_that_was_lost_meanwhile_is_not_lent(
    emptied_postgresql: str,
    files: FileStore,
    tmp_path: Path,
    idle: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = open_engine(emptied_postgresql, tmp_path)
    begin, clock = units(engine, files), time.monotonic
    with begin() as uow:
        uow.inbox.counts()
    with engine.connect() as first:
        lost = first.scalar(sa.func.pg_backend_pid())
    other = open_engine(emptied_postgresql, tmp_path)
    with other.connect() as connection:
        connection.execute(sa.select(sa.func.pg_terminate_backend(lost, 5000)))
    monkeypatch.setattr(time, "monotonic", lambda: clock() + idle)

    with begin() as uow:
        assert uow.inbox.rows() == []
    engine.dispose()
    other.dispose()


def test_two_changes_of_one_ticket_conflict(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        uow.commit()
    barrier = Barrier(2)

    def change(subject: str) -> str | None:
        barrier.wait()
        try:
            with begin() as uow:
                uow.tickets.save(replace(ticket, subject=subject), at=NOON)
                uow.commit()
        except ConflictError:
            return None
        return subject

    with ThreadPoolExecutor(2) as threads:
        written = [each for each in threads.map(change, ("vienas", "kitas")) if each]

    with begin() as uow:
        assert [uow.tickets.get(ticket.id).subject] == written


def test_two_who_meet_a_new_person_make_one(begin: UnitOfWorkFactory) -> None:
    address = Address(Channel.MAIL, "ona@pavyzdys.lt")
    barrier = Barrier(2)

    def meet(name: str) -> bool:
        barrier.wait()
        try:
            with begin() as uow:
                a_person(uow, address=address, name=name)
                uow.commit()
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(meet, ("Ona", "O."))) == [False, True]


def test_no_message_is_claimed_twice_and_no_lane_is_overtaken(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        for number in range(_ROWS):
            uow.inbox.add(a_received(lane=f"{number % 7}"))
        uow.commit()
    barrier = Barrier(_CLAIMERS)

    def claim(_: int) -> list[InboxId]:
        barrier.wait()
        mine: list[InboxId] = []
        for _round in range(3):
            with begin() as uow:
                mine += [
                    each.id
                    for each in uow.inbox.claim(now=NOON, lease=LEASE, limit=3, channels=EVERY)
                ]
                uow.commit()
        return mine

    with ThreadPoolExecutor(_CLAIMERS) as threads:
        claimed = [number for mine in threads.map(claim, range(_CLAIMERS)) for number in mine]

    with begin() as uow:
        oldest = sorted(row.id for row in uow.inbox.rows())[:7]
    assert sorted(claimed) == oldest, "the oldest of each lane, each once"


def test_relays_side_by_side_deliver_each_debt_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        for number in range(_ROWS):
            uow.outbox.owe(a_debt(to=f"{number % 9}"))
        uow.commit()
    barrier = Barrier(_CLAIMERS)

    def relay(_: int) -> list[OutboxId]:
        barrier.wait()
        mine: list[OutboxId] = []
        while True:
            with begin() as uow:
                claimed = uow.outbox.claim(now=NOON, lease=LEASE, limit=2, channels=EVERY)
                uow.outbox.delivered([Arrived(each, Taken(str(each.id))) for each in claimed])
                left = sum(row.state != "delivered" for row in uow.outbox.rows())
                uow.commit()
            mine += [each.id for each in claimed]
            if not claimed and not left:
                return mine

    with ThreadPoolExecutor(_CLAIMERS) as threads:
        delivered = [number for mine in threads.map(relay, range(_CLAIMERS)) for number in mine]

    with begin() as uow:
        assert sorted(delivered) == sorted(row.id for row in uow.outbox.rows())


def test_claimers_pass_over_each_other(engine: sa.Engine, begin: UnitOfWorkFactory) -> None:
    """A claim does not wait for another one that is still open; SQLite has one writer anyway."""
    if engine.dialect.name == "sqlite":
        return
    with begin() as uow:
        for _ in range(4):
            uow.inbox.add(a_received())
        uow.commit()

    with _claimed(begin) as first, _claimed(begin) as second:
        assert len(first) == len(second) == 2
        assert not set(first) & set(second)


@contextmanager
def _claimed(begin: UnitOfWorkFactory) -> Iterator[list[InboxId]]:
    with begin() as uow:
        yield [each.id for each in uow.inbox.claim(now=NOON, lease=LEASE, limit=2, channels=EVERY)]


def test_an_unusable_database_is_an_os_error(files: FileStore, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/nothing.db", tmp_path)
    begin = units(engine, files)

    with pytest.raises(OSError, match="the database cannot be used"), begin() as uow:
        uow.inbox.counts()
    engine.dispose()


def test_a_full_disk_is_an_os_error_and_keeps_nothing(files: FileStore, tmp_path: Path) -> None:
    engine = open_engine(None, tmp_path)
    migrations.upgrade(engine)
    begin = units(engine, files)
    engine.dispose()

    def fill(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}").close()

    sa.event.listen(engine, "connect", fill)

    with pytest.raises(OSError, match="disk is full"), begin() as uow:
        uow.inbox.add(a_received(raw=b"x" * 60_000))

    with begin() as uow:
        assert uow.inbox.rows() == []
    engine.dispose()


def test_a_transaction_nobody_goes_on_with_is_ended_by_postgresql(
    emptied_postgresql: str, files: FileStore, tmp_path: Path
) -> None:
    """A host that was cut off must not keep a lease locked that another one waits for."""
    engine = open_engine(emptied_postgresql, tmp_path)
    begin = units(engine, files)
    with engine.connect() as connection:
        allowed = connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout"))

    def hurry(connection: sa.Connection) -> None:
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '10ms'")

    sa.event.listen(engine, "begin", hurry)

    def dawdle() -> None:
        with begin() as uow:
            uow.inbox.counts()
            threading.Event().wait(0.2)
            uow.inbox.counts()

    with pytest.raises(OSError, match="the database cannot be used"):
        dawdle()

    with begin() as uow:
        assert uow.inbox.rows() == []
    engine.dispose()
    assert allowed == "10s"
