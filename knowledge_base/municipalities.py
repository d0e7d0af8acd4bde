"""The municipalities a text names; a city and a district of one name are never guessed apart."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from knowledge_base.by_word import by_word
from knowledge_base.text import fold, fold_piece
from knowledge_base.values import dataclass

_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_CITY: Final = re.compile(r"m\.?|miest\w*")
_DISTRICT: Final = re.compile(r"r\.?|raj\.?|rajon\w*")
_MARKER: Final = re.compile(rf"{_CITY.pattern}|{_DISTRICT.pattern}|sav\.?|savivald\w*")
_OTHER_TOWN: Final = re.compile(r"zemaiciu kalvarij\w*")
_LONG_ENOUGH_FOR_A_TYPO: Final = 5
_SIGNS_FOR_A_TYPO: Final = 4
_FEW: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One municipality; `official` is the short official name, like „Kauno r. sav.“."""

    official: str
    name: str
    kind: str

    @property
    def genitive(self) -> str:
        """The full name in the genitive: „Kauno rajono savivaldybės“."""
        return f"{self.name}s"

    @property
    def locative(self) -> str:
        """The full name in the locative: „Kauno rajono savivaldybėje“."""
        return f"{self.name}je"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """More than one municipality may be meant: ask, do not guess."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    places: tuple[Place, ...]
    common: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written and folded, and whether a name may begin with it or be told by it."""

    written: str
    folded: str
    begins_name: bool
    is_marker: bool
    tells: bool


_NO_WORD: Final = _Word("", "", begins_name=False, is_marker=False, tells=False)


class Places:
    """Recognises municipalities in text, in any case and with or without diacritics."""

    def __init__(self, records: Iterable[Mapping[str, object]]) -> None:
        """Prepare the forms of the names from `municipalities.yaml`."""
        self.all: tuple[Place, ...] = ()
        self._names: dict[tuple[str, ...], _Name] = {}
        for record in records:
            place = Place(
                official=str(record["official"]), name=str(record["name"]), kind=str(record["kind"])
            )
            self.all += (place,)
            for form in (*_texts(record, "forms"), *_texts(record, "towns")):
                self._add(tuple(fold(form).split()), place, common=bool(record.get("common")))
        self._misspelt = by_word(self._one_sign_off)
        self._seen = by_word(self._see_all)
        self._first_words = frozenset(form[0] for form in self._names if form)
        self._single = {form[0]: name for form, name in self._names.items() if len(form) == 1}
        self._by_official = {
            fold(name): place for place in self.all for name in (place.official, place.name)
        }
        self._longest = max(map(len, self._by_official), default=0)

    @property
    def names(self) -> frozenset[str]:
        """The official names."""
        return frozenset(place.official for place in self.all)

    @property
    def words(self) -> frozenset[str]:
        """The folded words of all names: they say where, not what about."""
        return frozenset(word for form in self._names for word in form)

    @property
    def officials(self) -> tuple[str, ...]:
        """The official names, always in the same order."""
        return tuple(place.official for place in self.all)

    def named(self, text: str) -> tuple[Place, ...]:
        """Return the municipality the whole text is the name of; several where names are shared.

        Of somebody who was asked for one: `meant` forgives more.
        """
        words = [fold(word) for word in _WORD.findall(text)]
        while words and is_marker(words[-1]):
            words.pop()
        form = tuple(word.rstrip(".") for word in words)
        if known := self._by_official.get(fold(text)):
            return (known,)
        name = self._names.get(form)
        marker = next((w for w in map(fold, _WORD.findall(text)[len(form) :])), "")
        return _narrowed(name.places, marker) if name else ()

    def meant(self, text: str) -> tuple[Place, ...]:
        """Return what somebody who was asked for a municipality may mean by a few words."""
        if found := self.named(text):
            return found
        words = [fold(word) for word in _WORD.findall(text)]
        marker = words[-1] if len(words) > 1 and is_marker(words[-1]) else ""
        said = " ".join(words[:-1] if marker else words).rstrip(".")
        if len(said) < _LONG_ENOUGH_FOR_A_TYPO or len(words) > _FEW:
            return ()
        near = {form: Levenshtein.distance(" ".join(form), said) for form in self._names}
        least = min(near.values())
        if least > len(said) // _SIGNS_FOR_A_TYPO:
            return ()
        likely = {place for form, far in near.items() if far == least for place in self._at(form)}
        return _narrowed(tuple(place for place in self.all if place in likely), marker)

    def _at(self, form: tuple[str, ...]) -> tuple[Place, ...]:
        return self._names[form].places

    def find(self, text: str) -> Place | Ambiguous | None:
        """Return the municipality the text names, all that it may mean, or nothing.

        - A name with its marker („Kauno r.“, „Kauno mieste“) decides.
        - A name that stands for a city and a district is ambiguous without a marker.
        - Two different municipalities are ambiguous too.
        """
        words = [*chain.from_iterable(map(self._seen, text.split()))]
        # A letter of more words than a name has letters is no name, and need not be folded.
        if len(words) <= self._longest and (known := self._by_official.get(fold(text))):
            return known
        found = list(self._mentions(words))
        sure = {mention[0] for mention in found if len(mention) == 1}
        for mention in found:
            if not sure.intersection(mention):
                sure.update(mention)
        places = tuple(place for place in self.all if place in sure) if sure else ()
        if len(places) > 1:
            return Ambiguous(places=places)
        return places[0] if places else None

    def _add(self, form: tuple[str, ...], place: Place, *, common: bool) -> None:
        known = self._names.get(form)
        places = known.places if known else ()
        if place not in places:
            self._names[form] = _Name(places=(*places, place), common=common)

    def _mentions(self, words: Sequence[_Word]) -> Iterator[tuple[Place, ...]]:
        telling = [place for place, word in enumerate(words) if word.tells]
        likely = {place for place in telling if words[place].begins_name}
        likely.update(place - 1 for place in telling if place and words[place].is_marker)
        skip_to = 0
        for start in sorted(likely):
            before = words[max(start - 1, 0) : start + 1]
            if start < skip_to or _OTHER_TOWN.match(" ".join(word.folded for word in before)):
                continue
            for size in (2, 1):
                form = tuple(word.folded.rstrip(".") for word in words[start : start + size])
                after = next(iter(words[start + size : start + size + 1]), _NO_WORD)
                name = self._names.get(form)
                if name is None and len(form) == 1 and after.is_marker:
                    name = self._misspelt(form[0])
                if name and (
                    not name.common or words[start].written[0].isupper() or after.is_marker
                ):
                    yield _narrowed(name.places, after.folded)
                    skip_to = start + size
                    break

    def _see_all(self, piece: str) -> tuple[_Word, ...]:
        if piece.isalpha():
            return (self._see(piece, fold_piece(piece)),)
        return tuple(self._see(word, fold(word)) for word in _WORD.findall(piece))

    def _see(self, word: str, folded: str) -> _Word:
        begins = folded.rstrip(".") in self._first_words
        marks = _MARKER.fullmatch(folded) is not None
        return _Word(word, folded, begins_name=begins, is_marker=marks, tells=begins or marks)

    def _one_sign_off(self, word: str) -> _Name | None:
        if len(word) < _LONG_ENOUGH_FOR_A_TYPO:
            return None
        alike = process.extract_iter(
            word, self._single.keys(), scorer=Levenshtein.distance, score_cutoff=1
        )
        near = {self._single[known].places: self._single[known] for known, *_ in alike}
        return next(iter(near.values())) if len(near) == 1 else None


def _texts(record: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = record.get(key)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


is_marker: Final = by_word(lambda word: _MARKER.fullmatch(word) is not None)
"""Tell whether the folded word says, after a name, what kind of municipality is meant."""


def _narrowed(places: tuple[Place, ...], marker: str) -> tuple[Place, ...]:
    if _CITY.fullmatch(marker):
        return tuple(place for place in places if place.kind == "m.") or places
    if _DISTRICT.fullmatch(marker):
        return tuple(place for place in places if place.kind == "r.") or places
    return places
