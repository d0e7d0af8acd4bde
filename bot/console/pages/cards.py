"""The cards of people and organisations: lists, timelines and their forms."""
# ruff: noqa: ANN401 -- a template takes anything

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, ClassVar, Generic, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console.bodies import read_form
from bot.console.card_views import (
    SHOWN,
    Form,
    about,
    details,
    may_write,
    offered,
    organisation_page,
    person_page,
)
from bot.console.door import Door
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import HelpdeskError, NotFoundError
from handlers.domain.ids import OrganisationId, PersonId
from handlers.domain.organisations import AskerType, LegalForm
from handlers.domain.people import Consultant
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

T = TypeVar("T")
Number = TypeVar("Number", PersonId, OrganisationId)

PEOPLE = "/console/people"
ORGANISATIONS = "/console/organisations"
_DONE = frozenset({"write", "merge", "unmerge", "prove", "add"})
_TOO_LONG = len("1000000000")


def card_routes(site: Site, pages: Pages, door: Door) -> list[Route]:
    """Return the addresses of the cards."""
    people, organisations = PeoplePages(site, pages), OrganisationPages(site, pages)
    person, organisation = PEOPLE + "/{number}", ORGANISATIONS + "/{number}"
    return [
        Route(PEOPLE, door.guard(people.list)),
        Route(person, door.guard(people.show)),
        Route(person + "/{act}", door.guard(people.act), methods=["POST"]),
        Route(ORGANISATIONS, door.guard(organisations.list)),
        Route(ORGANISATIONS, door.guard(organisations.add), methods=["POST"]),
        Route(organisation, door.guard(organisations.show)),
        Route(organisation + "/{act}", door.guard(organisations.act), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class _Cards(ABC, Generic[Number]):
    """What pages of both kinds do alike."""

    site: Site
    pages: Pages

    address: ClassVar[str]

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show a card with its timeline."""
        return await self._card(request, who)

    async def act(self, request: Request, who: Consultant) -> Response:
        """Do what a form of the card asks for."""
        number, form = self._number(request), await read_form(request)
        act = str(request.path_params["act"])
        if act not in _DONE:
            raise HTTPException(404)
        try:
            await self.site.units.write(lambda uow: self._do(uow, number, who, act, form))
        except HelpdeskError as refusal:
            return await self._card(request, who, form=form, error=refusal)
        return RedirectResponse(f"{self.address}/{number}?done={act}", status_code=303)

    @abstractmethod
    def _number(self, request: Request) -> Number: ...

    @abstractmethod
    async def _card(self, request: Request, who: Consultant, **given: Any) -> Response: ...

    @abstractmethod
    def _do(self, uow: UnitOfWork, number: Number, who: Consultant, act: str, form: Form) -> None:
        """Do it, or refuse; what they may not see is no page."""

    def _show(self, request: Request, who: Consultant, template: str, **values: Any) -> Response:
        done = request.query_params.get("done", "") if request.method == "GET" else ""
        error = values.get("error")
        return self.pages.show(
            request,
            template,
            status=422 if error else 200,
            language=console_language(request),
            me=who,
            done=done if done in _DONE else "",
            types=tuple(AskerType),
            legal_forms=tuple(LegalForm),
            **{"error": None, "form": {}, **values},
        )

    async def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Read; what is not there, or not theirs to see, is no page."""
        try:
            return await self.site.units.read(work)
        except NotFoundError as hidden:
            raise HTTPException(404) from hidden


class PeoplePages(_Cards[PersonId]):
    """Those who ask. A card that may not be seen does not exist."""

    __slots__ = ()
    address = PEOPLE

    async def list(self, request: Request, who: Consultant) -> Response:
        """List the people somebody may see, or those that may be one."""
        words, cards = request.query_params.get("q", "").strip(), self.site.person_cards
        rows = await self.site.units.read(lambda uow: cards.search(uow, words, who))
        wanted = "doubles" in request.query_params
        doubles = await self.site.units.read(lambda uow: cards.doubles(uow, who)) if wanted else ()
        return self._show(
            request,
            who,
            "console/people.html",
            rows=rows[:SHOWN],
            more=len(rows) > SHOWN,
            words=words,
            doubles=doubles[:SHOWN],
            looked=wanted,
        )

    def _number(self, request: Request) -> PersonId:
        return PersonId(_whole(str(request.path_params["number"])))

    async def _card(self, request: Request, who: Consultant, **given: Any) -> Response:
        number = self._number(request)
        card = await self._read(lambda uow: person_page(self.site, uow, who, number))
        names = await self.site.units.read(offered)
        return self._show(request, who, "console/person.html", card=card, offered=names, **given)

    def _do(self, uow: UnitOfWork, number: PersonId, who: Consultant, act: str, form: Form) -> None:
        cards = self.site.person_cards
        if not cards.sees(uow, number, who):
            raise HTTPException(404)
        match act:
            case "write":
                said = about(self.site, uow, form)
                cards.write(uow, number, said, by=who.email, everywhere="everywhere" in form)
            case "merge":
                other = cards.find(uow, form.get("other", ""))
                if not cards.sees(uow, other.id, who):
                    raise NotFoundError("no-such-person")
                cards.merge(uow, number, other.id, by=who.email, who=who)
            case "unmerge":
                _require_own(uow, form, person=number)
                cards.unmerge(uow, _change(form), by=who.email, who=who)
            case "prove":
                channel = Channel.PHONE if form.get("channel") == "phone" else Channel.MAIL
                address = Address(channel, form.get("address", ""))
                cards.prove(uow, number, address, by=who.email)
            case _:
                raise HTTPException(404)


class OrganisationPages(_Cards[OrganisationId]):
    """Whom people ask for."""

    __slots__ = ()
    address = ORGANISATIONS

    async def list(self, request: Request, who: Consultant) -> Response:
        """List the organisations, and the cards that may be of one."""
        return await self._list(request, who)

    async def add(self, request: Request, who: Consultant) -> Response:
        """Add an organisation."""
        form = await read_form(request)

        def add(uow: UnitOfWork) -> OrganisationId:
            said = details(self.site, uow, form)
            return self.site.organisation_cards.add(uow, said, by=who.email).id

        try:
            number = await self.site.units.write(add)
        except HelpdeskError as refusal:
            return await self._list(request, who, form=form, error=refusal)
        return RedirectResponse(f"{ORGANISATIONS}/{number}?done=add", status_code=303)

    async def _list(self, request: Request, who: Consultant, **given: Any) -> Response:
        words, cards = request.query_params.get("q", "").strip(), self.site.organisation_cards
        rows = await self.site.units.read(lambda uow: cards.search(uow, words))
        wanted = "doubles" in request.query_params
        doubles = await self.site.units.read(cards.doubles) if wanted else ()
        return self._show(
            request,
            who,
            "console/organisations.html",
            rows=rows[:SHOWN],
            more=len(rows) > SHOWN,
            words=words,
            doubles=doubles[:SHOWN],
            looked=wanted,
            **given,
        )

    def _number(self, request: Request) -> OrganisationId:
        return OrganisationId(_whole(str(request.path_params["number"])))

    async def _card(self, request: Request, who: Consultant, **given: Any) -> Response:
        number = self._number(request)
        card = await self._read(lambda uow: organisation_page(self.site, uow, who, number))
        names = await self.site.units.read(offered)
        return self._show(
            request, who, "console/organisation.html", card=card, offered=names, **given
        )

    def _do(
        self, uow: UnitOfWork, number: OrganisationId, who: Consultant, act: str, form: Form
    ) -> None:
        cards, known = self.site.organisation_cards, uow.organisations.get(number)
        if not may_write(self.site, uow, who, number):
            raise HTTPException(404)
        match act:
            case "write":
                said = details(self.site, uow, form)
                values = {each.name: getattr(said, each.name) for each in fields(said)}
                cards.save(uow, replace(known, **values), by=who.email)
            case "merge":
                other = cards.find(uow, form.get("other", ""))
                if not may_write(self.site, uow, who, other.id):
                    raise HTTPException(404)
                cards.merge(uow, number, other.id, by=who.email)
            case "unmerge":
                _require_own(uow, form, organisation=number)
                cards.unmerge(uow, _change(form), by=who.email)
            case _:
                raise HTTPException(404)


def _require_own(
    uow: UnitOfWork,
    form: Form,
    *,
    person: PersonId | None = None,
    organisation: OrganisationId | None = None,
) -> None:
    """Refuse to undo from one card what was done to another."""
    change = uow.changes.get(_change(form))
    if (change.person, change.organisation) != (person, organisation):
        raise NotFoundError("no-such-change", id=str(change.id))


def _change(form: Form) -> int:
    return _whole(form.get("change", ""))


def _whole(given: str) -> int:
    if not given.isdecimal() or not given.isascii() or len(given) >= _TOO_LONG:
        raise HTTPException(404)
    return int(given)
