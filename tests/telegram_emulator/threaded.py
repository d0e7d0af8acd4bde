"""The emulator for tests without an event loop: it runs in a thread of its own."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Thread
from types import TracebackType
from typing import Self, TypeVar

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.server import Violation

T = TypeVar("T")
_START_SECONDS = 10


class EmulatorThread:
    """`with EmulatorThread() as telegram:`; every look and act goes through `run`."""

    def __init__(self) -> None:
        self._started: Future[Emulator] = Future()
        self._stop = asyncio.Event()
        self._thread = Thread(target=self._serve, name="telegram emulator")
        self._loop: asyncio.AbstractEventLoop | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        emulator = self._started.result(_START_SECONDS)
        self.url, self.token = emulator.url, emulator.token
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def violations(self) -> list[Violation]:
        return self._started.result().violations

    def run(self, act: Callable[[Emulator], T]) -> T:
        """Do something with the emulator, in its thread."""

        async def acted(emulator: Emulator) -> T:
            return act(emulator)

        return self._await(acted)

    def wait(self, predicate: Callable[[Emulator], T], timeout: float = 5.0) -> T:
        """Return the predicate's value as soon as it is true.

        Raises:
            TimeoutError: it never became so.
        """

        async def waited(emulator: Emulator) -> T:
            return await emulator.wait(lambda: predicate(emulator), timeout)

        return self._await(waited)

    def _await(self, work: Callable[[Emulator], Coroutine[None, None, T]]) -> T:
        if self._loop is None:
            raise RuntimeError("the emulator is not running")
        emulator = self._started.result()
        return asyncio.run_coroutine_threadsafe(work(emulator), self._loop).result()

    def _serve(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with Emulator() as emulator:
            self._started.set_result(emulator)
            await self._stop.wait()
