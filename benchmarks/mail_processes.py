"""Processes, and what they took: wall and processor time, and memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_SPENT: Final = Path(__file__).with_name("mail_spent.py")
_TICK: Final = os.sysconf("SC_CLK_TCK")
_TIMES: Final = slice(13, 17)
"""Of /proc/PID/stat: user and system time, its own and that of its children which ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds of wall and processor time, and the largest memory in MB."""

    wall: float
    cpu: float
    peak: float

    def __sub__(self, start: Self) -> "Spent":
        """Leave out what a run costs before it does anything."""
        return Spent(wall=self.wall - start.wall, cpu=self.cpu - start.cpu, peak=self.peak)


def run(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str]
) -> tuple[str, Spent]:
    """Run the command to its end; return what it printed and what it took.

    Raises:
        RuntimeError: it failed; the sentence ends with what it said.
    """
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as report:
        ran = subprocess.run(
            [sys.executable, "-I", "-S", str(_SPENT), report.name, *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise RuntimeError(f"{command} ended with {ran.returncode}: {ran.stderr[-2000:]}")
        return ran.stdout, Spent(**json.load(report))


def family(process: int) -> Iterator[int]:
    """Walk a living process and its children."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from family(int(child))


def processor_time(processes: Iterable[int]) -> float:
    """Return the seconds these living processes and their ended children have worked."""
    return sum(_worked(process) for process in processes)


def peak_memory(processes: Iterable[int]) -> float:
    """Return the sum of the most that each of these living processes ever held, in MB."""
    return sum(_held(process) for process in processes)


def _worked(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    # The first two fields stand before the bracket.
    return sum(map(int, fields[_TIMES.start - 2 : _TIMES.stop - 2])) / _TICK


def _held(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
