"""Documents under review: `helpdesk review`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import As, Json, Reference

review_app = typer.Typer(
    help="Reviews of documents: versions, recommendations, what was accepted.",
    no_args_is_help=True,
)


@review_app.command("open")
def review_open(
    reference: Reference,
    email: As,
    *,
    title: Annotated[str, typer.Option(help="Which document.")],
    due: Annotated[str, typer.Option(metavar="D", help="To be done by, YYYY-MM-DD.")],
) -> None:
    """Make a ticket a review; again, to name another document or day."""
    from bot.commands import reviews

    reviews.begin(reference, email=email, title=title, due=due)


@review_app.command("round")
def review_round(
    reference: Reference,
    email: As,
    *,
    name: Annotated[str, typer.Option(help="A file of the ticket; else the newest new one.")] = "",
    file: Annotated[Path | None, typer.Option(help="A file to lay beside the ticket.")] = None,
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Begin a round with a version of the document."""
    from bot.commands import reviews

    reviews.begin_round(reference, email=email, name=name, file=file, note=note)


@review_app.command("recommend")
def review_recommend(
    reference: Reference,
    email: As,
    *,
    text: Annotated[str, typer.Option(help="What should be better.")],
    place: Annotated[str, typer.Option("--at", help="Where in the document.")] = "",
) -> None:
    """Recommend something about the newest version."""
    from bot.commands import reviews

    reviews.recommend(reference, email=email, text=text, place=place)


@review_app.command("accept")
def review_accept(
    reference: Reference,
    number: int,
    email: As,
    *,
    declined: Annotated[bool, typer.Option(help="It was not accepted.")] = False,
    reason: Annotated[str, typer.Option(help="Why; needed if it was declined.")] = "",
) -> None:
    """Note that a recommendation was accepted, or declined."""
    from bot.commands import reviews

    reviews.settle(reference, number, email=email, declined=declined, reason=reason)


@review_app.command("draft")
def review_draft(reference: Reference, email: As) -> None:
    """Draft an answer of the open recommendations; nothing is sent."""
    from bot.commands import reviews

    reviews.draft(reference, email=email)


@review_app.command("close")
def review_close(reference: Reference, email: As) -> None:
    """End a review whose recommendations are all accepted or declined."""
    from bot.commands import reviews

    reviews.close(reference, email=email)


@review_app.command("list")
def review_list(
    reference: Annotated[str | None, typer.Argument(metavar="[REF]")] = None,
    *,
    closed: Annotated[bool, typer.Option("--all", help="Those done, too.")] = False,
    as_json: Json = False,
) -> None:
    """List the reviews, the first to be done first, or what was recommended in one."""
    from bot.commands import reviews

    reviews.show(reference, closed=closed, as_json=as_json)
