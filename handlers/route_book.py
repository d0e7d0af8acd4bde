"""The book of routes: a file taken in line by line, and why a question goes where it goes."""

from collections.abc import Iterator, Sequence

from handlers.domain.people import Consultant
from handlers.ports import UnitOfWork
from handlers.record_imports import Taken, take_in
from handlers.routing import Routing
from handlers.staffing import KnownRoute
from knowledge_base.record_rows import Parsed
from knowledge_base.routes import Condition, Known, Route, rank
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Where a question goes: the route that holds, its owner, and who fits where turns are taken.

    `unmet` tells of each route in force which conditions the question does not meet.
    """

    known: Known
    queue: str
    held: KnownRoute | None
    owner: Consultant | None
    fitting: tuple[Consultant, ...]
    why: tuple[str, ...]
    unmet: tuple[tuple[KnownRoute, tuple[Condition, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteBook:
    """Keeps routes and explains them.

    - An owner is somebody who works here and serves the queue the route leads to.
    - A route is never deleted: it is withdrawn, or has a last day.
    """

    routing: Routing

    def take_in(self, uow: UnitOfWork, parsed: Parsed[Route], *, by: str) -> Taken:
        """Write the routes of a file that are new or changed."""

        def write(route: Route) -> bool:
            if route.owner and not route.withdrawn and (fault := self._owner_fault(uow, route)):
                raise ValueError(fault)
            return uow.routes.put(route, at=self.routing.assigning.clock.now(), by=by)

        return take_in(parsed, write)

    def explain(self, uow: UnitOfWork, known: Known, *, queue: str) -> Explained:
        """Say where a question of a queue would go now; nothing is changed by it."""
        assigning = self.routing.assigning
        routes = {each.route.name: each for each in uow.routes.rows()}
        held = self.routing.holding(routes, queue, known)
        to = held.route.queue if held else queue
        who = uow.consultants.by_email(held.route.owner) if held and held.route.owner else None
        choice = assigning.named(uow, to, who) if who else None
        fitting: Sequence[Consultant] = ()
        if assigning.has_turns(uow, to) and (choice is None or choice.owner is None):
            fitting = assigning.fitting(
                uow,
                to,
                language=known.get(Condition.LANGUAGE, ""),
                municipality=known.get(Condition.MUNICIPALITY),
            )
        why = (held.route.why(known) if held else "", choice.why if choice else "")
        ranked = sorted(routes.values(), key=lambda each: rank(each.route))
        return Explained(
            known=known,
            queue=to,
            held=held,
            owner=choice.owner if choice else None,
            fitting=tuple(fitting),
            why=tuple(filter(None, why)),
            unmet=tuple(
                (each, each.route.unmet(known))
                for each in ranked
                if each.route.is_in_force(assigning.today)
            ),
        )

    def faults(self, uow: UnitOfWork) -> Iterator[str]:
        """Say what time has made of the routes in force: owners who left, queues that are gone."""
        for known in uow.routes.rows():
            route = known.route
            if not route.is_in_force(self.routing.assigning.today):
                continue
            if self.routing.assigning.access.is_restricted(route.queue):
                yield f"{route.name}: questions are not led to {route.queue}"
            elif route.owner and (fault := self._owner_fault(uow, route)):
                yield f"{route.name}: {fault}"

    def _owner_fault(self, uow: UnitOfWork, route: Route) -> str:
        """Say why the owner of a route can have none of its questions; nothing where they can."""
        who = uow.consultants.by_email(route.owner)
        if who is None:
            return f"owner: no consultant has the address {route.owner}"
        if not self.routing.assigning.access.sees_queue(who, route.queue):
            return f"owner: {route.owner} does not serve {route.queue}"
        return ""
