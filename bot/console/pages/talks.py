"""Calls and visits in the console: one short form, and what becomes of a wish to be called."""

from collections.abc import Mapping
from datetime import date, datetime, time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.bodies import read_form
from bot.console.desk_views import visible
from bot.console.questions import address_of, phone_of
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import HelpdeskError, InvalidError, NotFoundError
from handlers.domain.ids import ArticleId
from handlers.domain.people import Consultant
from handlers.domain.talks import Particulars, Told
from handlers.domain.tickets import ArticleKind, Ticket, parse_reference
from handlers.ports import UnitOfWork
from handlers.talk_lines import MOST_MINUTES
from handlers.working_time import VILNIUS
from knowledge_base.text import fold
from knowledge_base.values import dataclass

_FIELDS = ("kind", "ticket", "name", "contact", "organisation", "municipality", "topic")
_MORE = ("minutes", "participants", "place", "date", "advice")
_MOST_PEOPLE = 9999
_SECONDARY = frozenset({"summary", "drop"})
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TalkPages:
    """Writes talks down; what may not be seen does not exist."""

    site: Site
    pages: Pages

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show the empty form, or one for a ticket."""
        query = request.query_params
        return self._form(request, who, {"ticket": query.get("ticket", "")})

    async def post(self, request: Request, who: Consultant) -> Response:
        """Write a talk down and lead to its ticket."""
        form = await read_form(request)
        try:
            kind, told = _kind(form), self._told(form)
            ticket = await self.site.units.write(
                lambda uow: self._log(uow, who, kind, told, form.get("ticket", "").strip())
            )
        except HelpdeskError as refusal:
            return self._form(request, who, form, error=refusal)
        return _to(ticket, "talk")

    async def act(self, request: Request, who: Consultant) -> Response:
        """Send a summary of a talk, or count it no more."""
        number, act = str(request.path_params["number"]), str(request.path_params["act"])
        form = await read_form(request)
        if not number.isdecimal() or act not in _SECONDARY:
            raise HTTPException(404)
        article = ArticleId(int(number))
        consultations = self.site.talking.consultations

        def do(uow: UnitOfWork) -> Ticket:
            if act == "drop":
                return consultations.drop(uow, who, article)
            to, text = form.get("to", "").strip(), form.get("text", "")
            address = address_of(to or None)
            return consultations.summarise(uow, who, article, to=address or "", text=text)

        try:
            ticket = await self.site.units.write(do)
        except NotFoundError as gone:
            if gone.key == "no-such-talk":
                raise HTTPException(404) from gone
            return self._problem(request, who, gone)
        except HelpdeskError as refusal:
            return self._problem(request, who, refusal)
        self.site.owed()
        return _to(ticket, act)

    async def missed(self, request: Request, who: Consultant) -> Response:
        """Note that nobody answered."""
        number = parse_reference(str(request.path_params["reference"]))

        def do(uow: UnitOfWork) -> Ticket:
            ticket = None if number is None else visible(self.site, uow, who, number)
            if ticket is None:
                raise HTTPException(404)
            self.site.talking.missed_calls.note(uow, ticket, who)
            return ticket

        try:
            ticket = await self.site.units.write(do)
        except NotFoundError as settled:
            raise HTTPException(404) from settled
        self.site.owed()
        return _to(ticket, "missed")

    def _log(
        self, uow: UnitOfWork, who: Consultant, kind: ArticleKind, told: Told, reference: str
    ) -> Ticket:
        ticket = None
        if reference:
            number = parse_reference(reference)
            ticket = None if number is None else visible(self.site, uow, who, number)
            if ticket is None:
                raise InvalidError("no-such-ticket", field="ticket", reference=reference)
        talk = self.site.talking.consultations.log(uow, who, kind, told, ticket=ticket)
        return uow.tickets.get(talk.ticket)

    def _told(self, form: Form) -> Told:
        given = {name: form.get(name, "").strip() for name in (*_FIELDS, *_MORE)}
        return Told(
            advice=given["advice"],
            name=given["name"],
            address=_address(given["contact"]),
            municipalities=self._municipality(given["municipality"]),
            queue=given["topic"] or None,
            about=Particulars(
                minutes=_count(given["minutes"], "minutes", MOST_MINUTES),
                participants=_count(given["participants"], "participants", _MOST_PEOPLE),
                place=given["place"],
                organisation=given["organisation"],
            ),
            held_at=self._held_at(given["date"]),
        )

    def _municipality(self, given: str) -> tuple[str, ...]:
        if not given:
            return ()
        found = self.site.knowledge.current().places.named(given)
        if len(found) > 1:
            either = ", ".join(place.official for place in found)
            raise InvalidError("which-municipality", field="municipality", either=either)
        if not found:
            raise InvalidError("no-such-municipality", field="municipality", municipality=given)
        return (found[0].official,)

    def _held_at(self, given: str) -> datetime | None:
        try:
            day = date.fromisoformat(given) if given else self.site.today()
        except ValueError as wrong:
            raise InvalidError("no-such-day", field="date", given=given) from wrong
        if day > self.site.today():
            raise InvalidError("not-held-yet", field="date")
        return None if day == self.site.today() else datetime.combine(day, time(12), VILNIUS)

    def _form(
        self,
        request: Request,
        who: Consultant,
        given: Form,
        *,
        error: HelpdeskError | None = None,
    ) -> Response:
        access = self.site.access
        queues = [access.queues[each] for each in sorted(access.visible_queues(who))]
        return self.pages.show(
            request,
            "console/talk.html",
            status=422 if error else 200,
            language=console_language(request),
            me=who,
            given={name: given.get(name, "") for name in (*_FIELDS, *_MORE)},
            queues=queues,
            places=sorted(self.site.knowledge.current().places.names, key=fold),
            today=self.site.today().isoformat(),
            error=error,
        )

    def _problem(self, request: Request, who: Consultant, error: HelpdeskError) -> Response:
        return self.pages.show(
            request,
            "console/problem.html",
            status=422,
            language=console_language(request),
            me=who,
            error=error,
        )


def _to(ticket: Ticket, done: str) -> Response:
    return RedirectResponse(f"/console/tickets/{ticket.reference}?done={done}", status_code=303)


def _kind(form: Form) -> ArticleKind:
    return ArticleKind.VISIT if form.get("kind") == "visit" else ArticleKind.CALL


def _address(given: str) -> Address | None:
    """Read how somebody is known: a mail address, or else a number."""
    if "@" in given:
        mail = address_of(given)
        return Address(Channel.MAIL, mail) if mail else None
    phone = phone_of(given or None)
    return Address(Channel.PHONE, phone) if phone else None


def _count(given: str, field: str, most: int) -> int | None:
    if not given:
        return None
    if not given.isdecimal() or not 0 < int(given[:9]) <= most:
        raise InvalidError("no-such-number", field=field, given=given[:30])
    return int(given)
