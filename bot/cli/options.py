"""Arguments and options that many commands share."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Reference = Annotated[str, typer.Argument(metavar="REF", help="A reference like NVO-123.")]
As = Annotated[str, typer.Option("--as", metavar="EMAIL", help="The consultant who acts.")]
Text = Annotated[str | None, typer.Option("--text", help="The words, or - for standard input.")]
