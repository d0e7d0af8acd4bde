"""One way into a thread, and one transaction, for what several tasks want at the same moment.

The way there and back costs as much as a small statement, beginning a transaction more than that,
and a durable commit waits for the disk, however little it holds. What is asked while a batch is
under way is collected for the next.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import field
from functools import partial
from typing import Generic, TypeVar

from knowledge_base.values import dataclass

Asked = TypeVar("Asked")
Outcome = TypeVar("Outcome")
_MOST = 50
"""So many at most in one batch: others want to write too."""

_MOMENT = 0.004
"""So many seconds at most are waited for what is expected: little beside what a delivery takes."""


def each(
    answer: Callable[[Asked], Outcome], asked: Iterable[Asked]
) -> Sequence[Outcome | BaseException]:
    """Answer one after the other; what one ends with is its outcome, and the others go on."""
    return [_outcome(answer, one) for one in asked]


def _outcome(answer: Callable[[Asked], Outcome], asked: Asked) -> Outcome | BaseException:
    try:
        return answer(asked)
    except Exception as error:  # noqa: BLE001 -- `Joint` raises it where it was asked
        return error


def _nothing() -> bool:
    return False


@dataclass(slots=True)
class Joint(Generic[Asked, Outcome]):
    """Collects what is asked and has it answered, one batch at a time.

    - Nobody is told before all of the batch are done.
    - Who stops waiting before the batch began is left out of it; after that it is done.
    - While `expects_more` says so, a batch waits a moment for others to join.
    """

    expects_more: Callable[[], bool] = _nothing
    _waiting: list[tuple[Asked, "asyncio.Future[Outcome]"]] = field(default_factory=list)
    _is_busy: bool = False
    _moment: asyncio.TimerHandle | None = None

    async def ask(
        self,
        asked: Asked,
        *,
        answer_all: Callable[[Sequence[Asked]], Sequence[Outcome | BaseException]],
        threads: Executor | None,
    ) -> Outcome:
        """Return the answer, or raise what is given in place of one."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((asked, done))
        if not self._is_busy or self._moment is not None:
            self._is_busy = True
            self._begin_soon(partial(self._next, answer_all, threads), loop)
        return await done

    def _begin_soon(self, begin: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
        if self.expects_more():
            self._moment = self._moment or loop.call_later(_MOMENT, begin)
            return
        if self._moment is not None:
            self._moment.cancel()
            self._moment = None
        # Not at once: whoever was woken by the same event joins.
        loop.call_soon(begin)

    def _next(
        self,
        answer_all: Callable[[Sequence[Asked]], Sequence[Outcome | BaseException]],
        threads: Executor | None,
    ) -> None:
        self._moment = None
        wanted = [each for each in self._waiting if not each[1].done()]
        batch, self._waiting = wanted[:_MOST], wanted[_MOST:]
        self._is_busy = bool(batch)
        if batch:
            everything = [asked for asked, _ in batch]
            answering = asyncio.get_running_loop().run_in_executor(threads, answer_all, everything)
            tell = partial(self._tell, [done for _, done in batch])
            answering.add_done_callback(tell)
            answering.add_done_callback(lambda _: self._next(answer_all, threads))

    def _tell(
        self,
        batch: Sequence["asyncio.Future[Outcome]"],
        answering: "asyncio.Future[Sequence[Outcome | BaseException]]",
    ) -> None:
        outcomes: Sequence[Outcome | BaseException] = [asyncio.CancelledError()] * len(batch)
        if not answering.cancelled():
            broken = answering.exception()
            outcomes = answering.result() if broken is None else [broken] * len(batch)
        for done, outcome in zip(batch, outcomes, strict=True):
            if done.done():
                continue
            if isinstance(outcome, BaseException):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)
