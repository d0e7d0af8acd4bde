"""What is worked out for a word is kept for the next letter that has it: words come back."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import chain
from typing import Final, Generic, TypeVar

_KEPT: Final = 4_096
LONGEST: Final = 40
"""What is longer is no word of any language, and is not kept; neither is an address."""

_START: Final = 3

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
    """What the beginnings of words stand for: `of` tells it, each once, short ones first.

    How long those may be that a word has is told by its first letters: none, for most words.
    """

    def __init__(self, known: Iterable[tuple[str, H]]) -> None:
        gathered: dict[str, list[H]] = {}
        for beginning, value in known:
            gathered.setdefault(beginning, []).append(value)
        self._known = _sharing(gathered)
        lengths: dict[str, set[int]] = {}
        for beginning in self._known:
            lengths.setdefault(beginning[:_START], set()).add(len(beginning))
        short = [beginning for beginning in self._known if len(beginning) < _START]
        for start, of_start in lengths.items():
            of_start.update(len(each) for each in short if start.startswith(each))
        self._lengths = _sharing({start: sorted(found) for start, found in lengths.items()})
        self.of: Callable[[str], tuple[H, ...]] = by_word(self.afresh)

    def afresh(self, word: str) -> tuple[H, ...]:
        """Return the same as `of`, for who remembers it himself."""
        start = word[:_START]
        while start and start not in self._lengths:
            start = start[:-1]
        begun = [
            values
            for length in self._lengths.get(start, ())
            if (values := self._known.get(word[:length]))
        ]
        return tuple(dict.fromkeys(chain.from_iterable(begun))) if begun else ()


def _sharing(known: Mapping[str, Iterable[H]]) -> dict[str, tuple[H, ...]]:
    """Return the same with equal values held once: all slips of a word stand for what it does."""
    shared: dict[tuple[H, ...], tuple[H, ...]] = {}
    values = map(tuple, known.values())
    return {word: shared.setdefault(each, each) for word, each in zip(known, values, strict=True)}
