"""Records told as answers: their values verbatim, in sentences kept beside the entries."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, TypedDict, cast

from knowledge_base.entries import LITHUANIAN, Behaviour, Entry, Source
from knowledge_base.entry_files import parse_yaml
from knowledge_base.municipalities import Place
from knowledge_base.records import Council, CouncilKind, Member, Seen, Statute
from knowledge_base.text import tokens

QUEUES: Final = {CouncilKind.NVO: "nvo-tarybos", CouncilKind.BO: "bo-atstovavimas"}
"""Which queue a question about a council belongs to."""


class _Term(TypedDict):
    both: str
    since: str
    until: str


class _CouncilWords(TypedDict):
    question: str
    names: dict[str, dict[str, str]]
    text: dict[str, str]
    term: dict[str, _Term]
    statute: dict[str, str]


def council_id(kind: CouncilKind, place: Place) -> str:
    """Return the id under which a council's record answers."""
    return f"registras-{kind.value}-{_slug(place)}"


def council_of(entry_id: str, places: Sequence[Place]) -> tuple[CouncilKind, Place] | None:
    """Return the council of an id, if it is one's."""
    return next(
        (
            (kind, place)
            for kind in CouncilKind
            for place in places
            if entry_id == council_id(kind, place)
        ),
        None,
    )


def council_entry(
    council: Council, place: Place, statutes: Sequence[Statute], *, version: int, today: date
) -> Entry:
    """Tell who serves on the council today, and by which statute."""
    words = _words()["council"]
    names = words["names"][council.kind]
    texts = {
        language: "\n".join(
            [
                head.format(municipality=place.name, council=names[language]),
                *(f"– {_member(each, words['term'][language])}" for each in council.serving(today)),
                *(_statute(each, words["statute"][language]) for each in statutes[-1:]),
            ]
        )
        for language, head in words["text"].items()
    }
    question = words["question"].format(council=names[LITHUANIAN], municipality=place.name)
    return _entry(
        id=council_id(council.kind, place),
        topic=QUEUES[council.kind],
        question=question,
        texts=texts,
        seen=[council.seen],
        version=version,
    )


def _member(member: Member, words: _Term) -> str:
    since, until = member.since, member.until
    if since and until:
        term = words["both"].format(since=since, until=until)
    elif since:
        term = words["since"].format(since=since)
    else:
        term = words["until"].format(until=until) if until else ""
    about = ", ".join(filter(None, (member.role, member.represents, term)))
    return f"{member.name} ({about})" if about else member.name


def _statute(statute: Statute, words: str) -> str:
    told = words.format(title=statute.title, adopted_on=statute.adopted_on)
    return f"{told} {statute.url}" if statute.url else told


def _entry(
    *,
    id: str,  # noqa: A002 -- the field's name
    topic: str,
    question: str,
    texts: dict[str, str],
    seen: Sequence[Seen],
    version: int,
) -> Entry:
    """Make the entry that answers; approved is what every record of it has a checker for."""
    checkers = {each.checked_by for each in seen}
    return Entry(
        id=id,
        topic=topic,
        question=question,
        answer=texts[LITHUANIAN],
        translations={each: text for each, text in texts.items() if each != LITHUANIAN},
        sources=tuple(
            dict.fromkeys(Source(id=each.source, title=each.source, url=each.url) for each in seen)
        ),
        behaviour=Behaviour.ANSWER_OFFER_HUMAN,
        checked_on=min(each.checked_on for each in seen),
        approved_by=None if None in checkers else ", ".join(sorted(filter(None, checkers))),
        version=version,
    )


def _slug(place: Place) -> str:
    return "-".join(tokens(place.official))


class _AllWords(TypedDict):
    council: _CouncilWords


@cache
def _words() -> _AllWords:
    """Read the sentences; they are reviewed like code and checked by tests."""
    text = resources.files("knowledge_base.content").joinpath("local_answers.yaml")
    return cast("_AllWords", parse_yaml(text.read_text(encoding="utf-8")))
