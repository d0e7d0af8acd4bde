"""Records from files: every line is taken or refused, and a refusal says why."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeVar

from knowledge_base.municipalities import Places
from knowledge_base.record_rows import Parsed, Refused, Row, municipality_of
from knowledge_base.records import Call, Council, CouncilKind, MailDomain, Member, Programme, Seen
from knowledge_base.text import fold

T = TypeVar("T")

_DOMAIN: Final = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)


def parse_councils(rows: Sequence[Row | Refused], places: Places, today: date) -> Parsed[Council]:
    """Return the councils of a file, one row a member.

    A council is taken whole or not at all: with one of its members refused, the rest would be told
    as if they were everybody.
    """
    refused = [row for row in rows if isinstance(row, Refused)]
    found: dict[tuple[str, CouncilKind], list[tuple[Row, Member, Seen]]] = {}
    broken: set[tuple[str, CouncilKind]] = set()
    for row in rows:
        if isinstance(row, Refused):
            continue
        key = None
        try:
            key = row.municipality(places), _kind(row)
            known = found.setdefault(key, [])
            member, seen = _member(row), row.seen(today)
            _agree(member, seen, known)
            known.append((row, member, seen))
        except ValueError as wrong:
            refused.append(Refused(line=row.line, reason=str(wrong)))
            if key is not None:
                broken.add(key)
    for key in broken:
        why = f"{key[0]}, {key[1].value}: another line of this council is refused"
        refused += [Refused(line=row.line, reason=why) for row, _, _ in found.pop(key, [])]
    councils = {
        rows[0][0].line: Council(
            municipality=municipality,
            kind=kind,
            members=tuple(member for _, member, _ in rows),
            seen=rows[0][2],
        )
        for (municipality, kind), rows in found.items()
    }
    return Parsed(records=councils, refused=tuple(sorted(refused, key=lambda each: each.line)))


def parse_programmes(
    rows: Sequence[Row | Refused], places: Places, today: date
) -> Parsed[Programme]:
    """Return the programmes of a file, one row each; lists are written with semicolons."""
    return each_row(rows, lambda row: _programme(row, places, today), lambda each: each.id)


def parse_calls(rows: Sequence[Row | Refused], places: Places, today: date) -> Parsed[Call]:
    """Return the calls of a file, one row for each municipality."""
    return each_row(rows, lambda row: _call(row, places, today), lambda each: each.name)


def parse_domains(rows: Sequence[Row | Refused], places: Places, today: date) -> Parsed[MailDomain]:
    """Return the mail domains of a file, one row each."""
    return each_row(rows, lambda row: _domain(row, places, today), lambda each: each.domain)


def each_row(
    rows: Sequence[Row | Refused], read: Callable[[Row], T], name: Callable[[T], str]
) -> Parsed[T]:
    """Return the records of a file, one row each; of two of one name the second is refused."""
    refused = [row for row in rows if isinstance(row, Refused)]
    records: dict[int, T] = {}
    lines: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Refused):
            continue
        try:
            record = read(row)
        except ValueError as wrong:
            refused.append(Refused(line=row.line, reason=str(wrong)))
            continue
        first = lines.setdefault(name(record), row.line)
        if first == row.line:
            records[row.line] = record
        else:
            refused.append(Refused(line=row.line, reason=f"it is in line {first} already"))
    return Parsed(records=records, refused=tuple(sorted(refused, key=lambda each: each.line)))


def _programme(row: Row, places: Places, today: date) -> Programme:
    starts_on, ends_on = row.span("the programme")
    return Programme(
        id=row.name("id"),
        name=row.need("name"),
        funder=row.need("funder"),
        contract=row.text("contract"),
        starts_on=starts_on,
        ends_on=ends_on,
        codes=tuple(sorted(_code(each) for each in row.several("codes"))),
        partners=row.several("partners"),
        municipalities=tuple(
            municipality_of(each, places) for each in row.several("municipalities")
        ),
        seen=row.seen(today),
    )


def _call(row: Row, places: Places, today: date) -> Call:
    opens_on, closes_on = row.span("the call")
    if closes_on is None:
        raise ValueError("to is missing: the day it closes")
    return Call(
        programme=row.name("programme"),
        id=row.name("call"),
        title=row.need("title"),
        municipality=row.municipality(places),
        opens_on=opens_on,
        closes_on=closes_on,
        withdrawn=row.is_yes("withdrawn"),
        seen=row.seen(today),
    )


def _domain(row: Row, places: Places, today: date) -> MailDomain:
    domain = row.need("domain").lower().removeprefix("@")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError(f"domain: {domain} is none; write it like pavyzdys.lt")
    return MailDomain(domain=domain, municipality=row.municipality(places), seen=row.seen(today))


def _code(said: str) -> tuple[int, str]:
    year, _, code = said.partition(":")
    if not _YEAR.fullmatch(year.strip()) or not code.strip():
        raise ValueError(f"codes: write {said} like 2025: 2.1.1.1")
    return int(year), code.strip()


def _kind(row: Row) -> CouncilKind:
    said = row.need("council")
    try:
        return CouncilKind(said.lower())
    except ValueError:
        raise ValueError(f"council: {said} is neither nvo nor bo") from None


def _member(row: Row) -> Member:
    since, until = row.span("the term")
    return Member(
        name=row.need("name"),
        role=row.text("role"),
        represents=row.text("represents"),
        since=since,
        until=until,
    )


def _agree(member: Member, seen: Seen, known: Sequence[tuple[Row, Member, Seen]]) -> None:
    for row, other, its in known:
        if its != seen:
            raise ValueError(f"source or check differs from line {row.line} of the same council")
        if fold(other.name) == fold(member.name) and _overlap(other, member):
            raise ValueError(f"{member.name} is in line {row.line} already")


def _overlap(one: Member, other: Member) -> bool:
    return (one.until or date.max) >= (other.since or date.min) and (other.until or date.max) >= (
        one.since or date.min
    )
