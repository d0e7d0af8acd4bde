"""Canned replies: `helpdesk template`."""

import typer

from bot.cli.options import As, Json, Text

template_app = typer.Typer(help="Canned replies of consultants.", no_args_is_help=True)


@template_app.command("add")
def template_add(name: str, email: As, text: Text = None) -> None:
    """Keep a reply, in place of an earlier one of this name.

    Filled from the ticket: {vardas} {numeris} {savivaldybe} {konsultantas} {organizacija}
    {telefonas} {el_pastas}.
    """
    from bot.commands import templates

    templates.add_template(name, email=email, text=text)


@template_app.command("list")
def template_list(*, as_json: Json = False) -> None:
    """List the replies."""
    from bot.commands import templates

    templates.list_templates(as_json=as_json)


@template_app.command("remove")
def template_remove(name: str) -> None:
    """Forget a reply."""
    from bot.commands import templates

    templates.remove_template(name)
