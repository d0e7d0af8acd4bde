"""A consultant's acts."""

from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.options import As, Json, Reference, Text

desk_app = typer.Typer(help="A consultant's acts.", no_args_is_help=True)


def _act(
    verb: str,
    reference: str,
    email: str,
    *,
    as_json: bool,
    text: str | None = None,
    queue: str | None = None,
    copies: Sequence[str] = (),
) -> None:
    from bot.commands import tickets as commands

    words = commands.words(text, copies)
    commands.act(verb, reference, email=email, words=words, queue=queue, as_json=as_json)


@desk_app.command()
def take(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Become the ticket's owner."""
    _act("take", reference, email, as_json=as_json)


@desk_app.command()
def release(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Give the ticket back to its queue."""
    _act("release", reference, email, as_json=as_json)


@desk_app.command()
def reply(
    reference: Reference,
    email: As,
    text: Text = None,
    copies: Annotated[
        list[str] | None, typer.Option("--cc", help="Somebody in copy who gets it too; repeatable.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Answer the asker."""
    _act("reply", reference, email, text=text, copies=copies or (), as_json=as_json)


@desk_app.command()
def note(reference: Reference, email: As, text: Text = None, *, as_json: Json = False) -> None:
    """Write something only consultants read."""
    _act("note", reference, email, text=text, as_json=as_json)


@desk_app.command()
def draft(reference: Reference, email: As, text: Text = None, *, as_json: Json = False) -> None:
    """Prepare an answer for whoever sends it from the card or the console."""
    _act("draft", reference, email, text=text, as_json=as_json)


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
def unroute(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Undo what a route, a turn or a substitution did to the ticket."""
    _act("unroute", reference, email, as_json=as_json)


@desk_app.command()
def resolve(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Settle the matter."""
    _act("resolve", reference, email, as_json=as_json)


@desk_app.command()
def reopen(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Bring a settled ticket back."""
    _act("reopen", reference, email, as_json=as_json)
