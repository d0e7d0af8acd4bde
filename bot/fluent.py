"""What our texts use of Fluent: values, messages within messages, and choices.

`fluent.syntax` reads all of Fluent. This writes the part the catalogue consists of; the rest is
refused when a message is read, and a test reads them all.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from fluent.syntax import FluentParser, ast

from bot.spelling import plural, whole
from knowledge_base.values import dataclass

Given: TypeAlias = Callable[[str], str | int]
"""Finds the value of a name; raises KeyError where none is given."""

Writer: TypeAlias = Callable[[Given], str]


class FluentError(ValueError):
    """This is not Fluent, or more of it than is written here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message ready to be written."""

    value: Writer | None
    attributes: Mapping[str, Writer]


def read_message(source: str, language: str, other: Callable[[str], Message]) -> Message:
    """Make a message ready; `other` finds those it refers to.

    Raises:
        FluentError: it cannot be read.
    """
    entry = FluentParser(with_spans=False).parse_entry(source)
    if not isinstance(entry, ast.Message):
        raise FluentError("no message")
    reader = _Reader(language, other)
    return Message(
        value=None if entry.value is None else reader.pattern(entry.value),
        attributes={each.id.name: reader.pattern(each.value) for each in entry.attributes},
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    language: str
    other: Callable[[str], Message]

    def pattern(self, pattern: ast.Pattern) -> Writer:
        writers = [self._element(element) for element in pattern.elements]
        if len(writers) == 1:
            return writers[0]
        return lambda given: "".join([write(given) for write in writers])

    def _element(self, element: ast.TextElement | ast.Placeable) -> Writer:
        if isinstance(element, ast.TextElement):
            return _constant(element.value)
        match element.expression:
            case ast.VariableReference(id=name):
                return partial(_written, name.name, self.language)
            case ast.StringLiteral() as literal:
                return _constant(str(literal.parse()["value"]))
            case ast.MessageReference(id=name, attribute=None):
                return self._referred(name.name)
            case ast.SelectExpression(selector=ast.VariableReference(id=name)) as choice:
                return self._choice(name.name, choice.variants)
            case more:
                raise FluentError(f"{type(more).__name__} is not written here")

    def _referred(self, key: str) -> Writer:
        value = self.other(key).value
        if value is None:
            raise FluentError(f"{key} has no value")
        return value

    def _choice(self, name: str, variants: list[ast.Variant]) -> Writer:
        ways = {_key(variant): self.pattern(variant.value) for variant in variants}
        usual = next(ways[_key(variant)] for variant in variants if variant.default)

        def choose(given: Given) -> str:
            value = given(name)
            way = ways.get(value)
            if way is None and isinstance(value, int):
                way = ways.get(plural(value, self.language))
            return (way or usual)(given)

        return choose


def _constant(text: str) -> Writer:
    return lambda _given: text


def _written(name: str, language: str, given: Given) -> str:
    value = given(name)
    return whole(value, language) if isinstance(value, int) else value


def _key(variant: ast.Variant) -> str | int:
    if isinstance(variant.key, ast.NumberLiteral):
        return int(variant.key.value)
    return variant.key.name
