"""Keep what municipalities were promised: what, by when, by whom, and the file in the end."""

from dataclasses import replace
from datetime import date

from handlers.access import STEERING
from handlers.domain.channels import Attachment
from handlers.domain.deliverables import OVER, Deliverable, NewDeliverable, Progress
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.ids import ConsultantId, DeliverableId
from handlers.domain.people import Consultant
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changes of a deliverable; what is None stays."""

    progress: Progress | None = None
    due_on: date | None = None
    responsible: ConsultantId | None = None
    file: Attachment | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """Tracks deliverables.

    - Those who steer plan them, move their day and choose who is responsible.
    - Who is responsible says how far it is and lays the file down.
    - Delivered is what has a file; every change is a version with its author.
    """

    clock: Clock

    def plan(self, uow: UnitOfWork, new: NewDeliverable, who: Consultant) -> Deliverable:
        """Plan a deliverable.

        Raises:
            NotAllowedError: only those who steer plan.
            InvalidError: who is to be responsible works here no more.
        """
        if not _steers(who):
            raise NotAllowedError("only-steering")
        _require_working(uow, new.responsible)
        return uow.deliverables.add(new, at=self.clock.now(), by=who.email)

    def step(
        self, uow: UnitOfWork, number: DeliverableId, step: Step, who: Consultant
    ) -> Deliverable:
        """Change a deliverable.

        Raises:
            NotFoundError: there is none.
            NotAllowedError: it is somebody else's, or only those who steer may.
            InvalidError: it is said to be delivered without a file.
            ConflictError: somebody was faster.
        """
        known = uow.deliverables.get(number)
        if not self.sees(who, known):
            raise NotAllowedError("not-responsible", number=str(number))
        if not _steers(who) and (step.due_on or step.responsible or step.progress is _DROPPED):
            raise NotAllowedError("only-steering")
        if step.responsible is not None:
            _require_working(uow, step.responsible)
        changed = replace(
            known,
            progress=step.progress or known.progress,
            due_on=step.due_on or known.due_on,
            responsible=step.responsible or known.responsible,
            file=step.file or known.file,
            note=known.note if step.note is None else step.note.strip(),
        )
        if changed.progress is Progress.DELIVERED and changed.file is None:
            raise InvalidError("no-file", field="file")
        if changed == known:
            return known
        return uow.deliverables.change(changed, at=self.clock.now(), by=who.email)

    def sees(self, who: Consultant, deliverable: Deliverable) -> bool:
        """Tell whether somebody may read and lead it: who is responsible, and those who steer."""
        return who.active and (_steers(who) or deliverable.responsible == who.id)

    def listing(
        self, uow: UnitOfWork, who: Consultant, today: date, *, over: bool
    ) -> list[Deliverable]:
        """List what somebody may see, the late first, then by day; `over` = what is done, too."""
        rows = [row for row in uow.deliverables.rows() if self.sees(who, row)]
        live = [row for row in rows if over or row.progress not in OVER]
        return sorted(live, key=lambda row: (not row.is_late(today), row.due_on, row.id))


_DROPPED = Progress.DROPPED


def _steers(who: Consultant) -> bool:
    return who.active and who.role in STEERING


def _require_working(uow: UnitOfWork, who: ConsultantId) -> None:
    if not uow.consultants.get(who).active:
        raise InvalidError("not-working", field="responsible")
