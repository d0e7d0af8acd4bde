"""Selection for a programme: `helpdesk selection`."""

from typing import Annotated

import typer

from bot.cli.options import As, Json

selection_app = typer.Typer(
    help="Who applies to take part in a programme, and what is decided.", no_args_is_help=True
)

Number = Annotated[int, typer.Argument(metavar="NUMBER")]
Reason = Annotated[str, typer.Option(help="Why.")]


@selection_app.command("apply")
def selection_apply(
    programme: Annotated[str, typer.Argument(help="The id of a programme.")],
    email: As,
    *,
    municipality: Annotated[str | None, typer.Option(help="Which applies.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Its number, code or name.")] = None,
    motivation: Annotated[str, typer.Option(help="Else the question of the ticket.")] = "",
    ticket: Annotated[str | None, typer.Option(metavar="REF", help="Where they applied.")] = None,
) -> None:
    """Write down an application with its motivation."""
    from bot.commands import selection

    applicant = selection.Named(municipality=municipality, organisation=organisation)
    selection.apply(programme, applicant, email=email, motivation=motivation, ticket=ticket)


@selection_app.command("decide")
def selection_decide(
    number: Number,
    choice: Annotated[str, typer.Argument(metavar="selected|waiting|declined")],
    email: As,
    *,
    reason: Reason,
) -> None:
    """Decide, with a reason; who applied by a ticket is told there."""
    from bot.commands import selection

    selection.decide(number, choice, email=email, reason=reason)


@selection_app.command("withdraw")
def selection_withdraw(number: Number, email: As, *, reason: Reason) -> None:
    """Note that the applicant does not want it any more."""
    from bot.commands import selection

    selection.withdraw(number, email=email, reason=reason)


@selection_app.command("list")
def selection_list(
    email: As,
    programme: Annotated[str | None, typer.Argument(metavar="[PROGRAMME]")] = None,
    *,
    as_json: Json = False,
) -> None:
    """List applications: what awaits a decision first, the waiting list in its order."""
    from bot.commands import selection

    selection.show(programme, email=email, as_json=as_json)
