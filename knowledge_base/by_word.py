"""What is worked out for a word is kept for the next letter that has it: words come back."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Final, Generic, TypeVar

_KEPT: Final = 4_096
LONGEST: Final = 40
"""What is longer is no word of any language, and is not kept."""

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


def by_word(work_out: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what the function says of the words met lately."""
    kept = lru_cache(maxsize=_KEPT)(work_out)

    def said(word: str) -> T:
        return kept(word) if len(word) <= LONGEST else work_out(word)

    return said


class Beginnings(Generic[H]):
    """What the beginnings of words stand for, short ones before long ones."""

    def __init__(self, known: Iterable[tuple[str, H]]) -> None:
        self._known: dict[str, list[H]] = {}
        for beginning, value in known:
            self._known.setdefault(beginning, []).append(value)
        self._lengths = sorted({len(beginning) for beginning in self._known})
        self._longest = max(self._lengths, default=0)
        self._kept = lru_cache(maxsize=_KEPT)(self._of)

    def of(self, word: str) -> tuple[H, ...]:
        """Return what the word's beginnings stand for, each once."""
        return self._kept(word[: self._longest])

    def _of(self, word: str) -> tuple[H, ...]:
        known = self._known
        begun = (known.get(word[:length]) for length in self._lengths if length <= len(word))
        return tuple(dict.fromkeys(value for values in begun if values for value in values))
