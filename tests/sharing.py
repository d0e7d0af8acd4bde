"""How the files of tests are shared out among the workers of pytest-xdist.

A file goes to one worker. Two kinds go there all together: those that talk to a running desk, which
takes long to open, and those that wait most of the time, for what is killed, cut off or slow. Each
begins first, on a worker of its own, so that what computes fills the cores beside them.
"""

import gc
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

_WAITING: Final = frozenset(
    {
        "tests/e2e/test_failover.py",
        "tests/e2e/test_kill_telegram.py",
        "tests/e2e/test_mail_roads.py",
        "tests/e2e/test_service.py",
        "tests/e2e/test_soak.py",
    }
)
_FIRST: Final = ("the waiting", "the desk")


def share_of(nodeid: str) -> str:
    """Name what goes to one worker together with this test."""
    file = nodeid.split("::", 1)[0]
    if file in _WAITING:
        return "the waiting"
    return "the desk" if file.startswith("tests/e2e/") else file


class Sharing(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives each worker a share at a time, in the order of the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    """Share out as described above, whatever `--dist` says."""
    config.option.loadscopereorder = False
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the two large shares first; within a share the order stays."""
    items.sort(key=lambda item: share_of(item.nodeid) not in _FIRST)
    items.sort(key=lambda item: share_of(item.nodeid) != _FIRST[0])


def pytest_collection_finish() -> None:
    """Keep what was imported out of every later look for garbage: it stays to the end."""
    gc.freeze()
