"""Acts by which a consultant keeps tickets in order."""

from typing import Annotated

import typer

from bot.cli.desk import desk_app
from bot.cli.options import As, Json, Reference

__all__ = ["desk_app"]


@desk_app.command()
def merge(
    reference: Reference,
    email: As,
    into: Annotated[str, typer.Option(help="The ticket it goes on in.")],
    *,
    as_json: Json = False,
) -> None:
    """Let a ticket go on in another; prints the other."""
    from bot.commands import sorting as commands

    commands.merge(reference, into, email=email, as_json=as_json)


@desk_app.command()
def unmerge(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """Make a merged ticket one of its own again."""
    from bot.commands import sorting as commands

    commands.unmerge(reference, email=email, as_json=as_json)


@desk_app.command()
def split(
    reference: Reference,
    email: As,
    article: Annotated[int, typer.Option(help="The message's id, as `ticket --json` shows it.")],
    *,
    as_json: Json = False,
) -> None:
    """Make a message a ticket of its own; prints the new one."""
    from bot.commands import sorting as commands

    commands.split(reference, article, email=email, as_json=as_json)


@desk_app.command()
def link(
    reference: Reference,
    email: As,
    to: Annotated[str, typer.Option(help="The other ticket.")],
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Untie them.")] = False,
    as_json: Json = False,
) -> None:
    """Say that two tickets have to do with each other."""
    from bot.commands import sorting as commands

    commands.link(reference, to, email=email, remove=remove, as_json=as_json)


@desk_app.command()
def tag(
    reference: Reference,
    tags: Annotated[list[str], typer.Argument(metavar="TAG...", help="Words to find it by.")],
    email: As,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take them away.")] = False,
    as_json: Json = False,
) -> None:
    """Put words on a ticket to find it by."""
    from bot.commands import sorting as commands

    commands.tag(reference, tags, email=email, remove=remove, as_json=as_json)


@desk_app.command()
def priority(
    reference: Reference,
    level: Annotated[str, typer.Argument(metavar="high|normal|low")],
    email: As,
    *,
    as_json: Json = False,
) -> None:
    """Say how urgent a ticket is; lists begin with the most urgent."""
    from bot.commands import sorting as commands

    commands.prioritise(reference, level, email=email, as_json=as_json)


@desk_app.command()
def watch(
    reference: Reference,
    email: As,
    *,
    stop: Annotated[bool, typer.Option("--stop", help="Be told no more.")] = False,
    as_json: Json = False,
) -> None:
    """Be told of every new article of a ticket."""
    from bot.commands import sorting as commands

    commands.watch(reference, email=email, stop=stop, as_json=as_json)
