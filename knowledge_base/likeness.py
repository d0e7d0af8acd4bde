"""How like a question the known ways to ask are: the `token_set_ratio` of RapidFuzz, for less.

Of texts that share no word it is the share of letters that follow each other in both, so only the
few that share one are taken apart into words.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from knowledge_base.index import Numbers, Scores
from knowledge_base.values import dataclass

_NOWHERE: Final = b""


@dataclass(frozen=True, slots=True)
class Utterances:
    """The known ways to ask, group by group, each with its words in order and once.

    `lengths` are those of all texts in a row, `starts` where each group begins there, `holding` the
    numbers of the texts that hold a word, as the bytes of an array.
    """

    groups: Sequence[Sequence[str]]
    sizes: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    holding: Mapping[str, bytes]

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
        holding = b"".join([self.holding.get(word, _NOWHERE) for word in text.split()])
        shares = np.zeros(len(self.lengths), dtype=np.bool_)
        shares[np.frombuffer(holding, dtype=np.int32)] = True
        shares = shares[numbers]
        alone = ~shares
        texts = [*chain.from_iterable(map(self.groups.__getitem__, groups.tolist()))]
        together, apart = [*compress(texts, shares.tolist())], [*compress(texts, alone.tolist())]
        likeness = np.empty(len(numbers), dtype=np.float32)
        distances = process.cdist([text], apart, scorer=Indel.distance, dtype=np.int32)[0]
        likeness[alone] = 100.0 - 100.0 * distances / (len(text) + self.lengths[numbers[alone]])
        likeness[shares] = process.cdist(
            [text], together, scorer=fuzz.token_set_ratio, dtype=np.float32
        )[0]
        likest_of_each: Scores = np.maximum.reduceat(likeness, firsts)
        return likest_of_each


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
    return Utterances(
        groups=grouped,
        sizes=sizes,
        starts=sizes.cumsum() - sizes,
        lengths=np.array([*map(len, texts)], dtype=np.int64),
        holding={word: np.array(held, dtype=np.int32).tobytes() for word, held in holding.items()},
    )
