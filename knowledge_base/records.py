"""Records: what public sources say of a municipality's councils and calls, with who checked when.

Unlike an entry, a record answers by its values alone: nobody writes its words, and a change of the
world is a new version of the record, not of the program.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from knowledge_base.values import dataclass

FORGOTTEN: Final = "***"
"""What stands where a name was that somebody had the right to have taken out."""


class CouncilKind(StrEnum):
    """The two councils of a municipality that organisations sit on; neither is its own council."""

    NVO = "nvo"
    BO = "bo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where a fact was seen, and by whom and when it was last found to be so."""

    source: str
    url: str | None = None
    checked_on: date
    checked_by: str | None = None

    def is_fresh(self, today: date, *, days: int) -> bool:
        """Whether the fact was checked within so many days."""
        return 0 <= (today - self.checked_on).days <= days


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a public role; an open end of the term is None."""

    name: str
    role: str = ""
    represents: str = ""
    since: date | None = None
    until: date | None = None

    def serves(self, today: date) -> bool:
        """Whether the term covers the day."""
        return (self.since is None or self.since <= today) and (
            self.until is None or today <= self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """Who sits on one council of a municipality."""

    municipality: str
    kind: CouncilKind
    members: tuple[Member, ...]
    seen: Seen

    @property
    def name(self) -> str:
        """What the versions of this record share."""
        return f"{self.kind}/{self.municipality}"

    def serving(self, today: date) -> tuple[Member, ...]:
        """Return the members whose term covers the day."""
        return tuple(member for member in self.members if member.serves(today))

    def is_current(self, today: date, *, days: int) -> bool:
        """Whether it may be told: checked lately, somebody's term runs, and no name is gone."""
        serving = self.serving(today)
        whole = all(member.name != FORGOTTEN for member in serving)
        return self.seen.is_fresh(today, days=days) and bool(serving) and whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A version of a council's statute; `sha256` names its file where we keep one."""

    municipality: str
    kind: CouncilKind
    title: str
    adopted_on: date
    url: str | None = None
    sha256: str | None = None
    file: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A funded measure; its number changes with every plan, its `id` never does."""

    id: str
    name: str
    funder: str
    contract: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    codes: tuple[tuple[int, str], ...] = ()
    partners: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    seen: Seen

    def code_in(self, year: int) -> str:
        """Return the measure's number in the plan of a year, or nothing."""
        return dict(self.codes).get(year, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A programme's invitation in one municipality; `id` is the same in all of them."""

    programme: str
    id: str
    title: str
    municipality: str
    opens_on: date | None = None
    closes_on: date
    withdrawn: bool = False
    seen: Seen

    @property
    def name(self) -> str:
        """What the versions of this record share."""
        return f"{self.programme}/{self.id}/{self.municipality}"

    def is_ahead(self, today: date) -> bool:
        """Whether one may still apply, now or later."""
        return not self.withdrawn and today <= self.closes_on

    def is_current(self, today: date, *, days: int) -> bool:
        """Whether it may be told: not over, and checked lately."""
        return self.is_ahead(today) and self.seen.is_fresh(today, days=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDomain:
    """The mail domain of a municipality's administration: `pavyzdys.lt`, no more than a hint."""

    domain: str
    municipality: str
    seen: Seen
