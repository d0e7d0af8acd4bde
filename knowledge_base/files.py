"""The shipped knowledge base, and any other: entries made ready to be asked."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, cast

from knowledge_base import entry_files
from knowledge_base.apart import Apart, ApartRecord, build_apart
from knowledge_base.concepts import Concepts, build_concepts
from knowledge_base.confidence import ConfidenceModel, parse_models
from knowledge_base.decide import KnowledgeBase
from knowledge_base.entries import Entry
from knowledge_base.entry_files import write_entries
from knowledge_base.faults import ContentError, Fault, Severity, faults
from knowledge_base.matcher import Ranker, build_matcher
from knowledge_base.semantic import Meaning, Meanings, Remembered, load_meaning, parse_vectors
from knowledge_base.sense import Sense, parse_sense
from knowledge_base.shipped import (
    bytes_of,
    shipped_entries,
    shipped_places,
    shipped_queues,
    shipped_sources,
    text_of,
    yaml_of,
)
from knowledge_base.special import SpecialQueues, SpecialRecords, build_special_queues
from knowledge_base.topics import Triggers, build_topics
from knowledge_base.understanding import DEFAULT_MAX_WRONG, Understanding

VECTORS: Final = "vectors.bin"
"""The vectors of the shipped entries, so that a first start need not make them."""

SENSE: Final = "sense.json"
"""What messages for the restricted queues are like, as learned from labelled ones."""

__all__ = [
    "SENSE",
    "VECTORS",
    "ContentError",
    "Fault",
    "Severity",
    "build",
    "faults",
    "load_shipped",
    "read_entries",
    "remembered",
    "shipped_entries",
    "shipped_queues",
    "shipped_sources",
    "write_entries",
]


def load_shipped(
    max_wrong_answers: float = DEFAULT_MAX_WRONG, meaning: Remembered | None = None
) -> KnowledgeBase:
    """Build the knowledge base that comes with the program."""
    entries = shipped_entries()
    return build(
        entries,
        max_wrong_answers=max_wrong_answers,
        meanings=meaning.meanings(entries) if meaning else None,
    )


def build(
    entries: Sequence[Entry],
    *,
    max_wrong_answers: float = DEFAULT_MAX_WRONG,
    models: Mapping[Ranker, ConfidenceModel] | None = None,
    meanings: Meanings | None = None,
) -> KnowledgeBase:
    """Make any entries ready to be asked, with the shipped queues, places and signs.

    `meanings` are the vectors of these entries, in their order; without them words alone rank.
    """
    queues = shipped_queues()
    places = shipped_places()
    matcher = build_matcher(
        entries, shipped_concepts(), shipped_apart(), places=places.words, meanings=meanings
    )
    return KnowledgeBase(
        by_id={entry.id: entry for entry in entries},
        queues=queues,
        places=places,
        special=shipped_special(),
        sense=shipped_sense(),
        understanding=Understanding(
            queues=queues,
            matcher=matcher,
            topics=build_topics(queues.values(), entries, shipped_triggers()),
            confidence=(models or shipped_confidence())[matcher.ranker],
            max_wrong_answers=max_wrong_answers,
        ),
    )


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a file.

    Raises:
        ContentError: something in the file is no entry; every fault is named.
        OSError: the file cannot be read.
    """
    return entry_files.parse_entries(path.read_text(encoding="utf-8"), shipped_sources())


# The data files are reviewed like code and checked by tests, so their shape is trusted here.


@cache
def shipped_concepts() -> Concepts:
    """Return the words that mean the same."""
    return build_concepts(cast("dict[str, list[str]]", yaml_of("synonyms.yaml")))


@cache
def shipped_special() -> SpecialQueues:
    """Return the signs of messages for the restricted queues."""
    return build_special_queues(cast("SpecialRecords", yaml_of("special.yaml")))


@cache
def shipped_sense() -> Sense:
    """Return the weights that tell what messages for the restricted queues are like."""
    return parse_sense(text_of(SENSE), shipped_special().lexicon)


def shipped_triggers() -> Triggers:
    """Return the word beginnings that point to a queue."""
    return cast("Triggers", yaml_of("triggers.yaml"))


def shipped_confidence() -> Mapping[Ranker, ConfidenceModel]:
    """Return the confidence models that were fitted on the labelled questions."""
    return parse_models(text_of("confidence.json"))


@cache
def shipped_apart() -> Apart:
    """Return what keeps questions apart that share their words."""
    return build_apart(cast("ApartRecord", yaml_of("apart.yaml")))


def remembered(meaning: Meaning | None = None) -> Remembered | None:
    """Return the model of meaning with the vectors of the shipped entries, if it is installed."""
    model = meaning or load_meaning()
    if model is None:
        return None
    return Remembered(model=model, vectors=dict(parse_vectors(bytes_of(VECTORS))))
