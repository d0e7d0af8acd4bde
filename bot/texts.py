"""Message catalogue: key + values + language -> text, for mail, Telegram and pages alike.

The sentences live in `locales/<language>/*.ftl` (Fluent, https://projectfluent.org). A message has
a value and, where it has optional paragraphs, attributes: an attribute named after a value is
added only when that value is not empty. `.subject` names a mail.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Message, Pattern
from fluent.syntax.ast import Junk

LANGUAGES = ("lt", "en", "ru")
FALLBACK = "lt"
FEW_WORDS = ("uk", "pl")
"""Languages in which only few things are said; the rest is said in English."""

_DATE_SUFFIX = "_on"
_LONG = 2000
_PLACE = re.compile("\ue000([a-z0-9-]+)\ue001")


class MissingTextError(KeyError):
    """The catalogue has no such message, or a value it needs was not given."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue in every language.

    Ids are passed as text, since numbers are written with thousands separators; only counts are
    numbers. A value whose name ends in `_on` is an ISO date and is written in words.
    """

    bundles: Mapping[str, FluentBundle]

    def line(self, key: str, language: str, values: Mapping[str, str | int] | None = None) -> str:
        """Return the value of a message.

        Raises:
            MissingTextError: no such message, or a value is missing.
        """
        bundle, message = self._find(key, language)
        if message.value is None:
            raise MissingTextError(key)
        return _format(bundle, message.value, key, _written(values or {}, language))

    def has(self, key: str, language: str) -> bool:
        """Tell whether the language has a message of its own under the key."""
        return self.bundles[language].has_message(key)

    def subject(self, key: str, language: str, values: Mapping[str, str | int]) -> str | None:
        """Return the `.subject` of a message, if it has one."""
        bundle, message = self._find(key, language)
        pattern = message.attributes.get("subject")
        return (
            None if pattern is None else _format(bundle, pattern, key, _written(values, language))
        )

    def paragraphs(self, key: str, language: str, values: Mapping[str, str | int]) -> list[str]:
        """Return a message with its optional paragraphs, in the order of the catalogue."""
        bundle, message = self._find(key, language)
        written = _written(values, language)
        parts = []
        if message.value is not None:
            parts.append(_format(bundle, message.value, key, written))
        for name, pattern in message.attributes.items():
            if name != "subject" and values.get(name.replace("-", "_")):
                parts.append(_format(bundle, pattern, key, written))
        return parts

    def _find(self, key: str, language: str) -> tuple[FluentBundle, Message]:
        second = ("en",) if language in FEW_WORDS else ()
        for name in (language, *second, FALLBACK):
            bundle = self.bundles.get(name)
            if bundle is not None and bundle.has_message(key):
                return bundle, bundle.get_message(key)
        raise MissingTextError(key)


@cache
def load_texts() -> Texts:
    """Read the shipped catalogue.

    Raises:
        MissingTextError: a message is broken; it is named.
    """
    return Texts({language: _bundle(language) for language in (*LANGUAGES, *FEW_WORDS)})


def _bundle(language: str) -> FluentBundle:
    # Isolation marks (U+2068) would end up in subjects and buttons.
    bundle = FluentBundle([language], use_isolating=False)
    folder = files("bot") / "locales" / language
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            resource = FluentResource(file.read_text(encoding="utf-8"))
            broken = [item for item in resource.body if isinstance(item, Junk)]
            if broken:
                first = (broken[0].content or "").partition("\n")[0]
                raise MissingTextError(f"{language}/{file.name}: {first}")
            bundle.add_resource(resource)
    return bundle


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
    return format_date(date.fromisoformat(value), format="long", locale=language)
