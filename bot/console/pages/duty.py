"""Who is there: what consultants are given, who is away, and who stands in."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console.bodies import read_form
from bot.console.door import Door
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.access import STEERING
from handlers.domain.errors import HelpdeskError, InvalidError
from handlers.domain.people import Consultant
from handlers.ports import UnitOfWork
from handlers.staffing import Absence, Remit
from handlers.workforce import Workforce, require_may_arrange
from knowledge_base.values import dataclass

AT = "/console/duty"
Form = Mapping[str, str]
Work = Callable[[UnitOfWork], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A consultant, with what they are given, have, and when they are away."""

    who: Consultant
    remit: Remit
    load: int
    absences: tuple[Absence, ...]
    may_arrange: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was filled in, and why it was not taken."""

    form: Form = field(default_factory=dict)
    error: HelpdeskError | None = None


@dataclass(frozen=True, slots=True)
class DutyPage:
    """Shows everybody who answers; each writes down their own absences."""

    site: Site
    pages: Pages

    def routes(self, door: Door) -> list[Route]:
        """Return the addresses."""
        return [
            Route(AT, door.guard(self.show)),
            Route(AT, door.guard(self.send_away), methods=["POST"]),
            Route(f"{AT}/back", door.guard(self.call_back), methods=["POST"]),
        ]

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show who is there."""
        return await self._page(request, who, Typed())

    async def send_away(self, request: Request, who: Consultant) -> Response:
        """Write an absence down."""
        form = await read_form(request)

        def write(uow: UnitOfWork) -> None:
            first, last = _day(form, "from"), _day(form, "to")
            named = form.get("substitute")
            self._workforce.send_away(
                uow,
                _arranged(uow, who, form),
                first=first,
                last=last,
                substitute=_consultant(uow, named) if named else None,
                by=who.email,
            )

        return await self._done(request, who, form, write)

    async def call_back(self, request: Request, who: Consultant) -> Response:
        """End somebody's absences."""
        form = await read_form(request)

        def write(uow: UnitOfWork) -> None:
            self._workforce.call_back(uow, _arranged(uow, who, form), by=who.email)

        return await self._done(request, who, form, write)

    async def _done(self, request: Request, who: Consultant, form: Form, write: Work) -> Response:
        try:
            await self.site.units.write(write)
        except HelpdeskError as refusal:
            return await self._page(request, who, Typed(form=form, error=refusal))
        return RedirectResponse(f"{AT}?done=1", status_code=303)

    async def _page(self, request: Request, who: Consultant, typed: Typed) -> Response:
        rows = await self.site.units.read(lambda uow: self._rows(uow, who))
        return self.pages.show(
            request,
            "console/duty.html",
            status=422 if typed.error else 200,
            language=console_language(request),
            me=who,
            rows=rows,
            names={row.who.id: row.who.name for row in rows},
            typed=typed,
            today=self.site.today(),
            done=request.method == "GET" and "done" in request.query_params,
        )

    def _rows(self, uow: UnitOfWork, me: Consultant) -> list[Row]:
        remits, loads = uow.staffing.remits(), uow.staffing.loads()
        absences = uow.staffing.absences(self.site.today())
        return [
            Row(
                who=who,
                remit=remits.get(who.id, Remit(consultant=who.id)),
                load=loads.get(who.id, 0),
                absences=tuple(each for each in absences if each.consultant == who.id),
                may_arrange=who.id == me.id or me.role in STEERING,
            )
            for who in uow.consultants.rows()
            if who.active and who.queues
        ]

    @property
    def _workforce(self) -> Workforce:
        places = self.site.particulars.routing.places
        return Workforce(clock=self.site.clock, queues=self.site.access.queues, places=places)


def _arranged(uow: UnitOfWork, by: Consultant, form: Form) -> Consultant:
    who = _consultant(uow, form.get("consultant") or str(by.id))
    require_may_arrange(by, who)
    return who


def _consultant(uow: UnitOfWork, number: str) -> Consultant:
    known = {str(row.id): row for row in uow.consultants.rows() if row.active}
    if number not in known:
        raise InvalidError("no-such-consultant", field="consultant", id=number)
    return known[number]


def _day(form: Form, name: str) -> date:
    given = form.get(name, "").strip()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InvalidError("no-such-day", field=name, given=given) from None
