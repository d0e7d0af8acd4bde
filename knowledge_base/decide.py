"""The knowledge base itself: a question in, a decision out.

The order of the gates is the policy:
1. a message for a restricted queue (personal data, harm) is never answered by a machine;
2. a call for a consultant reaches a consultant;
3. each question of the message is decided alone: sure, near, or neither;
4. what may not be said today (status, validity, review, scope, language) is never an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge_base import reasons
from knowledge_base.confidence import ConfidenceModel, is_outweighed
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
from knowledge_base.matcher import Match, Matcher, Ranker
from knowledge_base.municipalities import Ambiguous, Place, Places
from knowledge_base.queues import GENERAL, PRIVACY, Queue
from knowledge_base.segments import segments
from knowledge_base.sense import Sense
from knowledge_base.special import SpecialQueues
from knowledge_base.text import as_written, asks_for_person, is_greeting, is_thanks
from knowledge_base.topics import Topic, Topics

DEFAULT_MAX_WRONG: Final = 0.02
_OFFERED: Final = 3
_LIKELY: Final = 0.5
_Judged = tuple[Match, float]
_COMPARED: Final = {Ranker.LEXICAL: reasons.BY_WORDS, Ranker.SEMANTIC: reasons.BY_MEANING}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """The entries, ready to be asked. Immutable: a change of entries makes a new one.

    `max_wrong_answers` is the greatest accepted share of wrong ones among automatic answers.
    """

    by_id: Mapping[str, Entry]
    queues: Mapping[str, Queue]
    places: Places
    special: SpecialQueues
    sense: Sense
    matcher: Matcher
    topics: Topics
    confidence: ConfidenceModel
    max_wrong_answers: float = DEFAULT_MAX_WRONG

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
        if restricted := self.restricted(question):
            queue, said = restricted
            return _unsure(question, queue, (said,), asker)
        if asks_for_person(question):
            topic = self.topics.choose(question)
            why = (reasons.WANTS_PERSON, self._topic_said(topic))
            return _unsure(question, topic.queue, why, asker)
        if is_greeting(question) or is_thanks(question):
            return _unsure(question, GENERAL, (reasons.GREETING,), asker)
        parts = tuple(self._decide_part(part, asker) for part in segments(question))
        if not parts:
            return _unsure(question, GENERAL, (reasons.EMPTY,), asker)
        return self._together(parts, asker)

    def restricted(self, text: str) -> tuple[str, str] | None:
        """Return the restricted queue of a message and why: by its words, or by what it is like."""
        if found := self.special.find(text):
            say = reasons.privacy if found.queue == PRIVACY else reasons.sensitive
            return found.queue, say(found.reason, found.words)
        if like := self.sense.find(text, self.matcher.meanings):
            say_like = reasons.like_privacy if like.queue == PRIVACY else reasons.like_sensitive
            by = reasons.LIKE_BY_MEANING if self.matcher.meanings else reasons.LIKE_BY_WORDS
            return like.queue, say_like(by, like.words, chance=like.chance, needed=like.needed)
        return None

    def _asker(self, question: str, context: Context) -> "_Asker":
        return _Asker(
            today=context.today,
            language=context.language or detect(question),
            place=self.places.find(context.municipality or "") or self.places.find(question),
            variables=context.variables,
        )

    def _decide_part(self, text: str, asker: "_Asker") -> Segment:
        judged = self.confidence.judge(self.matcher.rank(text))[:_OFFERED]
        candidates = tuple(_candidate(match, confidence) for match, confidence in judged)
        if not candidates or candidates[0].confidence < self.confidence.near:
            topic = self.topics.choose(text)
            said = (reasons.NOTHING_NEAR, self._topic_said(topic), *self._nearest(text, judged))
            return _part(text, Kind.UNSURE, topic.queue, candidates, said)
        entry = judged[0][0].entry
        queue, of_topic = self._queue_of(text, entry, candidates[0].confidence)
        why = (*self._comparison(text, judged), *of_topic)
        if (obstacle := asker.obstacle(entry)) is not None:
            return _part(text, Kind.UNSURE, queue, candidates, (*why, obstacle))
        if not entry.speaks(asker.language):
            why = (*why, reasons.NOT_LITHUANIAN)
            return _part(text, Kind.UNSURE, queue, candidates, why, untranslated=entry.id)
        if candidates[0].confidence >= self.confidence.sure(self.max_wrong_answers):
            return _part(text, Kind.ANSWER, queue, candidates, why, entry_id=entry.id)
        offered = tuple(
            match.entry.id
            for match, _ in judged
            if asker.obstacle(match.entry) is None and match.entry.speaks(asker.language)
        )
        return _part(text, Kind.SUGGESTIONS, queue, candidates, why, offered=offered)

    def _queue_of(self, text: str, entry: Entry, confidence: float) -> tuple[str, tuple[str, ...]]:
        """Return the queue of a question that an entry is near to, and why it is not the entry's.

        The entry decides where it is likelier than not; below that the question's own words do.
        """
        queue = entry.topic if entry.topic in self.queues else GENERAL
        if confidence >= _LIKELY:
            return queue, ()
        topic = self.topics.choose(text)
        if topic.queue in {queue, GENERAL}:
            return queue, ()
        return topic.queue, (self._topic_said(topic),)

    def _topic_said(self, topic: Topic) -> str:
        if topic.queue == GENERAL and not topic.words:
            return reasons.UNCLEAR_TOPIC
        return reasons.topic(self.queues[topic.queue].title, topic.words)

    def _comparison(self, text: str, judged: Sequence[_Judged]) -> tuple[str, ...]:
        """Say how sure the best entry is, and why."""
        (first, confidence), *_ = judged
        needed = self.confidence.sure(self.max_wrong_answers)
        say = reasons.sure if confidence >= needed else reasons.near
        sure = say(first.entry, confidence=confidence, needed=needed)
        return (sure, *self._compared(text, judged))

    def _nearest(self, text: str, judged: Sequence[_Judged]) -> tuple[str, ...]:
        """Say which entry comes first where none is near, and what was seen of it."""
        if not judged:
            return ()
        (first, confidence), *_ = judged
        if not first.signs.held:
            return (reasons.speaks_of_nothing(first.entry), _COMPARED[self.matcher.ranker])
        nearest = reasons.nearest(first.entry, confidence=confidence)
        return (nearest, *self._compared(text, judged))

    def _compared(self, text: str, judged: Sequence[_Judged]) -> tuple[str, ...]:
        """Say what was seen of the best entry, what it lacks, and which came second."""
        (first, confidence), *others = judged
        signs = first.signs
        why = [reasons.compared(first.places), reasons.weighed(signs)]
        if signs.strange:
            why.append(reasons.strange(as_written(signs.strange, text)))
        if signs.aside:
            why.append(reasons.aside(as_written(signs.aside, text)))
        if signs.missing:
            why.append(reasons.another_question(signs.missing))
        if is_outweighed(signs):
            why.append(reasons.RIVALS)
        why.append(_second(first.entry, confidence, *others[0]) if others else reasons.NO_RUNNER_UP)
        return (*why, _COMPARED[self.matcher.ranker])

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


def _second(first: Entry, ahead: float, match: Match, confidence: float) -> str:
    sibling = first.family is not None and first.family == match.entry.family
    return reasons.runner_up(match.entry, confidence=confidence, ahead=ahead, sibling=sibling)


def _unsure(text: str, queue: str, why: tuple[str, ...], asker: _Asker) -> Unsure:
    return Unsure(**_shared((_part(text, Kind.UNSURE, queue, (), why),), queue, asker))


def _candidate(match: Match, confidence: float) -> Candidate:
    return Candidate(
        entry_id=match.entry.id,
        question=match.entry.question,
        score=round(match.score, 4),
        confidence=round(confidence, 4),
    )


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
