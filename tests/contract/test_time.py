"""What falls due by itself is told once, whoever runs the timers: on both databases."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from bot.timers import Timers
from bot.units import Units
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant, Role
from handlers.domain.tickets import Status, Ticket
from handlers.ports import UnitOfWork
from storage.database import SqlDatabase
from storage.files import open_files
from tests.builders import ONA, TestClock, a_mail, words
from tests.wired import HOURS, TARGETS, WiredDesk, wired

MONDAY = datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
"""Ten in the morning of the week before Easter, the clock just changed."""

TOLD = (Key.STAFF_DUE, Key.STAFF_LATE, Key.CLOSING_SOON)
RASA, BOSS = "rasa@pagalba.lt", "vadove@pagalba.lt"


@pytest.fixture
def desk(engine: sa.Engine, tmp_path: Path) -> WiredDesk:
    """Wire a desk with one consultant and one coordinator on either database."""
    database = SqlDatabase(engine, open_files(tmp_path), tmp_path)
    desk = wired(database, clock=TestClock(MONDAY))
    desk.do(lambda uow: desk.staff.add(uow, name="Rasa", email=RASA, queues=frozenset({"bendra"})))
    steers = Role.COORDINATOR
    desk.do(
        lambda uow: desk.staff.add(
            uow, name="Vadovė", email=BOSS, queues=frozenset({"finansai"}), role=steers
        )
    )
    desk.deliver_all()
    return desk


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


def timers(desk: WiredDesk, holder: str, executor: ThreadPoolExecutor) -> Timers:
    """Build the timers of one process."""
    begin = desk.database.begin
    return Timers(
        units=Units(begin=begin, begin_reading=begin, writers=executor, readers=executor),
        clock=desk.clock,
        holder=holder,
        jobs={"deadlines": desk.deadline_watch.look, "closing": desk.reminders.close_waiting},
        stopping=asyncio.Event(),
    )


def run(desk: WiredDesk, process: Timers, *, dies: bool = False) -> None:
    """Let a process do its jobs once, and perhaps die before it commits."""
    for job in process.jobs.values():
        with desk.database.begin() as uow:
            process.once(uow, job)
            if not dies:
                uow.commit()


def told(desk: WiredDesk, ticket: Ticket) -> list[tuple[str, str]]:
    """List what people were told of a ticket's time, and who."""
    rows = desk.do(lambda uow: uow.outbox.of_ticket(ticket.id))
    return [(row.key, row.to) for row in rows if row.key in TOLD]


def rasa(desk: WiredDesk) -> Consultant:
    found = desk.do(lambda uow: uow.consultants.by_email(RASA))
    assert found is not None
    return found


@pytest.mark.soak
def test_each_deadline_is_told_once_whoever_runs_dies_or_sleeps(
    desk: WiredDesk, executor: ThreadPoolExecutor, *, soak: bool
) -> None:
    processes = [timers(desk, name, executor) for name in ("one", "two")]
    for seed in range(60 if soak else 2):
        random = Random(seed)  # noqa: S311 -- the same walks each time
        asked: list[Ticket] = []
        for _ in range(random.randrange(3, 30)):
            if len(asked) < 3:
                asked.append(desk.ticket_of(a_mail(received_at=desk.clock.now())))
            desk.clock.move(minutes=random.choice([1, 10, 100, 1000, 5000]))
            process = random.choice([*processes, None])
            if process is not None:
                run(desk, process, dies=random.random() < 0.3)
        desk.clock.move(minutes=4)
        while not HOURS.is_open(desk.clock.now()):
            desk.clock.move(hours=1)
        run(desk, processes[seed % 2])

        for ticket in asked:
            worked = HOURS.between(ticket.created_at, desk.clock.now())
            due = Counter[tuple[str, str]]()
            for target in (TARGETS.usual.reply, TARGETS.usual.resolution):
                due[Key.STAFF_DUE, RASA] += target - worked <= timedelta(hours=3)
                due[Key.STAFF_LATE, BOSS] += worked > target
            assert Counter(told(desk, ticket)) == +due, (seed, ticket.reference)


def test_only_one_of_many_processes_does_a_job_at_a_time(
    desk: WiredDesk, executor: ThreadPoolExecutor
) -> None:
    """Each minute four processes try, and each time the lease of the one before has run out."""
    inside, seen = [0], []
    processes = [timers(desk, f"process {number}", executor) for number in range(4)]

    def job(_uow: UnitOfWork) -> None:
        inside[0] += 1
        seen.append(inside[0])
        inside[0] -= 1

    def attempt(process: Timers) -> bool:
        with desk.database.begin() as uow:
            done = process.once(uow, job)
            uow.commit()
        return done

    for _ in range(10):
        desk.clock.move(minutes=4)
        assert sum(executor.map(attempt, processes)) == 1
    assert seen == [1] * 10


async def test_one_job_that_fails_stops_no_other_and_the_lease_is_given_back(
    desk: WiredDesk, executor: ThreadPoolExecutor
) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    process, next_one = timers(desk, "one", executor), timers(desk, "two", executor)

    def fail(_uow: UnitOfWork) -> None:
        raise ValueError("a bug")

    def end(_uow: UnitOfWork) -> None:
        loop.call_soon_threadsafe(ended.set)

    await replace(process, jobs={"wrong": fail, "right": end}, stopping=ended).run()

    assert desk.do(lambda uow: next_one.once(uow, lambda _: None))


def test_an_owner_is_reminded_and_the_coordinator_told_when_it_is_late(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(received_at=MONDAY))
    desk.do(lambda uow: desk.desk.take(uow, ticket.id, rasa(desk)))
    seen = []

    for hours in (0, 29, 24, 1):
        desk.clock.move(hours=hours)
        desk.do(desk.deadline_watch.look)
        desk.do(desk.deadline_watch.look)
        seen.append(told(desk, ticket))

    assert seen == [
        [],
        [],
        [(Key.STAFF_DUE, RASA), (Key.STAFF_LATE, BOSS)],
        [(Key.STAFF_DUE, RASA), (Key.STAFF_LATE, BOSS)],
    ]
    assert desk.history(ticket)[-2:] == ["reminded", "escalated"]


def test_who_answers_in_time_hears_nothing(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(received_at=MONDAY))
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa(desk), words()))

    for _ in range(20):
        desk.clock.move(days=0.5)
        desk.do(desk.deadline_watch.look)

    assert told(desk, ticket) == []


def test_a_matter_that_waits_is_closed_after_one_warning(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(received_at=MONDAY))
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa(desk), words()))
    desk.deliver_all()
    seen = []

    for days in (13, 2, 6, 1):
        desk.clock.move(days=days)
        desk.do(desk.reminders.close_waiting)
        desk.do(desk.reminders.close_waiting)
        seen.append((desk.ticket(ticket).status, told(desk, ticket)))

    warned = [(Key.CLOSING_SOON, ONA.value)]
    assert seen == [
        (Status.WAITING, []),
        (Status.WAITING, warned),
        (Status.WAITING, warned),
        (Status.RESOLVED, warned),
    ]
    assert desk.events(ticket)[-1].reasons == ("silence",)


def test_after_a_long_stop_there_is_a_warning_first_all_the_same(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(received_at=MONDAY))
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa(desk), words()))
    desk.deliver_all()

    desk.clock.move(days=140)
    desk.do(desk.reminders.close_waiting)
    first = desk.ticket(ticket).status
    desk.clock.move(days=7)
    desk.do(desk.reminders.close_waiting)

    assert (first, desk.ticket(ticket).status) == (Status.WAITING, Status.RESOLVED)


def test_nobody_is_called_silent_while_our_answer_is_on_its_way(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(received_at=MONDAY))
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa(desk), words()))

    desk.clock.move(days=70)
    desk.do(desk.reminders.close_waiting)

    assert (desk.ticket(ticket).status, told(desk, ticket)) == (Status.WAITING, [])


def test_thanks_leave_a_matter_waiting_and_a_word_brings_it_back_from_the_end(
    desk: WiredDesk,
) -> None:
    question = a_mail(received_at=MONDAY)
    ticket = desk.ticket_of(question)
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa(desk), words()))
    desk.deliver_all()
    states = []

    for days, said in ((14.1, "Ačiū!"), (7, "Ačiū!"), (20, "O vis dėlto, kaip?")):
        desk.clock.move(days=days)
        desk.do(desk.reminders.close_waiting)
        states.append(desk.ticket(ticket).status)
        thread = Thread(references=(question.external_id,))
        desk.receive(a_mail(said, received_at=desk.clock.now(), thread=thread))
        states.append(desk.ticket(ticket).status)

    waiting, resolved = Status.WAITING, Status.RESOLVED
    assert states == [waiting, waiting, resolved, resolved, resolved, Status.OPEN]
