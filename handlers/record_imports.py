"""Take a file of records in, line by line; what is refused is named, and the rest is kept."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from knowledge_base.record_rows import Parsed, Refused
from knowledge_base.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import changed, and the lines it refused."""

    changed: int
    unchanged: int
    refused: tuple[Refused, ...]


def take_in(parsed: Parsed[T], write: Callable[[T], bool]) -> Taken:
    """Write each record; `write` tells whether it changed anything, or raises ValueError."""
    changed, late = 0, []
    for line, record in parsed.records.items():
        try:
            changed += write(record)
        except ValueError as wrong:
            late.append(Refused(line=line, reason=str(wrong)))
    return Taken(
        changed=changed,
        unchanged=len(parsed.records) - changed - len(late),
        refused=tuple(sorted([*parsed.refused, *late], key=lambda each: each.line)),
    )


def refuse_older(checked_on: date, known: date | None) -> None:
    """What was checked earlier never replaces what was checked later.

    Raises:
        ValueError: a later check is known.
    """
    if known is not None and checked_on < known:
        raise ValueError(f"a check of {known} is known already")
