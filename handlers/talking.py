"""What the desk does by voice and in person, put together."""

from handlers.access import Access
from handlers.answers import Answers
from handlers.call_backs import CallBacks
from handlers.consultations import Consultations
from handlers.domain.tickets import Ticket
from handlers.inviting import Inviting
from handlers.missed_calls import MissedCalls
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.referring import Referring
from knowledge_base.text import Line
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    """Wishes to be called, calls in vain, talks that were held; `tries` bounds the second."""

    clock: Clock
    access: Access
    answers: Answers
    reactions: Reactions
    tries: int

    @property
    def call_backs(self) -> CallBacks:
        """Those who wish to be called."""
        working_time = self.reactions.working_time
        return CallBacks(clock=self.clock, working_time=working_time, reactions=self.reactions)

    @property
    def missed_calls(self) -> MissedCalls:
        """Those who were called and did not answer."""
        return MissedCalls(
            clock=self.clock,
            access=self.access,
            reactions=self.reactions,
            tries=self.tries,
        )

    @property
    def inviting(self) -> Inviting:
        """Visits that are agreed on."""
        return Inviting(clock=self.clock, access=self.access, reactions=self.reactions)

    @property
    def referring(self) -> Referring:
        """Matters that are shown to other bodies."""
        return Referring(clock=self.clock, access=self.access, reactions=self.reactions)

    def heed(self, uow: UnitOfWork, ticket: Ticket, said: Line) -> bool:
        """Do what an asker's words say about calls, or about showing their matter to others."""
        return self.call_backs.heed(uow, ticket, said) or self.referring.heed(uow, ticket, said)

    @property
    def consultations(self) -> Consultations:
        """Calls and visits that were held."""
        return Consultations(
            clock=self.clock, access=self.access, answers=self.answers, reactions=self.reactions
        )
