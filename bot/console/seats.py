"""The trainings a conversation is about, as the asker's page shows them."""

from bot.console.site import Site
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Values
from handlers.domain.trainings import STANDING, Enrolment
from handlers.ports import UnitOfWork
from handlers.trainings import told_of
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """An enrolment with its training in words; `may_leave` while there is something to give up."""

    enrolment: Enrolment
    told: Values
    may_leave: bool


def seats_of(site: Site, uow: UnitOfWork, ticket: TicketId) -> tuple[SeatView, ...]:
    """Return what was registered in this conversation."""
    return tuple(_seat(site, uow, each) for each in uow.trainings.of_ticket(ticket))


def give_up(site: Site, uow: UnitOfWork, ticket: TicketId) -> None:
    """Give up what was registered in this conversation, before it begins."""
    for each in seats_of(site, uow, ticket):
        if each.may_leave:
            site.intake.enrolling.leave(uow, each.enrolment)


def _seat(site: Site, uow: UnitOfWork, enrolment: Enrolment) -> SeatView:
    calendar = site.intake.enrolling.calendar
    training = calendar.require(uow, enrolment.training).training
    is_ahead = training.is_ahead(site.clock.now())
    may_leave = is_ahead and enrolment.seat in STANDING
    return SeatView(enrolment=enrolment, told=told_of(training), may_leave=may_leave)
