"""Kinds of words („whose“, „erase“, „money“) and where they stand in a message.

A kind is listed as data: a whole word (`mano`), a beginning (`istrin*`), words that follow each
other (`el past*`), and a part that may be missing (`ne(be)saugo*`). Folded, in any language.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge_base.text import fold

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_PIECE: Final = re.compile(r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)|(?P<stop>[.!?…;]+|[\r\n]+)")
_SENTENCE_STARTS: Final = re.compile(r"[A-ZА-Я\d]")
_MAY_MISS: Final = re.compile(r"\((\w+)\)")
_SWAPPED: Final = 7
_LOST: Final = 7
"""Two letters that changed places, or a lost one, are looked past in beginnings this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a message, folded, with the number of the sentence each stands in."""

    said: Sequence[str]
    sentences: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Where the kinds of words stand in a message."""

    words: Words
    places: Mapping[str, Sequence[int]]

    def of(self, kinds: Sequence[str]) -> Sequence[int]:
        """Return the places of the words of any of the kinds."""
        return sorted({place for kind in kinds for place in self.places.get(kind, ())})

    def has(self, kinds: Sequence[str]) -> bool:
        """Whether there is a word of any of the kinds."""
        return any(kind in self.places for kind in kinds)

    def near(self, kinds: Sequence[str], place: int, *, within: int, sentences: int) -> int | None:
        """Return the place of a word of any of the kinds, so many words and sentences away."""
        here = self.words.sentences[place]
        for kind in kinds:
            places = self.places.get(kind, ())
            for number in range(bisect_left(places, place - within), len(places)):
                other = places[number]
                if other > place + within:
                    break
                if abs(self.words.sentences[other] - here) <= sentences:
                    return other
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every way to say a word of each kind, by its first word: whole, or a beginning of it."""

    whole: Mapping[str, Sequence["_Way"]]
    beginnings: Mapping[str, Sequence["_Way"]]
    lengths: Sequence[int]

    def spots(self, text: str) -> Spots:
        """Find the words of every kind in a text, in time that grows as the text does."""
        words = read(text)
        known: dict[str, Sequence[_Way]] = {}
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words.said):
            ways = known.get(word)
            if ways is None:
                ways = known[word] = tuple(dict.fromkeys(self._ways(word)))
            for way in ways:
                if not way.rest or way.goes_on(words.said, place):
                    places[way.kind].append(place)
        return Spots(words=words, places=places)

    def _ways(self, word: str) -> Iterator["_Way"]:
        yield from self.whole.get(word, ())
        for length in self.lengths:
            if length > len(word):
                return
            yield from self.beginnings.get(word[:length], ())


@dataclass(frozen=True, slots=True)
class _Way:
    kind: str
    rest: tuple[str, ...] = ()

    def goes_on(self, said: Sequence[str], place: int) -> bool:
        for after, pattern in enumerate(self.rest, place + 1):
            if after >= len(said) or not _is(said[after], pattern):
                return False
        return True


def build_lexicon(kinds: Mapping[str, str], *, strict: Container[str] = ()) -> Lexicon:
    """Prepare the kinds of words, each a list with commas between; `strict` kinds know no slips."""
    whole: defaultdict[str, list[_Way]] = defaultdict(list)
    beginnings: defaultdict[str, list[_Way]] = defaultdict(list)
    for kind, listed in kinds.items():
        for spelled in _spellings(listed):
            first, *rest = spelled.split()
            way = _Way(kind, tuple(rest))
            if not first.endswith("*"):
                whole[first].append(way)
                continue
            spelled_so = [first[:-1]] if kind in strict else _slips(first[:-1])
            for beginning in dict.fromkeys(spelled_so):
                beginnings[beginning].append(way)
    lengths = sorted({len(beginning) for beginning in beginnings})
    return Lexicon(whole=dict(whole), beginnings=dict(beginnings), lengths=lengths)


def read(text: str) -> Words:
    """Cut a text into folded words; a small letter or a wrapped line begins no new sentence."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    said: list[str] = []
    sentences: list[int] = []
    sentence, stop = 0, ""
    for piece in _PIECE.finditer(plain):
        word = piece["word"]
        if word is None:
            stop += piece["stop"]
            continue
        if stop and (_ends(stop) or _SENTENCE_STARTS.match(word)):
            sentence += 1
        stop = ""
        said.append(word.lower())
        sentences.append(sentence)
    return Words(said=said, sentences=sentences)


def _ends(stop: str) -> bool:
    return "?" in stop or "!" in stop or stop.count("\n") > 1


def _is(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _spellings(listed: str) -> Iterator[str]:
    for term in map(fold, listed.split(",")):
        if term:
            yield _MAY_MISS.sub("", term)
            if "(" in term:
                yield _MAY_MISS.sub(r"\1", term)


def _slips(beginning: str) -> Iterable[str]:
    """Yield the beginning, and what it becomes when a letter is lost or two change places."""
    yield beginning
    for at in range(1, len(beginning) - 1):
        before, after = beginning[:at], beginning[at + 2 :]
        if len(beginning) >= _SWAPPED:
            yield before + beginning[at + 1] + beginning[at] + after
        if len(beginning) >= _LOST:
            yield before + beginning[at + 1] + after
