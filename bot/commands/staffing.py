"""`helpdesk consultant set`, `absence`, `back` and `helpdesk queue set`: who takes what on."""

import typer

from bot.app import App, open_desk
from bot.commands.output import named, print_json, print_table
from bot.commands.registry import day
from bot.settings import load_settings
from handlers.domain.errors import InvalidError
from handlers.ports import UnitOfWork
from handlers.staff import require
from handlers.staffing import Mode, QueueRule, Remit
from handlers.workforce import Workforce

_NO_LIMIT = "-"


def set_remit(
    email: str,
    *,
    languages: list[str] | None,
    municipalities: list[str] | None,
    capacity: str | None,
    by: str,
) -> None:
    """Say what a consultant is given; `-` takes a limit away."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        remit = workforce(app).set_remit(
            uow,
            require(uow, email),
            by=by,
            languages=_listed(languages),
            municipalities=_listed(municipalities),
            capacity=None if capacity in {None, _NO_LIMIT} else _whole(capacity or ""),
            is_unlimited=capacity == _NO_LIMIT,
        )
        uow.commit()
    typer.echo(f"{email}: {in_words(remit)}")


def send_away(email: str, *, first: str, last: str, substitute: str | None, by: str) -> None:
    """Write down that somebody is away."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        workforce(app).send_away(
            uow,
            require(uow, email),
            first=day(first, field="from"),
            last=day(last, field="to"),
            substitute=require(uow, substitute) if substitute else None,
            by=by,
        )
        uow.commit()
    typer.echo(f"{email}: {first} to {last}, {substitute or 'nobody stands in'}")


def call_back(email: str, *, by: str) -> None:
    """End the absences of somebody."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        ended = workforce(app).call_back(uow, require(uow, email), by=by)
        uow.commit()
    typer.echo(f"{email}: {len(ended)} ended")


def list_absences(*, as_json: bool) -> None:
    """Print who is away from today on, and who stands in."""
    with open_desk(load_settings()) as app, app.units.begin_reading() as uow:
        emails = {row.id: row.email for row in uow.consultants.rows()}
        rows = [
            {
                "consultant": emails[each.consultant],
                "from": each.first.isoformat(),
                "to": each.last.isoformat(),
                "substitute": emails[each.substitute] if each.substitute else None,
            }
            for each in uow.staffing.absences(app.routing.assigning.today)
        ]
    if as_json:
        print_json(rows)
    else:
        print_table([[str(value or "-") for value in row.values()] for row in rows])


def set_rule(queue: str, *, mode: str | None, release_hours: str | None, by: str) -> None:
    """Say how a queue works; `-` hours are those of all queues."""
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        rule = workforce(app).set_rule(
            uow,
            queue,
            by=by,
            mode=named(Mode, mode, field="mode") if mode else None,
            release_hours=_hours(release_hours) if release_hours not in {None, "-"} else None,
            is_usual=release_hours == _NO_LIMIT,
        )
        uow.commit()
    hours = "as usual" if rule.release_hours is None else f"{rule.release_hours:g} h"
    typer.echo(f"{queue}: {rule.mode.value}, released after {hours}")


def rule_view(rule: QueueRule) -> dict[str, object]:
    """Show how a queue works."""
    return {"mode": rule.mode.value, "release_hours": rule.release_hours}


def remit_view(uow: UnitOfWork) -> dict[int, dict[str, object]]:
    """Show what consultants are given, by number."""
    return {
        number: {
            "languages": list(remit.languages),
            "municipalities": list(remit.municipalities),
            "capacity": remit.capacity,
        }
        for number, remit in uow.staffing.remits().items()
    }


def in_words(remit: Remit) -> str:
    """Say in one line what a consultant is given."""
    speaks = ", ".join(remit.languages) or "every language"
    serves = ", ".join(remit.municipalities) or "every municipality"
    room = "any number" if remit.capacity is None else f"at most {remit.capacity}"
    return f"{speaks}; {serves}; {room} of open tickets"


def workforce(app: App) -> Workforce:
    """Return the use case."""
    return Workforce(clock=app.clock, queues=app.access.queues, places=app.registry.places)


def _listed(given: list[str] | None) -> list[str] | None:
    """Read a repeated option: absent is no change, `-` alone takes the limit away."""
    if not given:
        return None
    return [] if given == [_NO_LIMIT] else given


def _whole(said: str) -> int:
    if not said.isdecimal():
        raise InvalidError("no-whole-number", field="capacity", given=said)
    return int(said)


def _hours(said: str | None) -> float:
    try:
        return float(said or "")
    except ValueError:
        raise InvalidError("no-number", field="release-hours", given=said or "") from None
