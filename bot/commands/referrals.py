"""`helpdesk referral`: matters shown to other bodies."""

import typer

from bot.app import open_desk
from bot.commands.output import print_rows
from bot.commands.reporting import day_of
from bot.commands.tickets import ticket_id
from bot.settings import load_settings
from handlers.domain.ids import ReferralId
from handlers.domain.referrals import Referral
from handlers.referring import Wanted
from handlers.staff import require


def wanted(body: str, contact: str, *, follow_up: str, consent: str, words: str) -> Wanted:
    """Read who is to be asked, and when we look what came of it."""
    return Wanted(
        body=body,
        contact=contact,
        follow_up_on=day_of(follow_up, "follow-up"),
        consent=consent,
        words=words,
    )


def make(reference: str, asked: Wanted, *, email: str) -> None:
    """Owe the body its mail, or the asker the question whether we may."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        ticket, who = uow.tickets.get(ticket_id(reference)), require(uow, email)
        referral = app.talking.referring.refer(uow, ticket, who, asked)
        uow.commit()
    typer.echo("  ".join(_line(referral)))


def list_referrals(reference: str, *, email: str, as_json: bool) -> None:
    """Print the referrals of a ticket the consultant may read."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        ticket = uow.tickets.get(ticket_id(reference))
        app.access.require(require(uow, email), ticket)
        rows = [
            {
                "number": str(each.id),
                "state": each.state.value,
                "body": each.body,
                "contact": each.contact,
                "follow_up_on": each.follow_up_on.isoformat(),
                "consent": each.consent,
            }
            for each in uow.referrals.of_ticket(ticket.id)
        ]
    print_rows(rows, lambda row: list(row.values()), as_json=as_json)


def close(number: int, *, email: str) -> None:
    """Await nothing more of a body."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        closed = app.talking.referring.close(uow, ReferralId(number), require(uow, email))
        uow.commit()
    typer.echo("  ".join(_line(closed)))


def _line(referral: Referral) -> tuple[str, ...]:
    day = referral.follow_up_on.isoformat()
    return str(referral.id), referral.state.value, referral.body, referral.contact, day
