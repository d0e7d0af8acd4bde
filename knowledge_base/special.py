"""Messages that must reach named persons only: requests about personal data, and reports of harm.

Found by whole phrases, sentence by sentence, because one word („sutikimas“, „nebegaliu“) means
nothing alone, and the decisive sentence of a long letter often stands last.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge_base.text import fold

# A small letter after the break means an abbreviation or a line that a mail program wrapped.
_SENTENCE: Final = re.compile(r"(?:(?<=[.!?…])\s+|\s*[\r\n]+\s*)(?![a-ząčęėįšųūžа-яё])")
_MARKS: Final = re.compile(r"[„“”\"'«»()\[\]*_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One way such a message sounds; `unless` names the ordinary matters that sound alike."""

    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def is_in(self, sentence: str) -> bool:
        """Whether the folded sentence says it, and says nothing that makes it ordinary."""
        return self.says.search(sentence) is not None and (
            self.unless is None or self.unless.search(sentence) is None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialQueues:
    """The signs of each special queue, the more urgent queue first."""

    signs: Mapping[str, Sequence[Sign]]

    def find(self, text: str) -> str | None:
        """Return the special queue that some sentence of the message belongs to."""
        sentences = [_MARKS.sub("", fold(sentence)) for sentence in _SENTENCE.split(text)]
        for queue, signs in self.signs.items():
            if any(sign.is_in(sentence) for sentence in sentences for sign in signs):
                return queue
        return None


def build_special_queues(records: Mapping[str, Iterable[Mapping[str, str]]]) -> SpecialQueues:
    """Prepare the signs; `<name>` in a pattern stands for the one of that name under `words`."""
    words = {record["name"]: record["says"] for record in records["words"]}
    return SpecialQueues(
        signs={
            queue: tuple(_sign(record, words) for record in signs)
            for queue, signs in records.items()
            if queue != "words"
        }
    )


def _sign(record: Mapping[str, str], words: Mapping[str, str]) -> Sign:
    unless = record.get("unless")
    return Sign(
        says=re.compile(_spelled(record["says"], words)),
        unless=re.compile(_spelled(unless, words)) if unless else None,
    )


def _spelled(pattern: str, words: Mapping[str, str]) -> str:
    for name, spelled in words.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{spelled})")
    return pattern
