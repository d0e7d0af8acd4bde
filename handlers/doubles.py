"""Cards that may be of one person or organisation: proposed to people, who decide."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Final, Generic, TypeVar

from knowledge_base.text import prefixes
from knowledge_base.values import dataclass

T = TypeVar("T")

_FORMS: Final = frozenset(
    word
    for form in ("asociacija", "viešoji įstaiga", "všį", "labdaros ir paramos fondas", "ngo", "nvo")
    for word in prefixes(form)
)
"""What the law calls it is no part of a name."""


@dataclass(frozen=True, slots=True)
class Double(Generic[T]):
    """Two cards of the same name; the older first."""

    one: T
    other: T


def doubles_of(card: T, pairs: Iterable[Double[T]]) -> Sequence[T]:
    """List the cards that may be the same as one."""
    return [
        pair.other if pair.one == card else pair.one
        for pair in pairs
        if card in (pair.one, pair.other)
    ]


def doubles(
    cards: Iterable[T], *, name: Callable[[T], str], apart: Callable[[T, T], bool]
) -> Sequence[Double[T]]:
    """Pair the cards of one name, save those that are told apart by something else."""
    by_name = defaultdict[frozenset[str], list[T]](list)
    for card in cards:
        key = _key(name(card))
        if key:
            by_name[key].append(card)
    return [
        Double(one, other)
        for same in by_name.values()
        for one, other in combinations(same, 2)
        if not apart(one, other)
    ]


def _key(name: str) -> frozenset[str]:
    return frozenset(prefixes(name)) - _FORMS
