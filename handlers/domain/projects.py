"""Projects of organisations: the way from an application to the report, and what is due on it."""

from datetime import date, datetime
from enum import StrEnum

from handlers.domain.ids import CheckId, OrganisationId, ProjectId
from knowledge_base.values import dataclass


class Stage(StrEnum):
    """How far a project is; `DECLINED` = not selected, or given up."""

    APPLIED = "applied"
    SELECTED = "selected"
    CONTRACT = "contract"
    RUNNING = "running"
    REPORTED = "reported"
    DECLINED = "declined"


OVER = frozenset({Stage.REPORTED, Stage.DECLINED})
"""Stages after which nothing is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """A project about to be written down; `call` is the id of the call it answers, if known."""

    organisation: OrganisationId
    programme: str
    call: str = ""
    title: str
    contract: str = ""
    stage: Stage
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """An organisation's project under a programme; `stage_on` is the day it came so far."""

    id: ProjectId
    organisation: OrganisationId
    programme: str
    call: str
    title: str
    contract: str
    stage: Stage
    stage_on: date

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is due any more."""
        return self.stage in OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached:
    """A step of a project's way."""

    stage: Stage
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A line of a project's checklist; `told_for` is the due day somebody was reminded of."""

    id: CheckId
    project: ProjectId
    title: str
    due_on: date | None
    done_on: date | None = None
    told_for: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without it, or it was done after that."""
        return self.due_on is not None and (self.done_on or today) > self.due_on
