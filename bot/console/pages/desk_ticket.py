"""One ticket for its consultant: read it, and act on it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.bodies import read_form
from bot.console.card_views import say_asker
from bot.console.desk_views import Dossier, dossier, visible
from bot.console.pages.desk_sorting import SORTING_ACTS, SortingActs
from bot.console.pages.files import find_file, send_file
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from handlers.desk import Words
from handlers.domain.channels import Attachment, Channel
from handlers.domain.errors import (
    ConflictError,
    HelpdeskError,
    NotAllowedError,
    NotFoundError,
)
from handlers.domain.ids import DraftId, TicketId
from handlers.domain.organisations import AskerType
from handlers.domain.people import Consultant
from handlers.domain.tickets import parse_reference
from handlers.drafting import Drafting
from handlers.ports import UnitOfWork
from handlers.seen import Seen
from handlers.unrouting import Unrouting
from knowledge_base.values import dataclass

_PLAIN_ACTS = ("take", "release", "unroute", "resolve", "reopen", "spam")
_FORMS = ("reply", "note", "transfer", "asker", "send-draft", "drop-draft")
ACTS = frozenset({*_PLAIN_ACTS, *SORTING_ACTS, *_FORMS})
DONE = ACTS | {"talk", "summary", "drop", "missed"}
"""What the page can say was done, here or on the pages of talks."""

_COPY = "cc:"
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the boxes when the page is shown again: nothing typed is ever lost."""

    reply: str = ""
    note: str = ""
    copies: tuple[str, ...] = ()
    seen: int = 0
    error: HelpdeskError | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Shows a ticket. One that may not be seen does not exist."""

    site: Site
    pages: Pages

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show the ticket, with a FAQ answer already in the reply box if one was chosen."""
        ticket = _ticket(request)
        found = await self._read(who, ticket)
        chosen = _text_of(found, request.query_params.get("insert", ""))
        return self._page(request, who, found, Draft(reply=chosen))

    async def act(self, request: Request, who: Consultant) -> Response:
        """Do what a button of the page asks for."""
        ticket, act = _ticket(request), str(request.path_params["act"])
        form = await read_form(request)
        if act not in ACTS:
            raise HTTPException(404)
        if "insert" in form:
            return await self._insert(request, who, ticket, form)
        try:
            shown = await self.site.units.write(lambda uow: self._do(uow, ticket, who, act, form))
        except HelpdeskError as refusal:
            return await self._refused(request, who, ticket, form, refusal)
        self.site.owed()
        still = await self.site.units.read(lambda uow: visible(self.site, uow, who, shown))
        address = "/console" if still is None else f"/console/tickets/{still.reference}"
        return RedirectResponse(f"{address}?done={act}", status_code=303)

    async def file(self, request: Request, who: Consultant) -> Response:
        """Send a file of the ticket."""
        ticket, sha256 = _ticket(request), str(request.path_params["sha256"])

        def find(uow: UnitOfWork) -> Attachment | None:
            if visible(self.site, uow, who, ticket) is None:
                return None
            return find_file(uow.tickets.articles(ticket), sha256)

        return await send_file(self.site, await self.site.units.read(find))

    def _do(
        self, uow: UnitOfWork, ticket: TicketId, who: Consultant, act: str, form: Form
    ) -> TicketId:
        """Do it, and return the ticket to show then."""
        desk = self.site.desk
        if visible(self.site, uow, who, ticket) is None:
            raise HTTPException(404)
        words = Words(text=form.get("text", ""), channel=Channel.COMMAND)
        match act:
            case "reply":
                words = replace(words, copies=_copies(form))
                seen, version = _seen(form), _number(form.get("version"))
                desk.reply(
                    uow, ticket, who, words, seen=seen, seen_version=None if seen else version
                )
                if form.get("then") == "resolve":
                    desk.resolve(uow, ticket, who)
            case "note":
                desk.note(uow, ticket, who, words)
            case "transfer":
                desk.transfer(uow, ticket, who, queue=form.get("queue", ""))
            case "asker":
                say_asker(self.site, uow, ticket, who, form)
            case "send-draft" | "drop-draft":
                self._settle_draft(uow, ticket, who, act, form)
            case _ if act in SORTING_ACTS:
                return SortingActs(self.site).carry_out(uow, ticket, who, act, form)
            case _:
                self._plain(act)(uow, ticket, who)
        return ticket

    def _settle_draft(
        self, uow: UnitOfWork, ticket: TicketId, who: Consultant, act: str, form: Form
    ) -> None:
        draft = DraftId(_number(form.get("draft")) or 0)
        drafting = Drafting(clock=self.site.clock, desk=self.site.desk)
        if act == "send-draft":
            by_command = Words(text="", channel=Channel.COMMAND)
            drafting.send(uow, ticket, who, draft, words=by_command, seen=_seen(form))
        else:
            drafting.discard(uow, ticket, who, draft)

    def _plain(self, act: str) -> Callable[[UnitOfWork, TicketId, Consultant], object]:
        desk = self.site.desk
        undo = Unrouting(desk=desk).undo
        acts = (desk.take, desk.release, undo, desk.resolve, desk.reopen, desk.spam)
        return dict(zip(_PLAIN_ACTS, acts, strict=True))[act]

    async def _insert(
        self, request: Request, who: Consultant, ticket: TicketId, form: Form
    ) -> Response:
        """Add a FAQ answer to what was typed, where no script does it in the browser."""
        found = await self._read(who, ticket)
        parts = (form.get("text", "").strip(), _text_of(found, form["insert"]))
        draft = Draft(
            reply="\n\n".join(filter(None, parts)),
            copies=_copies(form),
            seen=_number(form.get("seen")) or 0,
        )
        return self._page(request, who, found, draft)

    async def _refused(
        self,
        request: Request,
        who: Consultant,
        ticket: TicketId,
        form: Form,
        refusal: HelpdeskError,
    ) -> Response:
        """Show the ticket as it is now, with what was typed and why it was not done."""
        found = await self._read(who, ticket)
        is_note = request.path_params["act"] == "note"
        text = form.get("text", "")
        draft = Draft(
            reply="" if is_note else text,
            note=text if is_note else "",
            copies=_copies(form),
            seen=_number(form.get("seen")) or 0,
            error=refusal,
            status=409 if isinstance(refusal, ConflictError) else 422,
        )
        return self._page(request, who, found, draft)

    async def _read(self, who: Consultant, ticket: TicketId) -> Dossier:
        await asyncio.to_thread(self.site.knowledge.refresh)
        try:
            return await self.site.units.read(lambda uow: dossier(self.site, uow, who, ticket))
        except (NotFoundError, NotAllowedError) as hidden:
            raise HTTPException(404) from hidden

    def _page(self, request: Request, who: Consultant, found: Dossier, draft: Draft) -> Response:
        done = request.query_params.get("done", "") if request.method == "GET" else ""
        return self.pages.show(
            request,
            "console/ticket.html",
            status=draft.status,
            language=console_language(request),
            me=who,
            dossier=found,
            ticket=found.ticket,
            draft=draft,
            done=done if done in DONE else "",
            types=tuple(AskerType),
            today=self.site.today(),
            newest=found.articles[-1].id if found.articles else 0,
        )


def _ticket(request: Request) -> TicketId:
    ticket = parse_reference(str(request.path_params["reference"]))
    if ticket is None:
        raise HTTPException(404)
    return ticket


def _text_of(found: Dossier, entry_id: str) -> str:
    of_letter = (each for question in found.questions for each in question.suggestions)
    texts = {each.entry.id: each.text for each in (*found.suggestions, *of_letter)}
    return texts.get(entry_id, "")


def _copies(form: Form) -> tuple[str, ...]:
    """Read the ticked boxes, one for each person in copy."""
    return tuple(name.removeprefix(_COPY) for name in form if name.startswith(_COPY))


def _seen(form: Form) -> Seen | None:
    """Read how far the page went whose button was pressed."""
    lines, article = _number(form.get("lines")), _number(form.get("seen"))
    return None if lines is None or article is None else Seen(lines=lines, article=article)


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and len(given) < len("1000000000") else None
