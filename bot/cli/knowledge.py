"""The knowledge base."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json

kb_app = typer.Typer(help="The knowledge base.", no_args_is_help=True)


@kb_app.command("check")
def kb_check(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Report every fault; exit 1 when one keeps the entries from loading."""
    from bot.commands import knowledge

    knowledge.check(file)


@kb_app.command("list")
def kb_list(*, as_json: Json = False) -> None:
    """List the entries in force."""
    from bot.commands import knowledge

    knowledge.list_entries(as_json=as_json)


@kb_app.command("import")
def kb_import(file: Path, by: Annotated[str, typer.Option(help="Who imports.")] = "import") -> None:
    """Import entries from YAML."""
    from bot.commands import knowledge

    knowledge.take_in(file, by=by)


@kb_app.command("export")
def kb_export(file: Path) -> None:
    """Write the entries in force as YAML."""
    from bot.commands import knowledge

    knowledge.export(file)


@kb_app.command("approve")
def kb_approve(
    by: Annotated[str, typer.Option(help="Who approves.")],
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that wait.")] = False,
) -> None:
    """Approve entries for automatic answers on every channel."""
    from bot.commands import knowledge

    knowledge.approve(ids or [], everything=everything, by=by)


Questions = Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl")]
Entries = Annotated[Path | None, typer.Option(help="Entries to use instead of those in force.")]


@kb_app.command("eval")
def kb_eval(
    questions: Questions,
    entries: Entries = None,
    folds: Annotated[
        int | None, typer.Option(min=2, help="Cross-validate the confidence in N folds.")
    ] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write the predictions.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Score the matcher on labelled questions."""
    from bot.commands import evaluation

    evaluation.evaluate_questions(
        questions, entries=entries, folds=folds, predictions=predictions, as_json=as_json
    )


@kb_app.command("calibrate")
def kb_calibrate(
    questions: Questions,
    entries: Entries = None,
    max_wrong: Annotated[
        float | None, typer.Option(min=0, max=1, help="Greatest share of wrong answers.")
    ] = None,
    learn: Annotated[
        Path | None, typer.Option(help="Labelled questions to learn from besides.")
    ] = None,
    learn_entries: Annotated[Path | None, typer.Option(help="The entries of those.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the model.")] = None,
) -> None:
    """Fit the confidence model and print what each threshold would cost."""
    from bot.commands import evaluation

    evaluation.calibrate(
        questions,
        entries=entries,
        learn=learn,
        learn_entries=learn_entries,
        max_wrong=max_wrong,
        out=out,
    )


@kb_app.command("diff")
def kb_diff(
    old: Path,
    new: Path,
    questions: Annotated[Path | None, typer.Argument(metavar="[QUESTIONS]")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show which questions are decided otherwise by the new entries."""
    from bot.commands import evaluation

    evaluation.diff(old, new, questions, as_json=as_json)
