"""Organisations people ask for, and what kind of asker stands behind a question."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from handlers.domain.ids import OrganisationId, PersonId
from knowledge_base.values import dataclass

Journal: TypeAlias = Mapping[str, object]
"""What joining two cards changed, as its own database wrote it down, so that it can be undone."""


class AskerType(StrEnum):
    """Whom the funder counts apart."""

    COMMUNITY = "bendruomenine"
    NGO = "nvo"
    MUNICIPALITY = "savivaldybe"
    COUNCILLOR = "taryba"
    STATE = "valstybe"
    OTHER = "kita"


class LegalForm(StrEnum):
    """What the law calls it; those an NGO has are named, whatever else is other."""

    ASSOCIATION = "asociacija"
    PUBLIC_INSTITUTION = "viesoji-istaiga"
    CHARITY_FOUNDATION = "paramos-fondas"
    OTHER = "kita"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of an organisation.

    `code` is the nine digits of the register of legal entities; `municipality` an official name;
    `umbrella` the organisation it is a member of.
    """

    name: str
    kind: AskerType
    legal_form: LegalForm | None = None
    code: str | None = None
    municipality: str | None = None
    umbrella: OrganisationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Details):
    """Whom a person speaks for."""

    id: OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line in the history of a person's card or an organisation's; one of the two is named.

    `what` says what it became, or how to undo it.
    """

    type: str
    at: datetime
    actor: str
    person: PersonId | None = None
    organisation: OrganisationId | None = None
    what: Mapping[str, object] = field(default_factory=dict)
    undone_at: datetime | None = None
    id: int = 0
