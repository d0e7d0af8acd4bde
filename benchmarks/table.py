"""The one table of all measurements: a figure each, beside what, and whether its target is met.

A machine is never twice equally busy, so wall and processor time alone say little. What is compared
runs by turns within one round, and a ratio is the median of the rounds' own ratios.
"""

import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

ROUNDS: Final = 5
_HEAD: Final = ("measured", "figure", "ratio", "beside", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a ratio, or a figure of its own, was promised to be."""

    sign: str
    limit: float

    def is_met(self, ratio: float) -> bool:
        """Judge the number as it is, not as it is printed."""
        return ratio >= self.limit if self.sign == ">=" else ratio <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: `ratio` is ours through theirs within a round, or the figure the target is about.

    - what: "IMAP to acknowledgement, SQLite, one process"
    - figure: "212 mails/s, 4.6 ms CPU, 96 MB"
    - beside: "django-helpdesk on SQLite, mails/s"
    """

    what: str
    figure: str
    ratio: float | None = None
    beside: str = ""
    target: Target | None = None


Measure = Callable[[int], Iterable[Row]]


def at_least(limit: float) -> Target:
    return Target(sign=">=", limit=limit)


def at_most(limit: float) -> Target:
    return Target(sign="<=", limit=limit)


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of ours through theirs, round by round."""
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))


def print_table(rows: Iterable[Row]) -> None:
    """Print the rows as a table of Markdown that also reads well as it is."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    head, *body = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    )
    print(f"| {head} |")
    print(f"|-{'-|-'.join('-' * width for width in widths)}-|")
    for line in body:
        print(f"| {line} |")


def progress(said: str) -> None:
    """Tell on stderr how far a long run is."""
    print(said, file=sys.stderr, flush=True)


def main(measure: Measure) -> None:
    """Run one measuring module alone: its only argument is the number of rounds."""
    print_table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))


def rows_of(name: str, rounds: int) -> Sequence[Row]:
    """Run one measuring module, in the process this is called in.

    It stands here because a process that is started afresh finds no function of `__main__`.
    """
    measure: Measure = import_module(f"benchmarks.{name}").rows
    return list(measure(rounds))


def _cells(row: Row) -> Sequence[str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    return (row.what, row.figure, ratio, row.beside, " ".join(_judged(row)))


def _judged(row: Row) -> Iterator[str]:
    if row.target is not None:
        yield f"{row.target.sign} {row.target.limit:g}"
        if row.ratio is not None:
            yield "met" if row.target.is_met(row.ratio) else "NOT MET"
