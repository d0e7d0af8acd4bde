"""What was promised to municipalities, who applied to take part, and the trainings ahead."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.console.bodies import read_form
from bot.console.door import Door
from bot.console.pages.deliverable_forms import DeliverableForms
from bot.console.pages.files import send_file
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.access import STEERING
from handlers.delivering import Delivering
from handlers.domain.deliverables import Deliverable, DeliverableKind, Progress
from handlers.domain.errors import HelpdeskError, NotFoundError
from handlers.domain.ids import ApplicationId, ConsultantId, DeliverableId
from handlers.domain.people import Consultant
from handlers.domain.selection import Choice
from handlers.ports import UnitOfWork
from handlers.selecting import Placed, Selecting
from handlers.trainings import QUEUE, Offer
from knowledge_base.values import dataclass

Form = Mapping[str, str]
AT: Final = "/console/deliverables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the boxes when a form was refused, and why it was."""

    form: Form = field(default_factory=dict)
    error: HelpdeskError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All of it that one may see; trainings only for those who serve their queue."""

    deliverables: tuple[Deliverable, ...]
    applications: tuple[Placed, ...]
    trainings: tuple[Offer, ...]
    names: Mapping[ConsultantId, str]
    working: tuple[Consultant, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeliverablePages:
    """Shows each consultant what is theirs, and everything to those who steer; the late first."""

    site: Site
    pages: Pages

    def routes(self, door: Door) -> list[BaseRoute]:
        """Return the pages under their addresses."""
        one = f"{AT}/{{number:int}}"
        choose = f"{AT}/applications/{{number:int}}/{{choice}}"
        return [
            Route(AT, door.guard(self.show)),
            Route(AT, door.guard(self.plan), methods=["POST"]),
            Route(one, door.guard(self.step), methods=["POST"]),
            Route(f"{one}/file", door.guard(self.file)),
            Route(choose, door.guard(self.choose), methods=["POST"]),
        ]

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show the overview."""
        return await self._page(request, who, Typed())

    async def plan(self, request: Request, who: Consultant) -> Response:
        """Plan a deliverable."""
        form = await read_form(request)
        return await self._do(request, who, form, lambda uow: self._forms.plan(uow, who, form))

    async def step(self, request: Request, who: Consultant) -> Response:
        """Say how far a deliverable is."""
        form, number = await read_form(request), DeliverableId(_number(request))
        return await self._do(
            request, who, form, lambda uow: self._forms.step(uow, who, number, form)
        )

    async def choose(self, request: Request, who: Consultant) -> Response:
        """Decide of an application."""
        form, number = await read_form(request), ApplicationId(_number(request))
        said = str(request.path_params["choice"])
        if said not in {choice.value for choice in Choice}:
            raise HTTPException(404)
        choice, reason = Choice(said), form.get("reason", "")
        return await self._do(
            request,
            who,
            form,
            lambda uow: self._selecting.decide(uow, number, choice, who, reason=reason),
        )

    async def file(self, request: Request, who: Consultant) -> Response:
        """Send the file of a deliverable."""
        number = DeliverableId(_number(request))

        def find(uow: UnitOfWork) -> Deliverable | None:
            try:
                found = uow.deliverables.get(number)
            except NotFoundError:
                return None
            return found if self._delivering.sees(who, found) else None

        found = await self.site.units.read(find)
        return await send_file(self.site, found.file if found else None)

    async def _do(
        self,
        request: Request,
        who: Consultant,
        form: Form,
        work: Callable[[UnitOfWork], object],
    ) -> Response:
        try:
            await self.site.units.write(work)
        except HelpdeskError as refusal:
            return await self._page(request, who, Typed(form=form, error=refusal))
        self.site.owed()
        return RedirectResponse(AT, status_code=303)

    async def _page(self, request: Request, who: Consultant, typed: Typed) -> Response:
        over = request.query_params.get("over") == "1"
        found = await self.site.units.read(lambda uow: self._overview(uow, who, over=over))
        return self.pages.show(
            request,
            "console/deliverables.html",
            status=422 if typed.error else 200,
            language=console_language(request),
            me=who,
            steers=who.role in STEERING,
            found=found,
            typed=typed,
            over=over,
            kinds=tuple(DeliverableKind),
            progresses=tuple(Progress),
            places=self.site.knowledge.current().places.officials,
            today=self.site.today(),
        )

    def _overview(self, uow: UnitOfWork, who: Consultant, *, over: bool) -> Overview:
        rows = self._delivering.listing(uow, who, self.site.today(), over=over)
        placed = self._selecting.listing(uow, who, None)
        live = [each for each in placed if over or each.application.is_live]
        sees_trainings = self.site.access.sees_queue(who, QUEUE)
        calendar = self.site.intake.enrolling.calendar
        everybody = uow.consultants.rows()
        return Overview(
            deliverables=tuple(rows),
            applications=tuple(live),
            trainings=tuple(calendar.all(uow, over=over)) if sees_trainings else (),
            names={row.id: row.name for row in everybody},
            working=tuple(row for row in everybody if row.active),
            titles={each.id: each.name for each in uow.programmes.programmes()},
        )

    @property
    def _delivering(self) -> Delivering:
        return Delivering(clock=self.site.clock)

    @property
    def _selecting(self) -> Selecting:
        site = self.site
        askers = site.desk.reactions.askers
        return Selecting(clock=site.clock, access=site.access, askers=askers)

    @property
    def _forms(self) -> DeliverableForms:
        return DeliverableForms(site=self.site, delivering=self._delivering)


def _number(request: Request) -> int:
    return int(request.path_params["number"])
