"""When the service gives memory back: after work, once."""

import subprocess
import sys

from bot.heap import Effort

_HOLES = """
import asyncio, ctypes, os
from pathlib import Path
from bot import heap

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

async def main():
    blocks = [b"-" * 100_000 for _ in range(500)]
    blocks[:] = blocks[1::100]  # these keep the others from going back by themselves
    full = resident()
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(heap.give_back_at_rest(stopping))
        while resident() > full - 30_000_000:
            await asyncio.sleep(0)
        stopping.set()

heap.share_the_heap()
heap._LOOK, heap._IDLE, heap._WORTH = heap.timedelta(milliseconds=1), 1.0, 0.0
asyncio.run(main())
"""


def test_work_rests_when_little_was_done_since_the_last_look() -> None:
    effort = Effort()

    assert [effort.rests(spent) for spent in (0.9, 2.4, 2.42)] == [False, False, True]


def test_work_rests_once_until_more_was_done() -> None:
    effort = Effort(seen=2.40)

    looks = (2.42, 2.43, 2.44, 2.80, 2.81, 3.30, 3.31)
    assert [effort.rests(spent) for spent in looks] == [
        True,
        *[False] * 5,
        True,
    ]


def test_pages_that_are_free_between_blocks_in_use_are_given_back() -> None:
    ran = subprocess.run(  # noqa: S603 -- our own service
        [sys.executable, "-c", _HOLES], capture_output=True, text=True, timeout=60, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
