"""What an update took, with garbage looked for as each program looks for it."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import mean, median
from typing import Final

_SELDOM: Final = 10_000  # as `helpdesk` sets it


@dataclass(slots=True)
class Runs:
    """What each run of one program took for an update, in seconds."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def add(self, wall: float, processor: float) -> None:
        self.wall.append(wall)
        self.processor.append(processor)

    def mean(self) -> tuple[float, float]:
        """Return the wall and the processor time of a run, which is less a matter of chance."""
        return mean(self.wall), mean(self.processor)

    def __str__(self) -> str:
        return f"{1 / median(self.wall):.0f} updates/s, {1000 * median(self.processor):.2f} ms CPU"


@contextmanager
def as_served() -> Iterator[None]:
    """Look for garbage as seldom as the service does, and not in what its start made."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def watch(updates: int) -> Iterator[Callable[[], tuple[float, float]]]:
    """Take the wall time of the block and the processor time of this process, for an update."""
    took: list[float] = []
    gc.collect()  # what others left behind
    wall, processor = time.perf_counter(), time.process_time()
    yield lambda: (took[0], took[1])
    took += [
        (time.perf_counter() - wall) / updates,
        (time.process_time() - processor) / updates,
    ]
