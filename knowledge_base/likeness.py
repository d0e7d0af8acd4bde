"""How like a question the known ways to ask are: the `token_set_ratio` of RapidFuzz, for less.

Of texts that share no word it is the share of letters that follow each other in both, so only the
few that share one are taken apart into words.
"""

from collections.abc import Iterable, Mapping, Sequence
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

    `holding` are the numbers of the texts that hold a word, as the bytes of an array.
    """

    texts: Sequence[str]
    lengths: NDArray[np.int64]
    starts: NDArray[np.int64]
    holding: Mapping[str, bytes]

    def of(self, group: int) -> Sequence[str]:
        """Return the texts of a group."""
        return self.texts[self.starts[group] : self.starts[group + 1]]

    def likest(self, text: str, groups: Numbers) -> Scores:
        """Return, for each group, how like a text the likest of its own is, all words in order."""
        if not len(groups) or not text:
            return np.zeros(len(groups), dtype=np.float32)
        sizes = self.starts[groups + 1] - self.starts[groups]
        firsts = sizes.cumsum() - sizes
        compared = (self.starts[groups] - firsts).repeat(sizes)
        compared += np.arange(len(compared))
        holding = b"".join([self.holding.get(word, _NOWHERE) for word in text.split()])
        shares = np.zeros(len(self.texts), dtype=np.bool_)
        shares[np.frombuffer(holding, dtype=np.int32)] = True
        sharing = shares[compared]
        apart, together = compared[~sharing], compared[sharing]
        likeness = np.empty(len(compared), dtype=np.float32)
        distances = process.cdist(
            [text], self._texts(apart), scorer=Indel.distance, dtype=np.int32
        )[0]
        likeness[~sharing] = 100.0 - 100.0 * distances / (len(text) + self.lengths[apart])
        likeness[sharing] = process.cdist(
            [text], self._texts(together), scorer=fuzz.token_set_ratio, dtype=np.float32
        )[0]
        likest_of_each: Scores = np.maximum.reduceat(likeness, firsts)
        return likest_of_each

    def _texts(self, numbers: NDArray[np.int64]) -> list[str]:
        return [*map(self.texts.__getitem__, numbers.tolist())]


def in_order(words: Iterable[str]) -> str:
    """Return a text as it is compared: its words in order and once."""
    return " ".join(sorted(set(" ".join(words).split())))


def utterances(groups: Iterable[Iterable[str]]) -> Utterances:
    """Prepare groups of ways to ask, their words in order."""
    texts: list[str] = []
    starts = [0]
    for group in groups:
        texts += group
        starts.append(len(texts))
    holding: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for word in text.split():
            holding.setdefault(word, []).append(number)
    return Utterances(
        texts=texts,
        lengths=np.array([*map(len, texts)], dtype=np.int64),
        starts=np.array(starts, dtype=np.int64),
        holding={word: np.array(held, dtype=np.int32).tobytes() for word, held in holding.items()},
    )
