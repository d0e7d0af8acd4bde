"""Talks: calls and visits that were held, with what the funder counts of them."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.domain.channels import Address, Channel
from handlers.domain.ids import ArticleId, ConsultantId, TicketId
from handlers.domain.tickets import ArticleKind
from knowledge_base.values import dataclass

SPOKEN: Final = frozenset({ArticleKind.CALL, ArticleKind.VISIT})
"""The kinds of articles that are talks."""

CHANNELS: Final = {ArticleKind.CALL: Channel.PHONE, ArticleKind.VISIT: Channel.VISIT}
"""How those reached us who are met in a talk first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is counted of a talk; `organisation` as it was said, `participants` how many came."""

    minutes: int | None = None
    participants: int | None = None
    place: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk: its article, which says what was advised, with the particulars."""

    article: ArticleId
    ticket: TicketId
    kind: ArticleKind
    consultant: ConsultantId
    held_at: datetime
    advice: str
    about: Particulars


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a consultant told of a talk; whatever was not said is empty.

    `municipalities` are official names: one is sure, of several somebody has to choose. `queue` is
    the topic's.
    """

    advice: str = ""
    name: str = ""
    address: Address | None = None
    municipalities: tuple[str, ...] = ()
    queue: str | None = None
    about: Particulars = Particulars()
    held_at: datetime | None = None

    @property
    def municipality(self) -> str | None:
        """The municipality, if only one may be meant."""
        return self.municipalities[0] if len(self.municipalities) == 1 else None


def overridden(told: Told, by: Told) -> Told:
    """Let what was given by name stand in place of what was read from a line."""
    return Told(
        advice=by.advice or told.advice,
        name=by.name or told.name,
        address=by.address or told.address,
        municipalities=by.municipalities or told.municipalities,
        queue=by.queue or told.queue,
        about=corrected(told.about, by.about),
        held_at=by.held_at or told.held_at,
    )


def corrected(about: Particulars, told: Particulars) -> Particulars:
    """Let what is told now stand in place of what was told before."""
    return replace(
        about,
        minutes=about.minutes if told.minutes is None else told.minutes,
        participants=about.participants if told.participants is None else told.participants,
        place=told.place or about.place,
        organisation=told.organisation or about.organisation,
    )
