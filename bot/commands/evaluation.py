"""`helpdesk kb eval`, `calibrate` and `diff`: how often the matcher is right, and what changes."""

from collections.abc import Sequence
from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.commands.asking import knowledge_base
from bot.commands.output import print_json, print_table
from bot.knowledge_making import meaning_kept_in, models_kept_in
from bot.settings import Settings, load_settings
from handlers.domain.errors import InvalidError
from handlers.working_time import local_day
from knowledge_base.calibration import Sample, promises
from knowledge_base.calibration import calibrate as fit
from knowledge_base.changes import changes
from knowledge_base.confidence import ConfidenceModel, dump_models
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Context
from knowledge_base.entries import Entry
from knowledge_base.evaluation import (
    Question,
    evaluate,
    parse_questions,
    predictions_text,
    samples,
)
from knowledge_base.files import ContentError, build, read_entries
from knowledge_base.matcher import Ranker
from knowledge_base.scores import lines


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
        return
    typer.echo(f"ranked by: {knowledge.matcher.ranker}")
    for line in lines(scores):
        typer.echo(line)


def calibrate(
    questions: Path,
    *,
    entries: Path | None,
    learn: Path | None,
    learn_entries: Path | None,
    max_wrong: float | None,
    out: Path | None,
) -> None:
    """Fit a confidence model for each ranker and print what each promise would cost."""
    settings = load_settings()
    allowed = settings.max_wrong_answers if max_wrong is None else max_wrong
    asked = _by_ranker(settings, questions, entries)
    taught = _by_ranker(settings, learn, learn_entries) if learn else {}
    models: dict[Ranker, ConfidenceModel] = {}
    for ranker, seen in asked.items():
        others = taught.get(ranker, [])
        models[ranker] = model = fit(seen, others)
        typer.echo(f"ranked by: {ranker}")
        print_table(
            [
                ("wrong at most", "from confidence", "answered", "wrong", "95 % interval"),
                *(
                    (
                        f"{row.max_wrong:.2f}",
                        f"{row.threshold:.3f}",
                        f"{row.answered} of {len(seen)}",
                        str(row.wrong),
                        f"{row.low:.3f}-{row.high:.3f}",
                    )
                    for row in promises(seen, model, others)
                ),
            ]
        )
        sure = model.sure(allowed)
        typer.echo(f"answers from confidence {sure:.3f} for at most {allowed} wrong\n")
    if out is not None:
        out.write_text(dump_models(models), encoding="utf-8")


def _by_ranker(
    settings: Settings, questions: Path, entries: Path | None
) -> dict[Ranker, list[Sample]]:
    asked = _questions(questions)
    full = _knowledge(settings, entries)
    known = {kb.matcher.ranker: kb for kb in (build(full.entries), full)}
    return {ranker: samples(asked, knowledge) for ranker, knowledge in known.items()}


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
    texts = dict.fromkeys([row.text for row in _questions(questions)] if questions else known)
    context = Context(today=local_day(SystemClock().now()), variables=settings.answer_variables)
    found = changes(before, after, tuple(texts), context)
    if as_json:
        print_json([{"question": one.question, "old": one.old, "new": one.new} for one in found])
        return
    for one in found:
        typer.echo(f"{one.question}\n  {one.old} -> {one.new}")
    typer.echo(f"{len(found)} of {len(texts)} questions change")


def _knowledge(settings: Settings, entries: Path | None) -> KnowledgeBase:
    if entries is None:
        return knowledge_base(settings)
    read = _entries(entries)
    meaning = meaning_kept_in(settings.data_dir)
    return build(
        read,
        max_wrong_answers=settings.max_wrong_answers,
        models=models_kept_in(settings.data_dir),
        meanings=meaning.meanings(read) if meaning else None,
    )


def _entries(path: Path) -> tuple[Entry, ...]:
    try:
        return read_entries(path)
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="entries", file=str(path)) from missing
    except ContentError as wrong:
        raise InvalidError("bad-entries", field="entries", faults=str(wrong)) from wrong


def _questions(path: Path) -> Sequence[Question]:
    try:
        return parse_questions(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise InvalidError("no-such-file", field="questions", file=str(path)) from missing
    except ContentError as wrong:
        raise InvalidError("bad-questions", field="questions", faults=str(wrong)) from wrong
