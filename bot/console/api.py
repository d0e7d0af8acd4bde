"""`POST /api/questions`: a question from another program (CONTRACT, "Web")."""

import re
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.console.bodies import TooLargeError, media_type, read
from bot.console.counter import Counter
from bot.console.questions import NotJsonError, parse_json
from bot.console.rate import RateLimiter
from bot.console.site import Site
from handlers.domain.errors import InvalidError
from knowledge_base.values import dataclass

PATH = "/api/questions"
_LIMIT = 64 * 1024
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?")
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Api:
    """Takes questions as JSON; its errors are for programmers, in English."""

    site: Site
    counter: Counter
    limiter: RateLimiter

    async def post(self, request: Request) -> Response:
        """File the question and tell what was decided."""
        if media_type(request) != "application/json":
            return self._error(415, "api-not-json-type")
        try:
            body = await read(request, limit=_LIMIT)
            question = parse_json(body)
            key = _key(request)
        except TooLargeError:
            return self._error(413, "api-too-large", headers={"Connection": "close"})
        except NotJsonError:
            return self._error(400, "api-not-json")
        except InvalidError as wrong:
            return self._invalid(wrong)
        seconds = self.limiter.wait(client_of(request), now=self.site.clock.now())
        if seconds:
            return self._error(429, "api-too-often", headers={"Retry-After": str(seconds)})
        try:
            filed = await self.counter.ask(question, key=key, raw=body)
        except InvalidError as wrong:
            return self._invalid(wrong)
        token = self.site.token(filed.ticket)
        return JSONResponse(
            {
                "reference": filed.reference,
                "decision": filed.decision,
                "answer": filed.answer,
                "partial": filed.partial,
                "token": token,
                "url": f"{base_of(self.site, request)}/t/{token}",
            },
            status_code=201,
        )

    def _error(
        self, status: int, key: str, *, headers: dict[str, str] | None = None
    ) -> JSONResponse:
        sentence = self.site.texts.line(key, _LANGUAGE)
        return JSONResponse({"error": sentence}, status_code=status, headers=headers)

    def _invalid(self, wrong: InvalidError) -> JSONResponse:
        sentence = self.site.texts.line(wrong.key, _LANGUAGE, wrong.values)
        return JSONResponse({"error": sentence, "field": wrong.field}, status_code=422)


def client_of(request: Request) -> str:
    """Return the address the connection came from; what a header claims is not believed."""
    return request.client.host if request.client else ""


def base_of(site: Site, request: Request) -> str:
    """Return the address people open; without a setting, the one this request came to."""
    return site.house.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def _key(request: Request) -> str:
    given = request.headers.get("idempotency-key")
    if given is None:
        return f"once:{secrets.token_urlsafe(16)}"
    if not _KEY.fullmatch(given):
        raise InvalidError("bad-key", field="Idempotency-Key")
    return f"key:{given}"
