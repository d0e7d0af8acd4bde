"""What consultants read: the list of tickets and one ticket with everything about it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.console.card_views import AskerSaid, asker_said
from bot.console.desk_ties import DeskTies, discreet, ties_of
from bot.console.site import Site
from bot.console.suggestions import Question, Suggestion, questions, suggested
from handlers.calling_hours import wished_call
from handlers.conversations import in_copy
from handlers.deadlines import Deadline
from handlers.domain.channels import SPEAKING, Channel
from handlers.domain.drafts import Draft
from handlers.domain.errors import NotAllowedError
from handlers.domain.ids import ArticleId, ConsultantId, TicketId
from handlers.domain.outgoing import STAFF_KINDS, OutboxState
from handlers.domain.people import Consultant, Person
from handlers.domain.talks import Talk
from handlers.domain.tickets import Article, ArticleKind, Status, Ticket, TicketEvent
from handlers.mentor_first import MentorFirst
from handlers.parts import parts_of, why
from handlers.ports import OutboxEntry, UnitOfWork
from handlers.reviewing import ReviewFile, read_review
from handlers.staff_room import stranger
from handlers.unrouting import Unrouting
from handlers.views import deliveries_of
from handlers.working_time import local_day
from knowledge_base.queues import Queue
from knowledge_base.text import fold
from knowledge_base.values import dataclass

OURS = (Status.NEW, Status.OPEN)
"""The ball is with us."""

VIEWS: Mapping[str, tuple[Status, ...]] = {
    "mine": (*OURS, Status.WAITING),
    "queues": OURS,
    "all": tuple(Status),
}
_TROUBLE = (OutboxState.DEAD, OutboxState.UNCERTAIN)
_SHOWN = 200
_READ = 5000
_COPIES = 20
_BY_MAIL = SPEAKING | {Channel.WEB}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a consultant wants to see."""

    view: str
    status: Status | None = None
    queue: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A ticket in the list."""

    ticket: Ticket
    requester: Person
    owner: Consultant | None
    late: bool
    trouble: bool
    tags: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The list with its choices; `counts` tells how many wait behind each view."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    queues: tuple[Queue, ...]
    titles: Mapping[str, str]
    more: bool

    def queue_title(self, queue: str) -> str:
        return self.titles.get(queue, queue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A ticket with all a consultant may read of it; `questions` are those of a letter."""

    ticket: Ticket
    requester: Person
    owner: Consultant | None
    queue: Queue | None
    articles: tuple[Article, ...]
    events: tuple[TicketEvent, ...]
    deliveries: Mapping[ArticleId, OutboxEntry]
    suggestions: tuple[Suggestion, ...]
    questions: tuple[Question, ...]
    why: tuple[str, ...]
    placed: bool
    names: Mapping[str, str]
    queues: tuple[Queue, ...]
    others: tuple[Ticket, ...]
    due: date | None
    longest_waiting: Ticket | None
    reachable: bool
    prepared: Draft | None
    prepared_by: str
    copies: tuple[str, ...]
    strangers: Mapping[ArticleId, str]
    deadlines: tuple[Deadline, ...]
    talks: Mapping[ArticleId, Talk]
    call: Mapping[str, str]
    review: ReviewFile | None
    ties: DeskTies
    said: AskerSaid
    mentor: Consultant | None

    @property
    def late(self) -> bool:
        """Whether a deadline was missed."""
        return any(deadline.is_missed for deadline in self.deadlines)

    @property
    def asked_once(self) -> bool:
        """Whether the asker has written only the letter that opened the ticket."""
        return sum(article.kind is ArticleKind.INBOUND for article in self.articles) == 1


def listing(site: Site, uow: UnitOfWork, who: Consultant, wanted: Filter) -> Listing:
    """Collect the tickets a consultant wants to see and may: the urgent, then the newest first."""
    visible = site.access.visible_queues(who)
    waiting = [
        ticket
        for ticket in uow.tickets.rows(statuses=VIEWS["mine"], limit=_READ)
        if site.access.sees(who, ticket)
    ]
    counts = {view: sum(_belongs(ticket, who, view) for ticket in waiting) for view in VIEWS}
    statuses = (wanted.status,) if wanted.status else VIEWS[wanted.view]
    found = [
        ticket
        for ticket in uow.tickets.rows(statuses=statuses, limit=_READ)
        if site.access.sees(who, ticket)
        and _in_view(ticket, who, wanted.view)
        and wanted.queue in {None, ticket.queue}
    ]
    troubled = {
        row.ticket
        for state in _TROUBLE
        for row in uow.outbox.rows(state=state)
        if row.kind not in STAFF_KINDS
    }
    owners = {row.id: row for row in uow.consultants.rows()}
    found.sort(key=lambda row: row.priority.rank)
    looked_at = found if wanted.words else found[: _SHOWN + 1]
    late = site.deadlines.late(uow, [row for row in looked_at if row.status in OURS])
    tags = uow.marks.tags(row.id for row in looked_at)
    rows = [_row(uow, row, owners, troubled, late, tags.get(row.id, ())) for row in looked_at]
    if wanted.words:
        rows = [row for row in rows if _mentions(row, fold(wanted.words))]
    return Listing(
        rows=tuple(rows[:_SHOWN]),
        counts=counts,
        queues=tuple(site.access.queues[queue] for queue in sorted(visible)),
        titles={queue.id: queue.title for queue in site.access.queues.values()},
        more=len(rows) > _SHOWN,
    )


def _in_view(ticket: Ticket, who: Consultant, view: str) -> bool:
    if view == "mine":
        return ticket.owner == who.id
    return view == "all" or ticket.queue in who.queues


def _belongs(ticket: Ticket, who: Consultant, view: str) -> bool:
    return ticket.status in VIEWS[view] and _in_view(ticket, who, view)


def _row(
    uow: UnitOfWork,
    ticket: Ticket,
    owners: Mapping[ConsultantId, Consultant],
    troubled: set[TicketId | None],
    late: frozenset[TicketId],
    tags: Sequence[str],
) -> Row:
    return Row(
        ticket=ticket,
        requester=uow.people.get(ticket.requester),
        owner=owners[ticket.owner] if ticket.owner is not None else None,
        late=ticket.id in late,
        trouble=ticket.id in troubled,
        tags=tags,
    )


def _mentions(row: Row, words: str) -> bool:
    ticket = row.ticket
    known = (ticket.reference, ticket.subject, row.requester.name, ticket.municipality or "")
    tags = (f"#{tag}" for tag in row.tags)
    addresses = (address.value for address in row.requester.addresses)
    text = fold(" ".join((*known, *addresses, *tags)))
    return all(word in text for word in words.split())


def dossier(site: Site, uow: UnitOfWork, who: Consultant, ticket_id: TicketId) -> Dossier:
    """Collect a ticket for its page.

    Raises:
        NotFoundError: no such ticket.
        NotAllowedError: the ticket is not theirs to see.
    """
    ticket = uow.tickets.get(ticket_id)
    site.access.require(who, ticket)
    requester = uow.people.get(ticket.requester)
    articles = tuple(uow.tickets.articles(ticket.id))
    events = tuple(uow.tickets.events(ticket.id))
    others = [other for other in uow.tickets.of_person(requester.id) if other.id != ticket.id]
    prepared = uow.drafts.of(ticket.id)
    deadlines = site.deadlines.of(uow, [ticket])[ticket.id]
    return Dossier(
        ticket=ticket,
        requester=requester,
        owner=uow.consultants.get(ticket.owner) if ticket.owner is not None else None,
        queue=site.access.queues.get(ticket.queue),
        articles=articles,
        events=discreet(site, uow, who, events),
        deliveries=deliveries_of(uow, ticket.id),
        suggestions=suggested(site, ticket, articles),
        questions=questions(site, ticket, articles, parts_of(events)),
        why=why(events),
        placed=Unrouting(desk=site.desk).of(uow, ticket) is not None,
        names={entry.id: entry.question for entry in site.knowledge.current().entries},
        queues=tuple(site.access.queues.values()),
        others=tuple(other for other in others if site.access.sees(who, other)),
        due=_due(deadlines),
        longest_waiting=_longest_waiting(uow, who, ticket),
        reachable=_is_reachable(site, ticket, requester),
        prepared=prepared,
        prepared_by=uow.consultants.get(prepared.consultant).name if prepared else "",
        copies=in_copy(uow, ticket)[:_COPIES] if site.house.sends_mail else (),
        strangers={row.id: named for row in articles if (named := stranger(uow, ticket, row))},
        deadlines=deadlines,
        talks={
            talk.article: talk
            for talks in uow.talks.of(uow.ties.within(ticket.id)).values()
            for talk in talks
        },
        call=wished_call(uow.calls.of_ticket(ticket.id)),
        review=read_review(uow, review) if (review := uow.reviews.find(ticket.id)) else None,
        ties=ties_of(site, uow, who, ticket, articles),
        said=asker_said(uow, requester, ticket.organisation),
        mentor=MentorFirst(clock=site.clock, access=site.access).mentor(uow, ticket),
    )


def _due(deadlines: tuple[Deadline, ...]) -> date | None:
    """Return the day by which something is to be done next."""
    days = (each.due for each in deadlines if each.is_running and each.due is not None)
    first = min(days, default=None)
    return local_day(first) if first else None


def _longest_waiting(uow: UnitOfWork, who: Consultant, besides: Ticket) -> Ticket | None:
    """Return what to do next: of the tickets nobody else has, the one that waits longest."""
    rows = uow.tickets.rows(statuses=OURS, queues=who.queues, limit=_READ)
    mine = [row for row in rows if row.owner in {None, who.id} and row.id != besides.id]
    return mine[-1] if mine else None


def visible(site: Site, uow: UnitOfWork, who: Consultant, ticket_id: TicketId) -> Ticket | None:
    """Return the ticket, or None when there is none or it is not theirs to see."""
    ticket = uow.tickets.find(ticket_id)
    try:
        if ticket is not None:
            site.access.require(who, ticket)
    except NotAllowedError:
        return None
    return ticket


def _is_reachable(site: Site, ticket: Ticket, requester: Person) -> bool:
    """Tell whether a reply is also sent somewhere, besides the asker's page."""
    wanted = Channel.MAIL if ticket.channel in _BY_MAIL else ticket.channel
    found = any(address.channel is wanted for address in requester.addresses)
    return found and (wanted is not Channel.MAIL or site.house.sends_mail)
