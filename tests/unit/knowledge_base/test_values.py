"""A value is what the standard library's frozen dataclass is, but for who forbids assignments."""

import dataclasses
import pickle
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any

import pytest

from knowledge_base import values


class Plain:
    """What both decorators are put on."""

    name: str
    count: int = 0
    aside: str = field(default="", compare=False)
    told: Mapping[str, str] = field(default_factory=dict, hash=False)
    secret: str = field(default="", repr=False)


def _made(decorate: Callable[[type[Plain]], type[Any]]) -> type[Any]:
    copied = {name: thing for name, thing in vars(Plain).items() if not name.startswith("__dict__")}
    copied.pop("__weakref__", None)
    return decorate(type("Plain", (), copied))


ours = _made(values.dataclass(frozen=True, slots=True, kw_only=True))
theirs = _made(dataclasses.dataclass(frozen=True, slots=True, kw_only=True))


@values.dataclass(frozen=True, slots=True)
class Kept:
    """A value that can be found by its name, to be pickled."""

    name: str
    count: int = 0


@values.dataclass(frozen=True, eq=False)
class Itself:
    """A value equal to itself alone."""

    name: str


@values.dataclass()
class Open:
    """No value: its fields may change."""

    name: str


@pytest.mark.parametrize("made", [ours, theirs])
def test_values_are_equal_hashed_and_shown_by_their_fields(made: type[Any]) -> None:
    one = made(name="a", aside="x", told={"lt": "b"}, secret="s")
    same = made(name="a", aside="y", told={"lt": "b"}, secret="s")
    other = made(name="a", told={"en": "b"}, secret="s")

    assert (one == same, one == other, one == ("a", 0), one != other) == (True, False, False, True)
    assert hash(one) == hash(same) == hash(other) == hash(("a", 0, "s"))
    assert repr(one) == "Plain(name='a', count=0, aside='x', told={'lt': 'b'})"
    assert made.__match_args__ == ()
    assert replace(one, count=2) == made(name="a", count=2, told={"lt": "b"}, secret="s")
    with pytest.raises(TypeError):
        made("a")


def test_a_value_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(Kept("a", 2))) == Kept("a", 2)  # noqa: S301 -- our own bytes


def test_what_is_not_compared_by_its_fields_is_itself() -> None:
    one = Itself("a")

    assert (one == one, one == Itself("a"), len({one, Itself("a")})) == (True, False, 2)  # noqa: PLR0124


def test_what_is_not_frozen_is_an_ordinary_dataclass() -> None:
    thing = Open("a")
    thing.name = "b"

    assert thing == Open("b")
    with pytest.raises(TypeError, match="unhashable"):
        hash(thing)


def test_the_type_checker_refuses_to_change_a_value() -> None:
    """The comment below is an error of its own where mypy has nothing to refuse."""
    value = Kept("a")

    value.name = "b"  # type: ignore[misc]

    assert value == Kept("b")
