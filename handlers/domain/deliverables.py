"""What a municipality is given by a day: an analysis, a review of its plan, a council's plan."""

from datetime import date, datetime
from enum import StrEnum

from handlers.domain.channels import Attachment
from handlers.domain.ids import ConsultantId, DeliverableId
from knowledge_base.values import dataclass


class DeliverableKind(StrEnum):
    """What it is."""

    ANALYSIS = "analysis"
    PLAN_REVIEW = "plan-review"
    COUNCIL_PLAN = "council-plan"


class Progress(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    STARTED = "started"
    DELIVERED = "delivered"
    DROPPED = "dropped"


OVER = frozenset({Progress.DELIVERED, Progress.DROPPED})
"""What nobody waits for any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeliverable:
    """A deliverable as it stands; `period` says of which years a plan is."""

    kind: DeliverableKind
    municipality: str
    due_on: date
    responsible: ConsultantId
    progress: Progress = Progress.PLANNED
    programme: str = ""
    period: str = ""
    note: str = ""
    file: Attachment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(NewDeliverable):
    """One version of it; the newest is in force."""

    id: DeliverableId
    version: int
    at: datetime
    by: str

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it was not given."""
        return self.progress not in OVER and self.due_on < today
