"""The knowledge base itself: a question in, a decision out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.decisions import Answer, Candidate, Context, Decision, Kind, Segment, Suggestions, Unsure
from knowledge_base.entries import Entry
from knowledge_base.language import Language, detect
from knowledge_base.matcher import Match, Matcher, build_matcher
from knowledge_base.queues import GENERAL, Queue

_SURE = 0.8
_NEAR = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """The entries, ready to be asked. Immutable: a change of entries makes a new one."""

    entries: tuple[Entry, ...]
    queues: Mapping[str, Queue]
    by_id: Mapping[str, Entry]
    matcher: Matcher

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of this id, if there is one."""
        return self.by_id.get(entry_id)

    def text_of(self, entry: Entry, variables: Mapping[str, str]) -> str:
        """Return the answer of the entry as it would be sent."""
        return entry.text(variables)

    def decide(self, question: str, context: Context) -> Decision:
        """Decide what the knowledge base can do about a question; it never raises on any text."""
        language = context.language or detect(question)
        matches = self.matcher.rank(question)[:3]
        candidates = tuple(_candidate(match) for match in matches)
        best = matches[0] if matches else None
        near = tuple(match.entry for match in matches if match.entry.status == "current")
        kind = Kind.UNSURE
        if best and best.signs["same"] > _NEAR and near:
            kind = Kind.SUGGESTIONS
        may = best and best.entry.may_answer(context.today, context.municipality) and language is Language.LT
        if best and may and best.signs["same"] > _SURE:
            kind = Kind.ANSWER
        entry = best.entry if best and kind is Kind.ANSWER else None
        queue = best.entry.topic if best and kind is not Kind.UNSURE else GENERAL
        segment = Segment(
            text=question, decision=kind, entry_id=entry.id if entry else None, queue=queue, candidates=candidates
        )
        if entry:
            return Answer(
                segments=(segment,),
                language=language,
                municipality=context.municipality,
                queue=queue,
                reasons=(),
                candidates=candidates,
                entries=(entry,),
                text=entry.text(context.variables),
            )
        if kind is Kind.SUGGESTIONS:
            return Suggestions(
                segments=(segment,),
                language=language,
                municipality=context.municipality,
                queue=queue,
                reasons=(),
                candidates=candidates,
                offered=near,
            )
        return Unsure(
            segments=(segment,),
            language=language,
            municipality=context.municipality,
            queue=queue,
            reasons=(),
            candidates=candidates,
        )


def build(entries: Sequence[Entry], queues: Mapping[str, Queue]) -> KnowledgeBase:
    """Make the entries ready to be asked."""
    return KnowledgeBase(
        entries=tuple(entries),
        queues=queues,
        by_id={entry.id: entry for entry in entries},
        matcher=build_matcher(entries),
    )


def _candidate(match: Match) -> Candidate:
    return Candidate(
        entry_id=match.entry.id,
        question=match.entry.question,
        score=round(match.score, 4),
        confidence=round(match.signs["same"] * match.signs["chance"], 4),
    )
