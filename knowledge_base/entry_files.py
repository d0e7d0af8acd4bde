"""Entries to YAML and back: what a file may say, and which mistake stands where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, TypeVar

import yaml

from knowledge_base.entries import Behaviour, Entry, Source, Status
from knowledge_base.faults import ContentError, Fault

_FORMAT: Final = 1
_ID: Final = re.compile(r"[a-z0-9-]+")
_TOP: Final = frozenset({"version", "language", "entries"})
_LANGUAGES: Final = ("en", "ru")
_REQUIRED: Final = ("id", "topic", "question", "answer", "sources")
_KEYS: Final = tuple(field.name for field in fields(Entry))


def _default(field: Field[object]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


_DEFAULTS: Final = {
    field.name: default for field in fields(Entry) if (default := _default(field)) is not MISSING
}
_ALWAYS_WRITTEN: Final = frozenset({"status", "behaviour"})

_Choice = TypeVar("_Choice", bound=StrEnum)


# libyaml reads ten times as fast; an installation built without it has the other.
_Safe: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[valid-type,misc]  # one of two, both safe
    """Leaves dates as text, so that a wrong one is named with its entry."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def parse_yaml(text: str) -> object:
    """Return the plain values of a YAML document.

    Raises:
        ContentError: the text is not YAML.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 -- it is a safe one
    except yaml.YAMLError as broken:
        raise ContentError([Fault(entry_id=None, reason=f"not YAML: {broken}")]) from broken


def parse_entries(text: str, sources: Mapping[str, Source]) -> tuple[Entry, ...]:
    """Return the entries of a YAML text, their source ids looked up in `sources`.

    Raises:
        ContentError: something in the text is no entry; every fault is named.
    """
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number, record in enumerate(_records(parse_yaml(text)), start=1):
        name = str(record.get("id") or f"entry {number}")
        try:
            entries.append(_Record(record, sources).entry())
        except ValueError as wrong:
            faults.append(Fault(entry_id=name, reason=str(wrong)))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            faults.append(Fault(entry_id=entry.id, reason="the id is used by more than one entry"))
        seen.add(entry.id)
    if faults:
        raise ContentError(faults)
    return tuple(entries)


def write_entries(path: Path, entries: Sequence[Entry]) -> None:
    """Write the entries so that reading the file gives them back."""
    path.write_text(dump_entries(entries), encoding="utf-8")


def dump_entries(entries: Sequence[Entry]) -> str:
    """Return the YAML text of the entries; what equals its default is left out."""
    document = {
        "version": _FORMAT,
        "language": "lt",
        "entries": [_plain(entry) for entry in entries],
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def _plain(entry: Entry) -> dict[str, object]:
    record: dict[str, object] = {}
    for key in _KEYS:
        value = getattr(entry, key)
        if key in _DEFAULTS and value == _DEFAULTS[key] and key not in _ALWAYS_WRITTEN:
            continue
        record[key] = _plain_value(value)
    return record


def _plain_value(value: object) -> object:
    match value:
        case tuple():
            return [item.id if isinstance(item, Source) else item for item in value]
        case StrEnum():
            return value.value
        case Mapping():
            return dict(value)
        case _:
            return value


def _records(document: object) -> list[dict[str, object]]:
    if not isinstance(document, dict):
        raise ContentError(
            [Fault(entry_id=None, reason="the file must hold version, language and entries")]
        )
    if unknown := sorted(str(key) for key in document if key not in _TOP):
        raise ContentError([Fault(entry_id=None, reason=f"unknown key {unknown[0]}")])
    if document.get("version") != _FORMAT:
        raise ContentError([Fault(entry_id=None, reason=f"version must be {_FORMAT}")])
    records = document.get("entries")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ContentError([Fault(entry_id=None, reason="entries must be a list of entries")])
    return records


class _Record:
    """One entry as it stands in a file; each reader raises ValueError with a sentence."""

    def __init__(self, record: Mapping[str, object], sources: Mapping[str, Source]) -> None:
        self._record = record
        self._sources = sources

    def entry(self) -> Entry:
        record = self._record
        if unknown := sorted(str(key) for key in record if key not in _KEYS):
            message = f"unknown key {unknown[0]}"
            raise ValueError(message)
        for key in _REQUIRED:
            if not record.get(key):
                message = f"{key} is missing"
                raise ValueError(message)
        return Entry(
            id=self._id(),
            topic=self._text("topic"),
            question=self._text("question"),
            answer=self._text("answer"),
            sources=tuple(self._source(source) for source in self._texts("sources")),
            variants=self._texts("variants"),
            family=self._optional_text("family"),
            grounding=self._optional_text("grounding"),
            act=self._optional_text("act"),
            status=self._choice("status", Status, Status.CURRENT),
            behaviour=self._choice("behaviour", Behaviour, Behaviour.ANSWER_OFFER_HUMAN),
            scope=self._scope(),
            valid_from=self._date("valid_from"),
            valid_to=self._date("valid_to"),
            checked_on=self._date("checked_on"),
            checked_by=self._optional_text("checked_by"),
            review_by=self._date("review_by"),
            approved_by=self._optional_text("approved_by"),
            note=self._optional_text("note"),
            translations=self._translations(),
            version=self._version(),
        )

    def _id(self) -> str:
        entry_id = self._text("id")
        if not _ID.fullmatch(entry_id):
            message = "id may hold only small letters, digits and hyphens"
            raise ValueError(message)
        return entry_id

    def _text(self, key: str) -> str:
        value = self._record[key]
        if not isinstance(value, str) or not value.strip():
            message = f"{key} must be a text"
            raise ValueError(message)
        return value.strip()

    def _optional_text(self, key: str) -> str | None:
        return self._text(key) if self._record.get(key) else None

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._record.get(key) or []
        if not isinstance(value, list) or not all(
            isinstance(item, str) and item.strip() for item in value
        ):
            message = f"{key} must be a list of texts"
            raise ValueError(message)
        return tuple(item.strip() for item in value)

    def _source(self, source: str) -> Source:
        return self._sources.get(source) or Source(id=source, title=source)

    def _scope(self) -> tuple[str, ...]:
        value = self._record.get("scope")
        return () if value is None or value == "all" else self._texts("scope")

    def _date(self, key: str) -> date | None:
        value = self._record.get(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            message = f"{key} must be a date like 2027-01-31"
            raise ValueError(message) from None

    def _choice(self, key: str, choices: type[_Choice], default: _Choice) -> _Choice:
        value = self._record.get(key, default)
        try:
            return choices(str(value))
        except ValueError:
            message = f"{key} must be one of {', '.join(choices)}"
            raise ValueError(message) from None

    def _translations(self) -> dict[str, str]:
        value = self._record.get("translations") or {}
        if not isinstance(value, dict) or not all(
            language in _LANGUAGES and isinstance(text, str) and text.strip()
            for language, text in value.items()
        ):
            message = f"translations must be texts by language: {', '.join(_LANGUAGES)}"
            raise ValueError(message)
        return {language: text.strip() for language, text in value.items()}

    def _version(self) -> int:
        value = self._record.get("version", 1)
        if type(value) is not int or value < 1:
            message = "version must be a whole number from 1"
            raise ValueError(message)
        return value
