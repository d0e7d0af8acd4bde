"""A part of a processor for a process, as the kernel's control groups give it (cgroups(7))."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.mail_processes import family

_PERIOD: Final = 10_000
"""Microseconds: who has used its part waits no longer than this."""
_SECOND: Final = Path("/sys/fs/cgroup")
_FIRST: Final = _SECOND / "cpu"
"""Where the two versions of control groups are by convention."""


def can_share() -> bool:
    """Tell whether the kernel lets us limit a process."""
    try:
        with shared([os.getpid()], part=1):
            return True
    except OSError:
        return False


@contextmanager
def shared(processes: Sequence[int], *, part: float) -> Iterator[None]:
    """Let each of these processes, with its children, use no more than a part of a processor.

    The second version of control groups is told to count processors, which stays so.

    Raises:
        OSError: this is not ours to say.
    """
    with ExitStack() as stack:
        for process in processes:
            stack.enter_context(_slowed(process, part))
        yield


@contextmanager
def _slowed(process: int, part: float) -> Iterator[None]:
    quota, is_first = round(part * _PERIOD), (_FIRST / "cgroup.procs").exists()
    root = _FIRST if is_first else _SECOND
    home, group = root / _group_of(process), root / f"helpdesk-bench-{process}"
    if not is_first:
        _say(root / "cgroup.subtree_control", "+cpu")
    group.mkdir()
    try:
        if is_first:
            _say(group / "cpu.cfs_period_us", f"{_PERIOD}")
            _say(group / "cpu.cfs_quota_us", f"{quota}")
        else:
            _say(group / "cpu.max", f"{quota} {_PERIOD}")
        for each in family(process):
            _say(group / "cgroup.procs", f"{each}")
        yield
    finally:
        for member in (group / "cgroup.procs").read_text(encoding="ascii").split():
            with suppress(ProcessLookupError):  # it has ended
                _say(home / "cgroup.procs", member)
        group.rmdir()


def _group_of(process: int) -> str:
    """Return the path of the group a process is in, without the first stroke."""
    for line in Path(f"/proc/{process}/cgroup").read_text(encoding="ascii").splitlines():
        _, counted, path = line.split(":", 2)
        if not counted or "cpu" in counted.split(","):
            return path.removeprefix("/")
    raise OSError("no control group counts processors")


def _say(file: Path, what: str) -> None:
    file.write_text(what, encoding="ascii")
