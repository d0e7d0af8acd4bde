"""Where questions go: `helpdesk route`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json

route_app = typer.Typer(help="Where questions go.", no_args_is_help=True)


@route_app.command("import")
def route_import(
    file: Path,
    by: Annotated[str, typer.Option(help="Who does it.")] = "import",
    *,
    as_json: Json = False,
) -> None:
    """Import routes from CSV or YAML; name every line that is refused, and then exit 1.

    One row each: id, conditions (topic, municipality, terrain, asker, language, programme; several
    values with semicolons), queue, owner, order, from, to, withdrawn, source.
    """
    from bot.commands import routes

    routes.take_in(file, by=by, as_json=as_json)


@route_app.command("list")
def route_list(
    *,
    history: Annotated[bool, typer.Option(help="Earlier versions too.")] = False,
    as_json: Json = False,
) -> None:
    """List the routes in the order in which they decide."""
    from bot.commands import routes

    routes.list_routes(history=history, as_json=as_json)


@route_app.command("explain")
def route_explain(
    question: Annotated[str, typer.Argument(help="A question, or a reference like NVO-123.")],
    municipality: Annotated[str | None, typer.Option()] = None,
    asker: Annotated[str | None, typer.Option(help="Whom the asker speaks for.")] = None,
    language: Annotated[str | None, typer.Option()] = None,
    programme: Annotated[str | None, typer.Option()] = None,
    *,
    as_json: Json = False,
) -> None:
    """Say where a question would go now and why; nothing is stored."""
    from bot.commands import routes

    routes.explain(
        question,
        municipality=municipality,
        asker=asker,
        language=language,
        programme=programme,
        as_json=as_json,
    )
