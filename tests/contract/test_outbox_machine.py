"""Any sequence of debts, claims, outcomes and deaths: nothing lost, nothing sent out of turn."""

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
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Arrived, Begun, OutboxState, Outgoing, Rendered, Taken
from storage.database import SqlDatabase
from storage.files import directory_files
from storage.rows import outbox
from tests.contract.builders import EVERY, LEASE, NOON, a_debt

_FINISHED = {OutboxState.DELIVERED, OutboxState.DEAD}


@dataclass
class Held:
    """A message some relay believes to hold."""

    message: Outgoing
    sending: bool = False


class OutboxMachine(RuleBasedStateMachine):
    """Relays that claim, deliver, defer, doubt, give up, stop and die."""

    database: ClassVar[SqlDatabase]

    def __init__(self) -> None:
        super().__init__()
        with self.database.engine.begin() as connection:
            connection.execute(sa.delete(outbox))
        self.now = NOON
        self.held: list[Held] = []
        self.owed: dict[OutboxId, str] = {}
        self.fences: dict[OutboxId, int] = {}

    @rule(to=st.sampled_from("abc"))
    def owe(self, to: str) -> None:
        with self.database.begin() as uow:
            number = uow.outbox.owe(a_debt(to=to, at=self.now))
            uow.commit()
        assert number is not None
        self.owed[number] = to

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        with self.database.begin() as uow:
            claimed = uow.outbox.claim(now=self.now, lease=LEASE, limit=limit, channels=EVERY)
            uow.commit()
        lanes = [each.to for each in claimed]
        assert len(set(lanes)) == len(lanes), "one of each lane"
        self.held += [Held(each) for each in claimed]
        self.fences |= {each.id: each.fence for each in claimed}

    @rule(seconds=st.sampled_from([1, 30, 60, 120]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(which=st.integers(0, 3), outcome=st.sampled_from(["deliver", "defer", "doubt", "dead"]))
    def finish(self, which: int, outcome: str) -> None:
        self._act(which, outcome)

    @rule(which=st.integers(0, 3))
    def begin_sending(self, which: int) -> None:
        self._act(which, "send")

    @rule(which=st.integers(0, 3))
    def hand_back(self, which: int) -> None:
        self._act(which, "release")

    @rule()
    def settle_lapsed(self) -> None:
        with self.database.begin() as uow:
            for message in uow.outbox.lapsed(now=self.now):
                self.fences[message.id] = message.fence
                uow.outbox.uncertain(
                    message.id, fence=message.fence, repeat_at=self.now, error="lapsed"
                )
            uow.commit()

    @invariant()
    def nothing_is_lost(self) -> None:
        with self.database.begin() as uow:
            rows = {row.id: row for row in uow.outbox.rows()}
        assert set(rows) == set(self.owed)
        assert all(row.to == self.owed[number] for number, row in rows.items())

    def teardown(self) -> None:
        """Whatever happened, a relay that works delivers all that is not dead, in order."""
        delivered: list[OutboxId] = []
        for _ in range(3 * len(self.owed) + 3):
            self.now += 2 * LEASE
            self.settle_lapsed()
            with self.database.begin() as uow:
                claimed = uow.outbox.claim(now=self.now, lease=LEASE, limit=9, channels=EVERY)
                uow.outbox.delivered([Arrived(each, Taken("x")) for each in claimed])
                delivered += [each.id for each in claimed]
                uow.commit()
        with self.database.begin() as uow:
            states = {row.state for row in uow.outbox.rows()}
        assert states <= _FINISHED
        for lane in "abc":
            mine = [number for number in delivered if self.owed[number] == lane]
            assert mine == sorted(mine)

    def _act(self, which: int, what: str) -> None:
        if which >= len(self.held):
            return
        held = self.held[which]
        mine = held.message.fence == self.fences[held.message.id]
        try:
            self._tell(held, what)
        except ConflictError:
            assert not mine, "who holds the row may finish it"
            self.held.remove(held)
        else:
            assert mine, "who lost the row may not"
            if what != "send":
                self.held.remove(held)

    def _tell(self, held: Held, what: str) -> None:
        number, fence = held.message.id, held.message.fence
        with self.database.begin() as uow:
            match what:
                case "send":
                    rendered = Rendered(content=b"x", external_id=f"<{number}>")
                    uow.outbox.sending([Begun(held.message, rendered)])
                    held.sending = True
                case "deliver":
                    uow.outbox.delivered([Arrived(held.message, Taken(f"<{number}>"))])
                case "defer":
                    uow.outbox.deferred(number, fence=fence, due=self.now + LEASE, error="later")
                case "doubt":
                    uow.outbox.uncertain(number, fence=fence, repeat_at=self.now, error="?")
                case "release" if not held.sending:
                    uow.outbox.release(number, fence=fence)
                case _:
                    uow.outbox.dead(number, fence=fence, error="550")
            uow.commit()


def test_no_sequence_of_events_loses_or_overtakes(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, soak: bool
) -> None:
    database = SqlDatabase(engine, directory_files(tmp_path), tmp_path)
    monkeypatch.setattr(OutboxMachine, "database", database, raising=False)

    run_state_machine_as_test(
        OutboxMachine,
        settings=settings(
            max_examples=500 if soak else 10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
