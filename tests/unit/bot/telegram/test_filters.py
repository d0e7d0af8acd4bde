"""What routers look at is asked on the event loop, where it takes no time."""

from collections.abc import Iterator

from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject

from tests.unit.bot.telegram.desk import Desk


def test_no_update_waits_for_a_thread(desk: Desk) -> None:
    """Aiogram asked each of some twenty filters in a thread of its own."""
    in_threads = [each.callback for each in _asked(desk.preparer.dispatcher) if not each.awaitable]

    assert in_threads == []


def _asked(router: Router) -> Iterator[CallableObject]:
    for observer in router.observers.values():
        yield from observer._handler.filters or ()  # noqa: SLF001 -- aiogram shows it nowhere else
        for handler in observer.handlers:
            yield handler
            yield from handler.filters or ()
    for inner in router.sub_routers:
        yield from _asked(inner)
