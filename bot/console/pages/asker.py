"""The asker's own page of a ticket: what was said, what was answered, and what to do next."""

import asyncio
import secrets
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import islice
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.api import base_of, client_of
from bot.console.bodies import read_form
from bot.console.counter import Counter, answered_entries, form_key
from bot.console.letters import Piece, piece, pieces
from bot.console.pages.files import find_file, send_file
from bot.console.questions import MAX_TEXT, phone_of, words
from bot.console.rate import RateLimiter
from bot.console.rendering import Pages, in_language, language_of
from bot.console.seats import SeatView, give_up, seats_of
from bot.console.site import Site
from handlers.askers import LANGUAGES
from handlers.calling_hours import Slot, slots, wished_call
from handlers.domain.channels import Attachment, Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import TicketId
from handlers.domain.tickets import PUBLIC_KINDS, Article, ArticleKind, Status, Ticket
from handlers.joined import as_its_asker_sees, shown_to_asker
from handlers.mentor_first import MentorFirst
from handlers.parts import Part, parts_of, untranslated, waiting
from handlers.ports import UnitOfWork
from handlers.reactions import checked_on
from handlers.tokens import Purpose
from handlers.typed import Wish
from knowledge_base.entries import LITHUANIAN, Entry, Source
from knowledge_base.queues import GENERAL, SENSITIVE, Queue
from knowledge_base.values import dataclass

T = TypeVar("T")
_SLOTS = 6
_PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
_SETTLED = frozenset({Status.RESOLVED, Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An article as the asker sees it, with the sources of an automatic answer.

    `pieces` are the answers to the questions of a letter, each under its own.
    """

    article: Article
    sources: tuple[Source, ...] = ()
    checked_on: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """All the asker may see of a ticket.

    `planned` is the day an answer is planned for, while one is awaited and may be promised.
    `parts` are the questions of a letter with several; `foreign` is the language we have no answer
    in, `originals` the Lithuanian ones shown instead; `topics` are queues to choose from, `places`
    municipalities of one name; `mentor` says whether the organisation's mentor has it, or is away.
    """

    ticket: Ticket
    parts: tuple[Part, ...]
    foreign: str
    originals: tuple[Piece, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    said: tuple[Said, ...]
    offered: tuple[Entry, ...]
    queue: Queue | None
    planned: date | None
    staffed: bool
    has_mail: bool
    seats: tuple[SeatView, ...]
    slots: tuple[Slot, ...] = ()
    call_values: Mapping[str, str] = field(default_factory=dict)
    mentor: str

    @property
    def state(self) -> str:
        """Which of four things the asker is told: answered, waiting, replied, settled."""
        status = self.ticket.status
        if status in _SETTLED:
            return "settled"
        if status is Status.ANSWERED:
            return "answered"
        return "replied" if status is Status.WAITING else "waiting"

    @property
    def is_in_part(self) -> bool:
        """Whether some questions are answered while others wait."""
        return self.state == "waiting" and any(part.is_answered for part in self.parts)

    @property
    def is_sensitive(self) -> bool:
        """Whether somebody may be in danger, so that 112 is named."""
        return self.ticket.queue == SENSITIVE


@dataclass(frozen=True, slots=True)
class AskerPage:
    """Opens only with the ticket's token, which proves who asks."""

    site: Site
    pages: Pages
    counter: Counter
    limiter: RateLimiter

    async def show(self, request: Request) -> Response:
        """Show the conversation."""
        return await self._page(request, self._ticket(request))

    async def post(self, request: Request) -> Response:
        """Press a button, or add to the question."""
        ticket = self._ticket(request)
        form = await read_form(request)
        if seconds := self.limiter.wait(client_of(request), now=self.site.clock.now()):
            often = InvalidError("too-often", field="", seconds=str(seconds))
            return await self._page(request, ticket, error=often, status=429, form=form)
        if "telegram" in form:
            return await self._page(request, ticket, invitation=await self._invitation(ticket))
        if "leave" in form:
            await _found(self.site.units.write(lambda uow: give_up(self.site, uow, ticket)))
            self.site.owed()
            return self._back(request, ticket, "left")
        if topic := form.get("topic"):
            await _found(self.counter.choose_topic(ticket, topic))
            return self._back(request, ticket, "topic")
        if place := form.get("place"):
            await _found(self.counter.choose_place(ticket, place))
            return self._back(request, ticket, "place")
        if (wish := _wish(form.get("wish"))) is not None:
            await _found(self.counter.press(ticket, wish))
            return self._back(request, ticket, f"pressed-{wish.value}")
        if "uncall" in form:
            await _found(self.counter.uncall(ticket))
            return self._back(request, ticket, "uncalled")
        try:
            if "call" in form:
                phone = phone_of(form.get("phone", "")) or ""
                await _found(self.counter.call(ticket, phone, form.get("slot", "")))
                return self._back(request, ticket, "called")
            text = words(form.get("text"), field="text")
        except InvalidError as wrong:
            return await self._page(request, ticket, error=wrong, status=422, form=form)
        key = form_key(form.get("key", ""), f"{ticket}:{text}".encode())
        joined = await _found(self.counter.add(ticket, text, key=key))
        return self._back(request, joined, "added")

    async def file(self, request: Request) -> Response:
        """Send a file that came with a reply or the asker's own message."""
        ticket = self._ticket(request)
        sha256 = str(request.path_params["sha256"])

        def find(uow: UnitOfWork) -> Attachment | None:
            return find_file(shown_to_asker(uow, uow.tickets.get(ticket)), sha256)

        return await send_file(self.site, await self.site.units.read(find))

    def _invites(self, ticket: Ticket) -> bool:
        return self.site.house.has_telegram and not self.site.access.is_restricted(ticket.queue)

    async def _invitation(self, ticket: TicketId) -> str:
        """Return the one-time address at which the matter goes on in Telegram, if it may."""
        bot = await self.site.bot_link()

        def invite(uow: UnitOfWork) -> str:
            found = uow.tickets.get(ticket)
            return self.site.linking.invite(uow, found) if self._invites(found) else ""

        code = await _found(self.site.units.write(invite)) if bot else ""
        return f"{bot}?start={code}" if code else ""

    def _ticket(self, request: Request) -> TicketId:
        claim = self.site.tokens.verify(str(request.path_params["token"]))
        if claim is None or claim.purpose is not Purpose.PAGE:
            raise HTTPException(404)
        return claim.ticket

    def _back(self, request: Request, ticket: TicketId, done: str) -> Response:
        address = in_language(request, f"/t/{self.site.token(ticket)}", done=done)
        return RedirectResponse(address, status_code=303, headers=_PRIVATE)

    async def _page(
        self,
        request: Request,
        ticket: TicketId,
        *,
        error: InvalidError | None = None,
        status: int = 200,
        form: dict[str, str] | None = None,
        invitation: str | None = None,
    ) -> Response:
        await asyncio.to_thread(self.site.knowledge.refresh)
        conversation = await _found(self.site.units.read(lambda uow: self._read(uow, ticket)))
        token = self.site.token(ticket)
        asked_in = conversation.ticket.language
        own = asked_in if asked_in in LANGUAGES else "en"
        today = self.site.today()
        return self.pages.show(
            request,
            "asker.html",
            status=status,
            headers=_PRIVATE,
            language=language_of(request) if "lang" in request.query_params else own,
            conversation=conversation,
            ticket=conversation.ticket,
            promised=conversation.planned if (conversation.planned or today) >= today else None,
            closure=self.site.closure() if conversation.staffed else {},
            address=f"{base_of(self.site, request)}/t/{token}",
            token=token,
            reaches_mail=conversation.has_mail and self.site.house.sends_mail,
            invitation=invitation,
            invites=self._invites(conversation.ticket),
            done=_done(request.query_params.get("done", "")),
            error=error,
            text=(form or {}).get("text", ""),
            phone=(form or {}).get("phone", ""),
            key=(form or {}).get("key") or secrets.token_urlsafe(16),
            max_text=MAX_TEXT,
        )

    def _read(self, uow: UnitOfWork, ticket_id: TicketId) -> Conversation:
        site = self.site
        ticket = uow.tickets.get(ticket_id)
        find = site.knowledge.current().entry
        offered = [find(entry_id) for entry_id in ticket.offered]
        addresses = uow.people.get(ticket.requester).addresses
        events = uow.tickets.events(ticket.id)
        parts = parts_of(events)
        foreign, shown = untranslated(events)
        originals = (entry for entry_id in shown if (entry := find(entry_id)) is not None)
        mentors = MentorFirst(clock=self.site.clock, access=self.site.access)
        return Conversation(
            ticket=as_its_asker_sees(uow, ticket),
            parts=parts,
            foreign=foreign,
            originals=tuple(self._original(entry) for entry in originals),
            topics=self._topics(uow, ticket, parts),
            places=site.particulars.places_asked(uow, ticket),
            said=self._said(uow, ticket, parts),
            offered=tuple(entry for entry in offered if entry is not None),
            queue=self.site.access.queues.get(ticket.queue),
            planned=self.site.planned(uow, ticket),
            staffed=self.site.is_staffed(uow),
            has_mail=any(address.channel is Channel.MAIL for address in addresses),
            seats=seats_of(self.site, uow, ticket.id),
            slots=tuple(islice(slots(site.working_time, site.clock.now()), _SLOTS)),
            call_values=wished_call(uow.calls.of_ticket(ticket.id)),
            mentor=str(mentors.told(uow, ticket).get("mentor", "")),
        )

    def _topics(self, uow: UnitOfWork, ticket: Ticket, parts: Sequence[Part]) -> tuple[str, ...]:
        """Return the queues the asker may choose from, where nobody recognised the topic."""
        if ticket.queue != GENERAL:
            return ()
        asked = [article.text for article in _public(uow.tickets.articles(ticket.id))[:1]]
        likely = self.site.answers.topics("\n".join(waiting(parts) or asked))
        may_choose = self.site.particulars.may_choose_topic
        return tuple(queue for queue in likely if may_choose(uow, ticket, queue))

    def _original(self, entry: Entry) -> Piece:
        text = self.site.answers.text((entry,), Channel.WEB, LITHUANIAN)
        return piece(entry, question=entry.question, text=text)

    def _said(self, uow: UnitOfWork, ticket: Ticket, parts: Sequence[Part]) -> tuple[Said, ...]:
        def text_of(entry: Entry) -> str:
            return self.site.answers.text((entry,), ticket.channel, ticket.language)

        answers = iter(answered_entries(self.site, uow, ticket))
        said = []
        for article in shown_to_asker(uow, ticket):
            sent = article.kind is ArticleKind.SUGGESTED and article.ticket == ticket.id
            entries = next(answers, ()) if sent else ()
            sources = dict.fromkeys(source for entry in entries for source in entry.sources)
            said.append(
                Said(
                    article=article,
                    sources=tuple(sources),
                    checked_on=checked_on(entries),
                    pieces=pieces(article.text, entries, parts, text_of),
                )
            )
        return tuple(said)


_DONE = frozenset(
    {"added", "left", "topic", "place", "called", "uncalled"}
    | {f"pressed-{wish.value}" for wish in Wish}
)


def _done(name: str) -> str:
    """Return the catalogue key of what was just done; options share one."""
    if name not in _DONE:
        return ""
    return "asker-done-chosen" if name[-1].isdigit() else f"asker-done-{name}"


async def _found(work: Awaitable[T]) -> T:
    """Await what needs a ticket; one that is gone is a page that is not there."""
    try:
        return await work
    except NotFoundError as gone:
        raise HTTPException(404) from gone


def _wish(given: str | None) -> Wish | None:
    return Wish(given) if given in {wish.value for wish in Wish} else None


def _public(articles: Sequence[Article]) -> list[Article]:
    return [article for article in articles if article.kind in PUBLIC_KINDS]
