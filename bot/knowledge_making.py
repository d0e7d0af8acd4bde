"""Makes the knowledge base in force from its entries; loaded when something is to be decided.

What decides brings numpy, and most commands decide nothing.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from knowledge_base.confidence import ConfidenceModel, parse_models
from knowledge_base.decide import KnowledgeBase
from knowledge_base.entries import Entry
from knowledge_base.files import VECTORS, build, remembered
from knowledge_base.matcher import Ranker
from knowledge_base.semantic import Remembered, dump_vector, parse_vectors, vector_key
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)

_AT_ONCE = 4
"""So many vectors are made at once: half a second, in the thread that refreshes."""

_CONFIDENCE = "confidence.json"


@dataclass(slots=True, kw_only=True)
class Maker:
    """Makes knowledge bases; words alone rank in them until the vectors of all entries are there.

    `untaught` tells that vectors are missing yet: to make the same entries again brings some more.
    """

    max_wrong_answers: float
    data_dir: Path | None = None
    untaught: bool = False
    _meaning: Remembered | None = field(default=None, repr=False)
    _ranker: Ranker | None = None

    def __post_init__(self) -> None:
        """Find the model of meaning; it is loaded when the first question comes."""
        self._meaning = meaning_kept_in(self.data_dir)

    def make(self, entries: Sequence[Entry]) -> KnowledgeBase:
        """Make the entries ready to be asked."""
        meaning = self._meaning
        if meaning is not None:
            self._learn(meaning, meaning.missing(entries)[:_AT_ONCE])
        self.untaught = meaning is not None and bool(meaning.missing(entries))
        made = build(
            entries,
            max_wrong_answers=self.max_wrong_answers,
            models=models_kept_in(self.data_dir),
            meanings=None if meaning is None or self.untaught else meaning.meanings(entries),
        )
        if made.matcher.ranker is not self._ranker:
            self._ranker = made.matcher.ranker
            extra = {"entries": len(entries), "ranker": self._ranker.value}
            logger.info("knowledge base ready", extra=extra)
        return made

    def _learn(self, meaning: Remembered, entries: Sequence[Entry]) -> None:
        records = [dump_vector(vector_key(entry), meaning.learn(entry)) for entry in entries]
        if records and self.data_dir is not None:
            with (self.data_dir / VECTORS).open("ab") as kept:
                kept.write(b"".join(records))


def models_kept_in(data_dir: Path | None) -> Mapping[Ranker, ConfidenceModel] | None:
    """Return the confidence models of the data directory, if somebody put them there."""
    if data_dir is None or not (own := data_dir / _CONFIDENCE).exists():
        return None
    try:
        return parse_models(own.read_text(encoding="utf-8"))
    except ValueError:
        logger.exception("confidence.json of the data directory is unreadable; write it anew")
        return None


def meaning_kept_in(data_dir: Path | None) -> Remembered | None:
    """Return the model of meaning, if installed, with every vector shipped or made here before."""
    meaning = remembered()
    if meaning is not None and data_dir is not None and (kept := data_dir / VECTORS).exists():
        meaning.vectors.update(parse_vectors(kept.read_bytes()))
    return meaning
