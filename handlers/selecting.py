"""Select municipalities or organisations for a programme, with a motivation and a reason."""

from collections.abc import Sequence
from typing import Final

from handlers.access import STEERING, Access
from handlers.askers import Askers
from handlers.domain.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from handlers.domain.ids import ApplicationId, OrganisationId, TicketId
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.people import Consultant
from handlers.domain.selection import (
    DECIDED,
    Application,
    Choice,
    Decision,
    NewApplication,
)
from handlers.domain.tickets import ArticleKind, TicketEvent
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

_FIRST: Final = (Choice.APPLIED, Choice.SELECTED, Choice.WAITING, Choice.DECLINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies: one of the two."""

    municipality: str | None = None
    organisation: OrganisationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An application as lists show it; `number` is the place on the waiting list, else nothing."""

    application: Application
    name: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selecting:
    """Takes applications and decides of them.

    - One applicant has one live application for a programme.
    - Those who steer decide, each time with a reason; another decision is written beside.
    - Who is selected or not is told where they applied from, with the reason. The waiting list
      is told its number; who moves up is decided by a person, never by a machine.
    """

    clock: Clock
    access: Access
    askers: Askers

    def apply(
        self,
        uow: UnitOfWork,
        applicant: Applicant,
        who: Consultant,
        *,
        programme: str,
        motivation: str = "",
        ticket: TicketId | None = None,
    ) -> Application:
        """Write an application down; the motivation may be what the ticket's question says.

        Raises:
            NotFoundError: there is no such programme.
            InvalidError: nobody applies, or without a motivation.
            ConflictError: the applicant has a live application.
            NotAllowedError: the ticket is not theirs to see.
        """
        if uow.programmes.programme(programme) is None:
            raise NotFoundError("no-such-programme", programme=programme)
        if (applicant.municipality is None) == (applicant.organisation is None):
            raise InvalidError("one-applicant", field="municipality")
        for other in uow.applications.rows(programme):
            if other.is_live and _applicant(other) == applicant:
                raise ConflictError("applied-already", number=str(other.id))
        if ticket is not None:
            self.access.require(who, uow.tickets.get(ticket))
        said = motivation.strip() or _asked(uow, ticket)
        if not said:
            raise InvalidError("no-words", field="motivation")
        added = uow.applications.add(
            NewApplication(
                programme=programme,
                municipality=applicant.municipality,
                organisation=applicant.organisation,
                motivation=said,
                ticket=ticket,
                at=self.clock.now(),
                by=who.email,
            )
        )
        self._record(uow, added, who, "selection_applied")
        return added

    def decide(
        self,
        uow: UnitOfWork,
        number: ApplicationId,
        choice: Choice,
        who: Consultant,
        *,
        reason: str,
    ) -> Application:
        """Select, put on the waiting list, or decline; the applicant is told.

        Raises:
            NotFoundError: there is no such application.
            NotAllowedError: only those who steer decide.
            InvalidError: there is no reason, or the application was withdrawn.
        """
        if not who.active or who.role not in STEERING:
            raise NotAllowedError("only-steering")
        if choice not in DECIDED:
            raise InvalidError("not-a-choice", field="choice", choice=choice.value)
        application = self._write(uow, number, choice, who, reason=reason)
        self._tell(uow, application)
        return application

    def withdraw(
        self, uow: UnitOfWork, number: ApplicationId, who: Consultant, *, reason: str
    ) -> Application:
        """Note that the applicant does not want it any more. Raises as `decide`."""
        return self._write(uow, number, Choice.WITHDRAWN, who, reason=reason)

    def listing(self, uow: UnitOfWork, who: Consultant, programme: str | None) -> list[Placed]:
        """List applications: what waits for a decision first, the waiting list in its order.

        Who does not steer sees those they wrote down and those of tickets they may see.
        """
        rows = [row for row in uow.applications.rows(programme) if self._sees(uow, who, row)]
        order = {choice: place for place, choice in enumerate(_FIRST)}
        rows.sort(key=lambda row: (row.programme, order.get(row.choice, len(order)), row.since))
        return [
            Placed(
                application=row,
                name=self.name(uow, row),
                number=waiting_number(uow.applications.rows(row.programme), row),
            )
            for row in rows
        ]

    def name(self, uow: UnitOfWork, application: Application) -> str:
        """Name the applicant."""
        if application.organisation is None:
            return application.municipality or ""
        return uow.organisations.get(application.organisation).name

    def _sees(self, uow: UnitOfWork, who: Consultant, row: Application) -> bool:
        if row.ticket is not None and not self.access.sees(who, uow.tickets.get(row.ticket)):
            return False
        return who.role in STEERING or row.by == who.email or row.ticket is not None

    def _write(
        self,
        uow: UnitOfWork,
        number: ApplicationId,
        choice: Choice,
        who: Consultant,
        *,
        reason: str,
    ) -> Application:
        application = uow.applications.get(number)
        if application.choice is Choice.WITHDRAWN:
            raise InvalidError("application-withdrawn", field="number", number=str(number))
        if application.ticket is not None:
            self.access.require(who, uow.tickets.get(application.ticket))
        if not reason.strip():
            raise InvalidError("no-words", field="reason")
        now = self.clock.now()
        decision = Decision(choice=choice, reason=reason.strip(), at=now, by=who.email)
        uow.applications.decide(number, decision)
        self._record(uow, application, who, f"selection_{choice}")
        return uow.applications.get(number)

    def _tell(self, uow: UnitOfWork, application: Application) -> None:
        if application.ticket is None:
            return
        programme = uow.programmes.programme(application.programme)
        number = waiting_number(uow.applications.rows(application.programme), application)
        values: Values = {
            "programme": programme.name if programme else application.programme,
            "choice": application.choice.value,
            "number": str(number or ""),
            "reason": application.reason,
            "applicant": self.name(uow, application),
        }
        ticket = uow.tickets.get(application.ticket)
        self.askers.tell(uow, ticket, Kind.NOTICE, Key.SELECTION_DECIDED, values)

    def _record(
        self, uow: UnitOfWork, application: Application, who: Consultant, event: str
    ) -> None:
        if application.ticket is not None:
            reasons = (application.programme,)
            line = TicketEvent(type=event, at=self.clock.now(), actor=who.email, reasons=reasons)
            uow.tickets.record(application.ticket, line)


def waiting_number(rows: Sequence[Application], application: Application) -> int | None:
    """Return the place on the waiting list of the programme; None without one."""
    waiting = sorted(
        (row for row in rows if row.choice is Choice.WAITING), key=lambda row: (row.since, row.id)
    )
    numbers = {row.id: place for place, row in enumerate(waiting, 1)}
    return numbers.get(application.id)


def _applicant(application: Application) -> Applicant:
    return Applicant(municipality=application.municipality, organisation=application.organisation)


def _asked(uow: UnitOfWork, ticket: TicketId | None) -> str:
    articles = uow.tickets.articles(ticket) if ticket is not None else ()
    asked = (row.text for row in articles if row.kind is ArticleKind.INBOUND)
    return next(asked, "").strip()
