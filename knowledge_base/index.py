"""BM25 views of the entries: which of them hold the terms of a question, and how tellingly.

A `View` finds the entries of a term; `Pages` are the other way round and score a few chosen entries
without looking at the rest, which is what a large knowledge base needs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge_base.by_word import by_word
from knowledge_base.values import dataclass

Scores: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.int32]

_SATURATION: Final = 1.5
_LENGTH_SHARE: Final = 0.5
_OFTEN: Final = 255
_PARTS: Final = 16
_LONG: Final = 64
_REMEMBERED: Final = 50_000
"""More words than a language of this size of text has are typing errors and names."""
_NOTHING: Final = np.zeros(0, dtype=np.int32)


Split: TypeAlias = Callable[[str], Iterable[str]]


class Terms:
    """The terms of an index by number; a word is one term, or those that `split` cuts it into."""

    def __init__(self, numbers: Mapping[str, int], split: Split | None) -> None:
        self._numbers, self._split = numbers, split
        self._cut = by_word(self._of)

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, words: Iterable[str]) -> Numbers:
        """Return the known terms of the words, each once, in order."""
        terms = np.concatenate([_NOTHING, *map(self._cut, words)])
        terms.sort()
        first = np.ones(len(terms), dtype=np.bool_)
        np.not_equal(terms[1:], terms[:-1], out=first[1:])
        found: Numbers = terms[first]
        return found

    def _of(self, word: str) -> Numbers:
        parts = (word,) if self._split is None else self._split(word)
        known = [number for part in parts if (number := self._numbers.get(part)) is not None]
        return np.array(known, dtype=np.int32) if known else _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """The BM25 weight of every term in every document, document by document."""

    numbers: Mapping[str, int]
    lengths: NDArray[np.int64]
    terms: Numbers
    weights: Scores

    @property
    def size(self) -> int:
        return len(self.lengths)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The documents of each term with their weights: a question only adds them up."""

    size: int
    terms: Terms
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    documents: Numbers
    weights: Scores

    def scores(self, words: Iterable[str]) -> Scores:
        """Return the score of every document."""
        terms = self.terms.of(words)
        take = _taker(self.starts[terms], self.lengths[terms])
        documents, weights = take(self.documents), take(self.weights)
        return np.bincount(documents, weights, self.size).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The terms of each document with their weights."""

    known: Terms
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    terms: Numbers
    weights: Scores

    def scores(self, words: Iterable[str], among: Numbers) -> Scores:
        """Return the scores of these documents."""
        asked = np.zeros(len(self.known), dtype=np.bool_)
        asked[self.known.of(words)] = True
        lengths = self.lengths[among]
        take = _taker(self.starts[among], lengths)
        weights = take(self.weights) * asked[take(self.terms)]
        owners = np.repeat(np.arange(len(among)), lengths)
        return np.bincount(owners, weights, len(among)).astype(np.float32)


Column = TypeVar("Column", Numbers, Scores)


class _Taker(Protocol):
    def __call__(self, column: Column, /) -> Column: ...


def _taker(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> _Taker:
    """Return what takes these spans of a column, in a row: long ones are copied whole."""
    if lengths.sum() > _LONG * len(lengths):
        spans = list(map(slice, starts.tolist(), (starts + lengths).tolist()))
        return lambda column: np.concatenate([column[span] for span in spans])
    before = lengths.cumsum() - lengths
    places = (starts - before).repeat(lengths)
    places += np.arange(len(places))
    return lambda column: column[places]


def build_view(documents: Iterable[Sequence[str]], split: Split | None = None) -> View:
    """Index the documents by term; each is a list of terms, or of words that `split` cuts up."""
    weighed = _weigh(documents, split)
    order = np.argsort(weighed.terms, kind="stable")
    owners = np.repeat(np.arange(weighed.size, dtype=np.int32), weighed.lengths)
    lengths = np.bincount(weighed.terms, minlength=len(weighed.numbers))
    return View(
        size=weighed.size,
        terms=Terms(weighed.numbers, split),
        starts=lengths.cumsum() - lengths,
        lengths=lengths,
        documents=owners[order],
        weights=weighed.weights[order],
    )


def build_pages(documents: Iterable[Sequence[str]], split: Split | None = None) -> Pages:
    """Index the same by document."""
    weighed = _weigh(documents, split)
    return Pages(
        known=Terms(weighed.numbers, split),
        starts=weighed.lengths.cumsum() - weighed.lengths,
        lengths=weighed.lengths,
        terms=weighed.terms,
        weights=weighed.weights,
    )


def _weigh(documents: Iterable[Sequence[str]], split: Split | None) -> _Weighed:
    numbers: dict[str, int] = {}
    cut: dict[str, bytes] = {}  # each word is cut up once, however often it stands somewhere
    terms: list[Numbers] = []
    times: list[NDArray[np.uint8]] = []
    totals: list[int] = []
    for document in documents:
        if len(cut) > _REMEMBERED:
            cut.clear()
        for word in document:
            if word not in cut:
                parts = (word,) if split is None else split(word)
                numbered = [numbers.setdefault(part, len(numbers)) for part in parts]
                cut[word] = np.array(numbered, dtype=np.int32).tobytes()
        everything = np.frombuffer(b"".join([cut[word] for word in document]), dtype=np.int32)
        found, counted = np.unique(everything, return_counts=True)
        terms.append(found)
        times.append(np.minimum(counted, _OFTEN).astype(np.uint8))
        totals.append(len(everything))
    lengths = np.array([len(found) for found in terms], dtype=np.int64)
    held = np.concatenate([_NOTHING, *terms])
    del terms  # the largest thing here, and now it is there twice
    frequency = np.zeros(len(numbers), dtype=np.int64)
    for part in np.array_split(held, _PARTS):  # counting takes eight bytes a term
        frequency += np.bincount(part, minlength=len(numbers))
    rarity = np.log(1 + (len(lengths) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    weights = _saturated(times, np.array(totals, dtype=np.float32), lengths)
    weights *= rarity[held]
    return _Weighed(numbers=numbers, lengths=lengths, terms=held, weights=weights)


def _saturated(
    times: Sequence[NDArray[np.uint8]], totals: Scores, lengths: NDArray[np.int64]
) -> Scores:
    """Return what each count is worth: less and less, and less in a long document."""
    if not len(totals):
        return np.zeros(0, dtype=np.float32)
    longer = 1 - _LENGTH_SHARE + _LENGTH_SHARE * totals / (totals.mean() or 1.0)
    worth = np.concatenate(times).astype(np.float32)
    damped = np.repeat(_SATURATION * longer, lengths).astype(np.float32, copy=False)
    damped += worth
    worth *= _SATURATION + 1
    worth /= damped
    return worth
