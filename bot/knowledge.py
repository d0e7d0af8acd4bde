"""The knowledge base in force, made anew whenever an entry changes in any process."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from bot.joint import Joint
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from knowledge_base.confidence import ConfidenceModel, parse_models
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Context, Decision
from knowledge_base.entries import Entry
from knowledge_base.files import VECTORS, build, remembered
from knowledge_base.matcher import Ranker
from knowledge_base.semantic import Remembered, dump_vector, parse_vectors, vector_key

logger = logging.getLogger(__name__)

_AT_ONCE = 4
"""So many vectors are made in one refresh: half a second, in the thread that refreshes."""

_CONFIDENCE = "confidence.json"


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
    _current: KnowledgeBase | None = field(default=None, repr=False)
    _meaning: Remembered | None = field(default=None, repr=False)
    _untaught: bool = False
    _renewing: Lock = field(default_factory=Lock, repr=False)
    _deciding: Joint[tuple[str, Context], Decision] = field(default_factory=Joint, repr=False)

    def __post_init__(self) -> None:
        """Find the model of meaning; it is loaded when the first question comes."""
        self._meaning = meaning_kept_in(self.data_dir)

    def refresh(self) -> KnowledgeBase:
        """Read the entries again if any changed, and return what is in force.

        It may take long: the event loop asks in a thread.
        """
        with self._renewing:
            with self.begin_reading() as uow:
                stamp = uow.entries.stamp()
                changed = uow.entries.rows() if stamp != self._stamp else ()
            if self._current is None or stamp != self._stamp:
                self._current = self._built(changed)
                self._stamp = stamp
            elif self._untaught:
                self._current = self._built(self._current.entries)
            return self._current

    def is_current(self, uow: UnitOfWork) -> bool:
        """Tell whether `refresh` would change nothing."""
        return not self._untaught and uow.entries.stamp() == self._stamp

    def current(self) -> KnowledgeBase:
        """Return the knowledge base as last refreshed, reading it at the first use."""
        return self.refresh() if self._current is None else self._current

    async def decide(self, text: str, context: Context) -> Decision:
        """Decide in a thread, on the way together with whatever else is asked at this moment.

        One thread after the other: they would only wait for each other, as only one can run.
        """
        return await self._deciding.ask((text, context), answer_all=self._decide_all, threads=None)

    def _decide_all(
        self, questions: Sequence[tuple[str, Context]]
    ) -> Sequence[Decision | BaseException]:
        base = self.current()
        return [_decided(base, text, context) for text, context in questions]

    def _built(self, entries: Sequence[Entry]) -> KnowledgeBase:
        meaning = self._meaning
        if meaning is not None:
            self._learn(meaning, meaning.missing(entries)[:_AT_ONCE])
        self._untaught = meaning is not None and bool(meaning.missing(entries))
        built = build(
            entries,
            max_wrong_answers=self.max_wrong_answers,
            models=models_kept_in(self.data_dir),
            meanings=None if meaning is None or self._untaught else meaning.meanings(entries),
        )
        if self._current is None or built.matcher.ranker is not self._current.matcher.ranker:
            extra = {"entries": len(entries), "ranker": built.matcher.ranker.value}
            logger.info("knowledge base ready", extra=extra)
        return built

    def _learn(self, meaning: Remembered, entries: Sequence[Entry]) -> None:
        records = [dump_vector(vector_key(entry), meaning.learn(entry)) for entry in entries]
        if records and self.data_dir is not None:
            with (self.data_dir / VECTORS).open("ab") as kept:
                kept.write(b"".join(records))


def _decided(base: KnowledgeBase, text: str, context: Context) -> Decision | BaseException:
    try:
        return base.decide(text, context)
    except Exception as error:  # noqa: BLE001 -- raised again where the question came from
        return error


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
