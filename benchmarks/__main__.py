"""Run every measurement and print one table.

    python -m benchmarks                 five rounds of each
    python -m benchmarks 1               a first look
    python -m benchmarks 5 mail start    some of them

Each module measures in a process of its own, so that none pays for what another has loaded. Those
who stand beside each other in a ratio are measured by turns within the module.
"""

import multiprocessing
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from typing import Final

from benchmarks.table import ROUNDS, Row, print_table, progress, rows_of

_MODULES: Final = (
    "mail",
    "mail_latency",
    "mail_growth",
    "delivery",
    "telegram",
    "start",
    "plans",
    "matching",
    "routing",
)


def main() -> None:
    """Print the table of all that could be measured, and fail if anything could not."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    rows: list[Row] = []
    failed: list[str] = []
    for name in sys.argv[2:] or _MODULES:
        progress(f"{name}: {rounds} rounds")
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            measured = pool.submit(rows_of, name, rounds)
            if (wrong := measured.exception()) is None:
                rows += measured.result()
            else:
                traceback.print_exception(wrong)
                failed.append(f"{name}: {wrong!r}")
    print_table(rows)
    if failed:
        raise SystemExit("not measured: " + "; ".join(failed))


if __name__ == "__main__":
    main()
