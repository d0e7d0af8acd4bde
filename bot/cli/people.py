"""Those who answer, where tickets wait, and one person's data."""

from typing import Annotated

import typer

from bot.cli.options import Json

consultant_app = typer.Typer(help="Those who answer.", no_args_is_help=True)
queue_app = typer.Typer(help="Where tickets wait.", no_args_is_help=True)
person_app = typer.Typer(help="Those who ask, and one person's data.", no_args_is_help=True)


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


By = Annotated[str, typer.Option(help="Who does it.")]


@consultant_app.command("set")
def consultant_set(
    email: str,
    language: Annotated[
        list[str] | None, typer.Option(help="A language spoken; repeatable, - = any.")
    ] = None,
    municipality: Annotated[
        list[str] | None, typer.Option(help="A municipality served; repeatable, - = any.")
    ] = None,
    capacity: Annotated[
        str | None, typer.Option(help="How many open tickets at most; - = any number.")
    ] = None,
    by: By = "command",
) -> None:
    """Say which questions a consultant is given by turn; what is not named stays."""
    from bot.commands import staffing

    staffing.set_remit(
        email, languages=language, municipalities=municipality, capacity=capacity, by=by
    )


@consultant_app.command("absence")
def consultant_absence(
    email: str,
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="Last day, YYYY-MM-DD.")],
    substitute: Annotated[str | None, typer.Option(metavar="EMAIL", help="Who stands in.")] = None,
    by: By = "command",
) -> None:
    """Write down that a consultant is away; their tickets go to who stands in, or to the queue."""
    from bot.commands import staffing

    staffing.send_away(email, first=first, last=last, substitute=substitute, by=by)


@consultant_app.command("absences")
def consultant_absences(*, as_json: Json = False) -> None:
    """List who is away from today on."""
    from bot.commands import staffing

    staffing.list_absences(as_json=as_json)


@consultant_app.command("back")
def consultant_back(email: str, by: By = "command") -> None:
    """End a consultant's absences, those that lie ahead too."""
    from bot.commands import staffing

    staffing.call_back(email, by=by)


@queue_app.command("set")
def queue_set(
    queue: str,
    mode: Annotated[str | None, typer.Option(help="first-take or round-robin.")] = None,
    release_hours: Annotated[
        str | None,
        typer.Option(help="Working hours of silence after which a ticket is released; 0 = never."),
    ] = None,
    by: By = "command",
) -> None:
    """Say how a queue's questions find their owner, and when they lose one."""
    from bot.commands import staffing

    staffing.set_rule(queue, mode=mode, release_hours=release_hours, by=by)


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
