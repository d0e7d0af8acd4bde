"""What was agreed on about a ticket: visits by invitation, and other bodies it was shown to."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.bodies import read_form
from bot.console.desk_views import visible
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.domain.appointments import Appointment
from handlers.domain.errors import HelpdeskError, InvalidError
from handlers.domain.ids import AppointmentId, ReferralId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.referrals import Referral
from handlers.domain.tickets import Ticket, parse_reference
from handlers.inviting import Meeting
from handlers.ports import UnitOfWork
from handlers.referring import Wanted
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

ACTS = frozenset({"invite", "move", "cancel", "refer", "close"})
_LATER = timedelta(days=14)
_FIELDS = ("start", "minutes", "place", "about", "to", "body", "contact", "words", "consent")
_MORE = ("follow_up",)
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A ticket with its visits and referrals, the newest first."""

    ticket: Ticket
    visits: tuple[Appointment, ...]
    referrals: tuple[Referral, ...]


@dataclass(frozen=True, slots=True)
class AgreementsPage:
    """Invites and refers; a ticket that may not be seen does not exist."""

    site: Site
    pages: Pages

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show what is agreed on, and the two forms."""
        return await self._page(request, who, {})

    async def act(self, request: Request, who: Consultant) -> Response:
        """Do what a form asks for."""
        number, act = _ticket(request), str(request.path_params["act"])
        if act not in ACTS:
            raise HTTPException(404)
        form = await read_form(request)

        def do(uow: UnitOfWork) -> None:
            ticket = visible(self.site, uow, who, number)
            if ticket is None or not _belongs(uow, ticket, act, form):
                raise HTTPException(404)
            self._acts()[act](uow, ticket, who, form)

        try:
            await self.site.units.write(do)
        except HelpdeskError as refusal:
            return await self._page(request, who, form, error=refusal)
        self.site.owed()
        address = f"/console/tickets/NVO-{number}/agreements?done={act}"
        return RedirectResponse(address, status_code=303)

    def _acts(self) -> Mapping[str, Callable[[UnitOfWork, Ticket, Consultant, Form], object]]:
        inviting, referring = self.site.talking.inviting, self.site.talking.referring
        return {
            "invite": lambda uow, ticket, who, form: inviting.invite(
                uow, ticket, who, _meeting(form), to=form.get("to", "")
            ),
            "move": lambda uow, _, who, form: inviting.move(
                uow, AppointmentId(_number(form)), who, _meeting(form)
            ),
            "cancel": lambda uow, _, who, form: inviting.cancel(
                uow, AppointmentId(_number(form)), who
            ),
            "refer": lambda uow, ticket, who, form: referring.refer(
                uow, ticket, who, _wanted(form)
            ),
            "close": lambda uow, _, who, form: referring.close(uow, ReferralId(_number(form)), who),
        }

    async def _page(
        self, request: Request, who: Consultant, form: Form, *, error: HelpdeskError | None = None
    ) -> Response:
        number, done = _ticket(request), request.query_params.get("done", "")

        def read(uow: UnitOfWork) -> Agreed | None:
            ticket = visible(self.site, uow, who, number)
            if ticket is None:
                return None
            return Agreed(
                ticket=ticket,
                visits=tuple(reversed(uow.appointments.of_ticket(ticket.id))),
                referrals=tuple(reversed(uow.referrals.of_ticket(ticket.id))),
            )

        agreed = await self.site.units.read(read)
        if agreed is None:
            raise HTTPException(404)
        today = self.site.today()
        return self.pages.show(
            request,
            "console/agreements.html",
            status=422 if error else 200,
            language=console_language(request),
            me=who,
            ticket=agreed.ticket,
            agreed=agreed,
            given={name: form.get(name, "") for name in (*_FIELDS, *_MORE)},
            local=lambda moment: f"{moment.astimezone(VILNIUS):%Y-%m-%dT%H:%M}",
            tomorrow=(today + timedelta(days=1)).isoformat(),
            later=(today + _LATER).isoformat(),
            done=done if done in ACTS else "",
            error=error,
        )


def _ticket(request: Request) -> TicketId:
    number = parse_reference(str(request.path_params["reference"]))
    if number is None:
        raise HTTPException(404)
    return number


def _belongs(uow: UnitOfWork, ticket: Ticket, act: str, form: Form) -> bool:
    """Tell whether a form is about something of this ticket."""
    if act in {"move", "cancel"}:
        return _number(form) in {each.id for each in uow.appointments.of_ticket(ticket.id)}
    if act == "close":
        return _number(form) in {each.id for each in uow.referrals.of_ticket(ticket.id)}
    return True


def _number(form: Form) -> int:
    given = form.get("number", "")[:18]
    return int(given) if given.isascii() and given.isdecimal() else 0


def _meeting(form: Form) -> Meeting:
    start, minutes = form.get("start", ""), form.get("minutes", "")
    try:
        starts_at = datetime.fromisoformat(start).replace(tzinfo=VILNIUS)
    except ValueError as wrong:
        raise InvalidError("no-such-day", field="start", given=start[:30]) from wrong
    if not (minutes.isascii() and minutes[:9].isdecimal()):
        raise InvalidError("no-such-number", field="minutes", given=minutes[:30])
    return Meeting(
        starts_at=starts_at,
        minutes=int(minutes[:9]),
        place=form.get("place", "").strip(),
        about=form.get("about", "").strip(),
    )


def _wanted(form: Form) -> Wanted:
    day = form.get("follow_up", "")
    try:
        follow_up_on = date.fromisoformat(day)
    except ValueError as wrong:
        raise InvalidError("no-such-day", field="follow_up", given=day[:30]) from wrong
    return Wanted(
        body=form.get("body", ""),
        contact=form.get("contact", ""),
        follow_up_on=follow_up_on,
        words=form.get("words", ""),
        consent=form.get("consent", ""),
    )
