"""Visits agreed on by mail: `helpdesk visit`."""

from typing import Annotated

import typer

from bot.cli.options import As, Json, Reference

visit_app = typer.Typer(help="Invitations to visits, with their answers.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `visit list` shows it.")]
Start = Annotated[str, typer.Option(metavar="'YYYY-MM-DD HH:MM'", help="On a Lithuanian clock.")]
Minutes = Annotated[int, typer.Option(min=1, max=4320)]
Place = Annotated[str, typer.Option()]
About = Annotated[str, typer.Option(help="What about; the ticket's subject unless given.")]


@visit_app.command("invite")
def invite(
    reference: Reference,
    email: As,
    start: Start,
    place: Place,
    minutes: Minutes = 60,
    about: About = "",
    to: Annotated[str, typer.Option(help="The asker's mail address, if it is not known.")] = "",
) -> None:
    """Mail the asker an invitation with a calendar entry."""
    from bot.commands import visits

    meeting = visits.meeting(start, minutes=minutes, place=place, about=about)
    visits.invite(reference, meeting, email=email, to=to)


@visit_app.command("move")
def move(
    number: Number,
    email: As,
    start: Start,
    place: Place,
    minutes: Minutes = 60,
    about: About = "",
) -> None:
    """Say another time or place; the asker is asked anew."""
    from bot.commands import visits

    visits.move(
        number, visits.meeting(start, minutes=minutes, place=place, about=about), email=email
    )


@visit_app.command("cancel")
def cancel(number: Number, email: As) -> None:
    """Take an invitation back."""
    from bot.commands import visits

    visits.cancel(number, email=email)


@visit_app.command("list")
def list_(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """List the appointments of a ticket and what was answered."""
    from bot.commands import visits

    visits.list_visits(reference, email=email, as_json=as_json)
