"""`helpdesk kb eval`, `calibrate` and `diff`: how often the matcher is right, and what changes."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.commands.asking import knowledge_base
from bot.commands.output import print_json, print_table
from bot.settings import Settings, load_settings
from handlers.domain.errors import InvalidError
from handlers.working_time import VILNIUS
from knowledge_base.calibration import calibrate as fit
from knowledge_base.confidence import dump_model
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Context, Decision, Suggestions
from knowledge_base.evaluation import (
    Question,
    evaluate,
    parse_questions,
    predictions_text,
    samples,
)
from knowledge_base.files import ContentError, build, read_entries


def evaluate_questions(
    questions: Path,
    *,
    entries: Path | None,
    folds: int | None,
    predictions: Path | None,
    as_json: bool,
) -> None:
    """Score the matcher on labelled questions."""
    knowledge = _knowledge(load_settings(), entries)
    scores, predicted = evaluate(_questions(questions), knowledge, folds)
    if predictions is not None:
        predictions.write_text(predictions_text(predicted), encoding="utf-8")
    if as_json:
        print_json(scores)
    else:
        typer.echo(json.dumps(scores, ensure_ascii=False, indent=1))


def calibrate(
    questions: Path, *, entries: Path | None, max_wrong: float | None, out: Path | None
) -> None:
    """Fit the confidence model and print what each threshold would cost."""
    settings = load_settings()
    allowed = settings.max_wrong_answers if max_wrong is None else max_wrong
    model = fit(samples(_questions(questions), _knowledge(settings, entries)))
    print_table(
        [
            ("confidence", "wrong"),
            *((f"{threshold:.3f}", f"{wrong:.3f}") for threshold, wrong in model.risks),
        ]
    )
    typer.echo(f"answers from confidence {model.sure(allowed):.3f} for at most {allowed} wrong")
    if out is not None:
        out.write_text(dump_model(model), encoding="utf-8")


def diff(old: Path, new: Path, questions: Path | None, *, as_json: bool) -> None:
    """Show which known questions are decided otherwise by the new entries."""
    settings = load_settings()
    before, after = (_knowledge(settings, path) for path in (old, new))
    known = [
        utterance
        for knowledge in (before, after)
        for entry in knowledge.entries
        for utterance in entry.utterances
    ]
    texts = [row.text for row in _questions(questions)] if questions else known
    context = Context(
        today=SystemClock().now().astimezone(VILNIUS).date(), variables=settings.answer_variables
    )
    changes = [
        {"question": text, "old": was, "new": now}
        for text in dict.fromkeys(texts)
        if (was := _outcome(before.decide(text, context)))
        != (now := _outcome(after.decide(text, context)))
    ]
    if as_json:
        print_json(changes)
        return
    for change in changes:
        typer.echo(f"{change['question']}\n  {change['old']} -> {change['new']}")
    typer.echo(f"{len(changes)} of {len(dict.fromkeys(texts))} questions change")


def _outcome(decision: Decision) -> str:
    match decision:
        case Answer():
            return f"answer {', '.join(entry.id for entry in decision.entries)}"
        case Suggestions():
            return f"suggestions {', '.join(entry.id for entry in decision.offered)}"
        case _:
            return f"unsure {decision.queue}"


def _knowledge(settings: Settings, entries: Path | None) -> KnowledgeBase:
    if entries is None:
        return knowledge_base(settings)
    try:
        read = read_entries(entries)
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="entries", file=str(entries)) from missing
    except ContentError as wrong:
        raise InvalidError("bad-entries", field="entries", faults=str(wrong)) from wrong
    return build(read, max_wrong_answers=settings.max_wrong_answers)


def _questions(path: Path) -> Sequence[Question]:
    try:
        return parse_questions(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="questions", file=str(path)) from missing
    except ContentError as wrong:
        raise InvalidError("bad-questions", field="questions", faults=str(wrong)) from wrong
