"""Routing: which queue a waiting question goes to, and whose it becomes, always with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.answers import MACHINE
from handlers.assigning import Assigning, Choice
from handlers.domain.tickets import ArticleKind, Status, Ticket, TicketEvent
from handlers.mentor_first import MentorFirst
from handlers.placements import ASSIGNED, ROUTED, UNASSIGNED, is_touched
from handlers.ports import UnitOfWork
from handlers.staffing import KnownRoute
from knowledge_base.municipalities import Place, Places
from knowledge_base.routes import Condition, Known, Route, choose, terrain_of
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Places waiting questions.

    - The route that asks most of a question and is met decides, then the lower order; without one
      the question waits in the queue of its topic.
    - A mentor comes before any route.
    - A restricted queue is neither left nor entered by a route.
    - Then the route's owner, or whose turn it is in the queue, gets it; else everybody there.
    - What a consultant has touched is placed no more: a hand counts for more than a rule.
    - Each placement is a line of history with its reasons; `handlers.unrouting` takes it back.
    """

    assigning: Assigning
    places: Callable[[], Places]

    def place(self, uow: UnitOfWork, ticket: Ticket, text: str | None = None) -> Ticket:
        """Lead a question that nobody has to its queue and its owner; `text` is what was asked."""
        if ticket.status is not Status.NEW or ticket.owner is not None or ticket.practice:
            return ticket
        accompanied = MentorFirst(clock=self.assigning.clock, access=self.assigning.access)
        ticket = accompanied.place(uow, ticket)
        if ticket.owner is not None:
            return ticket
        routes = {each.route.name: each for each in uow.routes.rows()}
        known = self.known(uow, ticket, text) if routes else {}
        held = self.holding(routes, ticket.queue, known)
        if held is None and not self.assigning.has_turns(uow, ticket.queue):
            return ticket
        if is_touched(uow.tickets.events(ticket.id)):
            return ticket
        why = f"{held.route.why(known)[:-1]}, {held.version} versija." if held else ""
        if held is not None and held.route.queue != ticket.queue:
            line = self._line(ROUTED, ticket.queue, why)
            ticket = self._save(uow, replace(ticket, queue=held.route.queue), line)
        named = held.route.owner if held else ""
        return self.give(uow, ticket, owner=named, why=why if named else "")

    def give(self, uow: UnitOfWork, ticket: Ticket, *, owner: str = "", why: str = "") -> Ticket:
        """Give a ticket nobody has to its owner: the named one, or whose turn it is."""
        choice = self._choice(uow, ticket, owner)
        if choice is None:
            return ticket
        reasons = tuple(filter(None, (why, choice.why)))
        if choice.owner is None:
            uow.tickets.record(ticket.id, self._line(UNASSIGNED, "", *reasons))
            return ticket
        given = replace(ticket, owner=choice.owner.id, status=Status.OPEN)
        return self._save(uow, given, self._line(ASSIGNED, choice.owner.email, *reasons))

    def known(self, uow: UnitOfWork, ticket: Ticket, text: str | None = None) -> Known:
        """Return what is known of a question; what is not known is left out."""
        said = _question(uow, ticket) if text is None else text
        found = self.places().find(ticket.municipality) if ticket.municipality else None
        place = found if isinstance(found, Place) else None
        known = {
            Condition.TOPIC: ticket.topic or ticket.queue,
            Condition.MUNICIPALITY: ticket.municipality,
            Condition.TERRAIN: terrain_of(said, place),
            Condition.ASKER: ticket.asker_type,
            Condition.LANGUAGE: ticket.language,
            Condition.PROGRAMME: ticket.programme,
        }
        return {what: value for what, value in known.items() if value}

    def holding(
        self, routes: Mapping[str, KnownRoute], queue: str, known: Known
    ) -> KnownRoute | None:
        """Return the route that holds for a question of a queue."""
        if not routes or self._is_restricted(queue):
            return None
        allowed = (each.route for each in routes.values() if not self._leads_astray(each.route))
        route = choose(allowed, known, self.assigning.today)
        return None if route is None else routes[route.name]

    def _leads_astray(self, route: Route) -> bool:
        """Tell whether a route leads to a queue that is restricted, or is no more."""
        return self._is_restricted(route.queue)

    def _is_restricted(self, queue: str) -> bool:
        return self.assigning.access.is_restricted(queue)

    def _choice(self, uow: UnitOfWork, ticket: Ticket, owner: str) -> Choice | None:
        who = uow.consultants.by_email(owner) if owner else None
        named = self.assigning.named(uow, ticket.queue, who) if who else None
        if named is not None and named.owner is not None:
            return named
        return self.assigning.in_turn(uow, ticket) or named

    def _save(self, uow: UnitOfWork, ticket: Ticket, line: TicketEvent) -> Ticket:
        uow.tickets.record(ticket.id, line)
        return uow.tickets.save(ticket, at=line.at)

    def _line(self, event: str, *reasons: str) -> TicketEvent:
        at = self.assigning.clock.now()
        return TicketEvent(type=event, at=at, actor=MACHINE, reasons=reasons)


def _question(uow: UnitOfWork, ticket: Ticket) -> str:
    asked = (row.text for row in uow.tickets.articles(ticket.id) if row.kind is ArticleKind.INBOUND)
    return next(asked, "")
