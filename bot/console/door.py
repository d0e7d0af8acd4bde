"""Who is signed in: a random cookie whose SHA-256 is kept, one-time links, nothing else."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.site import Site
from handlers.domain.ids import ConsultantId
from handlers.domain.people import Consultant
from handlers.ports import UnitOfWork
from handlers.staff import SESSION_LIFE, digest
from knowledge_base.values import dataclass

CONSOLE = "/console"
SIGN_IN = "/console/sign-in"
_INSIDE = ("/console/tickets/", "/console/mentorships")

Page = Callable[[Request, Consultant], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """Lets consultants in and out of the console."""

    site: Site

    @property
    def cookie(self) -> str:
        """The cookie's name; the prefix, which needs TLS, ties it to this very host."""
        return "__Host-helpdesk" if self.site.house.is_https else "helpdesk"

    def guard(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """Show a page only to who is signed in; anybody else is led to the door."""

        async def guarded(request: Request) -> Response:
            who = await self.site.units.read(lambda uow: self.who(uow, request))
            if who is not None:
                return await page(request, who)
            wanted = request.url.path if request.method == "GET" else ""
            return RedirectResponse(f"{SIGN_IN}?next={quote(wanted)}", status_code=303)

        return guarded

    def who(self, uow: UnitOfWork, request: Request) -> Consultant | None:
        """Return the consultant behind the request's cookie."""
        secret = request.cookies.get(self.cookie)
        if not secret:
            return None
        consultant = uow.sessions.find(digest(secret), now=self.site.clock.now())
        return None if consultant is None else self._active(uow, consultant)

    async def open(self, code: str, *, wanted: str) -> Response | None:
        """Use a one-time code up and begin a session; None when it is not valid any more."""
        secret = await self.site.units.write(lambda uow: self.site.staff.sign_in(uow, code))
        if secret is None:
            return None
        inside = RedirectResponse(wanted, status_code=303)
        inside.set_cookie(
            self.cookie,
            secret,
            max_age=int(SESSION_LIFE.total_seconds()),
            path="/",
            secure=self.site.house.is_https,
            httponly=True,
            samesite="lax",
        )
        return inside

    async def close(self, request: Request) -> Response:
        """End the session here and in the browser."""
        secret = request.cookies.get(self.cookie, "")
        await self.site.units.write(lambda uow: uow.sessions.close(digest(secret)))
        outside = RedirectResponse(SIGN_IN, status_code=303)
        outside.delete_cookie(
            self.cookie, path="/", secure=self.site.house.is_https, httponly=True, samesite="lax"
        )
        return outside

    def _active(self, uow: UnitOfWork, consultant: ConsultantId) -> Consultant | None:
        who = uow.consultants.get(consultant)
        return who if who.active else None


def inside(path: str) -> str:
    """Return a page of the console to go on to; anything else is its first page."""
    return path if path.startswith(_INSIDE) else CONSOLE
