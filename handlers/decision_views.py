"""Decisions and answers in the shapes of the contract, for `ask --json` and the API."""

from collections.abc import Sequence
from typing import TypedDict

from handlers.domain.verdicts import Told, Verdict
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


class PartView(AnswerView):
    """The answer to one question of a letter."""

    question: str


class PartialView(TypedDict):
    """A letter answered in part: the answers, and the questions a consultant will answer."""

    answers: list[PartView]
    waiting: list[str]


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
    runner_up: str | None
    margin: float | None
    reasons: list[str]


class DecisionView(TypedDict):
    """The whole decision (CONTRACT, `ask`)."""

    decision: str
    language: str
    municipality: str | None
    segments: list[SegmentView]
    answer: AnswerView | None
    partial: PartialView | None
    queue: str
    reasons: list[str]


def decision_view(decision: Decision, verdict: Verdict | None = None) -> DecisionView:
    """Show a decision in the shape of the contract; `verdict` is what would be told of a letter."""
    answer = None
    if isinstance(decision, Answer):
        answer = answer_view(decision.entries, decision.text)
    return {
        "decision": type(decision).__name__.lower(),
        "language": decision.language.value,
        "municipality": decision.municipality,
        "segments": [_segment(segment) for segment in decision.segments],
        "answer": answer,
        "partial": partial_view(verdict.sure, verdict.waiting)
        if verdict is not None and verdict.sure and verdict.waiting
        else None,
        "queue": decision.queue,
        "reasons": list(decision.reasons),
    }


def partial_view(sure: Sequence[Told], waiting: Sequence[str]) -> PartialView:
    """Show what is answered of a letter, and what waits."""
    return {
        "answers": [
            {"question": told.question, **answer_view((told.entry,), told.text)} for told in sure
        ],
        "waiting": list(waiting),
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
    """Show a question with the candidate that came second, and how far behind."""
    best = segment.candidates[:2]
    second = best[-1] if len(best) > 1 else None
    margin = best[0].confidence - second.confidence if second else None
    return {
        "text": segment.text,
        "decision": segment.decision.value,
        "answer": segment.entry_id,
        "queue": segment.queue,
        "candidates": [_candidate(candidate) for candidate in segment.candidates],
        "runner_up": second.entry_id if second else None,
        "margin": round(margin, 4) if margin is not None else None,
        "reasons": list(segment.reasons),
    }


def _candidate(candidate: Candidate) -> CandidateView:
    return {
        "id": candidate.entry_id,
        "question": candidate.question,
        "score": candidate.score,
        "confidence": candidate.confidence,
    }
