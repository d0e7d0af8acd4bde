"""Lines of CSV and YAML files, read value by value; whatever is wrong with one says why."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Generic, TypeVar

import yaml

from knowledge_base.municipalities import Places
from knowledge_base.records import Seen
from knowledge_base.text import fold
from knowledge_base.values import dataclass

T = TypeVar("T")

_COLUMNS: Final = {
    "savivaldybe": "municipality",
    "taryba": "council",
    "vardas": "name",
    "pareigos": "role",
    "atstovauja": "represents",
    "nuo": "from",
    "iki": "to",
    "saltinis": "source",
    "nuoroda": "url",
    "patikrinta": "checked_on",
    "patikrino": "checked_by",
    "priemone": "programme",
    "kvietimas": "call",
    "pavadinimas": "title",
    "atsauktas": "withdrawn",
    "marsrutas": "id",
    "tema": "topic",
    "vietove": "terrain",
    "klausejas": "asker",
    "kalba": "language",
    "programa": "programme",
    "eile": "queue",
    "konsultantas": "owner",
    "pirmumas": "order",
    "organizacija": "organisation",
    "mentorius": "mentor",
    "etapas": "phase",
    "poreikis": "need",
    "sudetingumas": "complexity",
    "budai": "modes",
    "valandos": "hours",
    "kas dienu": "every",
    "planas nuo": "plan_from",
    "stadija": "stage",
    "stadijos diena": "on",
    "sutartis": "contract",
    "darbas": "check",
    "terminas": "due",
    "padaryta": "done",
    "kodas": "id",
    "ciklas": "cycle",
    "dienos": "days",
    "pradzia": "begins",
    "pabaiga": "ends",
    "vieta": "place",
    "vietos": "seats",
    "apie": "about",
    "neivyks": "called_off",
    "sritis": "domain",
    "rusis": "kind",
    "teisine forma": "legal_form",
    "juridinio asmens kodas": "code",
    "imones kodas": "code",
    "sketine": "umbrella",
}
"""How people head their tables; without diacritics, as `fold` leaves them."""

_NOT_WORDS: Final = re.compile(r"[{}<>\x00-\x1f\x7f]")
"""A value is told verbatim: no braces (they name variables), no markup, no control characters."""


_YES: Final = frozenset({"yes", "taip", "true"})
_NO: Final = frozenset({"", "no", "ne", "false"})
_NAME: Final = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed(Generic[T]):
    """The records of a file by the line each begins at, and the lines that were refused."""

    records: Mapping[int, T]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line's values by column; what the file leaves out is empty."""

    line: int
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a value that may be missing.

        Raises:
            ValueError: it has signs that are no words.
        """
        value = " ".join(self.values.get(column, "").split(" ")).strip()
        if value and not is_words(value):
            raise ValueError(f"{column}: signs like < > {{ }} and line breaks are not taken")
        return value

    def need(self, column: str) -> str:
        """Return a value that must be there; raises ValueError as `text`."""
        value = self.text(column)
        if not value:
            raise ValueError(f"{column} is missing")
        return value

    def day(self, column: str) -> date | None:
        """Return a date that may be missing; raises ValueError when it is none."""
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{column}: {value} is no date; write it like 2026-03-01") from None

    def seen(self, today: date) -> Seen:
        """Return the source and the day of the check; raises ValueError without them."""
        source, checked_on = self.need("source"), self.day("checked_on")
        if checked_on is None:
            raise ValueError("checked_on is missing")
        if checked_on > today:
            raise ValueError(f"checked_on: {checked_on} has not come yet")
        return Seen(
            source=source,
            url=self.text("url") or None,
            checked_on=checked_on,
            checked_by=self.text("checked_by") or None,
        )

    def municipality(self, places: Places) -> str:
        """Return the official name; raises ValueError where no one municipality is meant."""
        return municipality_of(self.need("municipality"), places)

    def several(self, column: str) -> tuple[str, ...]:
        """Return the values between semicolons; raises ValueError as `text`."""
        return tuple(filter(None, (each.strip() for each in self.text(column).split(";"))))

    def name(self, column: str) -> str:
        """Return what a record is called by other records; raises ValueError when it is odd."""
        value = self.need(column)
        if not _NAME.fullmatch(value):
            raise ValueError(f"{column}: {value} needs small letters, digits and - only")
        return value

    def is_yes(self, column: str) -> bool:
        """Return yes or no, which is what an empty value means; raises ValueError otherwise."""
        said = self.text(column).lower()
        if said not in _YES | _NO:
            raise ValueError(f"{column}: {said} is neither yes nor no")
        return said in _YES

    def span(self, what: str) -> tuple[date | None, date | None]:
        """Return the days from and to; raises ValueError when they are the wrong way round."""
        first, last = self.day("from"), self.day("to")
        if first and last and last < first:
            raise ValueError(f"{what} ends before it begins")
        return first, last


def read_rows(text: str, *, is_yaml: bool) -> list[Row | Refused]:
    """Return the lines of a file as rows; a file that cannot be read is one refusal."""
    try:
        return list(_yaml_rows(text) if is_yaml else _csv_rows(text))
    except yaml.YAMLError as broken:
        mark = broken.problem_mark if isinstance(broken, yaml.MarkedYAMLError) else None
        return [Refused(line=mark.line + 1 if mark else 1, reason="this is not YAML")]
    except csv.Error as broken:
        return [Refused(line=1, reason=f"this is not CSV: {broken}")]


def is_words(value: str) -> bool:
    """Tell whether a value can be told verbatim, by any channel."""
    return bool(value.strip()) and _NOT_WORDS.search(value) is None


def municipality_of(said: str, places: Places) -> str:
    """Return the official name; raises ValueError where no one municipality is meant."""
    named = places.named(said)
    if len(named) == 1:
        return named[0].official
    if named:
        raise ValueError(f"{said}: either {' or '.join(place.official for place in named)}?")
    raise ValueError(f"{said}: no such municipality")


def _csv_rows(text: str) -> Iterator[Row | Refused]:
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True)
    columns = [_column(name) for name in next(reader, [])]
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            yield Refused(line=line, reason=f"{len(cells)} values under {len(columns)} columns")
            continue
        yield Row(line=line, values=dict(zip(columns, cells, strict=False)))


def _column(name: str) -> str:
    name = fold(name)
    return _COLUMNS.get(name, name.replace(" ", "_"))


def _yaml_rows(text: str) -> Iterator[Row | Refused]:
    """Read a list of mappings; a list of mappings inside one makes a row of each."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode):
        yield Refused(line=1, reason="a list is expected")
        return
    for item in root.value:
        line = item.start_mark.line + 1
        if not isinstance(item, yaml.MappingNode):
            yield Refused(line=line, reason="a mapping is expected")
            continue
        yield from _flat(item, line)


def _flat(item: yaml.MappingNode, line: int) -> Iterator[Row]:
    shared: dict[str, str] = {}
    children: list[yaml.MappingNode] = []
    for key, node in item.value:
        inner = node.value if isinstance(node, yaml.SequenceNode) else []
        rows = [each for each in inner if isinstance(each, yaml.MappingNode)]
        if rows:
            children += rows
        else:
            shared[_column(str(key.value))] = _words(node)
    for child in children:
        own = {_column(str(key.value)): _words(node) for key, node in child.value}
        yield Row(line=child.start_mark.line + 1, values={**shared, **own})
    if not children:
        yield Row(line=line, values=shared)


def _words(node: yaml.Node) -> str:
    """Write a scalar as it stands; a list or a mapping with semicolons between."""
    match node:
        case yaml.ScalarNode():
            return "" if node.tag.endswith(":null") else str(node.value)
        case yaml.SequenceNode():
            return "; ".join(map(_words, node.value))
        case yaml.MappingNode():
            return "; ".join(f"{_words(key)}: {_words(value)}" for key, value in node.value)
        case _:
            return ""
