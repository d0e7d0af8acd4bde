"""The shipped knowledge base: the curated entries and the data files beside them."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from knowledge_base import entry_files
from knowledge_base.decide import KnowledgeBase, build
from knowledge_base.entries import Entry, Source
from knowledge_base.entry_files import parse_yaml, write_entries
from knowledge_base.faults import ContentError, Fault, Severity, faults
from knowledge_base.queues import Queue

__all__ = [
    "ContentError",
    "Fault",
    "Severity",
    "faults",
    "load_shipped",
    "read_entries",
    "shipped_entries",
    "shipped_queues",
    "shipped_sources",
    "write_entries",
]


def load_shipped() -> KnowledgeBase:
    """Build the knowledge base that comes with the program."""
    return build(shipped_entries(), shipped_queues())


def shipped_entries() -> tuple[Entry, ...]:
    """Return the curated entries."""
    return entry_files.parse_entries(_text("faq.yaml"), shipped_sources())


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a file; raises as `entry_files.read_entries`."""
    return entry_files.read_entries(path, shipped_sources())


@cache
def shipped_sources() -> dict[str, Source]:
    """Return the register of sources."""
    document = parse_yaml(_text("sources.yaml"))
    return {
        key: Source(id=key, title=record["title"], url=record.get("url"), date=record.get("date"))
        for key, record in document["sources"].items()
    }


def shipped_queues() -> dict[str, Queue]:
    """Return the queues, the restricted ones among them."""
    document = parse_yaml(_text("queues.yaml"))
    return {
        key: Queue(
            id=key,
            title=record["title"],
            public_title=record.get("public_title", ""),
            restricted=record.get("restricted", False),
            acknowledgement=record.get("acknowledgement"),
            needs=tuple(record.get("needs", ())),
            examples=tuple(record.get("examples", ())),
        )
        for part in ("queues", "special_queues")
        for key, record in document[part].items()
    }


def _text(name: str) -> str:
    return files("knowledge_base.content").joinpath(name).read_text(encoding="utf-8")
