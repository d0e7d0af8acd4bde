"""The words of the pages: everything in Lithuanian and English, askers' pages in Russian too."""

import re
from importlib.resources import files

import pytest

STAFF = frozenset({"told-part"})
"""What mails and cards tell consultants, in Lithuanian alone."""

FOR_CONSULTANTS = ("console-", "sign-in-", "event-", "actor-", "reason-", "delivery-", "api-")


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
