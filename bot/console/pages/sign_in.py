"""Signing in by a one-time link, which only a pressed button uses up, and signing out."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.api import base_of, client_of
from bot.console.bodies import read_form
from bot.console.door import SIGN_IN, Door, inside
from bot.console.rate import RateLimiter
from bot.console.rendering import Pages, console_language
from bot.console.site import Site
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The door's outside. Mail scanners open every link, so a GET never uses a code up."""

    site: Site
    pages: Pages
    door: Door
    limiter: RateLimiter

    async def show(self, request: Request) -> Response:
        """Ask to confirm a link, or for the address a link is to be sent to."""
        code = request.query_params.get("code", "")
        wanted = request.query_params.get("next", "")
        sent = "sent" in request.query_params
        return self._page(request, code=code, wanted=wanted, sent=sent)

    async def post(self, request: Request) -> Response:
        """Use the code up, or owe a mail with a new one."""
        form = await read_form(request)
        wanted = inside(form.get("next", ""))
        if self.limiter.wait(client_of(request), now=self.site.clock.now()):
            return self._page(request, error="sign-in-too-often", wanted=wanted, status=429)
        if code := form.get("code", ""):
            opened = await self.door.open(code, wanted=wanted)
            return opened or self._page(request, error="sign-in-spent", wanted=wanted, status=403)
        await self._send(request, form.get("email", ""), wanted)
        return RedirectResponse(f"{SIGN_IN}?sent", status_code=303)

    async def leave(self, request: Request) -> Response:
        """Sign out."""
        return await self.door.close(request)

    async def _send(self, request: Request, email: str, wanted: str) -> None:
        start = f"{base_of(self.site, request)}{SIGN_IN}?next={quote(wanted)}&code="
        await self.site.units.write(
            lambda uow: self.site.staff.mail_sign_in(uow, email, link=start.__add__)
        )
        self.site.owed()

    def _page(
        self,
        request: Request,
        *,
        code: str = "",
        wanted: str = "",
        sent: bool = False,
        error: str = "",
        status: int = 200,
    ) -> Response:
        return self.pages.show(
            request,
            "console/sign_in.html",
            status=status,
            language=console_language(request),
            code=code,
            wanted=wanted,
            sent=sent,
            error=error,
            sends_mail=self.site.house.sends_mail,
        )
