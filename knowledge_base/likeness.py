"""How like a question the known ways to ask are: the `token_set_ratio` of RapidFuzz, for less.

It looks at the words that two texts share, and at how many letters follow each other in both when
those words are gone. RapidFuzz takes both texts apart each time; here an index tells what is
shared, and what is left of a known text without it is remembered: people ask in the same words.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from knowledge_base.index import Numbers, Scores
from knowledge_base.values import dataclass

_NOWHERE: Final = b""
_NUMBER: Final = np.dtype(np.int32)
_MOST_WORDS: Final = 52
"""So many words are told apart by the bits of a float; a longer text is left to RapidFuzz."""

_BITS: Final = tuple(1 << place for place in range(_MOST_WORDS))
_REMEMBERED: Final = 8_192
"""Known texts without some of their words: three megabytes."""


@dataclass(frozen=True, slots=True)
class Utterances:
    """The known ways to ask, group by group, each with its words in order and once.

    - starts, lengths: where each group begins among all texts in a row, and how long those are;
    - holding: the numbers of the texts that hold a word, as the bytes of an array;
    - without: what is left of a text, given by its number, without some words.
    """

    groups: Sequence[Sequence[str]]
    sizes: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    holding: Mapping[str, bytes]
    without: Callable[[int, str], str]

    def of(self, group: int) -> Sequence[str]:
        """Return the texts of a group."""
        return self.groups[group]

    def likest(self, text: str, groups: Numbers) -> Scores:
        """Return, for each group, how like a text the likest of its own is, all words in order."""
        if not len(groups) or not text:
            return np.zeros(len(groups), dtype=np.float32)
        sizes = self.sizes[groups]
        firsts = sizes.cumsum() - sizes
        numbers = (self.starts[groups] - firsts).repeat(sizes)
        numbers += np.arange(len(numbers))
        texts = [*chain.from_iterable(map(self.groups.__getitem__, groups.tolist()))]
        likeness = self._likeness(text, numbers, texts).astype(np.float32)
        likest_of_each: Scores = np.maximum.reduceat(likeness, firsts)
        return likest_of_each

    def _likeness(
        self, text: str, numbers: NDArray[np.int64], texts: Sequence[str]
    ) -> NDArray[np.float64]:
        """Return how like the text each of these known ones is."""
        likeness: NDArray[np.float64]
        words = text.split()
        if len(words) > _MOST_WORDS:
            likeness = process.cdist([text], texts, scorer=fuzz.token_set_ratio, dtype=np.float64)[
                0
            ]
            return likeness
        lengths = self.lengths[numbers]
        distances = process.cdist([text], texts, scorer=Indel.distance, dtype=np.int32)[0]
        likeness = 100.0 - 100.0 * distances / (len(text) + lengths)
        shared = self._shared(words)[numbers]
        sharing = shared.nonzero()[0]
        if len(sharing):
            likeness[sharing] = self._likeness_of_sharing(
                words, shared[sharing].tolist(), numbers[sharing].tolist(), lengths[sharing]
            )
        return likeness

    def _shared(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return which of the words each known text holds, a bit for each."""
        holding = [self.holding.get(word, _NOWHERE) for word in words]
        times = [len(holders) // _NUMBER.itemsize for holders in holding]
        bits = np.exp2(np.arange(len(words))).repeat(times)
        holders = np.frombuffer(b"".join(holding), _NUMBER)
        return np.bincount(holders, bits, len(self.lengths)).astype(np.float64, copy=False)

    def _likeness_of_sharing(
        self,
        words: Sequence[str],
        shared: Sequence[float],
        numbers: Sequence[int],
        lengths: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        """Return how like the words these texts are, or what they share is to the shorter one."""
        parted = {bits: _parted(words, int(bits)) for bits in set(shared)}
        common, mine = zip(*map(parted.__getitem__, shared), strict=True)
        theirs = [*map(self.without, numbers, common)]
        distances = process.cpdist(mine, theirs, scorer=Indel.distance, dtype=np.int32)
        both = np.array([*map(len, common)]) + 1
        one = np.maximum(len(" ".join(words)) - both, 0)
        other = np.maximum(lengths - both, 0)
        shorter = np.minimum(one, other)
        inside = 100.0 - 100.0 * (1 + shorter) / (2 * both - 1 + shorter)
        inside[shorter == 0] = 100.0
        whole = 100.0 - 100.0 * distances / (2 * both + one + other)
        likeness: NDArray[np.float64] = np.maximum(inside, whole)
        return likeness


def _parted(words: Sequence[str], bits: int) -> tuple[str, str]:
    """Return the words whose bits are set, and the others."""
    chosen = [word for word, bit in zip(words, _BITS, strict=False) if bits & bit]
    return " ".join(chosen), _without(words, chosen)


def _without(words: Iterable[str], gone: Container[str]) -> str:
    return " ".join([word for word in words if word not in gone])


def in_order(words: Iterable[str]) -> str:
    """Return a text as it is compared: its words in order and once."""
    return " ".join(sorted(set(" ".join(words).split())))


def utterances(groups: Iterable[Iterable[str]]) -> Utterances:
    """Prepare groups of ways to ask, their words in order."""
    grouped = [tuple(group) for group in groups]
    texts = [*chain.from_iterable(grouped)]
    sizes = np.array([*map(len, grouped)], dtype=np.int64)
    holding: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for word in text.split():
            holding.setdefault(word, []).append(number)

    def without(number: int, words: str) -> str:
        return _without(texts[number].split(), words.split())

    return Utterances(
        groups=grouped,
        sizes=sizes,
        starts=sizes.cumsum() - sizes,
        lengths=np.array([*map(len, texts)], dtype=np.int64),
        holding={word: np.array(held, _NUMBER).tobytes() for word, held in holding.items()},
        without=lru_cache(maxsize=_REMEMBERED)(without),
    )
