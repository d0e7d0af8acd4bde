"""An entry of the knowledge base: a question people ask, its answer, and when that may be given."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge_base.values import dataclass

VARIABLES: Final = frozenset({"mail_address", "phone", "organisation", "public_url"})
"""What an answer may leave to the channel that sends it: `{mail_address}` and the like."""

LITHUANIAN: Final = "lt"
"""The language of every answer."""

_VARIABLE: Final = re.compile(r"\{([^{}\s]*)\}")


class Status(StrEnum):
    """How far the fact of an entry can be trusted today."""

    CURRENT = "current"
    HISTORICAL = "historical"
    NEEDS_REVIEW = "needs_review"
    RETIRED = "retired"


class Behaviour(StrEnum):
    """What happens to the question when the entry matches."""

    ANSWER = "answer"
    ANSWER_OFFER_HUMAN = "answer_offer_human"
    ANSWER_AND_ROUTE = "answer_and_route"
    ROUTE = "route"

    @property
    def opens_ticket(self) -> bool:
        """Whether a person looks at the question even when the text was sent."""
        return self in {Behaviour.ANSWER_AND_ROUTE, Behaviour.ROUTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was seen; `date` is text because some sources have only a year."""

    id: str
    title: str
    url: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question with its answer, sources, validity and behaviour."""

    id: str
    topic: str
    question: str
    answer: str
    sources: tuple[Source, ...]
    variants: tuple[str, ...] = ()
    family: str | None = None
    grounding: str | None = None
    act: str | None = None
    status: Status = Status.CURRENT
    behaviour: Behaviour = Behaviour.ANSWER_OFFER_HUMAN
    scope: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    review_by: date | None = None
    approved_by: str | None = None
    note: str | None = None
    translations: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The answer in other languages (`en`, `ru`), each read by a person who knows the matter."""
    version: int = 1

    @property
    def utterances(self) -> tuple[str, ...]:
        """Every known way to ask, the entry's own question first."""
        return (self.question, *self.variants)

    @property
    def variables(self) -> frozenset[str]:
        """The names between braces in the answer and its translations, known or not."""
        texts = (self.answer, *self.translations.values())
        return frozenset(name for text in texts for name in _VARIABLE.findall(text))

    def is_due(self, today: date) -> bool:
        """Whether the fact holds on this day and its review has not been missed."""
        return (
            (self.valid_from is None or self.valid_from <= today)
            and (self.valid_to is None or today <= self.valid_to)
            and (self.review_by is None or today <= self.review_by)
        )

    def covers(self, municipality: str | None) -> bool:
        """Whether the answer is meant for an asker from this municipality."""
        return not self.scope or municipality in self.scope

    def may_answer(self, today: date, municipality: str | None) -> bool:
        """Whether the text may be sent as an answer on this day.

        - Only a `current` entry that is not a pure route answers.
        - Not before or after its validity, and not once its review is overdue.
        - An entry for certain municipalities answers only who is known to be from one of them.
        """
        return self.is_ever_sent and self.is_due(today) and self.covers(municipality)

    @property
    def is_ever_sent(self) -> bool:
        """Whether the text is an answer to anybody on any day."""
        return self.status is Status.CURRENT and self.behaviour is not Behaviour.ROUTE

    def speaks(self, language: str) -> bool:
        """Whether the answer can be read in this language, a translation reviewed."""
        return language == LITHUANIAN or language in self.translations

    def text(self, variables: Mapping[str, str], language: str = LITHUANIAN) -> str:
        """Return the answer with its variables filled in; Lithuanian where nothing is translated.

        Raises:
            KeyError: a variable of the answer is not given.
        """
        answer = self.translations.get(language, self.answer)
        return _VARIABLE.sub(lambda found: variables[found[1]], answer)
