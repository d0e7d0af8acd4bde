"""What a machine says to a new question: what it is sure of, and what it leaves to a person."""

from knowledge_base.entries import Entry
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry's text as it is sent, under the question it is for."""

    question: str
    entry: Entry
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the asker is told at once, question by question.

    `waiting` are the questions of a letter that a person must answer although others are answered
    here; `offered` are near misses, `originals` Lithuanian texts for who asked in another language;
    `foreign` is that language where we have no answer in it; `unread` why nobody could read what
    came.
    """

    sure: tuple[Told, ...] = ()
    waiting: tuple[str, ...] = ()
    offered: tuple[Entry, ...] = ()
    originals: tuple[Told, ...] = ()
    foreign: str = ""
    unread: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether everything is answered and no person need look."""
        opens_ticket = any(told.entry.behaviour.opens_ticket for told in self.sure)
        return bool(self.sure) and not self.waiting and not opens_ticket
