"""What it costs to file a mail where nothing, 10,000 and 100,000 tickets are.

    python -m benchmarks.mail_growth 1

The cost is the processor time of `import-mail` on 500 new letters, less its run on four of them,
and on PostgreSQL that of the server besides: there a missing index would show. A round takes it
twice.
"""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Final

from benchmarks.mail_desk import Desk, Installer, installer
from benchmarks.mail_fill import fill
from benchmarks.mail_letters import Letters, letters
from benchmarks.mail_processes import family, processor_time
from benchmarks.mail_town import Town, town
from benchmarks.table import Row, at_most, main, median_ratio, progress

_SIZES: Final = (10_000, 100_000)
_DATABASES: Final = ("SQLite", "PostgreSQL")
_FIRST_SEED: Final = 100


def rows(rounds: int) -> Iterator[Row]:
    """File other letters in each round, the same in each database."""
    costs: dict[tuple[str, int], list[float]] = {}
    with town() as here, installer(here) as desks, ExitStack() as stack:
        grown = {name: dict(_grown(here, desks, stack, name)) for name in _DATABASES}
        for number in range(rounds):
            seeds = (_FIRST_SEED + 2 * number, _FIRST_SEED + 2 * number + 1)
            lots = [letters(here.folder / f"letters-{seed}", seed=seed) for seed in seeds]
            for name, filled in grown.items():
                for size, cost in _round(here, desks, filled, lots).items():
                    costs.setdefault((name, size), []).append(cost)
                    progress(f"mail_growth {number + 1}/{rounds} {name} {size}: {cost:.2f} ms")
    for name in _DATABASES:
        yield from _rows(name, [costs[name, size] for size in (0, *_SIZES)])


def _grown(here: Town, desks: Installer, stack: ExitStack, name: str) -> Iterator[tuple[int, Desk]]:
    """Install desks that hold so many tickets."""
    old = letters(here.folder / f"old-{name}")
    for size in _SIZES:
        desk = stack.enter_context(desks.desk(on_postgresql=name == "PostgreSQL"))
        desk.run("import-mail", str(old.rest))
        progress(f"mail_growth: {fill(desk.sqlalchemy_url, size)} tickets on {name}")
        yield size, desk


def _round(
    here: Town, desks: Installer, filled: Mapping[int, Desk], lots: Sequence[Letters]
) -> Mapping[int, float]:
    """Return what a letter costs among so many, there with the first lot and back with the second.

    The machine gives more or less from one second to the next: each of these runs takes one.
    """
    costs: dict[int, list[float]] = {}
    on_postgresql = any(desk.database for desk in filled.values())
    for lot, order in zip(lots, ((0, *_SIZES), (*reversed(_SIZES), 0)), strict=True):
        with desks.desk(on_postgresql=on_postgresql) as empty:
            among = {0: empty, **filled}
            for size in order:
                costs.setdefault(size, []).append(_cost(here, among[size], lot))
    return {size: statistics.mean(both) for size, both in costs.items()}


def _cost(here: Town, desk: Desk, new: Letters) -> float:
    """Return the milliseconds of processor time a letter takes."""
    servers = here.postgresql.process
    _, start = desk.run("import-mail", str(new.ahead))
    before = processor_time(family(servers))
    _, whole = desk.run("import-mail", str(new.rest))
    served = processor_time(family(servers)) - before
    return 1000 * ((whole - start).cpu + (served if desk.database else 0)) / new.count


def _rows(name: str, costs: Sequence[Sequence[float]]) -> Iterator[Row]:
    said = " / ".join(f"{statistics.median(each):.2f}" for each in costs)
    for size, grown in zip(_SIZES, costs[1:], strict=True):
        yield Row(
            what=f"growth: import-mail among {size:,} tickets, {name}",
            figure=f"{said} ms CPU among 0 / 10,000 / 100,000",
            ratio=median_ratio(grown, costs[0]),
            beside="CPU, no tickets",
            target=at_most(1.1),
        )


if __name__ == "__main__":
    main(rows)
