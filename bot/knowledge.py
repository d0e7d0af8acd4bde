"""The knowledge base in force, made anew whenever an entry changes in any process."""

from dataclasses import dataclass, field

from handlers.ports import UnitOfWork
from knowledge_base.decide import KnowledgeBase
from knowledge_base.files import build


@dataclass(slots=True)
class Knowledge:
    """Holds the newest knowledge base; `refresh` is cheap while nothing changed."""

    max_wrong_answers: float
    _stamp: int = -1
    _current: KnowledgeBase | None = field(default=None, repr=False)

    def refresh(self, uow: UnitOfWork) -> None:
        """Read the entries again if any changed."""
        stamp = uow.entries.stamp()
        if stamp != self._stamp or self._current is None:
            self._current = build(uow.entries.rows(), max_wrong_answers=self.max_wrong_answers)
            self._stamp = stamp

    def current(self) -> KnowledgeBase:
        """Return the knowledge base as last refreshed."""
        assert self._current is not None, "refresh comes first"  # noqa: S101 -- wiring, not input
        return self._current
