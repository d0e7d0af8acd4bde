"""What a question means, whoever asks it and on whatever day."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from knowledge_base import reasons
from knowledge_base.confidence import ConfidenceModel, is_outweighed
from knowledge_base.decisions import Candidate
from knowledge_base.entries import Entry
from knowledge_base.lately import Lately
from knowledge_base.matcher import Match, Matcher, Ranker
from knowledge_base.queues import GENERAL, Queue
from knowledge_base.text import as_written
from knowledge_base.topics import Topic, Topics
from knowledge_base.values import dataclass

DEFAULT_MAX_WRONG: Final = 0.02
_CANDIDATES: Final = 3
_LIKELY: Final = 0.5
_REMEMBERED: Final = 1000
"""About two megabytes."""
_Judged = tuple[Match, float]
_COMPARED: Final = {Ranker.LEXICAL: reasons.BY_WORDS, Ranker.SEMANTIC: reasons.BY_MEANING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was understood of one question: its queue, the best entries and why.

    `near` are those entries where the first is near enough to be offered; `is_sure` that it
    answers.
    """

    queue: str
    candidates: tuple[Candidate, ...]
    why: tuple[str, ...]
    near: tuple[Entry, ...] = ()
    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Ranks the entries for a question, judges how sure that is, and chooses its queue.

    `max_wrong_answers` is the greatest accepted share of wrong ones among automatic answers.
    """

    queues: Mapping[str, Queue]
    matcher: Matcher
    topics: Topics
    confidence: ConfidenceModel
    max_wrong_answers: float = DEFAULT_MAX_WRONG
    _lately: Lately[Understood] = field(init=False, repr=False, compare=False)
    _needed: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare to remember."""
        object.__setattr__(self, "_lately", Lately(self.afresh, kept=_REMEMBERED))
        object.__setattr__(self, "_needed", self.confidence.sure(self.max_wrong_answers))

    def of(self, question: str) -> Understood:
        """Return what is understood of a question, remembered if it was asked lately."""
        return self._lately(question)

    def afresh(self, question: str) -> Understood:
        """Return the same, without looking what is remembered."""
        judged = self.confidence.judge(self.matcher.rank(question))[:_CANDIDATES]
        candidates = tuple(_candidate(match, confidence) for match, confidence in judged)
        if not candidates or candidates[0].confidence < self.confidence.near:
            queue, about = self.topic(question)
            why = (reasons.NOTHING_NEAR, about, *self._nearest(question, judged))
            return Understood(queue=queue, candidates=candidates, why=why)
        confidence = candidates[0].confidence
        queue, of_topic = self._queue_of(question, judged[0][0].entry, confidence)
        return Understood(
            queue=queue,
            candidates=candidates,
            why=(*self._comparison(question, judged), *of_topic),
            near=tuple(match.entry for match, _ in judged),
            is_sure=confidence >= self._needed,
        )

    def topic(self, question: str) -> tuple[str, str]:
        """Return the queue that the words of a question choose, and why."""
        topic = self.topics.choose(question)
        return topic.queue, self._topic_said(topic)

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
        say = reasons.sure if confidence >= self._needed else reasons.near
        sure = say(first.entry, confidence=confidence, needed=self._needed)
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


def _second(first: Entry, ahead: float, match: Match, confidence: float) -> str:
    sibling = first.family is not None and first.family == match.entry.family
    return reasons.runner_up(match.entry, confidence=confidence, ahead=ahead, sibling=sibling)


def _candidate(match: Match, confidence: float) -> Candidate:
    return Candidate(
        entry_id=match.entry.id,
        question=match.entry.question,
        score=round(match.score, 4),
        confidence=round(confidence, 4),
    )
