"""Mentors beside organisations: `helpdesk mentor`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import As, Json

mentor_app = typer.Typer(help="Mentors beside organisations.", no_args_is_help=True)

Organisation = Annotated[
    str, typer.Argument(metavar="ORGANISATION", help="Its number, code or whole name.")
]
Number = Annotated[int, typer.Argument(metavar="MENTORSHIP")]
Programme = Annotated[str, typer.Option(help="The id of a programme.")]
PhaseOf = Annotated[str, typer.Option(help="preparing or running.")]
Day = Annotated[str | None, typer.Option(metavar="D", help="YYYY-MM-DD; none = today.")]


@mentor_app.command("assign")
def mentor_assign(  # noqa: PLR0913 -- an option each
    organisation: Organisation,
    email: As,
    *,
    mentor: Annotated[str, typer.Option(help="The mentor's e-mail.")],
    programme: Programme,
    phase: PhaseOf,
    source: Annotated[str, typer.Option(help="What it was decided by.")],
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="None = today.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="D", help="Its last day.")] = None,
    request: Annotated[int | None, typer.Option(help="The request this grants.")] = None,
    as_json: Json = False,
) -> None:
    """Put a mentor beside an organisation; the mentor is told."""
    from bot.commands import mentors

    days = mentors.Days(first=first, last=last)
    mentors.assign(
        organisation,
        email=email,
        mentor=mentor,
        programme=programme,
        phase=phase,
        source=source,
        days=days,
        request=request,
        as_json=as_json,
    )


@mentor_app.command("list")
def mentor_list(
    *,
    over: Annotated[bool, typer.Option(help="Those over too.")] = False,
    as_json: Json = False,
) -> None:
    """List who accompanies whom, the silent and the late first."""
    from bot.commands import mentors

    mentors.list_all(over=over, as_json=as_json)


@mentor_app.command("show")
def mentor_show(number: Number, *, as_json: Json = False) -> None:
    """Show a mentorship: plans, time by month, results, projects."""
    from bot.commands import mentors

    mentors.show(number, as_json=as_json)


@mentor_app.command("plan")
def mentor_plan(
    number: Number,
    email: As,
    *,
    need: Annotated[str, typer.Option(help="What help is needed.")],
    complexity: Annotated[str, typer.Option(help="simple, medium or complex.")],
    mode: Annotated[list[str], typer.Option(help="phone, mail, telegram, online, visit.")],
    hours: Annotated[float, typer.Option(help="Hours a month.")],
    every: Annotated[int, typer.Option(help="Heard of every so many days.")],
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="None = today.")] = None,
) -> None:
    """Assess the need and plan how it is met; it takes the earlier plan's place from a day on."""
    from bot.commands import mentors

    mentors.plan(
        number,
        email=email,
        need=need,
        complexity=complexity,
        modes=mode,
        hours=hours,
        every=every,
        first=first,
    )


@mentor_app.command("time")
def mentor_time(
    number: Number,
    email: As,
    *,
    minutes: Annotated[int, typer.Option()],
    mode: Annotated[str, typer.Option(help="phone, mail, telegram, online, visit.")],
    on: Day = None,
) -> None:
    """Record time given to the organisation."""
    from bot.commands import mentors

    mentors.record(number, email=email, minutes=minutes, mode=mode, on=on)


@mentor_app.command("result")
def mentor_result(
    number: Number,
    email: As,
    *,
    planned: Annotated[str, typer.Option(help="What is to be reached.")],
    due: Annotated[str, typer.Option(metavar="D", help="YYYY-MM-DD.")],
    aim: Annotated[str, typer.Option(help="interim or final.")] = "interim",
) -> None:
    """Plan a result."""
    from bot.commands import mentors

    mentors.expect(number, email=email, planned=planned, due=due, aim=aim)


@mentor_app.command("achieved")
def mentor_achieved(
    result: Annotated[int, typer.Argument(metavar="RESULT")],
    email: As,
    *,
    what: Annotated[str, typer.Option(help="What was reached.")],
    on: Day = None,
) -> None:
    """Say what was reached of what was planned."""
    from bot.commands import mentors

    mentors.achieve(result, email=email, what=what, on=on)


@mentor_app.command("end")
def mentor_end(number: Number, email: As, *, on: Day = None) -> None:
    """Write down the last day of a mentorship."""
    from bot.commands import mentors

    mentors.end(number, email=email, on=on)


@mentor_app.command("request")
def mentor_request(
    organisation: Organisation,
    email: As,
    *,
    programme: Programme,
    phase: PhaseOf,
    reason: Annotated[str, typer.Option()],
    ticket: Annotated[str | None, typer.Option(help="Where it was asked: NVO-123.")] = None,
) -> None:
    """Ask for a mentor; those who steer are told."""
    from bot.commands import mentors

    mentors.ask(
        organisation, email=email, programme=programme, phase=phase, reason=reason, ticket=ticket
    )


@mentor_app.command("requests")
def mentor_requests(*, as_json: Json = False) -> None:
    """List the requests with what became of them."""
    from bot.commands import mentors

    mentors.list_requests(as_json=as_json)


@mentor_app.command("decline")
def mentor_decline(request: Annotated[int, typer.Argument(metavar="REQUEST")], email: As) -> None:
    """Settle a request without a mentor."""
    from bot.commands import mentors

    mentors.decline(request, email=email)


@mentor_app.command("report")
def mentor_report(
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--to", metavar="D", help="Last day, YYYY-MM-DD.")],
    out: Annotated[Path, typer.Option(help="A file ending in .csv.")],
) -> None:
    """Write the funder's figures: one row for each mentorship of these days, no names."""
    from bot.commands import mentor_reports

    mentor_reports.report(first=first, last=last, out=out)


@mentor_app.command("import")
def mentor_import(file: Path, email: As, *, as_json: Json = False) -> None:
    """Import mentorships from CSV or YAML; name every line that is refused, and then exit 1.

    One row each: organisation, mentor, programme, phase, from, to, source, and for a plan need,
    complexity, modes, hours, every, plan_from.
    """
    from bot.commands import mentors

    mentors.take_in(file, email=email, as_json=as_json)
