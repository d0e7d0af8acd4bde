"""Calls and visits on the command line: `helpdesk consultation`."""

from typing import Annotated

import typer

from bot.cli.options import As, Json, Reference

consultation_app = typer.Typer(help="Calls and visits that were held.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `consultation list` shows it.")]


@consultation_app.command("log")
def log(  # noqa: PLR0913 -- each option is one thing to tell
    email: As,
    line: Annotated[
        str, typer.Argument(help="One line: „Anykščių r. 15 min Jonas iš „X“: patarta …“.")
    ] = "",
    *,
    visit: Annotated[bool, typer.Option("--visit", help="It was a visit, not a call.")] = False,
    ticket: Annotated[str, typer.Option(metavar="REF", help="Add it to this ticket.")] = "",
    name: Annotated[str, typer.Option(help="Who it was.")] = "",
    phone: Annotated[str, typer.Option(help="Their number.")] = "",
    mail: Annotated[str, typer.Option(help="Their e-mail address.")] = "",
    organisation: Annotated[str, typer.Option(help="For whom they spoke.")] = "",
    municipality: Annotated[str, typer.Option()] = "",
    topic: Annotated[str, typer.Option(help="A queue's id.")] = "",
    minutes: Annotated[int | None, typer.Option(min=1, max=1440)] = None,
    participants: Annotated[int | None, typer.Option(min=1, max=9999)] = None,
    place: Annotated[str, typer.Option()] = "",
    date: Annotated[str, typer.Option(help="YYYY-MM-DD; today unless given.")] = "",
    advice: Annotated[str, typer.Option(help="What was advised.")] = "",
    as_json: Json = False,
) -> None:
    """Write down a call or a visit; what is given by name counts before the line."""
    from bot.commands import consultations

    given = consultations.Given(
        name=name,
        phone=phone,
        mail=mail,
        organisation=organisation,
        municipality=municipality,
        topic=topic,
        minutes=minutes,
        participants=participants,
        place=place,
        date=date,
        advice=advice,
    )
    consultations.log(email, line, given, visit=visit, reference=ticket, as_json=as_json)


@consultation_app.command("list")
def list_(
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="Last day, YYYY-MM-DD.")],
    email: As,
    *,
    as_json: Json = False,
) -> None:
    """List the calls and visits of a period that the consultant may read."""
    from bot.commands import consultations

    consultations.list_talks(first, last, email=email, as_json=as_json)


@consultation_app.command("summary")
def summary(
    number: Number,
    email: As,
    to: Annotated[str, typer.Option(help="The caller's e-mail address, if it is not known.")] = "",
    text: Annotated[str, typer.Option(help="Other words than what was written down.")] = "",
) -> None:
    """Send the caller in writing what was advised."""
    from bot.commands import consultations

    consultations.summarise(number, email=email, to=to, text=text)


@consultation_app.command("missed")
def missed(reference: Reference, email: As) -> None:
    """Note that nobody answered; the call stays due, and after some tries we write instead."""
    from bot.commands import consultations

    consultations.missed(reference, email=email)


@consultation_app.command("drop")
def drop(number: Number, email: As) -> None:
    """Count a call or visit no longer that was written down by mistake."""
    from bot.commands import consultations

    consultations.drop(number, email=email)
