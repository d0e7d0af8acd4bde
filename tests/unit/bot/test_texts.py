"""The catalogue: complete, parallel in its languages, and exactly what the code asks for."""

import re
from importlib.resources import files

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.texts import FEW_WORDS, MissingTextError, load_texts
from handlers.alerts import Trouble
from handlers.domain.outgoing import Key

LANGUAGES = ("lt", "en", "ru")
STAFF_KEYS = frozenset(
    {Key.REFUSED, Key.WELCOME, Key.LINKED} | {key for key in Key if key.startswith("staff-")}
)
"""What only consultants read, in Lithuanian."""

MAILED = frozenset(
    {Key.LINK_CODE, Key.LINK_MADE, Key.VISIT_INVITED, Key.VISIT_CHANGED, Key.VISIT_CANCELLED}
)
"""What is said by mail alone."""

STANDING = frozenset(
    {Key.START, Key.HELP, Key.PRIVACY, Key.SAY_MORE, Key.LINKED, Key.LINK_REFUSED}
    | {key for key in Key if key.startswith("member-")}
)
"""Standing texts of the bot, which no mail carries."""


_PLACES = ["span", "comment"]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 -- the visitor's protocol
        self.found.add(node.id.name)


def _messages(language: str) -> dict[str, ast.Message]:
    found = {}
    for file in (files("bot") / "locales" / language).iterdir():
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{language}/{file.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} twice in {language}"
                found[entry.id.name] = entry
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_says_what_fluent_would(language: str) -> None:
    bundle = FluentBundle([language], use_isolating=False)
    for file in (files("bot") / "locales" / language).iterdir():
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    variables = _Variables()
    for entry in _messages(language).values():
        variables.visit(entry)
    given = {name: "" if name.endswith("-on") else f"žodis {name}" for name in variables.found}
    values = {name.replace("-", "_"): word for name, word in given.items()}

    for key in _messages(language):
        pattern = bundle.get_message(key).value
        if pattern is not None:
            said = load_texts().line(key, language, values)
            assert said == bundle.format_pattern(pattern, given)[0]


def _shape(message: ast.Message) -> dict[str, set[str]]:
    """Return the variables of the value and of each attribute."""
    shape = {}
    for name, pattern in (
        ("", message.value),
        *((each.id.name, each.value) for each in message.attributes),
    ):
        if pattern is not None:
            visitor = _Variables()
            visitor.visit(pattern)
            shape[name] = visitor.found
    return shape


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_translation_says_no_more_and_no_less_than_the_lithuanian(language: str) -> None:
    lithuanian, other = _messages("lt"), _messages(language)

    differing = {
        key: (_shape(lithuanian[key]) if key in lithuanian else None, _shape(message))
        for key, message in other.items()
        if key not in lithuanian or _shape(lithuanian[key]) != _shape(message)
    }

    assert differing == {}


@pytest.mark.parametrize("language", [*LANGUAGES, *FEW_WORDS])
def test_a_message_parsed_alone_is_the_one_its_whole_file_holds(language: str) -> None:
    sources = load_texts().catalogues[language].sources

    alone = {key: FluentParser().parse_entry(source) for key, source in sources.items()}

    whole = _messages(language)
    assert sources.keys() == whole.keys()
    assert [key for key in whole if not whole[key].equals(alone[key], ignored_fields=_PLACES)] == []


def test_every_text_owed_to_an_asker_exists_in_every_language_for_mail_and_telegram() -> None:
    missing = [
        (channel, key.value, language)
        for language in LANGUAGES
        for key in Key
        for channel in ("mail", "telegram")
        if key not in STAFF_KEYS
        and not (channel == "mail" and key in STANDING)
        and not (channel == "telegram" and key in MAILED)
        and not load_texts().has(f"{channel}-{key}", language)
    ]

    assert missing == []


@pytest.mark.parametrize("channel", ["mail", "telegram"])
@pytest.mark.parametrize("key", [Key.STAFF_ALERT, Key.STAFF_ALL_CLEAR])
def test_every_trouble_has_words_of_its_own(channel: str, key: Key) -> None:
    said = {
        load_texts().paragraphs(f"{channel}-{key}", "lt", {"trouble": trouble, "box": "inbox"})[1]
        for trouble in (*(each.value for each in Trouble), "another")
    }

    assert len(said) == len(Trouble) + 1


def test_an_unknown_key_or_a_missing_value_is_an_error_rather_than_a_gap() -> None:
    texts = load_texts()

    with pytest.raises(MissingTextError, match="no-such-key"):
        texts.line("no-such-key", "lt")
    with pytest.raises(MissingTextError, match="mail-handed-over"):
        texts.line("mail-handed-over", "lt", {})


def test_an_optional_paragraph_stands_only_where_its_value_does() -> None:
    texts = load_texts()

    with_date = texts.paragraphs(
        "mail-handed-over", "lt", {"reference": "NVO-7", "due_on": "2026-12-03", "closed": ""}
    )

    assert with_date == [
        "Jūsų klausimą NVO-7 perdavėme konsultantui.",
        "Atsakyti planuojame iki 2026 m. gruodžio 3 d.",
    ]


def test_quotation_marks_and_dashes_are_lithuanian() -> None:
    wrong = [
        (key, line)
        for key, message in _messages("lt").items()
        for line in _lines(message)
        if re.search(r"[\"“][^\"„]*[\"”]|\s-\s", line)
    ]

    assert wrong == []


def _lines(message: ast.Message) -> list[str]:
    patterns = [message.value, *(each.value for each in message.attributes)]
    return [
        element.value
        for pattern in patterns
        if pattern is not None
        for element in pattern.elements
        if isinstance(element, ast.TextElement)
    ]
