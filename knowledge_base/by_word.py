"""What is worked out for a word is kept for the next letter that has it: words come back."""

from collections.abc import Callable, Hashable, Iterable
from typing import Final, Generic, TypeVar

_KEPT: Final = 4_096
LONGEST: Final = 40
"""What is longer is no word of any language, and is not kept; neither is an address."""

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


class _Kept(dict[str, T]):
    """What a function says of words; when full it begins anew, and common words are soon back.

    A letter asks it hundreds of times, so what is known is found without a call in Python.
    """

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> T:
        said = self._work_out(word)
        if len(word) <= LONGEST and "@" not in word:
            if len(self) >= _KEPT:
                self.clear()
            self[word] = said
        return said


def by_word(work_out: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what the function says of the words met lately."""
    return _Kept(work_out).__getitem__


class Beginnings(Generic[H]):
    """What the beginnings of words stand for: `of` tells it, each once, short ones first."""

    def __init__(self, known: Iterable[tuple[str, H]]) -> None:
        self._known: dict[str, list[H]] = {}
        for beginning, value in known:
            self._known.setdefault(beginning, []).append(value)
        self._lengths = sorted({len(beginning) for beginning in self._known})
        self.of: Callable[[str], tuple[H, ...]] = by_word(self._of)

    def _of(self, word: str) -> tuple[H, ...]:
        known = self._known
        begun = (known.get(word[:length]) for length in self._lengths if length <= len(word))
        return tuple(dict.fromkeys(value for values in begun if values for value in values))
