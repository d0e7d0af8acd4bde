"""What a process took is its own and its children's, and not that of whoever started it."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.mail_processes import Spent, family, peak_memory, processor_time, run

_WORK = "import time; all(time.process_time() < 0.2 for _ in iter(int, 1))"
"""Two tenths of a second of work, on any machine."""

_APART = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{_WORK}'])"


def test_a_command_is_charged_with_its_children_and_not_with_our_memory(tmp_path: Path) -> None:
    ballast = bytearray(200_000_000)

    printed, spent = run(
        [sys.executable, "-c", f"{_APART}; print('done')"], folder=tmp_path, environment={}
    )

    assert (printed, len(ballast)) == ("done\n", 200_000_000)
    assert spent.cpu > 0.1
    assert spent.peak < 100


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        run([sys.executable, "-c", "exit('no such thing')"], folder=tmp_path, environment={})


def test_a_living_process_is_charged_with_its_children() -> None:
    waiting = f"{_APART}; child = subprocess.Popen(['cat']); print('ready'); child.wait()"
    command = [sys.executable, "-u", "-c", waiting]
    with subprocess.Popen(  # noqa: S603 -- our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()

        members = list(family(process.pid))
        assert (members[0], len(members)) == (process.pid, 2)
        assert processor_time(members) > 0.1
        assert 1 < peak_memory(members) < 100

        process.communicate()


def test_a_start_is_taken_off_and_the_memory_stays() -> None:
    whole, start = Spent(wall=9, cpu=5, peak=80), Spent(wall=2, cpu=1, peak=60)

    assert whole - start == Spent(wall=7, cpu=4, peak=80)
