"""The table pairs figures round by round and says honestly whether a target is met."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.table import Row, at_least, at_most, median_ratio, print_table


def test_a_ratio_is_the_median_of_the_ratios_of_each_round() -> None:
    assert median_ratio([10, 40, 90], [10, 10, 30]) == 3


def test_rounds_without_a_partner_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        median_ratio([1, 2], [1])


def test_a_target_is_met_at_its_limit_and_not_beyond() -> None:
    judged = [
        target.is_met(ratio)
        for target in (at_least(5), at_most(0.25))
        for ratio in (0.25, 0.2501, 4.999, 5)
    ]

    assert judged == [False, False, False, True, True, False, False, False]


def test_each_row_is_printed_with_its_target_judged(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(
        [
            Row(what="mails", figure="212/s", ratio=5.91, beside="peer", target=at_least(5)),
            Row(what="start", figure="0.9 s", ratio=0.9, target=at_most(0.8)),
            Row(what="memory", figure="96 MB"),
        ]
    )

    assert capsys.readouterr().out == (
        "| measured | figure | ratio | beside | target         |\n"
        "|----------|--------|-------|--------|----------------|\n"
        "| mails    | 212/s  | 5.91  | peer   | >= 5 met       |\n"
        "| start    | 0.9 s  | 0.9   |        | <= 0.8 NOT MET |\n"
        "| memory   | 96 MB  |       |        |                |\n"
    )


def test_each_part_is_measured_in_a_process_of_its_own_and_named_if_it_cannot_be() -> None:
    """No part was ever measured by `make bench`: its processes did not find what to run."""
    root = Path(__file__).parents[3]

    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "1", "nothing"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    named = """not measured: nothing: ModuleNotFoundError("No module named 'benchmarks.nothing'")"""
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (1, named)
