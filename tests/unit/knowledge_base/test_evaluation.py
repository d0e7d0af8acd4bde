"""The figures that say how often the matcher is right, silent or wrong."""

import json
import runpy
from pathlib import Path

import pytest

from knowledge_base.decide import KnowledgeBase
from knowledge_base.evaluation import (
    Prediction,
    Question,
    evaluate,
    parse_questions,
    predictions_text,
)
from knowledge_base.faults import ContentError
from tests.unit.knowledge_base.conftest import DATA


def test_a_labelled_question_is_read() -> None:
    line = '{"id":"q1","text":"kas?","style":"typo","gold":"a","gold_all":["a","b"],"kind":"in"}'

    assert parse_questions(f"{line}\n\n") == (
        Question(id="q1", text="kas?", style="typo", kind="in", right=frozenset({"a", "b"})),
    )


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"id": "q1"}'])
def test_what_is_no_labelled_question_is_named_by_its_line(line: str) -> None:
    with pytest.raises(ContentError, match="line 1 is not a labelled question"):
        parse_questions(line)


def test_predictions_are_written_one_a_line() -> None:
    line = Prediction(id="q1", ranked=["a"], confidence=0.5, answered=False)

    assert json.loads(predictions_text([line])) == line


def test_the_promise_is_kept_on_questions_the_model_has_not_seen(
    evaluated: KnowledgeBase, questions: tuple[Question, ...]
) -> None:
    """Cross-validated: what the floors below say is what we tell people in the documents."""
    scores, predictions = evaluate(questions, evaluated, fold_count=5)
    selective, ranking = scores["selective"], scores["ranking"]

    assert isinstance(selective, dict)
    assert isinstance(ranking, dict)
    assert len(predictions) == len(questions)
    assert selective["precision"] >= 0.98
    assert selective["coverage_in_scope"] >= 0.33
    assert selective["false_answer_rate_by_kind"] == {
        "chat": "0/5",
        "near": "0/36",
        "other": "0/25",
    }
    assert ranking["ALL"]["top1"] >= 0.83
    assert ranking["LT-SHORT"]["top1"] >= 0.81
    assert ranking["ALL"]["recall3"] >= 0.9


def test_each_style_is_as_good_with_the_active_model(
    evaluated: KnowledgeBase, questions: tuple[Question, ...]
) -> None:
    scores, _ = evaluate(questions, evaluated)

    assert isinstance(scores["selective"], dict)
    assert scores["selective"]["precision"] >= 0.98


def test_the_scores_are_those_of_the_reference_implementation(
    evaluated: KnowledgeBase, questions: tuple[Question, ...], corpora: Path
) -> None:
    """Where the corpora lie beside the repository, their own scorer must agree in every figure."""
    scores, predictions = evaluate(questions, evaluated)
    lines = (DATA / "match" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    scorers = [path for path in [corpora / "match" / "score.py"] if path.exists()]

    theirs = [
        runpy.run_path(str(scorer))["score"]([json.loads(line) for line in lines], predictions)
        for scorer in scorers
    ]

    assert theirs == [scores] * len(scorers)
