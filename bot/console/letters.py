"""A letter with several questions on a page: which are answered, with what, and which wait."""

from collections.abc import Callable, Sequence

from handlers.parts import Part
from handlers.reactions import checked_on
from knowledge_base.entries import Entry, Source
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An answer under the question it is for."""

    question: str
    text: str
    sources: tuple[Source, ...]
    checked_on: str


def piece(entry: Entry, *, question: str, text: str) -> Piece:
    """Show an entry's text with where it comes from."""
    return Piece(
        question=question, text=text, sources=entry.sources, checked_on=checked_on((entry,))
    )


def pieces(
    said: str, entries: Sequence[Entry], parts: Sequence[Part], text_of: Callable[[Entry], str]
) -> tuple[Piece, ...]:
    """Cut an answer to a letter into its questions, where it still reads as it was sent."""
    texts = [text_of(entry) for entry in entries]
    if not parts or "\n\n".join(texts) != said:
        return ()
    asked = {part.entry: part.text for part in parts}
    return tuple(
        piece(entry, question=asked.get(entry.id, entry.question), text=text)
        for entry, text in zip(entries, texts, strict=True)
    )
