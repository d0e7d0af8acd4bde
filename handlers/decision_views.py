"""Decisions and answers in the shapes of the contract, for `ask --json` and the API."""

from collections.abc import Sequence
from typing import TypedDict

from knowledge_base.decisions import Answer, Candidate, Decision, Segment
from knowledge_base.entries import Entry, Source


class SourceView(TypedDict):
    """Where an answer's fact was seen."""

    id: str
    title: str
    url: str | None
    date: str | None


class AnswerView(TypedDict):
    """An answer; of several, the texts joined and the id of the first."""

    id: str
    text: str
    sources: list[SourceView]


class CandidateView(TypedDict):
    """An entry that may be the one asked for."""

    id: str
    question: str
    score: float
    confidence: float


class SegmentView(TypedDict):
    """One question of the text, decided alone."""

    text: str
    decision: str
    answer: str | None
    queue: str
    candidates: list[CandidateView]


class DecisionView(TypedDict):
    """The whole decision (CONTRACT, `ask`)."""

    decision: str
    language: str
    municipality: str | None
    segments: list[SegmentView]
    answer: AnswerView | None
    queue: str
    reasons: list[str]


def decision_view(decision: Decision) -> DecisionView:
    """Show a decision in the shape of the contract."""
    answer = None
    if isinstance(decision, Answer):
        answer = answer_view(decision.entries, decision.text)
    return {
        "decision": type(decision).__name__.lower(),
        "language": decision.language.value,
        "municipality": decision.municipality,
        "segments": [_segment(segment) for segment in decision.segments],
        "answer": answer,
        "queue": decision.queue,
        "reasons": list(decision.reasons),
    }


def answer_view(entries: Sequence[Entry], text: str) -> AnswerView:
    """Show entries that are sent as one answer."""
    sources = {source.id: source for entry in entries for source in entry.sources}
    return {
        "id": entries[0].id,
        "text": text,
        "sources": [_source(source) for source in sources.values()],
    }


def _source(source: Source) -> SourceView:
    return {"id": source.id, "title": source.title, "url": source.url, "date": source.date}


def _segment(segment: Segment) -> SegmentView:
    return {
        "text": segment.text,
        "decision": segment.decision.value,
        "answer": segment.entry_id,
        "queue": segment.queue,
        "candidates": [_candidate(candidate) for candidate in segment.candidates],
    }


def _candidate(candidate: Candidate) -> CandidateView:
    return {
        "id": candidate.entry_id,
        "question": candidate.question,
        "score": candidate.score,
        "confidence": candidate.confidence,
    }
