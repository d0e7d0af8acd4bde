"""Two consultants at once: one wins, the other is told, and nothing is lost."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Final

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from handlers.domain.errors import StaleError
from handlers.domain.ids import TicketId
from handlers.domain.messages import Thread
from handlers.domain.people import Consultant
from handlers.ports import UnitOfWork
from handlers.seen import Seen
from knowledge_base.queues import GENERAL, SENSITIVE
from storage.database import open_sql_database
from storage.rows import metadata
from tests.builders import a_mail
from tests.contract.racing_desk import ACTS, TELLING, Mover, act, ask, look, traces, whole
from tests.databases import lay_schema
from tests.wired import WiredDesk, a_desk, wired

NAMES: Final = ("rasa", "jonas")
OPEN: Final = frozenset({GENERAL, "finansai"})


def hire(desk: WiredDesk) -> dict[str, Consultant]:
    """Add two consultants, of whom one sees a restricted queue as well."""
    queues = {"rasa": OPEN | {SENSITIVE}, "jonas": OPEN}
    return {
        name: desk.do(
            lambda uow, name=name: desk.staff.add(  # type: ignore[misc]
                uow, name=name, email=f"{name}@pagalba.lt", queues=queues[name]
            )
        )
        for name in NAMES
    }


class DeskMachine(RuleBasedStateMachine):
    """Two consultants and an asker, each act in a unit of work of its own, from any older view."""

    url: str | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        if self.url is None:
            lay_schema(self.folder)
        self.opened = open_sql_database(self.url, self.folder)
        self.desk = wired(self.opened.__enter__())
        self.people = hire(self.desk)
        self.tickets = [ask(self.desk) for _ in range(2)]
        self.views: dict[tuple[str, TicketId], Seen] = {}

    @rule(name=st.sampled_from(NAMES), which=st.integers(0, 5))
    def look(self, name: str, which: int) -> None:
        ticket = self._ticket(which)
        self.views[name, ticket] = look(self.desk, ticket)

    @rule(which=st.integers(0, 5))
    def hear(self, which: int) -> None:
        ticket, before = self._ticket(which), whole(self.desk)
        self.desk.receive(a_mail(f"Dar {len(before.articles)}", thread=Thread(token=ticket)))
        self.desk.clock.move(seconds=1)
        assert len(whole(self.desk).articles) == len(before.articles) + 1
        self._find_tickets()

    @rule(
        name=st.sampled_from(NAMES),
        what=st.sampled_from([*sorted(ACTS), *["reply"] * 6]),
        which=st.integers(0, 5),
        other=st.integers(0, 5),
    )
    def act(self, name: str, what: str, which: int, other: int) -> None:
        who, ticket = self.people[name], self._ticket(which)
        seen = self.views.setdefault((name, ticket), look(self.desk, ticket))
        before = whole(self.desk)
        later = before.events[ticket][seen.lines :]
        news = {line.type for line in later if line.actor != who.email} & TELLING

        told = act(Mover(self.desk, who, ticket, self._ticket(other), seen), what)

        after = whole(self.desk)
        if not told.is_done:
            assert after == before, "what is refused changes nothing"
        elif traces(before, after, who) == 0:
            assert after.rows == before.rows, "what leaves no trace was so before"
        if what == "reply" and told.is_done:
            assert not news, "nobody answers without knowing"
        if isinstance(told.refusal, StaleError):
            self._press_again(who, ticket)
        self.desk.clock.move(seconds=1)
        self._find_tickets()

    @invariant()
    def nothing_is_lost(self) -> None:
        whole(self.desk)

    def teardown(self) -> None:
        if self.url is not None:
            with self.desk.database.engine.begin() as connection:
                for table in reversed(metadata.sorted_tables):
                    connection.execute(sa.delete(table))
        self.opened.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def _press_again(self, who: Consultant, ticket: TicketId) -> None:
        """Who was told what happened, and sends all the same, is not told twice."""
        told = act(Mover(self.desk, who, ticket, ticket, look(self.desk, ticket)), "reply")
        assert not isinstance(told.refusal, StaleError)

    def _ticket(self, which: int) -> TicketId:
        return self.tickets[which % len(self.tickets)]

    def _find_tickets(self) -> None:
        self.tickets = sorted(whole(self.desk).events)


def test_no_sequence_of_acts_loses_anything_or_surprises_anybody(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    *,
    soak: bool,
) -> None:
    urls = [None, request.getfixturevalue("emptied_postgresql")] if soak else [None]

    for url in urls:
        monkeypatch.setattr(DeskMachine, "url", url)
        run_state_machine_as_test(
            DeskMachine,
            settings=settings(
                max_examples=100 if soak else 4,
                stateful_step_count=30 if soak else 12,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.fixture
def racing(emptied_postgresql: str, tmp_path: Path) -> Iterator[WiredDesk]:
    """Lend a desk on PostgreSQL, where two units of work really run at once."""
    with open_sql_database(emptied_postgresql, tmp_path) as database:
        yield wired(database)
        with database.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    """Lend a desk on SQLite."""
    with a_desk(tmp_path) as desk:
        yield desk


def test_who_answers_after_any_act_of_another_is_told_of_it_and_may_send_then(
    desk: WiredDesk,
) -> None:
    rasa, jonas = hire(desk).values()
    told_of = {}

    for what in ACTS:
        ticket, other = ask(desk), ask(desk)
        desk.receive(a_mail("Dar vienas", thread=Thread(token=ticket)))
        before = look(desk, ticket)
        first = act(Mover(desk, jonas, ticket, other, before), what)
        answer = act(Mover(desk, rasa, ticket, other, before), "reply")
        again = act(Mover(desk, rasa, ticket, other, look(desk, ticket)), "reply")

        if first.is_done and isinstance(answer.refusal, StaleError):
            told_of[what] = [line.type for line in answer.refusal.changes]
            assert again.is_done
    whole(desk)

    assert told_of == {
        "take": ["taken"],
        "reply": ["replied"],
        "note": ["noted"],
        "transfer": ["transferred"],
        "hide": ["transferred"],
        "resolve": ["resolved"],
        "split": ["split"],
    }


def test_of_two_who_act_at_once_each_is_done_or_told_and_nothing_is_lost(
    racing: WiredDesk, *, soak: bool
) -> None:
    people = hire(racing)
    pairs = list(itertools.product(ACTS, repeat=2))

    with ThreadPoolExecutor(2) as threads:
        for one, two in pairs if soak else pairs[::23]:
            ticket, other = ask(racing), ask(racing)
            racing.receive(a_mail("Dar vienas", thread=Thread(token=ticket)))
            movers = [
                Mover(racing, people[name], ticket, other, look(racing, ticket)) for name in NAMES
            ]
            before, barrier = whole(racing, ticket), Barrier(2)

            def ready(uow: UnitOfWork, ticket: TicketId = ticket, met: Barrier = barrier) -> None:
                uow.tickets.get(ticket)
                met.wait(timeout=30)

            done = list(threads.map(act, movers, (one, two), (ready, ready)))

            after = whole(racing, ticket)
            for mover, told in zip(movers, done, strict=True):
                left = sum(
                    line.actor == mover.who.email
                    for number, lines in after.events.items()
                    for line in lines[len(before.events.get(number, ())) :]
                )
                assert told.is_done or left == 0, (one, two, told)
            said = len(after.articles) - len(before.articles)
            writers = [
                told.is_done
                for what, told in zip((one, two), done, strict=True)
                if what in {"reply", "note"}
            ]
            assert said == sum(writers), (one, two, done)
