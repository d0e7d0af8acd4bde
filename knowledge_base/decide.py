"""The knowledge base itself: a question in, a decision out.

The order of the gates is the policy:
1. a message for a restricted queue (personal data, harm) is never answered by a machine;
2. a call for a consultant reaches a consultant;
3. each question of the message is decided alone: sure, near, or neither;
4. what may not be said today (status, validity, review, scope, language) is never an answer.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from knowledge_base import reasons
from knowledge_base.decisions import (
    Answer,
    Candidate,
    Context,
    Decision,
    Kind,
    Segment,
    Shared,
    Suggestions,
    Unsure,
)
from knowledge_base.entries import Entry
from knowledge_base.language import Language, detect
from knowledge_base.matcher import Matcher
from knowledge_base.municipalities import Ambiguous, Place, Places
from knowledge_base.queues import GENERAL, PRIVACY, Queue
from knowledge_base.segments import Letter, letter
from knowledge_base.sense import Sense
from knowledge_base.special import SpecialQueues
from knowledge_base.text import Line, calls_for_person, greets, thanks
from knowledge_base.topics import Topics
from knowledge_base.understanding import Understanding
from knowledge_base.values import dataclass

_OFFERED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """The entries, ready to be asked. Immutable: a change of entries makes a new one."""

    by_id: Mapping[str, Entry]
    queues: Mapping[str, Queue]
    places: Places
    special: SpecialQueues
    sense: Sense
    understanding: Understanding

    @property
    def matcher(self) -> Matcher:
        """What ranks the entries."""
        return self.understanding.matcher

    @property
    def topics(self) -> Topics:
        """What chooses a queue where no entry is near."""
        return self.understanding.topics

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, retired ones too."""
        return tuple(self.by_id.values())

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of this id, if there is one."""
        return self.by_id.get(entry_id)

    def text_of(self, entry: Entry, variables: Mapping[str, str]) -> str:
        """Return the answer of the entry as it would be sent; raises KeyError as `Entry.text`."""
        return entry.text(variables)

    def decide(self, question: str, context: Context) -> Decision:
        """Decide what the knowledge base can do about a question; it never raises on any text."""
        asker = self._asker(question, context)
        message, said = letter(question), Line(question)
        if restricted := self._restricted(question, message):
            queue, why = restricted
            return _unsure(question, queue, (why,), asker)
        if calls_for_person(said):
            queue, about = self.understanding.topic(question)
            return _unsure(question, queue, (reasons.WANTS_PERSON, about), asker)
        if greets(said) or thanks(said):
            return _unsure(question, GENERAL, (reasons.GREETING,), asker)
        parts = tuple(self._decide_part(part, asker) for part in message.questions)
        if not parts:
            return _unsure(question, GENERAL, (reasons.EMPTY,), asker)
        return self._together(parts, asker)

    def restricted(self, text: str) -> tuple[str, str] | None:
        """Return the restricted queue of a message and why: by its words, or by what it is like."""
        return self._restricted(text, letter(text))

    def _restricted(self, text: str, message: Letter) -> tuple[str, str] | None:
        spots = self.special.lexicon.spots(text)
        if found := self.special.find_at(spots):
            say = reasons.privacy if found.queue == PRIVACY else reasons.sensitive
            return found.queue, say(found.reason, found.words)
        if like := self.sense.find(message, self.matcher.meanings, {text: spots}):
            say_like = reasons.like_privacy if like.queue == PRIVACY else reasons.like_sensitive
            by = reasons.LIKE_BY_MEANING if self.matcher.meanings else reasons.LIKE_BY_WORDS
            return like.queue, say_like(by, like.words, chance=like.chance, needed=like.needed)
        return None

    def _asker(self, question: str, context: Context) -> "_Asker":
        told = context.municipality
        return _Asker(
            today=context.today,
            language=context.language or detect(question),
            place=(told and self.places.find(told)) or self.places.find(question),
            variables=context.variables,
        )

    def _decide_part(self, text: str, asker: "_Asker") -> Segment:
        read = self.understanding.of(text)
        queue, candidates, why = read.queue, read.candidates, read.why
        if not read.near:
            return _part(text, Kind.UNSURE, queue, candidates, why)
        entry = read.near[0]
        if (obstacle := asker.obstacle(entry)) is not None:
            return _part(text, Kind.UNSURE, queue, candidates, (*why, obstacle))
        if not entry.speaks(asker.language):
            why = (*why, reasons.NOT_LITHUANIAN)
            return _part(text, Kind.UNSURE, queue, candidates, why, untranslated=entry.id)
        if read.is_sure:
            return _part(text, Kind.ANSWER, queue, candidates, why, entry_id=entry.id)
        offered = tuple(
            each.id
            for each in read.near
            if asker.obstacle(each) is None and each.speaks(asker.language)
        )
        return _part(text, Kind.SUGGESTIONS, queue, candidates, why, offered=offered)

    def _together(self, parts: tuple[Segment, ...], asker: "_Asker") -> Decision:
        kinds = {part.decision for part in parts}
        waiting = [part for part in parts if part.decision is not Kind.ANSWER]
        shared = _shared(parts, (waiting or parts)[0].queue, asker)
        if kinds == {Kind.ANSWER}:
            ids = dict.fromkeys(part.entry_id for part in parts if part.entry_id)
            entries = tuple(self.by_id[entry_id] for entry_id in ids)
            text = "\n\n".join(entry.text(asker.variables, asker.language) for entry in entries)
            return Answer(**shared, entries=entries, text=text)
        if Kind.UNSURE in kinds:
            untranslated = dict.fromkeys(part.untranslated for part in parts if part.untranslated)
            return Unsure(
                **shared, untranslated=tuple(self.by_id[entry_id] for entry_id in untranslated)
            )
        offered = list(dict.fromkeys(entry_id for part in parts for entry_id in part.offered))
        return Suggestions(
            **shared, offered=tuple(self.by_id[entry_id] for entry_id in offered[:_OFFERED])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """What the gates need to know about who asks, and when."""

    today: date
    language: Language
    place: Place | Ambiguous | None
    variables: Mapping[str, str]

    @property
    def municipality(self) -> str | None:
        return self.place.official if isinstance(self.place, Place) else None

    def obstacle(self, entry: Entry) -> str | None:
        """Return why the entry may not be given to this asker today, if so."""
        if not entry.may_answer(self.today, self.municipality):
            ambiguous = isinstance(self.place, Ambiguous)
            return reasons.may_not_answer(
                entry, self.today, municipality=self.municipality, ambiguous=ambiguous
            )
        missing = sorted(name for name in entry.variables if not self.variables.get(name))
        return reasons.missing_variable(entry, missing[0]) if missing else None


def _shared(parts: tuple[Segment, ...], queue: str, asker: _Asker) -> Shared:
    candidates: dict[str, Candidate] = {}
    for candidate in (candidate for part in parts for candidate in part.candidates):
        known = candidates.get(candidate.entry_id)
        if known is None or known.confidence < candidate.confidence:
            candidates[candidate.entry_id] = candidate
    best = sorted(candidates.values(), key=lambda candidate: -candidate.confidence)
    return Shared(
        segments=parts,
        language=asker.language,
        municipality=asker.municipality,
        queue=queue,
        reasons=tuple(dict.fromkeys(reason for part in parts for reason in part.reasons)),
        candidates=tuple(best[:_OFFERED]),
    )


def _unsure(text: str, queue: str, why: tuple[str, ...], asker: _Asker) -> Unsure:
    return Unsure(**_shared((_part(text, Kind.UNSURE, queue, (), why),), queue, asker))


def _part(
    text: str,
    decision: Kind,
    queue: str,
    candidates: tuple[Candidate, ...],
    why: tuple[str, ...],
    *,
    entry_id: str | None = None,
    offered: tuple[str, ...] = (),
    untranslated: str | None = None,
) -> Segment:
    return Segment(
        text=text,
        decision=decision,
        entry_id=entry_id,
        queue=queue,
        candidates=candidates,
        offered=offered,
        untranslated=untranslated,
        reasons=why,
    )
