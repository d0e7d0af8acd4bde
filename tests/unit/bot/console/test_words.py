"""The words of the pages: everything in Lithuanian and English, askers' pages in Russian too."""

import re
from datetime import timedelta
from importlib.resources import files

import pytest
from babel.dates import format_timedelta

from bot.console.rendering import CONSOLE_LANGUAGES, Phrases
from bot.texts import load_texts
from tests.builders import NOON, TestClock

STAFF = frozenset({"told-part"})
"""What mails and cards tell consultants, in Lithuanian alone."""

FOR_CONSULTANTS = (
    "console-",
    "sign-in-",
    "event-",
    "actor-",
    "reason-",
    "delivery-",
    "api-",
    "age-",
)


def _keys(language: str, name: str) -> set[str]:
    text = (files("bot") / "locales" / language / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([\w-]+) =", text, re.MULTILINE))


@pytest.mark.parametrize(
    "name", ["web.ftl", "common.ftl", "questions.ftl", "history.ftl", "cards.ftl"]
)
def test_english_says_all_that_lithuanian_does(name: str) -> None:
    assert _keys("en", name) | STAFF == _keys("lt", name) | STAFF


@pytest.mark.parametrize("name", ["web.ftl", "questions.ftl"])
def test_russian_says_all_that_askers_read(name: str) -> None:
    missing = _keys("lt", name) - _keys("ru", name) - STAFF

    assert [key for key in sorted(missing) if not key.startswith(FOR_CONSULTANTS)] == []


@pytest.mark.parametrize("language", CONSOLE_LANGUAGES)
def test_how_long_ago_is_told_in_the_unit_that_tells_it_best(language: str) -> None:
    phrases = Phrases(load_texts(), language, TestClock(NOON))
    spans = [sign * timedelta(seconds=1.17**power) for power in range(125) for sign in (1, -1)]

    told = [phrases.age(NOON + span) for span in spans]

    assert told == [
        format_timedelta(span, format="short", add_direction=True, locale=language)
        for span in spans
    ]


def test_every_key_a_template_names_is_in_the_catalogue() -> None:
    lithuanian = (files("bot") / "locales" / "lt").iterdir()
    known = {key for file in lithuanian for key in _keys("lt", file.name)}
    templates = files("bot") / "console" / "templates"
    texts = [
        file.read_text(encoding="utf-8")
        for folder in (templates, templates / "console")
        for file in folder.iterdir()
        if file.name.endswith(".html")
    ]

    named = {
        key for text in texts for key in re.findall(r"""\bt\(["']([\w-]+[^-])["'][,)]""", text)
    }

    assert len(named) > 80
    assert named - known == set()
