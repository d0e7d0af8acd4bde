"""Message catalogue: key + values + language -> text, for mail, Telegram and pages alike.

The sentences live in `locales/<language>/*.ftl` (Fluent, https://projectfluent.org). A message has
a value and, where it has optional paragraphs, attributes: an attribute named after a value is
added only when that value is not empty. `.subject` names a mail.

A message is parsed when it is first wanted: parsing all of them takes longer than everything else a
command does, and few are ever said in one process.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cache, lru_cache, partial
from importlib.resources import files

from bot.fluent import FluentError, Message, Writer, read_message
from bot.spelling import day_in_words
from knowledge_base.values import dataclass

LANGUAGES = ("lt", "en", "ru")
FALLBACK = "lt"
FEW_WORDS = ("uk", "pl")
"""Languages in which only few things are said; the rest is said in English."""
_ALL = (*LANGUAGES, *FEW_WORDS)

_DATE_SUFFIX = "_on"
_MESSAGE = re.compile(r"^(-?[a-zA-Z][\w-]*) *=.*(?:\n(?:[ }].*)?)*", re.MULTILINE)


class MissingTextError(KeyError):
    """The catalogue has no such message, or a value it needs was not given."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language: their sources, and those of them already read."""

    language: str
    sources: Mapping[str, str]
    _read: dict[str, Message] = field(default_factory=dict, repr=False)

    def message(self, key: str) -> Message:
        """Return a message, ready to be written.

        Raises:
            MissingTextError: the message is broken, or one that it refers to is missing.
        """
        known = self._read.get(key)
        if known is None:
            if key not in self.sources:
                raise MissingTextError(key)
            try:
                known = read_message(self.sources[key], self.language, self.message)
            except FluentError as wrong:
                raise MissingTextError(f"{self.language}: {key} is broken: {wrong}") from wrong
            self._read[key] = known
        return known


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
        message = self._find(key, language)
        if message.value is None:
            raise MissingTextError(key)
        return _said(message.value, key, values or {}, language)

    def has(self, key: str, language: str) -> bool:
        """Tell whether the language has a message of its own under the key."""
        return key in self.catalogues[language].sources

    def subject(self, key: str, language: str, values: Mapping[str, str | int]) -> str | None:
        """Return the `.subject` of a message, if it has one."""
        subject = self._find(key, language).attributes.get("subject")
        return None if subject is None else _said(subject, key, values, language)

    def paragraphs(self, key: str, language: str, values: Mapping[str, str | int]) -> list[str]:
        """Return a message with its optional paragraphs, in the order of the catalogue."""
        message = self._find(key, language)
        parts = []
        if message.value is not None:
            parts.append(_said(message.value, key, values, language))
        for name, paragraph in message.attributes.items():
            if name != "subject" and values.get(name.replace("-", "_")):
                parts.append(_said(paragraph, key, values, language))
        return parts

    def _find(self, key: str, language: str) -> Message:
        second = ("en",) if language in FEW_WORDS else ()
        for name in (language, *second, FALLBACK):
            catalogue = self.catalogues.get(name)
            if catalogue is not None and key in catalogue.sources:
                return catalogue.message(key)
        raise MissingTextError(key)


class _Shipped(Mapping[str, Catalogue]):
    """The shipped catalogues, each read when something is first said in its language."""

    def __getitem__(self, language: str) -> Catalogue:
        if language not in _ALL:
            raise KeyError(language)
        return _catalogue(language)

    def __iter__(self) -> Iterator[str]:
        return iter(_ALL)

    def __len__(self) -> int:
        return len(_ALL)


@cache
def load_texts() -> Texts:
    """Return the shipped catalogue."""
    return Texts(_Shipped())


@cache
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


def _said(write: Writer, key: str, values: Mapping[str, str | int], language: str) -> str:
    try:
        return write(partial(_given, values, language))
    except KeyError as missing:
        raise MissingTextError(f"{key}: {missing.args[0]} is missing") from missing


def _given(values: Mapping[str, str | int], language: str, name: str) -> str | int:
    """Find the value of a name, which is written with `-` for `_`; dates are put into words."""
    name = name.replace("-", "_")
    value = values[name]
    if name.endswith(_DATE_SUFFIX) and isinstance(value, str) and value:
        return _day(value, language)
    return value


@lru_cache(maxsize=1000)
def _day(value: str, language: str) -> str:
    """Write a date in words; a few days, as those of deadlines, are asked for again and again."""
    return day_in_words(date.fromisoformat(value), language)
