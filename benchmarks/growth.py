"""Entries that were never written, to see what a knowledge base of any size costs."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from knowledge_base.entries import Entry

_SYLLABLES: Final = tuple(f"{first}{second}" for first in "bdgklmnprstv" for second in "aeio")
_ENDINGS: Final = ("as", "o", "ą", "is", "io", "ė", "ės", "ę", "a", "os", "ti", "ame", "ų")
_WORDS: Final = 20_000
_REPLACED: Final = 0.8


def grown(entries: Sequence[Entry], size: int) -> tuple[Entry, ...]:
    """Return the entries and so many more like them, most of their words being others."""
    chance = random.Random(1)  # noqa: S311 -- an example, not a key
    invented = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_WORDS)]
    more = (_like(entry, number, chance, invented) for number, entry in _round(entries, size))
    return (*entries[:size], *more)


def _round(entries: Sequence[Entry], size: int) -> Iterator[tuple[int, Entry]]:
    for number in range(len(entries), size):
        yield number, entries[number % len(entries)]


def _like(entry: Entry, number: int, chance: random.Random, words: Sequence[str]) -> Entry:
    def other(text: str) -> str:
        return " ".join(
            chance.choice(words) + chance.choice(_ENDINGS) if chance.random() < _REPLACED else word
            for word in text.split()
        )

    return replace(
        entry,
        id=f"{entry.id}-{number}",
        question=other(entry.question),
        variants=tuple(map(other, entry.variants)),
        answer=other(entry.answer),
    )
