"""`helpdesk selection`: applications to take part in a programme."""

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_rows
from bot.commands.tickets import ticket_id
from bot.settings import load_settings
from handlers.domain.ids import ApplicationId
from handlers.domain.selection import Choice
from handlers.domain.tickets import reference_of
from handlers.organisations import OrganisationCards
from handlers.ports import UnitOfWork
from handlers.selecting import Applicant, Placed, Selecting
from handlers.staff import require
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who applies, as it was typed."""

    municipality: str | None
    organisation: str | None


def apply(
    programme: str, applicant: Named, *, email: str, motivation: str, ticket: str | None
) -> None:
    """Write down an application and print its number."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        added = _selecting(app).apply(
            uow,
            _applicant(app, uow, applicant),
            require(uow, email),
            programme=programme,
            motivation=motivation,
            ticket=ticket_id(ticket) if ticket else None,
        )
        uow.commit()
    typer.echo(f"application {added.id}")


def decide(number: int, choice: str, *, email: str, reason: str) -> None:
    """Decide of an application."""
    chosen = named(Choice, choice, field="choice")
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        who = require(uow, email)
        _selecting(app).decide(uow, ApplicationId(number), chosen, who, reason=reason)
        uow.commit()
    typer.echo(f"application {number}: {chosen.value}")


def withdraw(number: int, *, email: str, reason: str) -> None:
    """Note that an application is wanted no more."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        _selecting(app).withdraw(uow, ApplicationId(number), require(uow, email), reason=reason)
        uow.commit()
    typer.echo(f"application {number}: withdrawn")


def show(programme: str | None, *, email: str, as_json: bool) -> None:
    """Print the applications."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = [
            _view(each) for each in _selecting(app).listing(uow, require(uow, email), programme)
        ]
    columns = ("number", "programme", "choice", "place", "applicant", "reason")
    print_rows(rows, lambda row: [str(row[column]) for column in columns], as_json=as_json)


def _selecting(app: App) -> Selecting:
    return Selecting(clock=app.clock, access=app.access, askers=app.desk.reactions.askers)


def _applicant(app: App, uow: UnitOfWork, applicant: Named) -> Applicant:
    place, organisation = applicant.municipality, applicant.organisation
    cards = OrganisationCards(clock=app.clock, places=app.registry.places)
    return Applicant(
        municipality=app.registry.place(place).official if place else None,
        organisation=cards.find(uow, organisation).id if organisation else None,
    )


def _view(placed: Placed) -> dict[str, str | int]:
    application = placed.application
    return {
        "number": application.id,
        "programme": application.programme,
        "applicant": placed.name,
        "choice": application.choice.value,
        "place": placed.number or "",
        "reason": application.reason,
        "motivation": application.motivation,
        "reference": reference_of(application.ticket) if application.ticket else "",
        "decisions": len(application.decisions),
    }
