"""Scores the matcher on labelled questions: how often right, how often silent, how often wrong.

Status, validity, scope, approval and missing translations do not gate here, because the question is
whether the right entry is found. Restricted queues, calls for a person and languages we do not
know do: such messages are never answered.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Final, TypedDict, cast

from knowledge_base.calibration import Sample, calibrate, folds
from knowledge_base.confidence import ConfidenceModel
from knowledge_base.decide import KnowledgeBase
from knowledge_base.faults import ContentError, Fault
from knowledge_base.language import Language, detect
from knowledge_base.matcher import Match
from knowledge_base.scores import Row, score
from knowledge_base.segments import segments
from knowledge_base.text import asks_for_person, is_greeting, is_thanks
from knowledge_base.values import dataclass

_SEED: Final = 1
_NEAR: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A labelled question: `right` holds the entries that answer it, empty when none does."""

    id: str
    text: str
    style: str
    kind: str
    right: frozenset[str]


class Prediction(TypedDict):
    """What the matcher would do with one question."""

    id: str
    ranked: list[str]
    confidence: float
    answered: bool


class _QuestionRecord(TypedDict):
    id: str
    text: str
    style: str
    kind: str
    gold: str | None
    gold_all: list[str]


def parse_questions(text: str) -> tuple[Question, ...]:
    """Return the labelled questions of a JSON Lines text.

    Raises:
        ContentError: a line is not a labelled question.
    """
    return tuple(
        _question(number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    )


def _question(number: int, line: str) -> Question:
    try:
        record = cast("_QuestionRecord", json.loads(line))
        right = [*record.get("gold_all", ()), record.get("gold")]
        return Question(
            id=record["id"],
            text=record["text"],
            style=record["style"],
            kind=record["kind"],
            right=frozenset(entry for entry in right if entry),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        fault = Fault(entry_id=None, reason=f"line {number} is not a labelled question: {wrong}")
        raise ContentError([fault]) from wrong


def evaluate(
    questions: Sequence[Question], knowledge: KnowledgeBase, fold_count: int | None = None
) -> tuple[dict[str, object], list[Prediction]]:
    """Return the scores and the predictions.

    With `fold_count` the confidence is fitted anew for each fold on the others, so that no question
    is judged by a model that has seen it; without it the active model judges.
    """
    ranked = [_rank(question, knowledge) for question in questions]
    if fold_count:
        predictions = _cross_predicted(
            ranked, fold_count, knowledge.understanding.max_wrong_answers
        )
    else:
        predictions = [
            _predict(
                r, knowledge.understanding.confidence, knowledge.understanding.max_wrong_answers
            )
            for r in ranked
        ]
    rows = [
        Row(
            style=question.style,
            kind=question.kind,
            right=question.right,
            ranked=tuple(prediction["ranked"]),
            confidence=prediction["confidence"],
            answered=prediction["answered"],
        )
        for question, prediction in zip(questions, predictions, strict=True)
    ]
    return score(rows), predictions


def samples(questions: Sequence[Question], knowledge: KnowledgeBase) -> list[Sample]:
    """Return what the confidence model learns from: the best match of each answerable question.

    A match that is never sent says nothing of how often answers are wrong.
    """
    return [sample for question in questions for sample in _rank(question, knowledge).samples()]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    question: Question
    parts: tuple[tuple[Match, ...], ...]
    answerable: bool

    def samples(self) -> list[Sample]:
        right = self.question.right
        return [
            Sample(
                group=self.question.id,
                signs=matches[0].signs,
                right=matches[0].entry.id in right,
                near=any(match.entry.id in right for match in matches[:_NEAR]),
            )
            for matches in self.parts
            if self.answerable and matches[0].entry.is_ever_sent
        ]


def _rank(question: Question, knowledge: KnowledgeBase) -> _Ranked:
    text = question.text
    parts = (knowledge.matcher.rank(part) for part in segments(text))
    return _Ranked(
        question=question,
        parts=tuple(matches for matches in parts if matches),
        answerable=(
            detect(text) is not Language.OTHER
            and knowledge.special.find(text) is None
            and not (asks_for_person(text) or is_greeting(text) or is_thanks(text))
        ),
    )


def _cross_predicted(
    ranked: Sequence[_Ranked], fold_count: int, max_wrong: float
) -> list[Prediction]:
    fold_of = folds([r.question.id for r in ranked], fold_count, _SEED)
    models: dict[int, ConfidenceModel] = {}
    for fold in range(fold_count):
        seen = [r for r in ranked if fold_of[r.question.id] != fold]
        models[fold] = calibrate([sample for r in seen for sample in r.samples()])
    return [_predict(r, models[fold_of[r.question.id]], max_wrong) for r in ranked]


def _predict(ranked: _Ranked, model: ConfidenceModel, max_wrong: float) -> Prediction:
    """Merge the parts of a message: the surest part first, then the seconds of each, and so on."""
    judged = sorted((model.judge(part) for part in ranked.parts), key=lambda part: -part[0][1])
    merged = dict.fromkeys(
        match.entry.id for places in zip_longest(*judged) for match, _ in filter(None, places)
    )
    confidence = judged[0][0][1] if judged and ranked.answerable else 0.0
    return Prediction(
        id=ranked.question.id,
        ranked=list(merged),
        confidence=round(confidence, 4),
        answered=bool(judged) and confidence >= model.sure(max_wrong),
    )


def predictions_text(predictions: Sequence[Mapping[str, object] | Prediction]) -> str:
    """Return the predictions as JSON Lines."""
    return "".join(f"{json.dumps(dict(line), ensure_ascii=False)}\n" for line in predictions)
