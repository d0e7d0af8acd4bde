"""A document under review: its versions and recommendations, and what a consultant does next."""

from collections.abc import Callable, Mapping
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.bodies import read_form
from bot.console.desk_views import visible
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.domain.errors import HelpdeskError, InvalidError
from handlers.domain.ids import TicketId
from handlers.domain.people import Consultant
from handlers.domain.reviews import Verdict
from handlers.domain.tickets import Ticket, parse_reference
from handlers.ports import UnitOfWork
from handlers.reviewing import ReviewFile, Reviewing, read_review, versions_ahead
from knowledge_base.values import dataclass

ACTS = frozenset({"open", "round", "recommend", "accepted", "declined", "draft", "close"})
_FIELDS = ("title", "due_on", "text", "place", "reason", "number")
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """What the page shows; a ticket that is no review yet has none, only files."""

    ticket: Ticket
    file: ReviewFile | None
    ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Opens for whoever may read the ticket."""

    site: Site
    pages: Pages

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show the review, or the form that begins one."""
        return self._page(request, who, await self._read(request, who), {})

    async def act(self, request: Request, who: Consultant) -> Response:
        """Take the next step; what was typed stays when it cannot be taken."""
        form = await read_form(request)
        act, sheet = form.get("act", ""), await self._read(request, who)
        if act not in ACTS:
            raise HTTPException(404)
        ticket = sheet.ticket.id
        try:
            await self.site.units.write(lambda uow: self._do(uow, ticket, who, act, form))
        except HelpdeskError as refusal:
            return self._page(request, who, sheet, form, error=refusal)
        self.site.owed()
        there = "" if act == "draft" else "/review"
        address = f"/console/tickets/{sheet.ticket.reference}{there}"
        return RedirectResponse(address, status_code=303)

    def _do(self, uow: UnitOfWork, ticket: TicketId, who: Consultant, act: str, form: Form) -> None:
        reviewing = Reviewing(clock=self.site.clock, desk=self.site.desk)
        plain: dict[str, Callable[[UnitOfWork, TicketId, Consultant], object]] = {
            "draft": reviewing.draft,
            "close": reviewing.close,
        }
        text, place = form.get("text", ""), form.get("place", "")
        match act:
            case "open":
                day = _day(form.get("due_on", ""))
                reviewing.open(uow, ticket, who, title=form.get("title", ""), due_on=day)
            case "round":
                reviewing.round(uow, ticket, who, name=form.get("file", ""), note=text)
            case "recommend":
                reviewing.recommend(uow, ticket, who, text=text, place=place)
            case "accepted" | "declined":
                number, reason = form.get("number", ""), form.get("reason", "")
                chosen = int(number) if number.isdecimal() and len(number) < len("10000") else 0
                reviewing.settle(uow, ticket, who, chosen, Verdict(act), reason=reason)
            case _:
                plain[act](uow, ticket, who)

    async def _read(self, request: Request, who: Consultant) -> ReviewSheet:
        number = parse_reference(str(request.path_params["reference"]))

        def read(uow: UnitOfWork) -> ReviewSheet | None:
            ticket = visible(self.site, uow, who, number) if number is not None else None
            if ticket is None:
                return None
            review = uow.reviews.find(ticket.id)
            file = read_review(uow, review) if review else None
            ahead = versions_ahead(uow, file) if file else ()
            return ReviewSheet(ticket=ticket, file=file, ahead=ahead)

        sheet = await self.site.units.read(read)
        if sheet is None:
            raise HTTPException(404)
        return sheet

    def _page(
        self,
        request: Request,
        who: Consultant,
        sheet: ReviewSheet,
        form: Form,
        *,
        error: HelpdeskError | None = None,
    ) -> Response:
        return self.pages.show(
            request,
            "console/review.html",
            status=422 if error else 200,
            language=console_language(request),
            me=who,
            ticket=sheet.ticket,
            file=sheet.file,
            ahead=sheet.ahead,
            is_open=sheet.file is not None and sheet.file.review.closed_at is None,
            given={name: form.get(name, "") for name in _FIELDS},
            act=form.get("act", ""),
            error=error,
            today=self.site.today(),
        )


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InvalidError("no-such-day", field="due_on", given=given) from None
