"""Everything a consultant can do to a ticket, and how to see that nothing of it is lost."""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.texts import load_texts
from handlers.desk import Desk
from handlers.domain.errors import HelpdeskError
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Priority, TicketEvent
from handlers.merging import Merging
from handlers.ports import UnitOfWork
from handlers.seen import Seen
from handlers.sorting import Sorting
from handlers.splitting import Splitting
from knowledge_base.queues import GENERAL, SENSITIVE
from tests.builders import a_mail, words
from tests.wired import WiredDesk

TEXTS: Final = load_texts()
STEPS: Final = Counter(
    {
        **dict.fromkeys(("taken", "released", "replied", "transferred", "resolved"), 1),
        **dict.fromkeys(("reopened", "prioritised", "merged", "merged_in"), 1),
        **dict.fromkeys(("unmerged", "parted", "split", "follow_up", "spam"), 1),
    }
)
"""Lines of history that come with a new version of the ticket: each with exactly one."""

TELLING: Final = frozenset(STEPS) - {"prioritised"}
"""Of those, what whoever answers has to know of."""

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Somebody's turn: what they do it to, and how far they had read."""

    desk: WiredDesk
    uow: UnitOfWork
    who: Consultant
    ticket: TicketId
    other: TicketId
    seen: Seen

    @property
    def of(self) -> Desk:
        return self.desk.desk

    @property
    def merging(self) -> Merging:
        desk = self.desk
        return Merging(clock=desk.clock, access=desk.access, reactions=desk.reactions)

    @property
    def sorting(self) -> Sorting:
        desk = self.desk
        return Sorting(clock=desk.clock, access=desk.access, reactions=desk.reactions)

    def split(self) -> object:
        desk = self.desk
        splitting = Splitting(clock=desk.clock, access=desk.access, reactions=desk.reactions)
        thread = self.uow.tickets.articles(self.ticket)
        asked = [row.id for row in thread if row.kind is ArticleKind.INBOUND]
        return splitting.split(self.uow, self.ticket, asked[-1], self.who)

    def reply(self) -> object:
        said = words(f"Atsakymas {next(_numbers)}")
        return self.of.reply(self.uow, self.ticket, self.who, said, seen=self.seen)

    def note(self) -> object:
        return self.of.note(self.uow, self.ticket, self.who, words(f"Pastaba {next(_numbers)}"))


ACTS: Final[Mapping[str, Callable[[Turn], object]]] = {
    "take": lambda t: t.of.take(t.uow, t.ticket, t.who),
    "release": lambda t: t.of.release(t.uow, t.ticket, t.who),
    "reply": Turn.reply,
    "note": Turn.note,
    "transfer": lambda t: t.of.transfer(t.uow, t.ticket, t.who, queue="finansai"),
    "bring back": lambda t: t.of.transfer(t.uow, t.ticket, t.who, queue=GENERAL),
    "hide": lambda t: t.of.transfer(t.uow, t.ticket, t.who, queue=SENSITIVE),
    "resolve": lambda t: t.of.resolve(t.uow, t.ticket, t.who),
    "reopen": lambda t: t.of.reopen(t.uow, t.ticket, t.who),
    "merge": lambda t: t.merging.merge(t.uow, t.ticket, t.other, t.who),
    "unmerge": lambda t: t.merging.unmerge(t.uow, t.ticket, t.who),
    "split": Turn.split,
    "link": lambda t: t.sorting.link(t.uow, t.ticket, t.other, t.who),
    "tag": lambda t: t.sorting.tag(t.uow, t.ticket, t.who.name, t.who),
    "rank": lambda t: t.sorting.prioritise(t.uow, t.ticket, Priority.HIGH, t.who),
    "watch": lambda t: t.sorting.watch(t.uow, t.ticket, t.who),
}


@dataclass(frozen=True, slots=True)
class Mover:
    """Who is about to do something, and from what view."""

    desk: WiredDesk
    who: Consultant
    ticket: TicketId
    other: TicketId
    seen: Seen

    def turn(self, uow: UnitOfWork) -> Turn:
        return Turn(
            desk=self.desk,
            uow=uow,
            who=self.who,
            ticket=self.ticket,
            other=self.other,
            seen=self.seen,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How an act ended: refused with a sentence, or done."""

    refusal: HelpdeskError | None = None
    said: str = ""

    @property
    def is_done(self) -> bool:
        return self.refusal is None


def act(mover: Mover, what: str, ready: Callable[[UnitOfWork], object] = bool) -> Told:
    """Do one thing in a unit of work of its own; a refusal has words its doer can be told.

    `ready` is waited for when the unit has begun.
    """

    def work(uow: UnitOfWork) -> None:
        ready(uow)
        ACTS[what](mover.turn(uow))

    try:
        mover.desk.do(work)
    except HelpdeskError as refusal:
        return Told(refusal=refusal, said=TEXTS.line(refusal.key, "lt", refusal.values))
    return Told()


def look(desk: WiredDesk, ticket: TicketId) -> Seen:
    """Read a ticket to its end."""

    def read(uow: UnitOfWork) -> Seen:
        said = [row.id for row in uow.tickets.articles(ticket)]
        return Seen(lines=len(uow.tickets.events(ticket)), article=max(said, default=0))

    return desk.do(read)


def ask(desk: WiredDesk) -> TicketId:
    """Open a ticket."""
    return desk.ticket_of(a_mail(f"Klausimas {next(_numbers)}")).id


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All there is: where each article stands, and the history of each ticket."""

    articles: Mapping[ArticleId, tuple[TicketId, str]]
    events: Mapping[TicketId, tuple[TicketEvent, ...]]
    rows: Mapping[TicketId, object]


def whole(desk: WiredDesk, first: int = 0) -> Whole:
    """Read everything, from a ticket on, and hold it against what must always be so.

    - Each article stands in one thread of those that go on, once.
    - A ticket has a version for each thing done to it: no change was written over another.
    - What goes on in a restricted queue has no part in an open one, nor the other way round.
    """

    def read(uow: UnitOfWork) -> Whole:
        tickets = {row.id: row for row in uow.tickets.rows() if row.id >= first}
        going_on = [number for number in tickets if uow.ties.merged(number) is None]
        found = Counter(row.id for each in going_on for row in uow.tickets.articles(each))
        own = [row for each in tickets for row in uow.tickets.articles(each) if row.ticket == each]
        assert found == Counter(row.id for row in own)
        events = {number: tuple(uow.tickets.events(number)) for number in tickets}
        for number, row in tickets.items():
            assert row.version == 1 + sum(STEPS[line.type] for line in events[number])
        for number in going_on:
            parts = [tickets[each].queue for each in uow.ties.within(number)]
            assert len({queue == SENSITIVE for queue in parts}) == 1
        return Whole(
            articles={row.id: (row.ticket, row.text) for row in own},
            events=events,
            rows={
                number: (row, uow.ties.merged(number), uow.ties.linked(number))
                for number, row in tickets.items()
            },
        )

    return desk.do(read)


def traces(before: Whole, after: Whole, who: Consultant) -> int:
    """Count what somebody left behind: lines of history, and articles."""
    lines = sum(
        line.actor == who.email
        for number, events in after.events.items()
        for line in events[len(before.events.get(number, ())) :]
    )
    return lines + len(after.articles.keys() - before.articles.keys())
