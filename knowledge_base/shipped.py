"""What comes with the program and can be read without deciding anything.

Kept apart from `files`: the command line needs the queues, and what decides brings numpy.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import NotRequired, TypedDict, cast

from knowledge_base.entries import Entry, Source
from knowledge_base.entry_files import parse_entries, parse_yaml
from knowledge_base.faults import ContentError, Fault, Severity, faults
from knowledge_base.municipalities import Places
from knowledge_base.queues import Queue


def shipped_entries() -> tuple[Entry, ...]:
    """Return the curated entries.

    Raises:
        ContentError: an entry has an error; warnings do not keep the program from starting.
    """
    entries = parse_entries(text_of("faq.yaml"), shipped_sources())
    errors = [fault for fault in content_faults(entries) if fault.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)
    return entries


def content_faults(entries: Sequence[Entry], today: date | None = None) -> list[Fault]:
    """Return the faults of entries that are to be used with the shipped queues and places."""
    return faults(
        entries,
        topics=shipped_queues().keys(),
        municipalities=shipped_places().names,
        today=today,
    )


# The data files are reviewed like code and checked by tests, so their shape is trusted here.


@cache
def shipped_sources() -> Mapping[str, Source]:
    """Return the register of sources."""
    records = cast("dict[str, dict[str, str]]", yaml_of("sources.yaml"))
    return {
        key: Source(id=key, title=record["title"], url=record.get("url"), date=record.get("date"))
        for key, record in records.items()
    }


@cache
def shipped_queues() -> Mapping[str, Queue]:
    """Return the queues, the restricted ones among them."""
    records = cast("dict[str, _QueueRecord]", yaml_of("queues.yaml"))
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
        for key, record in records.items()
    }


@cache
def shipped_places() -> Places:
    """Return the municipalities."""
    return Places(cast("list[dict[str, object]]", yaml_of("municipalities.yaml")))


class _QueueRecord(TypedDict):
    title: str
    public_title: NotRequired[str]
    restricted: NotRequired[bool]
    acknowledgement: NotRequired[str]
    needs: NotRequired[list[str]]
    examples: NotRequired[list[str]]


def yaml_of(name: str) -> object:
    return parse_yaml(text_of(name))


def text_of(name: str) -> str:
    return bytes_of(name).decode("utf-8")


def bytes_of(name: str) -> bytes:
    return resources.files("knowledge_base.content").joinpath(name).read_bytes()
