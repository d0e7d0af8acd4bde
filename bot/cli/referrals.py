"""Referrals to other bodies: `helpdesk referral`."""

from typing import Annotated

import typer

from bot.cli.options import As, Json, Reference

referral_app = typer.Typer(
    help="Matters shown to other bodies, if the asker agrees.", no_args_is_help=True
)


@referral_app.command("make")
def make(
    reference: Reference,
    email: As,
    body: Annotated[str, typer.Option(help="The institution.")],
    contact: Annotated[str, typer.Option(help="Its mail address.")],
    follow_up: Annotated[str, typer.Option(metavar="D", help="When to ask what came of it.")],
    *,
    consent: Annotated[
        str, typer.Option(help="How the asker agreed; they are asked unless this is given.")
    ] = "",
    words: Annotated[str, typer.Option(help="What is passed on; the question unless given.")] = "",
) -> None:
    """Show a question to another body, or ask its asker whether we may."""
    from bot.commands import referrals

    wanted = referrals.wanted(body, contact, follow_up=follow_up, consent=consent, words=words)
    referrals.make(reference, wanted, email=email)


@referral_app.command("list")
def list_(reference: Reference, email: As, *, as_json: Json = False) -> None:
    """List the referrals of a ticket."""
    from bot.commands import referrals

    referrals.list_referrals(reference, email=email, as_json=as_json)


@referral_app.command("close")
def close(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `referral list` shows it.")],
    email: As,
) -> None:
    """Say that nothing more is awaited of the body."""
    from bot.commands import referrals

    referrals.close(number, email=email)
