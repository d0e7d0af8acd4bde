"""Lithuanian text: folding, words, prefixes and letter groups, shared by index and query."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import chain
from typing import Final

from knowledge_base.by_word import by_word

PREFIX: Final = 5
"""Inflection changes word endings; the first five letters are the best crude stem we measured."""

_TOKEN: Final = re.compile(r"\d+[.,]\d+(?:[.,]\d+)*|[^\W_]+")
_WRITTEN: Final = re.compile(r"[^\W_]+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def with_plain_signs(text: str, plain: Callable[[str], str]) -> str:
    """Put in place of each sign beyond ASCII what `plain` makes of it: there are few in a text."""
    for sign in set(_NOT_ASCII.findall(text)):
        text = text.replace(sign, plain(sign))
    return text


def _without_diacritics(sign: str) -> str:
    decomposed = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


_plain: Final = by_word(_without_diacritics)


def fold(text: str) -> str:
    """Lower-case the text and take its diacritics away, the way people type on a phone."""
    lower = text.lower()
    if not lower.isascii():
        plain = with_plain_signs(lower, _plain)
        lower = (plain if plain.isascii() else unicodedata.normalize("NFKC", plain)).lower()
    return " ".join(lower.split())


def tokens(text: str) -> list[str]:
    """Return the folded words; a number like „1,2“ stays one word, written with a point."""
    return cut(fold(text))


def cut(folded: str) -> list[str]:
    """Return the words of a folded text."""
    words: list[str] = _TOKEN.findall(folded)
    return [word.replace(",", ".") for word in words] if "," in folded else words


fold_piece: Final = by_word(fold)
"""`fold` of what stands between two spaces: most of that was met before."""


def _cut_piece(piece: str) -> tuple[str, ...]:
    folded = fold_piece(piece)
    return (folded,) if is_one_word(piece, folded) else tuple(cut(folded))


def is_one_word(piece: str, folded: str) -> bool:
    """Whether a piece is nothing but a word of plain letters, however it is cut."""
    return piece.isalnum() and folded.isascii() and folded.isalnum()


cut_piece: Final = by_word(_cut_piece)
"""Its folded words."""


def words_of(pieces: Iterable[str]) -> list[str]:
    """Return the folded words of a text cut at its spaces: its `tokens`."""
    return [*chain.from_iterable(map(cut_piece, pieces))]


class Line:
    """A text, folded once for all who read it, and cut into words when one asks for them.

    `pieces` stand between two spaces. Nothing in folding or cutting looks across a space, and most
    pieces were met before, so both are put together from what is known of them.
    A letter has dozens of lines, so it is no dataclass: making one would cost as much as folding.
    """

    __slots__ = ("_words", "folded", "pieces", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = text.split()
        self.folded = " ".join(filter(None, map(fold_piece, self.pieces)))
        self._words: Sequence[str] | None = None

    @property
    def words(self) -> Sequence[str]:
        """The folded words."""
        if self._words is None:
            self._words = words_of(self.pieces)
        return self._words

    def says_only(self, words: Container[str]) -> bool:
        """Whether there are words here, and no others than these."""
        said = _TOKEN.finditer(self.folded)
        first = next(said, None)
        return first is not None and first[0] in words and all(word[0] in words for word in said)


def as_written(words: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the folded words the way the text writes them."""
    written = {
        word: raw.lower() for raw in reversed(_WRITTEN.findall(text)) for word in cut_piece(raw)
    }
    return tuple(written.get(word, word) for word in words)


def prefixes(text: str) -> list[str]:
    """Return the crude stem of each word."""
    return [word[:PREFIX] for word in tokens(text)]


def word_groups(word: str, shortest: int, longest: int) -> list[str]:
    """Return the groups of neighbouring letters of one folded word, its ends marked by a space."""
    marked = f" {word} "
    return [
        marked[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(len(marked) - size + 1)
    ]


def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


def _any(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


_GREETING: Final = _words(
    "labas laba labą diena dieną dienos vakaras vakarą vakaro rytas rytą ryto sveiki sveikas "
    "sveika gera gero geros gerbiamieji gerbiami gerb visiems jums hello hi hey good morning "
    "afternoon evening day dear all здравствуйте привет добрый день вечер утро доброе"
)
_THANKS: Final = _words("ačiū dėkui dėkoju dėkojame dėkojam thanks thank thx спасибо благодарю")
_AROUND_THANKS: Final = _words(
    "labai didelis didžiulis nuoširdžiai iš anksto dar kartą už atsakymą atsakymus pagalbą "
    "informaciją greitą operatyvumą viskas aišku supratau supratome supratom gerai ok okay puiku "
    "super jums jūsų pagarbiai you very much so for your the help answer "
    "большое вам за помощь ответ всё понятно"
)
_WITH_THANKS: Final = _GREETING | _THANKS | _AROUND_THANKS

# Patterns below are read against folded words joined by single spaces.
_PERSON: Final = _any(
    r"konsultant\w*",
    r"zmog(?:us|u|aus|ui|umi)|zmoniu",
    r"operatori\w*|darbuotoj\w*|specialist\w*",
    r"human|person|consultant|operator|agent|somebody|someone",
    r"человек\w*|консультант\w*|оператор\w*|сотрудник\w*",
)
_ASIDE: Final = _any(
    "as|prasau|prasyciau|prasome|noriu|norime|noreciau|reikia|reik|gyvo|gyva|gyvas|tikro",
    "duokite|duokit|kvieskite|pakvieskite",
    "i need|i want|a|please|нужен|позовите|пожалуиста|хочу",
)
_PERSONS: Final = (
    *("konsultant", "zmog", "zmoni", "operator", "darbuotoj", "specialist"),
    *("human", "person", "consultant", "agent", "somebody", "someone"),
    *("человек", "консультант", "оператор", "сотрудник"),
)
"""How each word for a person begins: where none of them stands, nobody is called."""
_PERSON_ALONE: Final = re.compile(rf"(?:{_ASIDE} )*{_PERSON}(?: {_ASIDE})*")
_WANTS: Final = _any(
    "nor(?:iu|ime|im|eciau|etume|etumeme|etum)",
    "gal(?:iu|eciau|ima|ime|etume)",
    "prasau|prasome|prasyciau|reikia|reikes|reiketu|leiskite",
)
_TALK: Final = _any(
    r"(?:pa|pasi)?kalbet\w*", r"susisiekt\w*|susijungt\w*", r"(?:pa)?bendraut\w*", r"pasitart\w*"
)
_REQUEST: Final = re.compile(
    _any(
        rf"\b{_WANTS}(?: \w+)? {_TALK} su (?:\w+ ){{0,2}}{_PERSON}",
        r"\b(?:su|per)junkit\w* (?:\w+ ){0,3}" + _PERSON,
        r"\b(?:pa)?kvieskit\w* (?:\w+ ){0,3}" + _PERSON,
        r"\bperduo(?:kit\w*|ti|te) (?:\w+ ){0,3}" + _PERSON,
        rf"\b{_WANTS} (?:\w+ )?(?:konsultanto|zmogaus|specialisto) (?:pagalbos|konsultacijos)\b",
        r"\b(?:pa)?klaus(?:ti|iu) konsultanto\b",
        rf"\b(?:talk|speak|connect me|chat) (?:to|with) (?:\w+ ){{0,2}}{_PERSON}",
        rf"\b(?:поговорить|соедините|связаться|свяжите)(?: \w+)? со? (?:\w+ )?{_PERSON}",
    )
)
_CALLS: Final = (
    *("kalbet", "susisiekt", "susijungt", "bendraut", "pasitart", "junkit", "kvieskit", "perduo"),
    *("konsultanto", "zmogaus", "specialisto", "talk", "speak", "connect", "chat"),
    *("поговорить", "соедините", "связаться", "свяжите"),
)
"""In every such request stands one of these."""
_ASKS_HOW: Final = re.compile(
    _any(
        "kada|kaip|kur|kokiu|kokiomis|kokia|kas|kam|kiek|kodel|when|where|how|как|когда|где",
    )
    + " "
)


def is_greeting(text: str) -> bool:
    """Whether the message greets and says nothing else."""
    return greets(Line(text))


def is_thanks(text: str) -> bool:
    """Whether the message thanks and says nothing else."""
    return "?" not in text and thanks(Line(text))


def asks_for_person(text: str) -> bool:
    """Whether the message calls for a consultant: the word alone, or a request to talk to one.

    A question about consultants („kas yra priemonės konsultantas?“, „kada galima pasikalbėti su
    konsultantu?“) is no such call.
    """
    return calls_for_person(Line(text))


def greets(said: Line) -> bool:
    """Whether what was read greets and says nothing else."""
    return said.says_only(_GREETING)


def thanks(said: Line) -> bool:
    """Whether what was read thanks and says nothing else."""
    return (
        "?" not in said.text and said.says_only(_WITH_THANKS) and not _THANKS.isdisjoint(said.words)
    )


def may_thank(piece: str) -> bool:
    """Whether what begins with this piece may thank and say nothing else."""
    words = cut_piece(piece)
    return not words or words[0] in _WITH_THANKS


def calls_for_person(said: Line) -> bool:
    """Whether what was read calls for a consultant."""
    if not any(person in said.folded for person in _PERSONS):
        return False
    words = " ".join(said.words)
    if _PERSON_ALONE.fullmatch(words):
        return True
    return (
        any(call in said.folded for call in _CALLS)
        and _REQUEST.search(words) is not None
        and _ASKS_HOW.match(words) is None
    )
