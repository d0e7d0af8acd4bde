"""Kinds of words („whose“, „erase“, „money“) and where they stand in a message.

A kind is listed as data: a whole word (`mano`), a beginning (`istrin*`), words that follow each
other (`el past*`), and a part that may be missing (`ne(be)saugo*`). Folded, in any language.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Final, TypeAlias

from knowledge_base.by_word import Beginnings, by_word
from knowledge_base.text import fold, fold_piece, is_one_word, with_plain_signs
from knowledge_base.values import dataclass

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_SPELLED: Final = r"[^\W_]+(?:['’][^\W_]+)*"
_WORD: Final = re.compile(_SPELLED)
_PIECE: Final = re.compile(rf"({_SPELLED})|([.!?…;]+|[\r\n]+)")
"""A word, or what may end a sentence."""
_SENTENCE_STARTS: Final = re.compile(r"[A-ZА-Я\d]")
_MAY_MISS: Final = re.compile(r"\((\w+)\)")
_SWAPPED: Final = 7
_LOST: Final = 7
"""Two letters that changed places, or a lost one, are looked past in beginnings this long."""


@dataclass(frozen=True)
class Words:
    """The words of a message, folded."""

    said: Sequence[str]
    text: str

    @cached_property
    def sentences(self) -> Sequence[int]:
        """The number of the sentence each word stands in; few messages make anybody ask for it.

        A small letter or a wrapped line begins no new sentence.
        """
        sentences: list[int] = []
        sentence, stop = 0, ""
        for word, mark in _PIECE.findall(_without_diacritics(self.text)):
            if mark:
                stop += mark
                continue
            if stop and (_ends(stop) or _SENTENCE_STARTS.match(word)):
                sentence += 1
            stop = ""
            sentences.append(sentence)
        return sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Where the kinds of words stand in a message."""

    words: Words
    places: Mapping[str, Sequence[int]]

    def of(self, kinds: Sequence[str]) -> Sequence[int]:
        """Return the places of the words of any of the kinds."""
        return sorted({place for kind in kinds for place in self.places.get(kind, ())})

    def near(self, kinds: Sequence[str], place: int, *, within: int, sentences: int) -> int | None:
        """Return the place of a word of any of the kinds, so many words and sentences away."""
        for kind in kinds:
            places = self.places.get(kind, ())
            for number in range(bisect_left(places, place - within), len(places)):
                other = places[number]
                if other > place + within:
                    break
                if abs(self.words.sentences[other] - self.words.sentences[place]) <= sentences:
                    return other
        return None


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to say a word of a kind; `rest` are the words that follow its first one."""

    kind: str
    rest: tuple[str, ...] = ()

    def goes_on(self, said: Sequence[str], place: int) -> bool:
        following = said[place + 1 : place + 1 + len(self.rest)]
        return len(following) == len(self.rest) and all(map(_fits, self.rest, following))

    def begun(self) -> "_Begun":
        """Return the kind, and the way itself if it has more than two words."""
        return self.kind, self if len(self.rest) > 1 else None

    def may_go_on(self, said: Sequence[str]) -> bool:
        """Tell whether the second word fits, if the way has one."""
        return not self.rest or (len(said) > 1 and _fits(self.rest[0], said[1]))


_Begun: TypeAlias = tuple[str, _Way | None]


def _fits(pattern: str, word: str) -> bool:
    return word == pattern or (pattern[-1] == "*" and word.startswith(pattern[:-1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every way to say a word of each kind, by its first word: whole, or a beginning of it.

    - `ways` tells those of a word, or nothing where the word that follows decides too;
    - `ways_of_two` tells those that may begin with two words.

    Each is told by its kind, and by itself where it goes on behind those words.
    """

    kinds: frozenset[str]
    ways: Callable[[str], Sequence[_Begun] | None]
    ways_of_two: Callable[[str], Sequence[_Begun]]

    def spots(self, text: str) -> Spots:
        """Find the words of every kind in a text, in time that grows as the text does."""
        words = read(text)
        said = words.said
        places: dict[str, list[int]] = {}
        for place, known in enumerate(map(self.ways, said)):
            ways = self.ways_of_two(" ".join(said[place : place + 2])) if known is None else known
            for kind, way in ways:
                if way is None or way.goes_on(said, place):
                    places.setdefault(kind, []).append(place)
        return Spots(words=words, places=places)


def build_lexicon(kinds: Mapping[str, str], *, strict: Container[str] = ()) -> Lexicon:
    """Prepare the kinds of words, each a list with commas between; `strict` kinds know no slips."""
    whole: defaultdict[str, list[_Way]] = defaultdict(list)
    beginnings: list[tuple[str, _Way]] = []
    for kind, listed in kinds.items():
        for spelled in _spellings(listed):
            first, *rest = spelled.split()
            way = _Way(kind, tuple(rest))
            if not first.endswith("*"):
                whole[first].append(way)
                continue
            spelled_so = [first[:-1]] if kind in strict else _slips(first[:-1])
            beginnings += ((beginning, way) for beginning in dict.fromkeys(spelled_so))
    begun = Beginnings(beginnings)

    def begin_with(word: str) -> Sequence[_Way]:
        return tuple(dict.fromkeys((*whole.get(word, ()), *begun.afresh(word))))

    begins_two = by_word(begin_with)

    def ways(word: str) -> Sequence[_Begun] | None:
        found = begin_with(word)
        return None if any(way.rest for way in found) else tuple(way.begun() for way in found)

    def ways_of_two(words: str) -> Sequence[_Begun]:
        said = words.split(" ")
        return tuple(way.begun() for way in begins_two(said[0]) if way.may_go_on(said))

    return Lexicon(kinds=frozenset(kinds), ways=by_word(ways), ways_of_two=by_word(ways_of_two))


def read(text: str) -> Words:
    """Cut a text into folded words."""
    return Words([*chain.from_iterable(map(_cut_piece, text.split()))], text)


def _without_diacritics(text: str) -> str:
    return with_plain_signs(text, _without_marks)


_without_marks: Final = by_word(lambda sign: _MARKS.sub("", unicodedata.normalize("NFKD", sign)))


def _cut(piece: str) -> tuple[str, ...]:
    folded = fold_piece(piece)
    if is_one_word(piece, folded):
        return (folded,)
    return tuple(word.lower() for word in _WORD.findall(_without_diacritics(piece)))


_cut_piece: Final = by_word(_cut)


def _ends(stop: str) -> bool:
    return "?" in stop or "!" in stop or stop.count("\n") > 1


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
