"""Those who answer, where tickets wait, and one person's data."""

from typing import Annotated

import typer

from bot.cli.options import Json

consultant_app = typer.Typer(help="Those who answer.", no_args_is_help=True)
queue_app = typer.Typer(help="Where tickets wait.", no_args_is_help=True)
person_app = typer.Typer(help="One person's data.", no_args_is_help=True)


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
