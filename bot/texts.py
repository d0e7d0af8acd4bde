"""Message catalogue: key + values + language -> text, for mail, Telegram and pages alike.

The sentences live in `locales/<language>/*.ftl` (Fluent, https://projectfluent.org). A message has
a value and, where it has optional paragraphs, attributes: an attribute named after a value is
added only when that value is not empty. `.subject` names a mail.

A message is parsed when it is first wanted: parsing all of them takes longer than everything else a
command does, and few are ever said in one process.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Message, Pattern, Placeable, TextElement, VariableReference
from fluent.syntax.ast import Junk

LANGUAGES = ("lt", "en", "ru")
FALLBACK = "lt"
FEW_WORDS = ("uk", "pl")
"""Languages in which only few things are said; the rest is said in English."""

_DATE_SUFFIX = "_on"
_LONG = 2000
_PLACE = re.compile("\ue000([a-z0-9-]+)\ue001")
_MESSAGE = re.compile(r"^(-?[a-zA-Z][\w-]*) *=.*(?:\n(?:[ }].*)?)*", re.MULTILINE)
_REFERENCE = re.compile(r"\{ *(-?[a-z][\w-]*)(?:\.[\w-]+)? *\}")


class MissingTextError(KeyError):
    """The catalogue has no such message, or a value it needs was not given."""


@dataclass(slots=True)
class Catalogue:
    """The messages of one language: their sources, and those of them already parsed."""

    language: str
    sources: Mapping[str, str]
    _bundle: FluentBundle | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def bundle(self, key: str) -> FluentBundle:
        """Return a bundle that has the message, and those it refers to.

        Raises:
            MissingTextError: the message is broken.
        """
        with self._lock:
            if self._bundle is None:
                # Isolation marks (U+2068) would end up in subjects and buttons.
                self._bundle = FluentBundle([self.language], use_isolating=False)
            self._add(self._bundle, key)
            return self._bundle

    def _add(self, bundle: FluentBundle, key: str) -> None:
        if bundle.has_message(key):
            return
        resource = FluentResource(self.sources[key])
        if any(isinstance(item, Junk) for item in resource.body):
            raise MissingTextError(f"{self.language}: {key} is broken")
        bundle.add_resource(resource)
        for other in _REFERENCE.findall(self.sources[key]):
            self._add(bundle, other)


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue in every language.

    Ids are passed as text, since numbers are written with thousands separators; only counts are
    numbers. A value whose name ends in `_on` is an ISO date and is written in words.
    """

    catalogues: Mapping[str, Catalogue]

    def line(self, key: str, language: str, values: Mapping[str, str | int] | None = None) -> str:
        """Return the value of a message.

        Raises:
            MissingTextError: no such message, or a value is missing.
        """
        bundle, message = self._find(key, language)
        if message.value is None:
            raise MissingTextError(key)
        return _said(bundle, message.value, key, values or {}, language)

    def has(self, key: str, language: str) -> bool:
        """Tell whether the language has a message of its own under the key."""
        return key in self.catalogues[language].sources

    def subject(self, key: str, language: str, values: Mapping[str, str | int]) -> str | None:
        """Return the `.subject` of a message, if it has one."""
        bundle, message = self._find(key, language)
        pattern = message.attributes.get("subject")
        return None if pattern is None else _said(bundle, pattern, key, values, language)

    def paragraphs(self, key: str, language: str, values: Mapping[str, str | int]) -> list[str]:
        """Return a message with its optional paragraphs, in the order of the catalogue."""
        bundle, message = self._find(key, language)
        parts = []
        if message.value is not None:
            parts.append(_said(bundle, message.value, key, values, language))
        for name, pattern in message.attributes.items():
            if name != "subject" and values.get(name.replace("-", "_")):
                parts.append(_said(bundle, pattern, key, values, language))
        return parts

    def _find(self, key: str, language: str) -> tuple[FluentBundle, Message]:
        second = ("en",) if language in FEW_WORDS else ()
        for name in (language, *second, FALLBACK):
            catalogue = self.catalogues.get(name)
            if catalogue is not None and key in catalogue.sources:
                bundle = catalogue.bundle(key)
                return bundle, bundle.get_message(key)
        raise MissingTextError(key)


@cache
def load_texts() -> Texts:
    """Read the shipped catalogue."""
    return Texts({name: _catalogue(name) for name in (*LANGUAGES, *FEW_WORDS)})


def _catalogue(language: str) -> Catalogue:
    folder = files("bot") / "locales" / language
    contents = [
        file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".ftl")
    ]
    return Catalogue(language, {key: source for text in contents for key, source in messages(text)})


def messages(resource: str) -> Iterator[tuple[str, str]]:
    """Cut a Fluent resource into its messages, each with its key."""
    for found in _MESSAGE.finditer(resource):
        yield found[1], found[0]


def _said(
    bundle: FluentBundle,
    pattern: Pattern,
    key: str,
    values: Mapping[str, str | int],
    language: str,
) -> str:
    joined = _joined(pattern, values, language)
    return _format(bundle, pattern, key, _written(values, language)) if joined is None else joined


def _joined(
    pattern: Pattern | TextElement | Placeable, values: Mapping[str, str | int], language: str
) -> str | None:
    """Join the texts and the words given; None if there is more to say, as there seldom is.

    Fluent takes twenty times as long.
    """
    said = []
    for part in pattern.elements if isinstance(pattern, Pattern) else (pattern,):
        word = part.value if isinstance(part, TextElement) else _given(part, values, language)
        if not isinstance(word, str):
            return None
        said.append(word)
    return "".join(said)


def _given(part: Placeable, values: Mapping[str, str | int], language: str) -> str | int | None:
    if not isinstance(part.expression, VariableReference):
        return None
    name = part.expression.id.name.replace("-", "_")
    return _word(name, values[name], language) if name in values else None


def _format(
    bundle: FluentBundle, pattern: Pattern, key: str, values: Mapping[str, str | int]
) -> str:
    # Fluent refuses long values (its guard against expansion); they take their place afterwards.
    long = {name: str(value) for name, value in values.items() if len(str(value)) > _LONG}
    places = {name: f"\ue000{name}\ue001" for name in long}
    text, errors = bundle.format_pattern(pattern, {**values, **places})
    if errors:
        raise MissingTextError(f"{key}: {errors[0]}")
    return _PLACE.sub(lambda found: long.get(found[1], found[0]), str(text)) if long else str(text)


def _written(values: Mapping[str, str | int], language: str) -> dict[str, str | int]:
    """Name values the Fluent way (`-` for `_`) and write the dates in words."""
    return {name.replace("_", "-"): _word(name, value, language) for name, value in values.items()}


def _word(name: str, value: str | int, language: str) -> str | int:
    if not name.endswith(_DATE_SUFFIX) or not isinstance(value, str) or not value:
        return value
    return _day(value, language)


@lru_cache(maxsize=1000)
def _day(value: str, language: str) -> str:
    """Write a date in words; a few days, as those of deadlines, are asked for again and again."""
    return format_date(date.fromisoformat(value), format="long", locale=language)
