"""Who registered for a training and who came, for those who hold it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.console.bodies import read_form
from bot.console.door import Door
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.domain.people import Consultant
from handlers.domain.tickets import reference_of
from handlers.domain.trainings import Enrolment
from handlers.ports import UnitOfWork
from handlers.trainings import QUEUE, Offer, told_of
from knowledge_base.values import dataclass

_AT: Final = "/console/trainings/{training}"
_MOST_BOXES: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The list of a training; addresses by ticket, so that somebody can be called."""

    offer: Offer
    enrolments: tuple[Enrolment, ...]
    references: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """Opens for whoever reads the queue of trainings; for others there is no such training."""

    site: Site
    pages: Pages

    def routes(self, door: Door) -> list[BaseRoute]:
        """Return the page under its address."""
        return [
            Route(_AT, door.guard(self.show)),
            Route(_AT, door.guard(self.save), methods=["POST"]),
        ]

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show who registered, with a box for each day."""
        training = str(request.path_params["training"])
        sheet = await self.site.units.read(lambda uow: self._sheet(uow, who, training))
        return self.pages.show(
            request,
            "console/training.html",
            language=console_language(request),
            me=who,
            sheet=sheet,
            training=sheet.offer.training,
            told=told_of(sheet.offer.training),
            done="done" in request.query_params,
        )

    async def save(self, request: Request, who: Consultant) -> Response:
        """Note who came: a ticked box is a day somebody was there, an empty one a day not."""
        training = str(request.path_params["training"])
        form = await read_form(request, fields=_MOST_BOXES)

        def note(uow: UnitOfWork) -> None:
            sheet = self._sheet(uow, who, training)
            days = sheet.offer.training.days
            for each in sheet.enrolments:
                reference = reference_of(each.ticket)
                # Who registered after the page was shown has no boxes on it.
                if f"shown:{reference}" in form:
                    self._note(uow, training, reference, days, form)

        await self.site.units.write(note)
        return RedirectResponse(f"/console/trainings/{training}?done=1", status_code=303)

    def _note(
        self,
        uow: UnitOfWork,
        training: str,
        reference: str,
        days: Sequence[date],
        form: Mapping[str, str],
    ) -> None:
        calendar = self.site.intake.enrolling.calendar
        came = [day for day in days if f"came:{reference}:{day}" in form]
        absent = [day for day in days if day not in came]
        if came:
            calendar.attend(uow, training, [reference], days=came, came=True)
        if absent:
            calendar.attend(uow, training, [reference], days=absent, came=False)

    def _sheet(self, uow: UnitOfWork, who: Consultant, training: str) -> Sheet:
        known = uow.trainings.known(training)
        if known is None or not self.site.access.sees_queue(who, QUEUE):
            raise HTTPException(404)
        enrolments = tuple(uow.trainings.enrolments(training))
        return Sheet(
            offer=self.site.intake.enrolling.calendar.offer(uow, known),
            enrolments=enrolments,
            references={each.id: reference_of(each.ticket) for each in enrolments},
        )
