"""How like a question the known ways to ask are: the `token_set_ratio` of RapidFuzz, for less.

Of texts that share no word it is the share of letters that follow each other in both, so only the
few that share one are taken apart into words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from knowledge_base.index import Scores


@dataclass(frozen=True, slots=True)
class Utterances:
    """The ways to ask one thing, each with its words in order and once."""

    texts: Sequence[str]
    words: Sequence[frozenset[str]]
    lengths: NDArray[np.int64]


def in_order(words: Iterable[str]) -> str:
    """Return a text as it is compared: its words in order and once."""
    return " ".join(sorted(set(" ".join(words).split())))


def utterances(texts: Sequence[str]) -> Utterances:
    """Prepare the ways to ask one thing, their words in order."""
    words = [frozenset(text.split()) for text in texts]
    return Utterances(texts, words, np.array([*map(len, texts)], dtype=np.int64))


def likest(text: str, groups: Sequence[Utterances]) -> Scores:
    """Return, for each group, how like a text the likest of its own is, all words in order."""
    asked = frozenset(text.split())
    if not groups or not asked:
        return np.zeros(len(groups), dtype=np.float32)
    texts = [each for group in groups for each in group.texts]
    lengths = np.concatenate([group.lengths for group in groups])
    whole = len(text) + lengths
    apart = process.cdist([text], texts, scorer=Indel.distance, dtype=np.int32)[0]
    likeness = (100.0 - 100.0 * apart / whole).astype(np.float32)
    words = chain.from_iterable(group.words for group in groups)
    sharing = [place for place, each in enumerate(words) if not asked.isdisjoint(each)]
    if sharing:
        shared = [texts[place] for place in sharing]
        likeness[sharing] = process.cdist(
            [text], shared, scorer=fuzz.token_set_ratio, dtype=np.float32
        )[0]
    starts = np.cumsum([0, *(len(group.texts) for group in groups[:-1])])
    likest_of_each: Scores = np.maximum.reduceat(likeness, starts)
    return likest_of_each
