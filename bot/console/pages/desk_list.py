"""The consultants' list of tickets."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.desk_views import VIEWS, Filter, listing
from bot.console.pages.desk_ticket import ACTS
from bot.console.rendering import LANGUAGE_COOKIE, Pages, console_language
from bot.console.site import Site
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, parse_reference
from knowledge_base.values import dataclass

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ListPage:
    """Shows what waits: mine, my queues', or all I may see."""

    site: Site
    pages: Pages

    async def show(self, request: Request, who: Consultant) -> Response:
        """Show the list; a reference in the search box leads straight to its ticket."""
        query = request.query_params
        words = query.get("q", "").strip()
        if (reference := parse_reference(words)) is not None:
            return RedirectResponse(f"/console/tickets/NVO-{reference}", status_code=303)
        wanted = Filter(
            view=_view(query.get("view", ""), who),
            status=_status(query.get("status", "")),
            queue=query.get("queue") or None,
            words=words,
        )
        found = await self.site.units.read(lambda uow: listing(self.site, uow, who, wanted))
        language = console_language(request)
        page = self.pages.show(
            request,
            "console/list.html",
            language=language,
            me=who,
            listing=found,
            wanted=wanted,
            views=tuple(VIEWS),
            statuses=tuple(Status),
            today=self.site.today(),
            done=query.get("done", "") if query.get("done") in ACTS else "",
        )
        if "lang" in query:
            page.set_cookie(
                LANGUAGE_COOKIE,
                language,
                max_age=_YEAR,
                secure=self.site.house.is_https,
                httponly=True,
                samesite="lax",
            )
        return page


def _view(given: str, who: Consultant) -> str:
    """Return the list asked for; at first what waits in one's queues, for who has any."""
    if given in VIEWS:
        return given
    return "queues" if who.queues else "all"


def _status(given: str) -> Status | None:
    return Status(given) if given in {status.value for status in Status} else None
