"""The one web server: public pages, the API, the console, status and other channels' webhooks."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, ExceptionHandler, Receive, Scope, Send

from bot.app import App
from bot.console.api import PATH as API
from bot.console.api import Api
from bot.console.bodies import TooLargeError, WrongTypeError, read
from bot.console.counter import Counter
from bot.console.door import CONSOLE
from bot.console.guards import SameOrigin, SecurityHeaders
from bot.console.pages.ask import AskPage
from bot.console.pages.asker import AskerPage
from bot.console.pages.privacy import PrivacyPage
from bot.console.pages.status import StatusPages
from bot.console.pages.trainings import TrainingPages
from bot.console.rate import RateLimiter
from bot.console.rendering import STATIC, Pages, open_pages
from bot.console.site import House, Posted, Readiness, Site, Webhook
from bot.lean_uvicorn import Config, Server
from bot.settings import Settings

logger = logging.getLogger(__name__)
_WEBHOOK_LIMIT = 1024 * 1024
_STOP_SECONDS = 5
_BUSY = 503
_COME_AGAIN = {"Retry-After": "5"}


def open_site(app: App, *, owed: Callable[[], None]) -> Site:
    """Take from the application what the pages need; `owed` wakes the relay."""
    settings = app.settings
    house = House(
        organisation=settings.organisation,
        public_url=settings.public_url,
        privacy_url=settings.privacy_url,
        mail_address=settings.mail_address,
        phone=settings.phone,
        sends_mail=settings.sends_mail,
        has_telegram=settings.telegram_token is not None,
        keep_raw_days=settings.keep_raw_days,
    )
    return Site(
        house=house,
        clock=app.clock,
        units=app.units,
        texts=app.texts,
        tokens=app.tokens,
        knowledge=app.knowledge,
        files=app.files,
        access=app.access,
        working_time=app.working_time,
        deadlines=app.deadlines,
        staff_room=app.desk.reactions.staff_room,
        answers=app.intake.answers,
        intake=app.intake,
        feedback=app.feedback,
        particulars=app.particulars,
        person_cards=app.person_cards,
        desk=app.desk,
        staff=app.staff,
        talking=app.talking,
        limits=settings.web_limits,
        owed=owed,
        linking=app.handling.linking,
        bot_link=partial(_bot_link, settings),
        mentors=app.mentors,
        organisation_cards=app.organisation_cards,
    )


async def _bot_link(settings: Settings) -> str:
    if settings.telegram_token is None:
        return ""
    from bot.telegram.api import Api as BotApi  # noqa: PLC0415 -- only where a bot is set up
    from bot.telegram.introduction import address_of  # noqa: PLC0415 -- likewise

    token = settings.telegram_token.get_secret_value()
    return await address_of(BotApi(server=settings.telegram_api, token=token))


def build_site(
    site: Site, *, readiness: Readiness, webhooks: Mapping[str, Webhook] | None = None
) -> ASGIApp:
    """Put the pages together under their addresses."""
    pages = open_pages(site.texts, site.house, site.clock)
    hooks = dict(webhooks or {})
    routes: list[BaseRoute] = [
        *_status_routes(site, readiness),
        *_public_routes(site, pages),
        _Console(site, pages),
        *(Route(path, _receiver(hook), methods=["POST"]) for path, hook in hooks.items()),
        Mount("/static", _Static(directory=STATIC)),
    ]
    open_paths = (API, "/t/", *hooks)
    inside = Starlette(
        routes=routes,
        middleware=[Middleware(SameOrigin, open_paths=open_paths)],
        exception_handlers=_errors(pages),
    )
    # Around everything, so that the page of an error has the headers too.
    return SecurityHeaders(inside, is_https=site.house.is_https)


def build_status(site: Site, *, readiness: Readiness) -> ASGIApp:
    """Put together only `/health`, `/ready` and `/metrics`, for STATUS_PORT."""
    return SecurityHeaders(Starlette(routes=_status_routes(site, readiness)), is_https=False)


async def serve(
    app: ASGIApp,
    *,
    host: str,
    port: int,
    ready: Callable[[str], None],
    stopping: asyncio.Event,
    proxies: str = "",
) -> None:
    """Serve until told to stop, then let open requests finish for a few seconds.

    `ready` is called once with the address that was opened; port 0 is a free one. Only `proxies`,
    addresses or networks with commas between, may say for whom they ask (X-Forwarded-For).

    Raises:
        OSError: the address cannot be opened.
    """
    with _listen(host, port) as listener:
        config = Config(
            app,
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies,
            ws="none",
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        server = _Server(config, lambda: ready(_address(listener)))
        async with asyncio.TaskGroup() as group:
            watcher = group.create_task(_stop(server, stopping))
            await server.serve(sockets=[listener])
            watcher.cancel()


def _status_routes(site: Site, readiness: Readiness) -> list[BaseRoute]:
    status = StatusPages(site, readiness)
    return [
        Route("/health", status.health),
        Route("/ready", status.ready),
        Route("/metrics", status.metrics),
    ]


def _public_routes(site: Site, pages: Pages) -> list[BaseRoute]:
    limiter = RateLimiter(site.limits)
    counter = Counter(site)
    ask = AskPage(site, pages, counter, limiter)
    asker = AskerPage(site, pages, counter, limiter)
    trainings = TrainingPages(site, pages, limiter)
    return [
        Route("/", ask.show),
        Route("/", ask.post, methods=["POST"]),
        Route("/t/{token}", asker.show),
        Route("/t/{token}", asker.post, methods=["POST"]),
        Route("/t/{token}/files/{sha256}", asker.file),
        Route("/mokymai", trainings.list),
        Route("/mokymai.ics", trainings.feed),
        Route("/mokymai/{training}", trainings.show),
        Route("/mokymai/{training}", trainings.post, methods=["POST"]),
        Route("/privatumas", PrivacyPage(pages).show),
        Route(API, Api(site, counter, limiter).post, methods=["POST"]),
    ]


def _receiver(hook: Webhook) -> Callable[[Request], object]:
    async def receive(request: Request) -> Response:
        body = await read(request, limit=_WEBHOOK_LIMIT)
        status = await hook(Posted(body, request.headers))
        return Response(status_code=status, headers=_COME_AGAIN if status == _BUSY else None)

    return receive


def _errors(pages: Pages) -> dict[object, ExceptionHandler]:
    """Show what went wrong in the form the address speaks: a page, or JSON for the API."""

    def show(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": f"status {status}"}, status_code=status, headers=headers)
        return pages.show(request, "error.html", status=status, headers=headers, code=status)

    async def refused(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return show(request, error.status_code, error.headers)
        return show(request, 500)

    async def too_large(request: Request, _error: Exception) -> Response:
        return show(request, 413, {"Connection": "close"})

    async def wrong_type(request: Request, _error: Exception) -> Response:
        return show(request, 415)

    async def unusable(request: Request, error: Exception) -> Response:
        # A full disk or a lost database; whoever asks may come again with the same key.
        logger.error("the database cannot be used", exc_info=error)
        return show(request, _BUSY, _COME_AGAIN)

    return {
        HTTPException: refused,
        OSError: unusable,
        TooLargeError: too_large,
        WrongTypeError: wrong_type,
        Exception: refused,
    }


class _Console(BaseRoute):
    """All pages behind the sign-in; most of the web's code, loaded when one is first asked for."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site, self._pages = site, pages

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take every address that begins as they do."""
        return (Match.FULL if scope["path"].startswith(CONSOLE) else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let their own routes choose."""
        await self._inside(scope, receive, send)

    @cached_property
    def _inside(self) -> Router:
        from bot.console.inside import console_routes  # noqa: PLC0415 -- see above

        return Router(console_routes(self._site, self._pages))


class _Static(StaticFiles):
    """Static files; the address changes with the content, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.setdefault("Cache-Control", "public, max-age=31536000, immutable")
        return response


class _Server(Server):
    """A server inside our own event loop: signals are the service's."""

    def __init__(self, config: Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell when connections are accepted."""
        await super().startup(sockets)
        if self.started:
            self._tell()


async def _stop(server: Server, stopping: asyncio.Event) -> None:
    await stopping.wait()
    server.should_exit = True


@contextlib.contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
