"""The likeliest of three languages, by groups of letters, where no letter and no small word tells.

The groups and their weights are those of py3langid (BSD-3-Clause, Marco Lui and Adrien Barbaresi)
for the three languages alone: one megabyte and a half, where all 142 take seventy. A text has the
same result as there; `knowledge_base.shipped_languages` writes the file.
"""

import math
import unicodedata
from collections import Counter
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge_base.values import dataclass

LANGUAGES: Final = ("en", "lt", "ru")
FILE: Final = "languages.bin"
LONGEST: Final = 6
"""So many bytes has the longest group."""

PRIORS: Final = np.dtype(("<f4", len(LANGUAGES)))
GROUP: Final = np.dtype([("code", "<u8"), ("weights", "<f2", len(LANGUAGES))])

_BYTE: Final = 8


@dataclass(frozen=True, slots=True)
class Guesser:
    """The known groups, ordered by code, and what each speaks for."""

    codes: NDArray[np.uint64]
    weights: NDArray[np.float16]
    priors: NDArray[np.float32]

    def likeliest(self, text: str) -> str:
        """Return the language whose groups of letters the text has most."""
        said = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
        scores = np.zeros(len(LANGUAGES), dtype=np.float32)
        if counted := Counter(self._groups(said)):
            times = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
            scores = np.log1p(times) @ self.weights[[*counted]] + self.priors
        scores *= 1.0 / math.sqrt(len(said) or 1)
        shares = np.exp(scores - scores.max())
        return LANGUAGES[int((shares / shares.sum()).argmax())]

    def _groups(self, said: bytes) -> list[int]:
        """Return the longest known group that ends at each byte."""
        longest = np.full(len(said), -1)
        for codes in codes_of(said):
            places = np.searchsorted(self.codes, codes)
            known = self.codes.take(places, mode="clip") == codes
            longest[known] = places[known]
        groups: list[int] = longest[longest >= 0].tolist()
        return groups


def codes_of(said: bytes) -> list[NDArray[np.uint64]]:
    """Return, for each length from 1, the codes of the groups that end at each byte.

    A code is the group's bytes as a number, its length above them. No group holds a zero byte, so
    where a text is too short for a length, its code is that of no group.
    """
    letters = np.frombuffer(said, dtype=np.uint8).astype(np.uint64)
    group, codes = np.zeros(len(said), dtype=np.uint64), []
    for size in range(1, LONGEST + 1):
        group[size - 1 :] |= letters[: max(len(said) - size + 1, 0)] << np.uint64(
            _BYTE * (size - 1)
        )
        codes.append(group | np.uint64(size << (_BYTE * LONGEST)))
    return codes


@cache
def shipped() -> Guesser:
    """Return the groups that come with the program."""
    content = resources.files("knowledge_base.content").joinpath(FILE).read_bytes()
    groups = np.frombuffer(content, dtype=GROUP, offset=PRIORS.itemsize)
    return Guesser(
        codes=np.ascontiguousarray(groups["code"]),
        weights=np.ascontiguousarray(groups["weights"]),
        priors=np.frombuffer(content, dtype="<f4", count=len(LANGUAGES)),
    )
