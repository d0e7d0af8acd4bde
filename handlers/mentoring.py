"""Mentorships: who accompanies which organisation, by which plan, and what came of it."""

from collections.abc import Sequence
from datetime import date

from handlers.access import STEERING
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.ids import MentorRequestId, MentorshipId, ResultId
from handlers.domain.mentorships import (
    Contact,
    MentorRequest,
    Mentorship,
    NewMentorRequest,
    NewMentorship,
    NewResult,
    Plan,
    RequestState,
    Result,
)
from handlers.domain.outgoing import Key, Values
from handlers.domain.people import Consultant
from handlers.ports import Clock, UnitOfWork
from handlers.rhythm import net
from handlers.staff_notices import StaffNotices
from handlers.staff_readers import steering
from handlers.working_time import local_day
from knowledge_base.values import dataclass

_DAY = 24 * 60
_LONGEST_RHYTHM = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentoring:
    """What is done with mentorships.

    - Those who steer assign and end; a mentor plans and records in mentorships of their own, others
      do not see them. Any consultant may ask for a mentor.
    - An organisation has one mentor at a time in one phase of one programme.
    - A plan is assessed anew, never rewritten; what was achieved may be told more exactly later.
    """

    clock: Clock
    notices: StaffNotices

    @property
    def today(self) -> date:
        """The day in Lithuania."""
        return local_day(self.clock.now())

    # Seeing -----------------------------------------------------------------------------------

    def sees(self, who: Consultant, mentorship: Mentorship) -> bool:
        """Tell whether a consultant may read a mentorship and write in it."""
        return who.active and (who.role in STEERING or mentorship.mentor == who.id)

    def mentorship(self, uow: UnitOfWork, number: MentorshipId, who: Consultant) -> Mentorship:
        """Return a mentorship.

        Raises:
            NotAllowedError: it is another mentor's.
        """
        found = uow.mentorships.get(number)
        if not self.sees(who, found):
            raise NotAllowedError("mentorship-not-yours", id=str(number))
        return found

    def rows(
        self, uow: UnitOfWork, who: Consultant | None = None, *, over: bool = False
    ) -> Sequence[Mentorship]:
        """List those a consultant, if named, may see; those over only if they are wanted."""
        mine = None if who is None or who.role in STEERING else who.id
        found = uow.mentorships.rows(mentor=mine)
        return [each for each in found if over or not each.is_over(self.today)]

    # Steering ---------------------------------------------------------------------------------

    def assign(
        self,
        uow: UnitOfWork,
        new: NewMentorship,
        who: Consultant,
        *,
        request: MentorRequestId | None = None,
    ) -> Mentorship:
        """Put a mentor beside an organisation, perhaps because one was asked for.

        Raises:
            InvalidError: it cannot be: days, programme, another mentor, a request settled before.
            NotAllowedError: only those who steer assign.
        """
        _require_steering(who)
        self.check(uow, new)
        added = uow.mentorships.add(new)
        if request is not None:
            self._settle(uow, request, who, RequestState.GRANTED, added)
        self._tell_assigned(uow, added)
        return added

    def check(self, uow: UnitOfWork, new: NewMentorship) -> None:
        """Refuse what cannot be assigned.

        Raises:
            InvalidError: the days, the programme or the mentor are wrong, or there is one already.
        """
        if new.ends_on is not None and new.ends_on < new.starts_on:
            raise InvalidError("ends-before-it-begins", field="to")
        if not new.source.strip():
            raise InvalidError("no-words", field="source")
        if uow.programmes.programme(new.programme) is None:
            raise InvalidError("no-such-programme", field="programme", programme=new.programme)
        if not uow.consultants.get(new.mentor).active:
            raise InvalidError("no-such-consultant", field="mentor")
        last = new.ends_on or date.max
        for other in uow.mentorships.claim(new.organisation):
            alike = (other.programme, other.phase) == (new.programme, new.phase)
            if alike and other.starts_on <= last and not other.is_over(new.starts_on):
                raise InvalidError("mentored-already", field="organisation", id=str(other.id))

    def end(
        self, uow: UnitOfWork, number: MentorshipId, who: Consultant, *, on: date
    ) -> Mentorship:
        """Write down the last day of a mentorship.

        Raises:
            InvalidError: it has not begun by then, or was over before.
            NotAllowedError: only those who steer end one.
        """
        _require_steering(who)
        found = uow.mentorships.get(number)
        if on < found.starts_on:
            raise InvalidError("ends-before-it-begins", field="on")
        if found.is_over(self.today):
            raise InvalidError("mentorship-over", field="on", id=str(number))
        uow.mentorships.end(number, on=on)
        return uow.mentorships.get(number)

    # The mentor's work ------------------------------------------------------------------------

    def plan(self, uow: UnitOfWork, plan: Plan, who: Consultant) -> Plan:
        """Write down the need, and how it is met from a day on.

        Raises:
            InvalidError: words, ways, hours or rhythm are missing or impossible.
        """
        self._open(uow, plan.mentorship, who)
        refuse_impossible(plan)
        uow.mentorships.put_plan(plan)
        return plan

    def record(
        self, uow: UnitOfWork, number: MentorshipId, contact: Contact, who: Consultant
    ) -> None:
        """Write down time given to the organisation; less than none takes back what was too much.

        Raises:
            InvalidError: no such time can have been given.
        """
        found = self.mentorship(uow, number, who)
        given = net(uow.mentorships.contacts(number)).get(contact.on, 0)
        if contact.minutes == 0 or not 0 <= given + contact.minutes <= _DAY:
            raise InvalidError("impossible-number", field="minutes")
        if contact.on > self.today or not found.lasts(contact.on):
            raise InvalidError("not-within-mentorship", field="on", id=str(number))
        uow.mentorships.add_contact(number, contact, at=self.clock.now(), by=who.email)

    def expect(self, uow: UnitOfWork, new: NewResult, who: Consultant) -> Result:
        """Plan a result.

        Raises:
            InvalidError: it has no words.
        """
        self._open(uow, new.mentorship, who)
        if not new.planned.strip():
            raise InvalidError("no-words", field="planned")
        return uow.mentorships.add_result(new)

    def achieve(
        self, uow: UnitOfWork, number: ResultId, who: Consultant, *, achieved: str, on: date
    ) -> Result:
        """Say what was reached of what was planned.

        Raises:
            InvalidError: it has no words, or the day has not come.
        """
        result = uow.mentorships.result(number)
        self.mentorship(uow, result.mentorship, who)
        if not achieved.strip():
            raise InvalidError("no-words", field="achieved")
        if on > self.today:
            raise InvalidError("day-to-come", field="on")
        uow.mentorships.achieve(number, achieved=achieved.strip(), on=on, by=who.email)
        return uow.mentorships.result(number)

    # Requests ---------------------------------------------------------------------------------

    def ask(self, uow: UnitOfWork, new: NewMentorRequest, who: Consultant) -> MentorRequest:
        """Write down that an organisation wants a mentor, and tell those who steer.

        Raises:
            InvalidError: the programme is unknown, or no reason is given.
            NotAllowedError: the ticket is not this consultant's to see, or is restricted.
        """
        if not new.reason.strip():
            raise InvalidError("no-words", field="reason")
        if uow.programmes.programme(new.programme) is None:
            raise InvalidError("no-such-programme", field="programme", programme=new.programme)
        if new.ticket is not None:
            ticket = uow.tickets.get(new.ticket)
            access = self.notices.room.access
            access.require(who, ticket)
            if access.is_restricted(ticket.queue):
                raise NotAllowedError("ticket-not-yours", reference=ticket.reference)
        asked = uow.mentor_requests.add(new)
        values = {**_about(uow, asked), "by": who.name}
        once = f"mentor-asked:{asked.id}"
        self.notices.tell(uow, steering(uow), Key.STAFF_MENTOR_ASKED, values, once=once)
        return asked

    def decline(self, uow: UnitOfWork, number: MentorRequestId, who: Consultant) -> MentorRequest:
        """Settle a request without a mentor.

        Raises:
            InvalidError: it was settled before.
            NotAllowedError: only those who steer settle one.
        """
        _require_steering(who)
        self._settle(uow, number, who, RequestState.DECLINED, None)
        return uow.mentor_requests.get(number)

    def requests(self, uow: UnitOfWork, who: Consultant) -> Sequence[MentorRequest]:
        """List the open requests a consultant may see: those who steer all, others their own."""
        rows = uow.mentor_requests.rows(state=RequestState.ASKED)
        return [row for row in rows if who.role in STEERING or row.asked_by == who.email]

    def _open(self, uow: UnitOfWork, number: MentorshipId, who: Consultant) -> None:
        if self.mentorship(uow, number, who).is_over(self.today):
            raise InvalidError("mentorship-over", field="mentorship", id=str(number))

    def _settle(
        self,
        uow: UnitOfWork,
        number: MentorRequestId,
        who: Consultant,
        state: RequestState,
        mentorship: Mentorship | None,
    ) -> None:
        request = uow.mentor_requests.get(number)
        if mentorship is not None and mentorship.organisation != request.organisation:
            raise InvalidError("other-organisation", field="request", id=str(number))
        done = uow.mentor_requests.settle(
            number,
            state,
            at=self.clock.now(),
            by=who.email,
            mentorship=mentorship.id if mentorship else None,
        )
        if not done:
            raise InvalidError("request-settled", field="request", id=str(number))

    def _tell_assigned(self, uow: UnitOfWork, added: Mentorship) -> None:
        if added.is_over(self.today):
            return
        values = {**_about(uow, added), "starts_on": added.starts_on.isoformat()}
        mentor, once = [uow.consultants.get(added.mentor)], f"mentor-assigned:{added.id}"
        self.notices.tell(uow, mentor, Key.STAFF_MENTOR_ASSIGNED, values, once=once)


def refuse_impossible(plan: Plan) -> None:
    """Refuse a plan nobody can follow.

    Raises:
        InvalidError: words, ways, hours or rhythm are missing or impossible.
    """
    if not plan.need.strip():
        raise InvalidError("no-words", field="need")
    if not plan.modes:
        raise InvalidError("no-modes", field="mode")
    if not 0 < plan.minutes_a_month <= 31 * _DAY:
        raise InvalidError("impossible-number", field="hours")
    if not 0 < plan.every_days <= _LONGEST_RHYTHM:
        raise InvalidError("impossible-number", field="every")


def _require_steering(who: Consultant) -> None:
    if not who.active or who.role not in STEERING:
        raise NotAllowedError("only-steering")


def _about(uow: UnitOfWork, what: Mentorship | MentorRequest) -> Values:
    known = uow.programmes.programme(what.programme)
    return {
        "organisation": uow.organisations.get(what.organisation).name,
        "programme": known.name if known else what.programme,
        "phase": what.phase.value,
    }
