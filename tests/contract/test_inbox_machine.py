"""Any sequence of arrivals, claims, outcomes and deaths: nothing lost, nothing filed twice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from handlers.domain.errors import ConflictError
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed, InboxState
from handlers.ports import UnitOfWork
from storage.database import SqlDatabase
from storage.files import directory_files
from storage.rows import inbox
from tests.contract.builders import EVERY, LEASE, NOON, a_received
from tests.contract.inbox_steps import done


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A message the machine put in."""

    name: str
    lane: str | None


class InboxMachine(RuleBasedStateMachine):
    """Workers that claim, file, put off, shunt and die, and a clock that is set back."""

    database: ClassVar[SqlDatabase]

    def __init__(self) -> None:
        super().__init__()
        with self.database.engine.begin() as connection:
            connection.execute(sa.delete(inbox))
        self.now = NOON
        self.held: list[Claimed] = []
        self.arrived: dict[InboxId, Arrived] = {}
        self.fences: dict[InboxId, int] = {}
        self.filed: list[InboxId] = []

    @rule(lane=st.sampled_from(["a", "b", None]))
    def receive(self, lane: str | None) -> None:
        name = str(len(self.arrived))
        with self._work() as uow:
            number = uow.inbox.add(a_received(external_id=name, lane=lane, received_at=self.now))
        assert number is not None
        self.arrived[number] = Arrived(name=name, lane=lane)

    @rule(which=st.integers(0, 3))
    def receive_again(self, which: int) -> None:
        if which < len(self.arrived):
            known = list(self.arrived.values())[which]
            with self._work() as uow:
                assert uow.inbox.add(a_received(external_id=known.name)) is None

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        with self._work() as uow:
            claimed = uow.inbox.claim(now=self.now, lease=LEASE, limit=limit, channels=EVERY)
        self._take(claimed)
        lanes = [lane for each in claimed if (lane := self.arrived[each.id].lane)]
        assert len(set(lanes)) == len(lanes), "one of each lane"

    @rule(which=st.integers(0, 5))
    def claim_one(self, which: int) -> None:
        if which < len(self.arrived):
            with self._work() as uow:
                one = uow.inbox.claim_one(list(self.arrived)[which], now=self.now, lease=LEASE)
            self._take([one] if one else [])

    @rule(seconds=st.sampled_from([1, 30, 60, 120]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def set_the_clock_back(self) -> None:
        self.now -= timedelta(hours=1)
        with self._work() as uow:
            uow.waits.turn_back(now=self.now, longest=LEASE)

    @rule(which=st.integers(0, 3), outcome=st.sampled_from(["file", "put off", "shunt"]))
    def finish(self, which: int, outcome: str) -> None:
        if which >= len(self.held):
            return
        held = self.held.pop(which)
        is_holder = held.fence == self.fences[held.id]
        try:
            self._tell(held, outcome)
        except ConflictError:
            assert not is_holder, "who holds the row may finish it"
        else:
            assert is_holder, "who lost the row may not"
            self.fences[held.id] = -1

    @rule()
    def take_up_what_was_shunted(self) -> None:
        with self._work() as uow:
            for row in uow.inbox.rows(state=InboxState.SHUNTED):
                uow.inbox.retry(row.id, now=self.now)

    @invariant()
    def nothing_is_lost_and_nothing_filed_twice(self) -> None:
        with self._work() as uow:
            rows = {row.id: row for row in uow.inbox.rows()}
        assert {number: row.external_id for number, row in rows.items()} == {
            number: known.name for number, known in self.arrived.items()
        }
        done = {number for number, row in rows.items() if row.state is InboxState.DONE}
        assert sorted(done) == sorted(self.filed)

    def teardown(self) -> None:
        """Whatever happened, a worker that works files all that came, each once."""
        self.take_up_what_was_shunted()
        for _ in range(3 * len(self.arrived) + 3):
            self.now += 2 * LEASE
            with self._work() as uow:
                claimed = uow.inbox.claim(now=self.now, lease=LEASE, limit=9, channels=EVERY)
            for each in claimed:
                self._tell(each, "file")
        assert sorted(self.filed) == sorted(self.arrived)

    def _take(self, claimed: Sequence[Claimed]) -> None:
        for each in claimed:
            assert each.id not in self.filed, "what is filed is never claimed"
            self.held.append(each)
            self.fences[each.id] = each.fence

    def _tell(self, held: Claimed, what: str) -> None:
        with self._work() as uow:
            match what:
                case "file":
                    done(uow, held)
                case "put off":
                    due = self.now + LEASE
                    uow.inbox.postpone(held.id, fence=held.fence, due=due, error="later")
                case _:
                    uow.inbox.shunt(held.id, fence=held.fence, error="unreadable")
        if what == "file":
            self.filed.append(held.id)

    @contextmanager
    def _work(self) -> Iterator[UnitOfWork]:
        with self.database.begin() as uow:
            yield uow
            uow.commit()


def test_no_sequence_of_events_loses_or_doubles(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, soak: bool
) -> None:
    database = SqlDatabase(engine, directory_files(tmp_path), tmp_path)
    monkeypatch.setattr(InboxMachine, "database", database, raising=False)

    run_state_machine_as_test(
        InboxMachine,
        settings=settings(
            max_examples=500 if soak else 10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
