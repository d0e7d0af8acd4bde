"""The memory of the process: what was freed is given back, most of it only when work rests.

This is for glibc; elsewhere nothing happens.
"""

import asyncio
import ctypes
import time
from datetime import timedelta

from bot.wakeup import pause
from knowledge_base.values import dataclass

_M_ARENA_MAX, _M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -8, -3, -1
_LARGE = 1024 * 1024
"""Bytes; a piece of this size is given back when it is freed. glibc begins lower, but moves."""
_SPARE = 4 * 1024 * 1024
"""Bytes kept at the end of the heap: given back at once, each mail would ask for them again."""

_LOOK = timedelta(seconds=5)
_IDLE = 0.05
"""Seconds of processor time from look to look; with less there is no work."""
_WORTH = 0.5
"""Seconds of processor time that leave enough to give back: two hundred letters."""


def share_the_heap() -> None:
    """Keep glibc from holding what was freed: a heap for every thread, and room for large pieces.

    It would keep more and more in the heap itself once a large piece was freed, and a single block
    at its end in use keeps all before it.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_TRIM_THRESHOLD, _SPARE)


async def give_back_at_rest(stopping: asyncio.Event) -> None:
    """Give back the free pages between blocks in use, too, whenever work has come to rest."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    effort = Effort()
    while trim is not None and not stopping.is_set():
        if effort.rests(time.process_time()):
            trim(0)
        await pause(stopping, _LOOK)


@dataclass(slots=True)
class Effort:
    """The processor time spent when it was last looked at, and when work last came to rest."""

    seen: float = 0.0
    rested: float = 0.0

    def rests(self, spent: float) -> bool:
        """Tell whether work worth speaking of was done, and none of late."""
        rests = spent - self.seen < _IDLE and spent - self.rested > _WORTH
        self.seen = spent
        if rests:
            self.rested = spent
        return rests
