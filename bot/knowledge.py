"""The knowledge base in force, made anew whenever an entry changes in any process."""

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.joint import Joint, each
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from knowledge_base.decisions import Context, Decision
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass

if TYPE_CHECKING:
    from bot.knowledge_making import Maker
    from knowledge_base.decide import KnowledgeBase


@dataclass(slots=True, kw_only=True)
class Knowledge:
    """Holds the newest knowledge base; `refresh` is cheap while nothing changed.

    - Entries are made ready after the transaction that read them: PostgreSQL ends one that idles,
      and on a busy machine that work may take seconds.
    - Where the model of meaning is installed, the vectors of changed entries are made a few at each
      refresh and kept in the data directory; words alone rank until all are there.
    - A `confidence.json` in the data directory, written by `kb calibrate --out`, replaces the
      shipped one.
    """

    begin_reading: UnitOfWorkFactory
    max_wrong_answers: float
    data_dir: Path | None = None
    _stamp: int = -1
    _current: "KnowledgeBase | None" = field(default=None, repr=False)
    _maker: "Maker | None" = field(default=None, repr=False)
    _renewing: Lock = field(default_factory=Lock, repr=False)
    _deciding: Joint[tuple[str, Context], Decision] = field(default_factory=Joint, repr=False)

    def refresh(self) -> "KnowledgeBase":
        """Read the entries again if any changed, and return what is in force.

        It may take long: the event loop asks in a thread.
        """
        with self._renewing:
            with self.begin_reading() as uow:
                stamp = uow.entries.stamp()
                changed = uow.entries.rows() if stamp != self._stamp else ()
            if self._current is None or stamp != self._stamp:
                self._current = self._made(changed)
                self._stamp = stamp
            elif self._is_untaught:
                self._current = self._made(self._current.entries)
            return self._current

    def is_current(self, uow: UnitOfWork) -> bool:
        """Tell whether `refresh` would change nothing."""
        return not self._is_untaught and uow.entries.stamp() == self._stamp

    def current(self) -> "KnowledgeBase":
        """Return the knowledge base as last refreshed, reading it at the first use."""
        return self.refresh() if self._current is None else self._current

    @property
    def _is_untaught(self) -> bool:
        return self._maker is not None and self._maker.untaught

    async def decide(self, text: str, context: Context) -> Decision:
        """Decide in a thread, on the way together with whatever else is asked at this moment.

        One thread after the other: they would only wait for each other, as only one can run.
        """
        return await self._deciding.ask((text, context), answer_all=self._decide_all, threads=None)

    def _decide_all(
        self, questions: Sequence[tuple[str, Context]]
    ) -> Sequence[Decision | BaseException]:
        base = self.current()
        return each(lambda question: base.decide(*question), questions)

    def _made(self, entries: Sequence[Entry]) -> "KnowledgeBase":
        if self._maker is None:
            from bot.knowledge_making import Maker  # noqa: PLC0415 -- brings numpy

            self._maker = Maker(max_wrong_answers=self.max_wrong_answers, data_dir=self.data_dir)
        return self._maker.make(entries)
