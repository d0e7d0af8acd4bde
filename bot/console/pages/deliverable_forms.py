"""The forms of what was promised to municipalities, read and carried out."""

from collections.abc import Mapping
from datetime import date

from bot.console.desk_views import visible
from bot.console.pages.trainings import official
from bot.console.site import Site
from handlers.delivering import Delivering, Step
from handlers.domain.channels import Attachment
from handlers.domain.deliverables import DeliverableKind, NewDeliverable, Progress
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ConsultantId, DeliverableId
from handlers.domain.people import Consultant
from handlers.domain.tickets import parse_reference
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

Form = Mapping[str, str]
_LONGEST = len("1000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableForms:
    """Reads what was typed; who may is judged by the use case."""

    site: Site
    delivering: Delivering

    def plan(self, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        """Plan a deliverable."""
        kinds = {kind.value for kind in DeliverableKind}
        if form.get("kind") not in kinds:
            raise InvalidError("not-text", field="kind")
        new = NewDeliverable(
            kind=DeliverableKind(form["kind"]),
            municipality=official(
                form.get("municipality", "").strip(), self.site.knowledge.current().places
            ),
            due_on=_day(form.get("due_on", "")),
            responsible=self._consultant(uow, form.get("responsible", "")),
            period=form.get("period", "").strip(),
        )
        self.delivering.plan(uow, new, who)

    def step(self, uow: UnitOfWork, who: Consultant, number: DeliverableId, form: Form) -> None:
        """Say how far it is; its file is the newest one of a ticket that is named."""
        states = {progress.value for progress in Progress}
        said = form.get("progress", "")
        reference = form.get("reference", "").strip()
        step = Step(
            progress=Progress(said) if said in states else None,
            due_on=_day(form["due_on"]) if form.get("due_on") else None,
            file=self._file(uow, who, reference) if reference else None,
            note=form.get("note"),
        )
        known = uow.deliverables.get(number)
        unmoved = step.due_on == known.due_on
        if unmoved:
            step = Step(progress=step.progress, file=step.file, note=step.note)
        self.delivering.step(uow, number, step, who)

    def _file(self, uow: UnitOfWork, who: Consultant, reference: str) -> Attachment:
        number = parse_reference(reference)
        ticket = visible(self.site, uow, who, number) if number is not None else None
        if ticket is None:
            raise NotFoundError("no-such-ticket", reference=reference)
        files = [file for row in uow.tickets.articles(ticket.id) for file in row.attachments]
        if not files:
            raise NotFoundError("no-such-file")
        return files[-1]

    def _consultant(self, uow: UnitOfWork, given: str) -> ConsultantId:
        known = {str(row.id): row.id for row in uow.consultants.rows() if row.active}
        if given not in known or len(given) > _LONGEST:
            raise InvalidError("not-working", field="responsible")
        return known[given]


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InvalidError("no-such-day", field="due_on", given=given) from None
