"""`helpdesk ask`: what the knowledge base would do; nothing is stored."""

import typer

from bot.clock import SystemClock
from bot.commands.output import named, print_json
from bot.settings import Settings, load_settings
from handlers.answers import Answers
from handlers.decision_views import DecisionView, decision_view
from handlers.domain.channels import Channel
from handlers.domain.verdicts import Verdict
from handlers.policy import AutoAnswers
from handlers.working_time import local_day
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Context, Decision
from knowledge_base.files import load_shipped, remembered
from knowledge_base.language import Language


def ask(text: str, *, municipality: str | None, language: str | None, as_json: bool) -> None:
    """Decide about a question and print what would be done."""
    settings = load_settings()
    base = knowledge_base(settings)
    context = Context(
        today=local_day(SystemClock().now()),
        municipality=municipality,
        language=named(Language, language, field="language") if language else None,
        variables=settings.answer_variables,
    )
    decision = base.decide(text, context)
    view = decision_view(decision, _verdict(base, settings, decision, text))
    if as_json:
        print_json(view)
    else:
        _print(view)


def knowledge_base(settings: Settings) -> KnowledgeBase:
    """Use the entries in force where there is a database, else the shipped ones."""
    if settings.is_sqlite and not settings.sqlite_path.exists():
        return load_shipped(settings.max_wrong_answers, remembered())
    from bot.app import open_desk

    with open_desk(settings) as app:
        return app.knowledge.current()


def _verdict(base: KnowledgeBase, settings: Settings, decision: Decision, text: str) -> Verdict:
    """Return what the knowledge base alone would tell, whatever a channel may send."""
    variables = dict.fromkeys(Channel, settings.answer_variables)
    answers = Answers(
        clock=SystemClock(), knowledge=lambda: base, mode=AutoAnswers.ON, variables=variables
    )
    return answers.verdict(decision, Channel.WEB, text=text)


def _print(view: DecisionView) -> None:
    typer.echo(f"{view['decision']} · {view['language']} · {view['queue']}")
    if view["answer"]:
        typer.echo("\n" + view["answer"]["text"] + "\n")
        for source in view["answer"]["sources"]:
            typer.echo(f"  [{source['id']}] {source['title']} {source['date'] or ''}".rstrip())
    if view["partial"]:
        for told in view["partial"]["answers"]:
            typer.echo(f"\n{told['question']}\n{told['text']}")
        for question in view["partial"]["waiting"]:
            typer.echo(f"\n{question}\n  -> a consultant")
    for segment in view["segments"]:
        for candidate in segment["candidates"]:
            confidence = round(candidate["confidence"] * 100)
            typer.echo(f"  {confidence:3d} %  {candidate['id']}: {candidate['question']}")
    for reason in view["reasons"]:
        typer.echo(f"  - {reason}")
