"""Messages that must reach named persons only: requests about personal data, and reports of harm.

One word („sutikimas“, „nebegaliu“) means nothing alone. A sign asks for words of several kinds near
each other: something that is mine, what it is, what should become of it. What sounds alike in the
everyday life of an organisation (its own members' data, a project against violence) is no sign.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NotRequired, TypedDict

from knowledge_base.lexicon import Lexicon, Spots, build_lexicon
from knowledge_base.values import dataclass

_WITHIN: Final = 10
"""Words that belong together stand at most so many words apart."""
_UNLESS_WITHIN: Final = 16


class SignRecord(TypedDict):
    """A sign as it is written in the data file."""

    reason: str
    all: list[str]
    unless: NotRequired[list[str]]
    within: NotRequired[int]
    sentences: NotRequired[int]


class SpecialRecords(TypedDict):
    """The data file: kinds of words, and the signs of each queue."""

    words: dict[str, str]
    queues: dict[str, list[SignRecord]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The restricted queue of a message, what it seems to be, and the words that say so."""

    queue: str
    reason: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Kinds of words that together mean something; `unless` names what makes them ordinary."""

    reason: str
    kinds: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    within: int
    sentences: int

    def find(self, spots: Spots) -> tuple[int, ...] | None:
        """Return the places of the words, where all kinds meet and nothing makes them ordinary."""
        said = spots.places.keys()
        if any(map(said.isdisjoint, self.kinds)):
            return None
        first, *others = self.kinds
        for place in spots.of(first):
            met = [place]
            for kinds in others:
                other = spots.near(kinds, place, within=self.within, sentences=self.sentences)
                if other is None:
                    break
                met.append(other)
            else:
                if not self._is_ordinary(spots, place):
                    return tuple(sorted(set(met)))
        return None

    def _is_ordinary(self, spots: Spots, place: int) -> bool:
        found = spots.near(self.unless, place, within=_UNLESS_WITHIN, sentences=self.sentences)
        return found is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialQueues:
    """The signs of each special queue, the more urgent queue first.

    `beside` names, by number, the signs that a kind of words may be part of: each sign stands at
    one of its kinds only, the one with fewest others in its place, so that few have to be tried.
    """

    lexicon: Lexicon
    signs: Sequence[tuple[str, Sign]]
    beside: Mapping[str, Sequence[int]]

    def find(self, text: str) -> Found | None:
        """Return the special queue of the message, if some part of it shows a sign."""
        return self.find_at(self.lexicon.spots(text))

    def find_at(self, spots: Spots) -> Found | None:
        """Return the same for a message whose words of every kind are found already."""
        likely = {number for kind in spots.places for number in self.beside.get(kind, ())}
        for queue, sign in map(self.signs.__getitem__, sorted(likely)):
            if (places := sign.find(spots)) is not None:
                words = tuple(spots.words.said[place] for place in places)
                return Found(queue=queue, reason=sign.reason, words=words)
        return None


def build_special_queues(records: SpecialRecords) -> SpecialQueues:
    """Prepare the kinds of words and the signs."""
    ordinary = {
        kind
        for signs in records["queues"].values()
        for sign in signs
        for kind in sign.get("unless", ())
    }
    signs = [(queue, _sign(each)) for queue, listed in records["queues"].items() for each in listed]
    beside: dict[str, list[int]] = {}
    for number, (_, sign) in enumerate(signs):
        for kind in min(sign.kinds, key=len):
            beside.setdefault(kind, []).append(number)
    return SpecialQueues(
        lexicon=build_lexicon(records["words"], strict=ordinary), signs=signs, beside=beside
    )


def _sign(record: SignRecord) -> Sign:
    return Sign(
        reason=record["reason"],
        kinds=tuple(tuple(kinds.split("|")) for kinds in record["all"]),
        unless=tuple(record.get("unless", ())),
        within=record.get("within", _WITHIN),
        sentences=record.get("sentences", 0),
    )
