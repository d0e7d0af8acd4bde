"""The organisations a mentor accompanies: a list of them, and a page for each."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from functools import partial
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.console.bodies import read_form
from bot.console.door import Door
from bot.console.pages.mentorship_forms import MentorshipForms
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from bot.spelling import with_part
from handlers.access import STEERING
from handlers.domain.errors import ConflictError, HelpdeskError, NotAllowedError, NotFoundError
from handlers.domain.ids import MentorshipId
from handlers.domain.mentorships import Aim, Complexity, Mode, Phase
from handlers.domain.people import Consultant
from handlers.domain.projects import Stage
from handlers.mentorship_views import MentorshipFile
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

Form = Mapping[str, str]

AT: Final = "/console/mentorships"
DONE: Final = f"{AT}?done=1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the boxes when a form was refused, and why it was."""

    form: Form = field(default_factory=dict)
    error: HelpdeskError | None = None

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows it."""
        if self.error is None:
            return 200
        return 409 if isinstance(self.error, ConflictError) else 422


@dataclass(frozen=True, slots=True)
class MentorshipPages:
    """Shows mentorships to their mentors and to those who steer; to others there are none."""

    site: Site
    pages: Pages

    def routes(self, door: Door) -> list[BaseRoute]:
        """Return the pages under their addresses."""
        one = f"{AT}/{{number:int}}"
        return [
            Route(AT, door.guard(self.listing)),
            Route(one, door.guard(self.show)),
            Route(f"{one}/{{act}}", door.guard(self.act), methods=["POST"]),
            Route(f"{AT}/{{act}}", door.guard(self.steer), methods=["POST"]),
        ]

    async def listing(self, request: Request, who: Consultant) -> Response:
        """Show whom one accompanies; to those who steer, everybody and the requests."""
        return await self._listing(request, who, Typed())

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show one mentorship."""
        return await self._file(request, who, Typed())

    async def steer(self, request: Request, who: Consultant) -> Response:
        """Assign a mentor, ask for one, or settle a request."""
        form = await read_form(request)
        act = self._acts.on_list(str(request.path_params["act"]))
        refusal = await self._done(act, who, form)
        if refusal is not None:
            return await self._listing(request, who, Typed(form=form, error=refusal))
        return RedirectResponse(DONE, status_code=303)

    async def act(self, request: Request, who: Consultant) -> Response:
        """Do what a form of a mentorship's page asks for."""
        form = await read_form(request)
        number = _number(request)
        act = self._acts.on_page(str(request.path_params["act"]), number)
        refusal = await self._done(act, who, form)
        if isinstance(refusal, NotFoundError | NotAllowedError):
            raise HTTPException(404) from refusal
        if refusal is not None:
            return await self._file(request, who, Typed(form=form, error=refusal))
        return RedirectResponse(f"{AT}/{number}?done=1", status_code=303)

    @property
    def _acts(self) -> MentorshipForms:
        return MentorshipForms(
            clock=self.site.clock, views=self.site.mentors, cards=self.site.organisation_cards
        )

    async def _done(
        self,
        act: Callable[[UnitOfWork, Consultant, Form], object] | None,
        who: Consultant,
        form: Form,
    ) -> HelpdeskError | None:
        if act is None:
            raise HTTPException(404)
        try:
            await self.site.units.write(lambda uow: act(uow, who, form))
        except HelpdeskError as refusal:
            return refusal
        self.site.owed()
        return None

    async def _listing(self, request: Request, who: Consultant, typed: Typed) -> Response:
        over = request.query_params.get("over") == "1"
        views = self.site.mentors

        def read(uow: UnitOfWork) -> dict[str, object]:
            asked = views.mentoring.requests(uow, who)
            return {
                "rows": views.listing(uow, who, over=over),
                "requests": [(row, uow.organisations.get(row.organisation)) for row in asked],
                "organisations": uow.organisations.rows(),
                "programmes": uow.programmes.programmes(),
                "titles": _titles(uow),
                "names": {row.email: row.name for row in uow.consultants.rows()},
                "mentors": [row for row in uow.consultants.rows() if row.active],
            }

        found = await self.site.units.read(read)
        return self._show(
            request, who, "console/mentorships.html", typed, over=over, phases=tuple(Phase), **found
        )

    async def _file(self, request: Request, who: Consultant, typed: Typed) -> Response:
        number, views = _number(request), self.site.mentors

        def read(uow: UnitOfWork) -> tuple[MentorshipFile, Mapping[str, str]]:
            mentorship = views.mentoring.mentorship(uow, number, who)
            return views.file(uow, mentorship, who), _titles(uow)

        try:
            found, titles = await self.site.units.read(read)
        except (NotFoundError, NotAllowedError) as hidden:
            raise HTTPException(404) from hidden
        return self._show(
            request,
            who,
            "console/mentorship.html",
            typed,
            file=found,
            titles=titles,
            at=f"{AT}/{number}",
            hours=partial(_hours, console_language(request)),
            modes=tuple(Mode),
            complexities=tuple(Complexity),
            aims=tuple(Aim),
            stages=tuple(Stage),
        )

    def _show(
        self, request: Request, who: Consultant, template: str, typed: Typed, **found: object
    ) -> Response:
        return self.pages.show(
            request,
            template,
            status=typed.status,
            headers=None,
            language=console_language(request),
            me=who,
            steers=who.role in STEERING,
            typed=typed,
            today=self._today,
            done=request.method == "GET" and request.query_params.get("done") == "1",
            **found,
        )

    @property
    def _today(self) -> date:
        return self.site.today()


def _hours(language: str, minutes: int) -> str:
    """Write minutes as hours, with at most two digits of a part."""
    return with_part(minutes / 60, language)


def _titles(uow: UnitOfWork) -> Mapping[str, str]:
    return {programme.id: programme.name for programme in uow.programmes.programmes()}


def _number(request: Request) -> MentorshipId:
    return MentorshipId(int(request.path_params["number"]))
