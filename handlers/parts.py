"""Why a machine decided as it did, question by question, kept in a ticket's history.

The history holds one `decided` line and, for a letter with several questions, one `part` line for
each: a code, the question, then sentences and candidates.
"""

import re
from collections.abc import Iterable, Sequence

from handlers.domain.outgoing import Values
from handlers.domain.tickets import TicketEvent
from handlers.domain.verdicts import Verdict
from handlers.placements import placed_why
from knowledge_base.decisions import Candidate, Decision, Segment
from knowledge_base.values import dataclass

DECIDED = "decided"
PART = "part"
CHOSEN = "chosen"
UNTRANSLATED = "untranslated"
ANSWERED = "answered"
WAITS = "waits"
HELD_BACK = "held_back"
MOST = 5
"""More questions than this are not told apart (`knowledge_base.segments`)."""

_CANDIDATE = re.compile(r"([a-z0-9-]+): .+ \(\d+ %\)", re.DOTALL)
_SURELY_NOT = "(0 %)"
_SHOWN = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question of a letter; `candidates` read `id: question (34 %)`."""

    text: str
    is_answered: bool
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def entry(self) -> str:
        """The entry it was answered with, if a machine did."""
        return self.candidates[0].partition(":")[0] if self.is_answered and self.candidates else ""

    def may_mean(self, entry: str) -> bool:
        """Tell whether the entry is among the candidates worth showing."""
        return any(line.startswith(f"{entry}: ") for line in self.likely)

    @property
    def likely(self) -> tuple[str, ...]:
        """The candidates but those that surely are not meant."""
        return tuple(line for line in self.candidates if not line.endswith(_SURELY_NOT))


def decided_reasons(decision: Decision, *, held: bool) -> tuple[str, ...]:
    """Say what led to a decision: its kind, the reasons, the candidates, what held it back."""
    kind = type(decision).__name__.lower()
    lines = candidate_lines(decision.candidates)
    return (kind, *decision.reasons, *lines, *((HELD_BACK,) if held else ()))


def part_reasons(segment: Segment, *, is_answered: bool) -> tuple[str, ...]:
    """Say what led to the decision about one question of a letter."""
    code = ANSWERED if is_answered else WAITS
    return (code, segment.text, *segment.reasons, *candidate_lines(segment.candidates))


def candidate_lines(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Show the candidates the way a consultant reads them: id, question, probability."""
    return tuple(
        f"{candidate.entry_id}: {candidate.question} ({round(candidate.confidence * 100)} %)"
        for candidate in candidates
    )


def untranslated_reasons(said: Verdict) -> tuple[str, ...]:
    """Name the language we have no answer in, then the Lithuanian texts shown instead."""
    return (said.foreign, *(f"{told.entry.id}@{told.entry.version}" for told in said.originals))


def untranslated(events: Iterable[TicketEvent]) -> tuple[str, tuple[str, ...]]:
    """Read back the language and the ids of the entries shown in Lithuanian."""
    reasons = next((each.reasons for each in events if each.type == UNTRANSLATED), ())
    return next(iter(reasons), ""), tuple(each.partition("@")[0] for each in reasons[1:])


def parts_of(events: Iterable[TicketEvent]) -> tuple[Part, ...]:
    """Read a letter's questions back; one whose candidate was chosen since counts as answered."""
    events = tuple(events)
    chosen = {reason for event in events if event.type == CHOSEN for reason in event.reasons}
    # Erasing a person's data leaves the lines, but nothing in them.
    read = (_part(event.reasons) for event in events if event.type == PART and event.reasons)
    return tuple(
        Part(
            text=part.text,
            is_answered=part.is_answered or any(map(part.may_mean, chosen)),
            reasons=part.reasons,
            candidates=part.candidates,
        )
        for part in read
    )


def first_parts(events: Iterable[TicketEvent]) -> tuple[Part, ...]:
    """Read a letter's questions back as they were decided, whatever was chosen since."""
    return parts_of(event for event in events if event.type == PART)


def waiting(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the questions nobody has answered yet."""
    return tuple(part.text for part in parts if not part.is_answered)


def explained(events: Iterable[TicketEvent]) -> Values:
    """Return the values that tell consultants why; of a letter, question by question."""
    events = tuple(events)
    values: dict[str, str | int] = {}
    for number, part in enumerate(parts_of(events)[:MOST], 1):
        values[f"part{number}"] = shortened(part.text)
        values[f"part{number}_state"] = ANSWERED if part.is_answered else WAITS
        values[f"part{number}_candidates"] = "\n".join(part.likely[:2])
    if not values:
        values["why"] = "\n".join(why(events))
    return values


def why(events: Iterable[TicketEvent]) -> tuple[str, ...]:
    """Return in words what led to the first decision about a ticket, and to where it is."""
    events = tuple(events)
    decided = next((event for event in events if event.type == DECIDED), None)
    first = sentences(decided.reasons) if decided is not None else ()
    return (*first, *placed_why(events))


UNEXPLAINED: Values = {
    "why": "",
    **{f"part{number}": "" for number in range(1, MOST + 1)},
    **{f"part{number}_candidates": "" for number in range(1, MOST + 1)},
}
"""What takes such values away where they may not be read any longer."""


def sentences(reasons: Sequence[str]) -> tuple[str, ...]:
    """Return what is said in words: no codes and no candidates."""
    return tuple(
        reason for reason in reasons if " " in reason and _CANDIDATE.fullmatch(reason) is None
    )


def shortened(question: str) -> str:
    """Return a question as it is quoted back, not too long and in one line."""
    words = " ".join(question.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def _part(reasons: Sequence[str]) -> Part:
    code, text, *why = reasons
    candidates = tuple(line for line in why if _CANDIDATE.fullmatch(line))
    return Part(
        text=text,
        is_answered=code == ANSWERED,
        reasons=tuple(line for line in why if line not in candidates),
        candidates=candidates,
    )
