"""A part of a processor, as the kernel gives it: where none is free, slower ones stand for them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

_PERIOD: Final = 10_000
"""Microseconds: who has used its part waits no longer than this."""
_SECOND: Final = Path("/sys/fs/cgroup")
_FIRST: Final = _SECOND / "cpu"
"""Where the two versions of control groups are by convention (cgroups(7))."""


def can_share() -> bool:
    """Tell whether the kernel lets us limit a process."""
    try:
        with _group("trial", part=1):
            return True
    except OSError:
        return False


@contextmanager
def shared(processes: Sequence[int], *, part: float) -> Iterator[None]:
    """Let each of these processes use no more than a part of a processor.

    Raises:
        OSError: this is not ours to say.
    """
    with ExitStack() as stack:
        for process in processes:
            group = stack.enter_context(_group(str(process), part=part))
            stack.enter_context(_member(process, group))
        yield


@contextmanager
def _group(name: str, *, part: float) -> Iterator[Path]:
    quota = round(part * _PERIOD)
    is_first = (_FIRST / "cgroup.procs").exists()
    group = (_FIRST if is_first else _SECOND) / f"helpdesk-{os.getpid()}-{name}"
    if not is_first:
        (_SECOND / "cgroup.subtree_control").write_text("+cpu", encoding="ascii")
    group.mkdir()
    try:
        if is_first:
            (group / "cpu.cfs_period_us").write_text(f"{_PERIOD}", encoding="ascii")
            (group / "cpu.cfs_quota_us").write_text(f"{quota}", encoding="ascii")
        else:
            (group / "cpu.max").write_text(f"{quota} {_PERIOD}", encoding="ascii")
        yield group
    finally:
        group.rmdir()


@contextmanager
def _member(process: int, group: Path) -> Iterator[None]:
    (group / "cgroup.procs").write_text(f"{process}", encoding="ascii")
    try:
        yield
    finally:
        (group.parent / "cgroup.procs").write_text(f"{process}", encoding="ascii")
