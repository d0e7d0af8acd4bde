"""The public calendar of trainings, and the form by which one registers."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.api import base_of, client_of
from bot.console.bodies import read_form
from bot.console.questions import mail_address, words
from bot.console.rate import RateLimiter
from bot.console.rendering import Pages, in_language, language_of
from bot.console.site import Site
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError
from handlers.domain.ids import TicketId
from handlers.enrolling import LONGEST_NAME, Enrolling, Wanted
from handlers.ports import UnitOfWork
from handlers.trainings import Offer, told_of
from knowledge_base.municipalities import Places
from knowledge_base.text import fold
from knowledge_base.values import dataclass

_FIELDS = ("name", "email", "organisation", "municipality")
_SHORT_WHILE = {"Cache-Control": "public, max-age=300"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What somebody wrote in the form."""

    name: str
    email: str
    organisation: str
    municipality: str | None


@dataclass(frozen=True, slots=True)
class TrainingPages:
    """Shows the trainings ahead and takes registrations.

    Whoever types an address may not be its owner: what is registered under it already is neither
    told nor changed here. Everything goes to the address.
    """

    site: Site
    pages: Pages
    limiter: RateLimiter

    @property
    def _enrolling(self) -> Enrolling:
        return self.site.intake.enrolling

    async def list(self, request: Request) -> Response:
        """Show the calendar."""
        offers = await self.site.units.read(self._enrolling.calendar.ahead)
        return self.pages.show(
            request,
            "trainings.html",
            offers=[(offer, _told(offer)) for offer in offers],
            feed=f"{base_of(self.site, request)}/mokymai.ics",
        )

    async def feed(self, request: Request) -> Response:
        """Give the calendar to other programs."""
        from bot.console.calendar import feed  # noqa: PLC0415 -- eighty modules, for this page alone

        known = await self.site.units.read(lambda uow: uow.trainings.rows())
        base, house = base_of(self.site, request), self.site.house.organisation
        content = feed(known, base=base, organisation=house)
        return Response(content, media_type="text/calendar", headers=_SHORT_WHILE)

    async def show(self, request: Request) -> Response:
        """Show one training with the form."""
        return await self._page(request, {})

    async def post(self, request: Request) -> Response:
        """Register."""
        form = await read_form(request)
        try:
            given = _registration(form, self._enrolling.calendar.places())
        except InvalidError as wrong:
            return await self._page(request, form, error=wrong, status=422)
        if seconds := self.limiter.wait(client_of(request), now=self.site.clock.now()):
            often = InvalidError("too-often", field="", seconds=str(seconds))
            page = await self._page(request, form, error=often, status=429)
            page.headers["Retry-After"] = str(seconds)
            return page
        offer = await self._offer(request)
        if not offer.training.is_open(self.site.clock.now()):
            return await self._page(request, form, status=409)
        opened = await self.site.units.write(
            lambda uow: self._enrol(uow, offer.training.id, given, language_of(request))
        )
        self.site.owed()
        address = in_language(request, f"/mokymai/{offer.training.id}", done="1")
        if opened is not None and not self.site.house.sends_mail:
            address = in_language(request, f"/t/{self.site.token(opened)}")
        return RedirectResponse(address, status_code=303)

    def _enrol(
        self, uow: UnitOfWork, training: str, given: Registration, language: str
    ) -> TicketId | None:
        """Register; return the conversation if it is new: its page may be shown to whoever asks."""
        address = Address(Channel.MAIL, given.email)
        person = uow.people.find(address) or uow.people.add(
            name=given.name, language=language, address=address, at=self.site.clock.now()
        )
        is_known = any(each.training == training for each in uow.trainings.of_person(person.id))
        said = (f"registruotis {training}", given.name, given.organisation, given.municipality)
        enrolled = self._enrolling.enrol(
            uow,
            Wanted(
                training=training,
                person=person,
                channel=Channel.WEB,
                language=language,
                text="\n".join(filter(None, said)),
                name="" if is_known else given.name,
                organisation="" if is_known else given.organisation,
                municipality=None if is_known else given.municipality,
            ),
        )
        return None if is_known else enrolled.ticket.id

    async def _offer(self, request: Request) -> Offer:
        name = str(request.path_params["training"])

        def find(uow: UnitOfWork) -> Offer | None:
            known = uow.trainings.known(name)
            return self._enrolling.calendar.offer(uow, known) if known else None

        offer = await self.site.units.read(find)
        if offer is None:
            raise HTTPException(404)
        return offer

    async def _page(
        self,
        request: Request,
        given: Mapping[str, str],
        *,
        error: InvalidError | None = None,
        status: int = 200,
    ) -> Response:
        offer = await self._offer(request)
        return self.pages.show(
            request,
            "training.html",
            status=status,
            offer=offer,
            training=offer.training,
            told=_told(offer),
            is_open=offer.training.is_open(self.site.clock.now()),
            given={name: given.get(name, "") for name in _FIELDS},
            places=sorted(self.site.knowledge.current().places.names, key=fold),
            error=error,
            done="done" in request.query_params and request.method == "GET",
            longest=LONGEST_NAME,
        )


def _told(offer: Offer) -> dict[str, str | int]:
    return {**told_of(offer.training), "free": offer.free}


def _registration(form: Mapping[str, str], places: Places) -> Registration:
    """Read the form.

    Raises:
        InvalidError: a value is missing or cannot be used; the field is named.
    """
    said = form.get("municipality", "").strip()
    return Registration(
        name=_short(words(form.get("name"), field="name")),
        email=mail_address(form.get("email", "").strip()),
        organisation=_short(form.get("organisation", "")),
        municipality=official(said, places) if said else None,
    )


def _short(text: str) -> str:
    printable = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(printable.split())[:LONGEST_NAME]


def official(said: str, places: Places) -> str:
    """Return the official name of the one municipality that is meant.

    Raises:
        InvalidError: there is none, or two have the name.
    """
    named = places.named(said)
    if len(named) == 1:
        return named[0].official
    if not named:
        raise InvalidError("no-such-municipality", field="municipality", municipality=said)
    either = ", ".join(place.official for place in named)
    raise InvalidError("which-municipality", field="municipality", either=either)
