"""What its owner does not get on with goes back: after long silence, or while they are away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from handlers.answers import MACHINE
from handlers.assigning import Assigning
from handlers.domain.events import Changed
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Stay, Ticket, TicketEvent
from handlers.placements import ASSIGNED, SUBSTITUTED, UNROUTED
from handlers.ports import UnitOfWork
from handlers.reactions import Reactions
from handlers.staffing import NewAbsence, QueueRule
from handlers.substitutes import Substitutes
from handlers.working_time import VILNIUS, WorkingTime, local_day
from knowledge_base.values import dataclass

_ALL = 10_000
_GIVEN = frozenset({"taken", ASSIGNED, SUBSTITUTED, UNROUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWatch:
    """Gives tickets back, each time once.

    - It counts only while the ball is with us: who waits for the asker is not silent.
    - Of an owner who is away it goes to who stands in, else to the queue. What they did today shows
      that they are there for it today; what somebody gave back to them stays.
    - Of an owner who did nothing for `usual` working time, or what the queue says, to the queue.
    - Nobody is told out of working hours, so nothing is given back then.
    """

    assigning: Assigning
    reactions: Reactions
    working_time: WorkingTime
    usual: timedelta

    def look(self, uow: UnitOfWork) -> int:
        """Give back what is due to be; return how much was."""
        now = self.assigning.clock.now()
        if not self.working_time.is_open(now):
            return 0
        rows = uow.tickets.rows(statuses=[Status.OPEN], limit=_ALL)
        owned = [ticket for ticket in rows if ticket.owner is not None]
        if not owned:
            return 0
        stays, rules = uow.tickets.stays(owned), uow.staffing.rules()
        absences = self.assigning.substitutes(uow)
        return sum(
            self._look_at(uow, ticket, stays[ticket.id], rules, absences)
            for ticket in reversed(owned)
        )

    def _look_at(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        stays: Sequence[Stay],
        rules: Mapping[str, QueueRule],
        absences: Substitutes,
    ) -> bool:
        if ticket.owner is None:
            return False
        absence = absences.of(ticket.owner, self.assigning.today)
        limit = self._limit(rules.get(ticket.queue))
        # Cheap first: whoever has had it for less than the limit need not be looked at closely.
        is_long = limit > timedelta() and self._worked(stays[-1].start) > limit
        if absence is None and not is_long:
            return False
        owner = uow.consultants.get(ticket.owner)
        acted = max(stays[-1].start, self._last_act(uow, ticket, owner))
        if absence is not None and not self._stays(uow, ticket, absence, acted):
            self._pass_on(uow, ticket, owner)
            return True
        if is_long and self._worked(acted) > limit:
            self._give_back(uow, ticket, owner, "owner_silent")
            return True
        return False

    def _stays(self, uow: UnitOfWork, ticket: Ticket, absence: NewAbsence, acted: datetime) -> bool:
        if local_day(acted) == self.assigning.today:
            return True
        began = datetime.combine(absence.first, time(), VILNIUS)
        events = uow.tickets.events(ticket.id)
        return any(event.type == UNROUTED and event.at >= began for event in events)

    def _limit(self, rule: QueueRule | None) -> timedelta:
        if rule is None or rule.release_hours is None:
            return self.usual
        return timedelta(hours=rule.release_hours)

    def _worked(self, since: datetime) -> timedelta:
        return self.working_time.between(since, self.assigning.clock.now())

    def _last_act(self, uow: UnitOfWork, ticket: Ticket, owner: Consultant) -> datetime:
        """Return when the owner last did anything about it, getting it included."""
        wrote = (row.at for row in uow.tickets.articles(ticket.id) if row.consultant == owner.id)
        did = (
            event.at
            for event in uow.tickets.events(ticket.id)
            if event.actor == owner.email or event.type in _GIVEN
        )
        return max([ticket.created_at, *wrote, *did])

    def _pass_on(self, uow: UnitOfWork, ticket: Ticket, owner: Consultant) -> None:
        choice = self.assigning.named(uow, ticket.queue, owner)
        if choice.owner is None:
            self._give_back(uow, ticket, owner, "owner_away")
            return
        reasons = (owner.email, choice.owner.email, choice.why)
        changed = replace(ticket, owner=choice.owner.id)
        self._change(uow, changed, owner, SUBSTITUTED, reasons, to=choice.owner.name)

    def _give_back(self, uow: UnitOfWork, ticket: Ticket, owner: Consultant, why: str) -> None:
        changed = replace(ticket, owner=None, status=Status.NEW)
        self._change(uow, changed, owner, "released", (why,), to="")

    def _change(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        owner: Consultant,
        event: str,
        reasons: tuple[str, ...],
        *,
        to: str,
    ) -> None:
        now = self.assigning.clock.now()
        saved = uow.tickets.save(ticket, at=now)
        line = TicketEvent(type=event, at=now, actor=MACHINE, reasons=reasons)
        uow.tickets.record(ticket.id, line)
        self.reactions.owe(uow, Changed(ticket=saved))
        silent = "yes" if "owner_silent" in reasons else "no"
        more = {"from": owner.name, "to": to, "silent": silent}
        once = f"released:{saved.id}:{saved.version}"
        self.reactions.staff_room.tell(uow, saved, Key.STAFF_RELEASED, once=once, more=more)
