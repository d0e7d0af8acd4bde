"""The `helpdesk` command. What a command needs is imported when it runs (CONTRACT, "Commands")."""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.groups import Groups
from bot.cli.options import Json, Reference
from bot.errors import ConfigurationError, SchemaError
from handlers.domain.errors import HelpdeskError, InvalidError

_MISSING = 1
_WRONG_USE = 2
_SELDOM = 10_000
"""Objects made between two looks for garbage; a start makes many, hardly any of it garbage."""

app = typer.Typer(
    name="helpdesk",
    cls=Groups,
    help="A consultation helpdesk for NGOs: questions in, reviewed answers or people out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command; say in one sentence what is wrong and exit 1 or 2."""
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    # Before numpy is loaded: its threads multiply large matrices, and we have none.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
    except ConnectionError as lost:
        _fail(str(lost).partition("\n")[0], _WRONG_USE)


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
