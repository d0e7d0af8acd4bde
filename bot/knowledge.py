"""The knowledge base in force, made anew whenever an entry changes in any process."""

from dataclasses import dataclass, field

from handlers.ports import UnitOfWork, UnitOfWorkFactory
from knowledge_base.decide import KnowledgeBase
from knowledge_base.files import build


@dataclass(slots=True, kw_only=True)
class Knowledge:
    """Holds the newest knowledge base; `refresh` is cheap while nothing changed."""

    begin_reading: UnitOfWorkFactory
    max_wrong_answers: float
    _stamp: int = -1
    _current: KnowledgeBase | None = field(default=None, repr=False)

    def refresh(self, uow: UnitOfWork) -> KnowledgeBase:
        """Read the entries again if any changed, and return what is in force."""
        stamp = uow.entries.stamp()
        if self._current is None or stamp != self._stamp:
            self._current = build(uow.entries.rows(), max_wrong_answers=self.max_wrong_answers)
            self._stamp = stamp
        return self._current

    def current(self) -> KnowledgeBase:
        """Return the knowledge base as last refreshed, reading it at the first use."""
        if self._current is not None:
            return self._current
        with self.begin_reading() as uow:
            return self.refresh(uow)
