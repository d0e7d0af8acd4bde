"""How commands read a name and print: one JSON document, or lines for a person."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

import typer

from handlers.domain.errors import InvalidError

Name = TypeVar("Name", bound=StrEnum)
Row = TypeVar("Row", bound=Mapping[str, object])

ALL = 2**31 - 1
"""A limit that is none: a list that silently ends would be taken for the whole."""


def named(kind: type[Name], name: str, *, field: str) -> Name:
    """Return the member of this name.

    Raises:
        InvalidError: there is no such member.
    """
    try:
        return kind(name)
    except ValueError:
        raise InvalidError(f"no-such-{field}", field=field, **{field: name}) from None


def print_json(document: object) -> None:
    """Print one JSON document on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns as wide as their widest cell."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def print_pairs(
    pairs: Iterable[tuple[Row, Row]], cells: Callable[[Row], Sequence[str]], *, as_json: bool
) -> None:
    """Print pairs that may be one as one document, or as a small table each."""
    found = [list(pair) for pair in pairs]
    if as_json:
        print_json(found)
        return
    for pair in found:
        print_table([cells(each) for each in pair])
        typer.echo("")


def print_rows(rows: Sequence[Row], line: Callable[[Row], Sequence[str]], *, as_json: bool) -> None:
    """Print the rows as one document, or a line of each."""
    if as_json:
        print_json(rows)
    else:
        print_table([line(row) for row in rows])
