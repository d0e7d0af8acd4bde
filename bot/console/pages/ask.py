"""The ask page: a plain form that becomes a ticket."""

import asyncio
import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.api import client_of
from bot.console.bodies import read_form
from bot.console.counter import Counter, form_key
from bot.console.questions import MAX_TEXT, parse_fields
from bot.console.rate import RateLimiter
from bot.console.rendering import Pages, in_language
from bot.console.site import Site
from handlers.domain.errors import InvalidError
from knowledge_base.text import fold
from knowledge_base.values import dataclass

_FIELDS = ("text", "email", "municipality", "phone")


@dataclass(frozen=True, slots=True)
class AskPage:
    """Shows the form, and files what was written in it."""

    site: Site
    pages: Pages
    counter: Counter
    limiter: RateLimiter

    async def show(self, request: Request) -> Response:
        """Show the empty form."""
        return await self._form(request, {})

    async def post(self, request: Request) -> Response:
        """File the question and lead the asker to its page."""
        form = await read_form(request)
        try:
            question = parse_fields({name: form.get(name) for name in _FIELDS})
        except InvalidError as wrong:
            return await self._form(request, form, error=wrong, status=422)
        if seconds := self.limiter.wait(client_of(request), now=self.site.clock.now()):
            often = InvalidError("too-often", field="", seconds=str(seconds))
            page = await self._form(request, form, error=often, status=429)
            page.headers["Retry-After"] = str(seconds)
            return page
        raw = question.to_json()
        filed = await self.counter.ask(question, key=form_key(form.get("key", ""), raw), raw=raw)
        address = in_language(request, f"/t/{self.site.token(filed.ticket)}")
        return RedirectResponse(address, status_code=303)

    async def _form(
        self,
        request: Request,
        given: Mapping[str, str],
        *,
        error: InvalidError | None = None,
        status: int = 200,
    ) -> Response:
        site = self.site
        base = await asyncio.to_thread(site.knowledge.refresh)
        staffed = await site.units.read(site.is_staffed)
        return self.pages.show(
            request,
            "ask.html",
            status=status,
            given={name: given.get(name, "") for name in _FIELDS},
            key=given.get("key") or secrets.token_urlsafe(16),
            error=error,
            max_text=MAX_TEXT,
            places=sorted(base.places.names, key=fold),
            planned=site.working_time.expected(site.clock.now()) if staffed else None,
            staffed=staffed,
            closure=site.closure() if staffed else {},
        )
