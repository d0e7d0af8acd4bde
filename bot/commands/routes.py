"""`helpdesk route`: routes in, in the order they decide, and why a question goes where it goes."""

from pathlib import Path
from typing import TypedDict

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_json, print_rows
from bot.commands.registry import print_taken, read_lines
from bot.settings import load_settings
from handlers.domain.organisations import AskerType
from handlers.domain.tickets import parse_reference
from handlers.mentor_first import MentorFirst
from handlers.route_book import Explained, RouteBook
from handlers.staffing import KnownRoute
from handlers.views import moment
from knowledge_base.decisions import Context
from knowledge_base.language import Language
from knowledge_base.municipalities import Place
from knowledge_base.route_files import parse_routes
from knowledge_base.routes import Condition, Known, described, rank, terrain_of, twins
from knowledge_base.values import dataclass


class RouteView(TypedDict):
    """A version of a route as printed."""

    id: str
    conditions: dict[str, list[str]]
    queue: str
    owner: str
    order: int
    starts_on: str | None
    ends_on: str | None
    in_force: bool
    source: str
    version: int
    at: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the command line says of a question besides its words."""

    municipality: str | None
    asker: AskerType | None
    language: Language | None
    programme: str | None


def take_in(file: Path, *, by: str, as_json: bool) -> None:
    """Import a file; refused lines are named, and make the command fail."""
    rows = read_lines(file)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        open_queues = [each.id for each in app.access.queues.values() if not each.restricted]
        parsed = parse_routes(
            rows, places=app.registry.places(), queues=open_queues, askers=list(AskerType)
        )
        taken = RouteBook(routing=app.routing).take_in(uow, parsed, by=by)
        uow.commit()
    print_taken(taken, "routes", as_json=as_json)


def list_routes(*, history: bool, as_json: bool) -> None:
    """Print the routes, those that decide first at the top."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        known = sorted(uow.routes.rows(), key=lambda each: rank(each.route))
        if history:
            known = [each for row in known for each in uow.routes.history(row.route.name)]
        rows = [_view(app, each) for each in known]
    print_rows(rows, _line, as_json=as_json)


def explain(
    question: str,
    *,
    municipality: str | None,
    asker: str | None,
    language: str | None,
    programme: str | None,
    as_json: bool,
) -> None:
    """Print which route holds for a question or a ticket, and what the others lack."""
    said = _Said(
        municipality=municipality,
        asker=named(AskerType, asker, field="asker") if asker else None,
        language=named(Language, language, field="language") if language else None,
        programme=programme,
    )
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        number = parse_reference(question)
        found: tuple[Place, ...] = ()
        mentor = ""
        if number is not None:
            ticket = uow.tickets.get(number)
            known, queue = app.routing.known(uow, ticket), ticket.topic or ticket.queue
            accompanied = MentorFirst(clock=app.clock, access=app.access)
            mentor = str(accompanied.told(uow, ticket).get("mentor", ""))
        else:
            known, queue, found = _decided(app, question, said)
        explained = RouteBook(routing=app.routing).explain(uow, known, queue=queue)
        _print(app, explained, found, mentor=mentor, as_json=as_json)


def _decided(app: App, text: str, said: _Said) -> tuple[Known, str, tuple[Place, ...]]:
    """Return what is known of a question, its queue, and the twins it may mean."""
    context = Context(
        today=app.routing.assigning.today,
        municipality=said.municipality,
        language=said.language,
        variables=app.settings.answer_variables,
    )
    decision = app.knowledge.current().decide(text, context)
    places = app.registry.places()
    at = places.named(decision.municipality) if decision.municipality else ()
    known = {
        Condition.TOPIC: decision.queue,
        Condition.MUNICIPALITY: decision.municipality,
        Condition.TERRAIN: terrain_of(text, at[0] if at else None),
        Condition.ASKER: said.asker,
        Condition.LANGUAGE: decision.language.value,
        Condition.PROGRAMME: said.programme,
    }
    found = () if at else twins(said.municipality or text, places)
    return {what: str(value) for what, value in known.items() if value}, decision.queue, found


def _print(
    app: App, explained: Explained, found: tuple[Place, ...], *, mentor: str, as_json: bool
) -> None:
    held, owner = explained.held, explained.owner
    if as_json:
        print_json(
            {
                "known": {what.value: value for what, value in explained.known.items()},
                "twins": [place.official for place in found],
                "mentor": mentor or None,
                "queue": explained.queue,
                "route": held.route.name if held else None,
                "owner": owner.email if owner else None,
                "fitting": [who.email for who in explained.fitting],
                "reasons": list(explained.why),
                "routes": [
                    {**_view(app, each), "unmet": [what.value for what in unmet]}
                    for each, unmet in explained.unmet
                ],
            }
        )
        return
    typer.echo(", ".join(described(explained.known)))
    if found:
        typer.echo(f"which? {' / '.join(place.official for place in found)}")
    if mentor:
        typer.echo(f"the organisation's mentor comes first: {mentor}")
    for each, unmet in explained.unmet:
        sign = "*" if each == held else "-"
        lacks = f"unmet: {', '.join(unmet)}" if unmet else "met"
        typer.echo(f"  {sign} {each.route.name} -> {each.route.queue}: {lacks}")
    for why in explained.why:
        typer.echo(f"  {why}")
    typer.echo(f"queue: {explained.queue}")
    if owner or explained.fitting:
        whose = [owner.email] if owner else [who.email for who in explained.fitting]
        typer.echo(f"{'owner' if owner else 'in turn'}: {', '.join(whose)}")


def _view(app: App, known: KnownRoute) -> RouteView:
    route = known.route
    return RouteView(
        id=route.name,
        conditions={what.value: list(values) for what, values in route.conditions},
        queue=route.queue,
        owner=route.owner,
        order=route.order,
        starts_on=route.starts_on.isoformat() if route.starts_on else None,
        ends_on=route.ends_on.isoformat() if route.ends_on else None,
        in_force=route.is_in_force(app.routing.assigning.today),
        source=route.source,
        version=known.version,
        at=moment(known.at),
        by=known.by,
    )


def _line(row: RouteView) -> tuple[str, ...]:
    conditions = ", ".join(f"{what}: {'; '.join(said)}" for what, said in row["conditions"].items())
    state = "" if row["in_force"] else "not in force"
    return row["id"], f"v{row['version']}", conditions, row["queue"], row["owner"], state
