"""Deadlines: by when a question is to be answered and settled, reckoned in working time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from handlers.domain.ids import TicketId
from handlers.domain.tickets import Status, Stay, Ticket, TicketEvent
from handlers.ports import Clock, UnitOfWork
from handlers.working_time import WorkingTime
from knowledge_base.values import dataclass

OURS = frozenset({Status.NEW, Status.OPEN})
"""The ball is with us."""

REMINDED, ESCALATED = "reminded", "escalated"
_HEARD = frozenset({"call_wished", "follow_up", "person_asked", "reopened"})
_MARKS = (*_HEARD, REMINDED, ESCALATED)
_A_LITTLE = timedelta(seconds=2)
_PUT_AWAY = frozenset({Status.MERGED, Status.SPAM})


class Aim(StrEnum):
    """What is to be done by a deadline."""

    REPLY = "reply"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How much working time a queue may take; none = no deadline."""

    reply: timedelta
    resolution: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The usual target, and those of queues that have their own."""

    usual: Target
    queues: Mapping[str, Target] = field(default_factory=dict)

    def of(self, queue: str) -> Target:
        """Return the target of a queue."""
        return self.queues.get(queue, self.usual)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; without an end it lasts."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline with all its arithmetic.

    `worked` is the working time it took so far, `pauses` what was not counted. `due` is when the
    target passes, or has passed; None while the clock stands still before that. `told` are the
    types of history lines by which people were told of it.
    """

    aim: Aim
    since: datetime
    target: timedelta
    worked: timedelta
    due: datetime | None
    pauses: tuple[Span, ...]
    met_at: datetime | None
    told: frozenset[str] = frozenset()

    @property
    def is_late(self) -> bool:
        """Whether the target has passed, or had passed when it was met."""
        return self.worked > self.target

    @property
    def is_missed(self) -> bool:
        """Whether the target has passed, and what is to be done is not."""
        return self.met_at is None and self.is_late

    @property
    def is_running(self) -> bool:
        """Whether working time is being counted."""
        return self.met_at is None and not (self.pauses and self.pauses[-1].end is None)

    @property
    def state(self) -> str:
        """One word: `met`, `running` or `paused`."""
        if self.met_at is not None:
            return "met"
        return "running" if self.is_running else "paused"

    @property
    def left(self) -> timedelta:
        """How much working time is left."""
        return max(timedelta(), self.target - self.worked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Reckons deadlines.

    - The clock runs while the ball is with us, in working time alone.
    - A reply is due anew for each time the asker is heard after one; what was taken back, or came
      back undelivered, was no reply. How often they ask meanwhile moves nothing.
    - A resolution is due once, however often a matter comes and goes.
    - What a machine answered has no deadline until a person is wanted.
    """

    clock: Clock
    working_time: WorkingTime
    targets: Targets

    def of(
        self, uow: UnitOfWork, tickets: Sequence[Ticket]
    ) -> Mapping[TicketId, tuple[Deadline, ...]]:
        """Reckon the deadlines of these tickets."""
        stays = uow.tickets.stays(tickets)
        lines = uow.tickets.marked([ticket.id for ticket in tickets], _MARKS)
        return {
            ticket.id: self.reckon(ticket, stays[ticket.id], lines.get(ticket.id, ()))
            for ticket in tickets
        }

    def late(self, uow: UnitOfWork, tickets: Sequence[Ticket]) -> frozenset[TicketId]:
        """Name those of the tickets a deadline of which has passed and is not met."""
        found = self.of(uow, tickets)
        return frozenset(number for number, each in found.items() if any(d.is_missed for d in each))

    def reckon(
        self, ticket: Ticket, stays: Sequence[Stay], events: Sequence[TicketEvent]
    ) -> tuple[Deadline, ...]:
        """Reckon the deadlines of a ticket from where it has been and what was said."""
        runs = _runs(stays)
        if not runs or ticket.status in _PUT_AWAY or ticket.practice:
            return ()
        heard = [event.at for event in events if event.type in _HEARD]
        target, is_ours = self.targets.of(ticket.queue), ticket.status in OURS
        settled = ticket.status is Status.RESOLVED
        found = (
            self._deadline(Aim.REPLY, target.reply, _last_round(runs, heard), is_met=not is_ours),
            self._deadline(Aim.RESOLUTION, target.resolution, runs, is_met=settled),
        )
        return tuple(
            _with_told(deadline, events) for deadline in found if deadline.target > timedelta()
        )

    def _deadline(
        self, aim: Aim, target: timedelta, runs: Sequence[Span], *, is_met: bool
    ) -> Deadline:
        now, last = self.clock.now(), runs[-1]
        worked, due = timedelta(), None
        for run in runs:
            took = self.working_time.between(run.start, run.end or now)
            passes = worked + took > target
            if due is None and (passes or run.end is None):
                due = self.working_time.after(run.start, target - worked)
            worked += took
        return Deadline(
            aim=aim,
            since=runs[0].start,
            target=target,
            worked=worked,
            due=due,
            pauses=tuple(_pauses(runs, is_met=is_met)),
            met_at=last.end if is_met else None,
        )


def _runs(stays: Sequence[Stay]) -> list[Span]:
    """Return when the ball was with us; taking a ticket, or giving it back, interrupts nothing."""
    runs: list[Span] = []
    for stay in stays:
        if stay.status not in OURS:
            continue
        if runs and runs[-1].end == stay.start:
            runs[-1] = Span(runs[-1].start, stay.end)
        else:
            runs.append(Span(stay.start, stay.end))
    return runs


def _last_round(runs: Sequence[Span], heard: Sequence[datetime]) -> Sequence[Span]:
    """Return the runs since the asker was last heard after an answer."""
    first = len(runs) - 1
    while first and not _is_heard(runs[first - 1].end, runs[first].start, heard):
        first -= 1
    return runs[first:]


def _is_heard(answered: datetime | None, again: datetime, heard: Sequence[datetime]) -> bool:
    # A line of history may be written a little later than the change it is about.
    return any((answered or again) <= at <= again + _A_LITTLE for at in heard)


def _pauses(runs: Sequence[Span], *, is_met: bool) -> Iterator[Span]:
    for before, after in pairwise(runs):
        if before.end is not None:
            yield Span(before.end, after.start)
    last = runs[-1].end
    if last is not None and not is_met:
        yield Span(last, None)


def _with_told(deadline: Deadline, events: Sequence[TicketEvent]) -> Deadline:
    told = frozenset(
        event.type
        for event in events
        if deadline.aim in event.reasons and event.at >= deadline.since
    )
    return replace(deadline, told=told)
