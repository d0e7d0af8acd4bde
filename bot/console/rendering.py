"""Pages from templates: words from the catalogue, everything escaped, times in Vilnius."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.console.site import House
from bot.texts import FALLBACK, LANGUAGES, MissingTextError, Texts
from handlers.domain.channels import Channel
from handlers.domain.errors import HelpdeskError
from handlers.domain.people import Person
from handlers.ports import Clock
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

STATIC = Path(__file__).parent / "static"
LANGUAGE_COOKIE = "lang"
CONSOLE_LANGUAGES = ("lt", "en")
_UNITS: Final = {
    365 * 86400: "years",
    30 * 86400: "months",
    7 * 86400: "weeks",
    86400: "days",
    3600: "hours",
    60: "minutes",
    1: "seconds",
}
_NEARLY: Final = 0.85
"""So much of a unit is told as one of it."""
_URL = re.compile(r"https?://[^\s<>\"„“]+[^\s<>\"„“.,;:!?)\]]")


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders templates; one for the whole site."""

    environment: Environment
    texts: Texts
    house: House
    clock: Clock

    def show(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        language: str | None = None,
        **values: object,
    ) -> HTMLResponse:
        """Render a template in the reader's language."""
        words = Phrases(self.texts, language or language_of(request), self.clock)
        html = self.environment.get_template(template).render(
            t=words.line,
            w=words,
            language=words.language,
            languages=LANGUAGES,
            house=self.house,
            path=request.url.path,
            chosen=request.query_params.get("lang"),
            **values,
        )
        return HTMLResponse(html, status_code=status, headers=dict(headers or {}))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything a template says, in one language."""

    texts: Texts
    language: str
    clock: Clock

    def line(self, key: str, **values: str | int) -> str:
        return self.texts.line(key, self.language, values)

    def line_in(self, language: str, key: str) -> str:
        return self.texts.line(key, language)

    def refusal(self, error: HelpdeskError) -> str:
        return self.texts.line(error.key, self.language, error.values)

    def event(self, kind: str) -> str:
        return self._or_as_it_is(f"event-{kind}", kind)

    def actor(self, actor: str) -> str:
        return self._or_as_it_is(f"actor-{actor}", actor)

    def reason(self, reason: str) -> str:
        """Put a code into words; a queue is named by its topic, a sentence stays as it is."""
        named = self._or_as_it_is(f"reason-{reason}", reason)
        return self._or_as_it_is(f"topic-{reason}", reason) if named == reason else named

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(VILNIUS):%Y-%m-%d %H:%M}"

    def worked(self, time: timedelta) -> str:
        """Write working time in hours and minutes: its days are not those of the calendar."""
        hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
        return self.line("worked-time", hours=hours, minutes=minutes)

    def machine_moment(self, at: datetime) -> str:
        return at.isoformat(timespec="seconds")

    def age(self, at: datetime) -> str:
        """Say how long ago that was, or in how long it will be, in the unit that tells it best."""
        seconds = int((at - self.clock.now()) // timedelta(seconds=1))
        size = next((size for size in _UNITS if abs(seconds) / size >= _NEARLY), 1)
        return self.line(
            f"age-{'in' if seconds >= 0 else 'ago'}-{_UNITS[size]}",
            number=round(abs(seconds) / size),
        )

    def _or_as_it_is(self, key: str, text: str) -> str:
        try:
            return self.texts.line(key, self.language)
        except MissingTextError:
            return text

    def size(self, octets: int) -> str:
        kilo = 1024
        if octets < kilo * kilo:
            return f"{max(1, round(octets / kilo))} kB"
        return f"{octets / kilo / kilo:.1f} MB"


def open_pages(texts: Texts, house: House, clock: Clock) -> Pages:
    """Prepare the templates."""
    environment = Environment(
        loader=PackageLoader("bot.console", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = linked
    environment.globals["asset"] = _Assets(STATIC).address
    environment.globals["who"] = name_of
    return Pages(environment, texts, house, clock)


def linked(text: str) -> Markup:
    """Escape a text and make its web addresses links."""
    parts = []
    end = 0
    for found in _URL.finditer(text):
        parts.append(escape(text[end : found.start()]))
        link = Markup('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>')
        parts.append(link.format(found[0]))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)


def name_of(person: Person) -> str:
    """Name an asker by what is known: a name, else a mail address, else nothing."""
    if person.name:
        return person.name
    mails = [each.value for each in person.addresses if each.channel is Channel.MAIL]
    return mails[-1] if mails else ""


def language_of(request: Request) -> str:
    """Return the language asked for in the address; Lithuanian otherwise."""
    chosen = request.query_params.get("lang", "")
    return chosen if chosen in LANGUAGES else FALLBACK


def in_language(request: Request, path: str, **query: str) -> str:
    """Return an address that keeps the language the reader chose."""
    chosen = request.query_params.get("lang")
    kept = {"lang": chosen} if chosen in LANGUAGES else {}
    parameters = urlencode({**query, **kept})
    return f"{path}?{parameters}" if parameters else path


def console_language(request: Request) -> str:
    """Return the language a consultant chose last."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in CONSOLE_LANGUAGES else FALLBACK


@dataclass(frozen=True, slots=True)
class _Assets:
    """Addresses of static files that change with their content, so that they may be kept long."""

    folder: Path

    def address(self, name: str) -> str:
        content = (self.folder / name).read_bytes()
        return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"
