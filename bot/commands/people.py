"""`helpdesk consultant`, `queue` and `person`: those who answer, and those who asked."""

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_json, print_table
from bot.commands.staffing import remit_view, rule_view
from bot.settings import load_settings
from handlers.domain.people import Consultant, Role
from handlers.staff import require
from handlers.staffing import QueueRule


def add_consultant(
    *,
    name: str,
    email: str,
    telegram: str | None,
    queues: list[str],
    role: str,
    signature: str,
) -> None:
    """Add a consultant and owe them a welcome."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        left = app.staff.disabled(uow, email)
        consultant = app.staff.add(
            uow,
            name=name,
            email=email,
            telegram=telegram,
            queues=frozenset(queues),
            role=named(Role, role, field="role"),
            signature=signature,
        )
        uow.commit()
    done = "added" if left is None else "enabled again"
    typer.echo(f"{done} {consultant.email}: {', '.join(sorted(consultant.queues))}")
    if not app.settings.sends_mail:
        typer.echo(
            f"no mail is configured; for a sign-in link run: helpdesk consultant link {email}"
        )


def list_consultants(*, as_json: bool) -> None:
    """Print the consultants."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows, remits = uow.consultants.rows(), remit_view(uow)
    if as_json:
        print_json([{**_consultant(row), "remit": remits.get(row.id)} for row in rows])
        return
    print_table(
        [(row.email, row.name, row.role.value, "" if row.active else "disabled") for row in rows]
    )


def disable_consultant(email: str) -> None:
    """Take every right away from a consultant."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        app.staff.disable(uow, email)
        uow.commit()
    typer.echo(f"disabled {email}")


def link_consultant(email: str) -> None:
    """Print a one-time sign-in link to the console."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        code = app.staff.sign_in_code(uow, require(uow, email))
        uow.commit()
    typer.echo(sign_in_link(app, code))


def sign_in_link(app: App, code: str, *, base: str | None = None) -> str:
    """Return the console's address for a one-time code."""
    return f"{base or app.settings.base_url}/console/sign-in?code={code}"


def list_queues(*, as_json: bool) -> None:
    """Print the queues with those who serve them."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        rows = [
            (queue, [row.email for row in uow.consultants.serving(queue.id)])
            for queue in app.access.queues.values()
        ]
        rules = uow.staffing.rules()
    if as_json:
        print_json(
            [
                {
                    "id": queue.id,
                    "title": queue.title,
                    "restricted": queue.restricted,
                    "consultants": serving,
                    **rule_view(rules.get(queue.id, QueueRule(queue=queue.id))),
                }
                for queue, serving in rows
            ]
        )
        return
    print_table([(queue.id, queue.title, ", ".join(serving)) for queue, serving in rows])


def export_person(address: str) -> None:
    """Print everything stored about a person as JSON."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        print_json(app.privacy.export(uow, address))


def erase_person(address: str) -> None:
    """Erase a person's data."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        erased = app.privacy.erase(uow, address)
        uow.commit()
    for table, count in erased.items():
        typer.echo(f"{table}: {count}")


def _consultant(row: Consultant) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "telegram": row.telegram,
        "role": row.role.value,
        "active": row.active,
        "queues": sorted(row.queues),
    }
