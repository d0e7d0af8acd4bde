"""A text says what Mozilla's own implementation of Fluent says."""

import re
from collections.abc import Iterator, Mapping

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.fluent import FluentError, Message, read_message
from bot.texts import FEW_WORDS, LANGUAGES, Catalogue, MissingTextError, load_texts

FORMS = {"one", "few", "many", "other"}
"""Names of plural forms; given as words, Mozilla's takes them for those of the numbers it knows."""

NUMBERS = (0, 1, 2, 5, 10, 11, 12, 21, 22, 101, 111, 1234)


class _Told(Visitor):
    """Collects the values a message names, and the keys it chooses by."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.keys: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 -- the visitor's protocol
        self.names.add(node.id.name)

    def visit_Variant(self, node: ast.Variant) -> None:  # noqa: N802 -- likewise
        if isinstance(node.key, ast.Identifier):
            self.keys.add(node.key.name)
        self.generic_visit(node)


@pytest.mark.parametrize("language", [*LANGUAGES, *FEW_WORDS])
def test_every_message_says_what_it_says_elsewhere(language: str) -> None:
    catalogue = load_texts().catalogues[language]
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource("\n".join(catalogue.sources.values())))

    differing = [
        (key, values)
        for key in catalogue.sources
        for values in _values(catalogue, key)
        if _ours(catalogue.message(key), values) != _theirs(bundle, key, values)
    ]

    assert differing == []


def _values(catalogue: Catalogue, key: str) -> Iterator[Mapping[str, str | int]]:
    told = _Told()
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        told.visit(FluentParser().parse_entry(catalogue.sources[name]))
        found = re.findall(r"\{ *([a-z][\w-]*) *\}", catalogue.sources[name])
        waiting += [each for each in found if each not in seen]
    yield dict.fromkeys(told.names, "žodis")
    yield {name: f"„{name}“ <b>" for name in told.names}
    for word in sorted(told.keys - FORMS):
        yield dict.fromkeys(told.names, word)
    for number in NUMBERS:
        yield dict.fromkeys(told.names, number)


def _ours(message: Message, values: Mapping[str, str | int]) -> dict[str, str]:
    written = {name: write(values.__getitem__) for name, write in message.attributes.items()}
    return written if message.value is None else {"": message.value(values.__getitem__), **written}


def _theirs(bundle: FluentBundle, key: str, values: Mapping[str, str | int]) -> dict[str, str]:
    message = bundle.get_message(key)
    patterns = {} if message.value is None else {"": message.value}
    written = {}
    for name, pattern in {**patterns, **message.attributes}.items():
        text, errors = bundle.format_pattern(pattern, dict(values))
        assert errors == []
        written[name] = str(text)
    return written


@pytest.mark.parametrize(
    "source",
    ["no message at all", "a = { -term }", 'a = { DATETIME($at, month: "long") }', "a = { b.c }"],
)
def test_what_is_not_written_here_is_refused(source: str) -> None:
    def nobody(key: str) -> Message:
        raise KeyError(key)

    with pytest.raises(FluentError):
        read_message(source, "lt", nobody)


def test_a_message_that_refers_to_nothing_is_named() -> None:
    broken = Catalogue("lt", {"a": "a = { b }"})

    with pytest.raises(MissingTextError, match="b"):
        broken.message("a")
