"""The `helpdesk` command. What a command needs is imported when it runs (CONTRACT, "Commands")."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from handlers.domain.errors import HelpdeskError, InvalidError

_MISSING = 1
_WRONG_USE = 2

app = typer.Typer(
    name="helpdesk",
    help="A consultation helpdesk for NGOs: questions in, reviewed answers or people out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
desk_app = typer.Typer(help="A consultant's acts.", no_args_is_help=True)
inbox_app = typer.Typer(help="Messages received.", invoke_without_command=True)
outbox_app = typer.Typer(help="Messages owed.", invoke_without_command=True)
kb_app = typer.Typer(help="The knowledge base.", no_args_is_help=True)
consultant_app = typer.Typer(help="Those who answer.", no_args_is_help=True)
queue_app = typer.Typer(help="Where tickets wait.", no_args_is_help=True)
person_app = typer.Typer(help="One person's data.", no_args_is_help=True)
db_app = typer.Typer(help="Schema and copies.", no_args_is_help=True)
for name, group in (
    ("desk", desk_app),
    ("inbox", inbox_app),
    ("outbox", outbox_app),
    ("kb", kb_app),
    ("consultant", consultant_app),
    ("queue", queue_app),
    ("person", person_app),
    ("db", db_app),
):
    app.add_typer(group, name=name)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Reference = Annotated[str, typer.Argument(metavar="REF", help="A reference like NVO-123.")]
As = Annotated[str, typer.Option("--as", metavar="EMAIL", help="The consultant who acts.")]
Text = Annotated[str | None, typer.Option("--text", help="The words, or - for standard input.")]


def main() -> None:
    """Run the command; say in one sentence what is wrong and exit 1 or 2."""
    from bot.app import SchemaError
    from bot.settings import ConfigurationError

    try:
        app()
    except (ConfigurationError, SchemaError) as wrong:
        _fail(str(wrong), _WRONG_USE)
    except InvalidError as wrong:
        _fail(f"--{wrong.field}: {wrong}", _WRONG_USE)
    except HelpdeskError as refused:
        _fail(str(refused), _MISSING)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stderr.close()


def _fail(sentence: str, status: int) -> None:
    typer.echo(f"helpdesk: {sentence}", err=True)
    raise SystemExit(status)


@app.command()
def run(
    only: Annotated[
        str | None, typer.Option(help="Roles: mail, telegram, worker, relay, timers, web.")
    ] = None,
) -> None:
    """Start the service: every role that is configured, or only those named."""
    from bot.service import run_service

    run_service(only.split(",") if only else None)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question.")],
    municipality: Annotated[str | None, typer.Option(help="The asker's municipality.")] = None,
    language: Annotated[str | None, typer.Option(help="lt, en, ru or other.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show what the knowledge base would do; nothing is stored."""
    from bot.commands import asking

    asking.ask(text, municipality=municipality, language=language, as_json=as_json)


@app.command("import-mail")
def import_mail(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    *,
    history: Annotated[bool, typer.Option(help="File without owing any message.")] = False,
    as_json: Json = False,
) -> None:
    """Take mail from files: single mails, mbox, Maildir, folders of them."""
    from bot.commands import mail_import

    mail_import.import_mail(paths, history=history, as_json=as_json)


@app.command()
def tickets(
    status: Annotated[str | None, typer.Option()] = None,
    queue: Annotated[str | None, typer.Option()] = None,
    *,
    as_json: Json = False,
) -> None:
    """List tickets, newest first."""
    from bot.commands import tickets as commands

    commands.list_tickets(status=status, queue=queue, as_json=as_json)


@app.command()
def ticket(reference: Reference, *, as_json: Json = False) -> None:
    """Show one ticket with its thread."""
    from bot.commands import tickets as commands

    commands.show_ticket(reference, as_json=as_json)


@app.command()
def report(
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="Last day, YYYY-MM-DD.")],
    out: Annotated[Path, typer.Option(help="A file ending in .csv, .xlsx or .json.")],
) -> None:
    """Write the funder's figures: one row for each consultation, no names."""
    from bot.commands import reporting

    reporting.report(first=first, last=last, out=out)


@app.command()
def audit(*, as_json: Json = False) -> None:
    """Hold each source against the database; exit 1 if anything is missing or stuck."""
    from bot.commands import auditing

    auditing.audit(as_json=as_json)


@app.command()
def doctor(*, as_json: Json = False) -> None:
    """Say in words what works, what is not configured, and what will need attention."""
    from bot.commands import diagnosis

    diagnosis.doctor(as_json=as_json)


# desk ---------------------------------------------------------------------------------------------


def _act(
    verb: str,
    reference: str,
    email: str,
    *,
    as_json: bool,
    text: str | None = None,
    queue: str | None = None,
) -> None:
    from bot.commands import tickets as commands

    commands.act(verb, reference, email=email, text=text, queue=queue, as_json=as_json)


@desk_app.command()
def take(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Become the ticket's owner."""
    _act("take", reference, email, as_json=as_json)


@desk_app.command()
def release(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Give the ticket back to its queue."""
    _act("release", reference, email, as_json=as_json)


@desk_app.command()
def reply(reference: Reference, email: As, text: Text = None, *, as_json: Json = False) -> None:
    """Answer the asker."""
    _act("reply", reference, email, text=text, as_json=as_json)


@desk_app.command()
def note(reference: Reference, email: As, text: Text = None, *, as_json: Json = False) -> None:
    """Write something only consultants read."""
    _act("note", reference, email, text=text, as_json=as_json)


@desk_app.command()
def transfer(
    reference: Reference,
    email: As,
    queue: Annotated[str, typer.Option(help="The queue's id.")],
    *,
    as_json: Json = False,
) -> None:
    """Move the ticket to another queue."""
    _act("transfer", reference, email, queue=queue, as_json=as_json)


@desk_app.command()
def resolve(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Settle the matter."""
    _act("resolve", reference, email, as_json=as_json)


@desk_app.command()
def reopen(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Bring a settled ticket back."""
    _act("reopen", reference, email, as_json=as_json)


# inbox and outbox -----------------------------------------------------------------------------


@inbox_app.callback()
def inbox(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help="pending, done or shunted.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """List received messages, newest first."""
    if context.invoked_subcommand is None:
        from bot.commands import work

        work.list_inbox(state=state, as_json=as_json)


@inbox_app.command("show")
def inbox_show(message: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Print the raw bytes."""
    from bot.commands import work

    work.show_inbox(message)


@inbox_app.command("retry")
def inbox_retry(message: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Put a shunted message back to work."""
    from bot.commands import work

    work.retry_inbox(message)


@outbox_app.callback()
def outbox(
    context: typer.Context,
    state: Annotated[
        str | None,
        typer.Option(help="queued, sending, delivered, deferred, uncertain or dead."),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """List owed messages, newest first."""
    if context.invoked_subcommand is None:
        from bot.commands import work

        work.list_outbox(state=state, as_json=as_json)


@outbox_app.command("retry")
def outbox_retry(message: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Queue a dead or uncertain message again."""
    from bot.commands import work

    work.retry_outbox(message)


# kb -----------------------------------------------------------------------------------------------


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
    out: Annotated[Path | None, typer.Option(help="Write the model.")] = None,
) -> None:
    """Fit the confidence model and print what each threshold would cost."""
    from bot.commands import evaluation

    evaluation.calibrate(questions, entries=entries, max_wrong=max_wrong, out=out)


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


# people -------------------------------------------------------------------------------------------


@consultant_app.command("add")
def consultant_add(
    name: str,
    email: Annotated[str, typer.Option()],
    telegram: Annotated[str | None, typer.Option(help="Telegram user id.")] = None,
    queue: Annotated[
        list[str] | None, typer.Option(help="A queue's id; none = every unrestricted one.")
    ] = None,
    role: Annotated[str, typer.Option()] = "consultant",
    signature: Annotated[
        str, typer.Option(help="The name askers see; none = the organisation's.")
    ] = "",
) -> None:
    """Add a consultant; a welcome with a practice ticket is mailed."""
    from bot.commands import people

    people.add_consultant(
        name=name,
        email=email,
        telegram=telegram,
        queues=queue or [],
        role=role,
        signature=signature,
    )


@consultant_app.command("list")
def consultant_list(*, as_json: Json = False) -> None:
    """List the consultants."""
    from bot.commands import people

    people.list_consultants(as_json=as_json)


@consultant_app.command("disable")
def consultant_disable(email: str) -> None:
    """Take every right away."""
    from bot.commands import people

    people.disable_consultant(email)


@consultant_app.command("link")
def consultant_link(email: str) -> None:
    """Print a one-time sign-in link to the console."""
    from bot.commands import people

    people.link_consultant(email)


@queue_app.command("list")
def queue_list(*, as_json: Json = False) -> None:
    """List the queues."""
    from bot.commands import people

    people.list_queues(as_json=as_json)


@person_app.command("export")
def person_export(address: str) -> None:
    """Print everything stored about a person."""
    from bot.commands import people

    people.export_person(address)


@person_app.command("erase")
def person_erase(address: str) -> None:
    """Erase a person's data."""
    from bot.commands import people

    people.erase_person(address)


# db -----------------------------------------------------------------------------------------------


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema to this version."""
    from bot.commands import databases

    databases.upgrade()


@db_app.command("backup")
def db_backup(file: Path) -> None:
    """Write a copy of everything while the service runs."""
    from bot.commands import databases

    databases.backup(file)


@db_app.command("restore")
def db_restore(file: Path) -> None:
    """Replace everything by a copy."""
    from bot.commands import databases

    databases.restore(file)
