"""What the pages need, given as plain parts; `bot.web` puts it together."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from bot.knowledge import Knowledge
from bot.status import RoleStatus
from bot.texts import Texts
from bot.units import Units
from handlers.access import Access
from handlers.answers import Answers
from handlers.closed_hours import closure_values
from handlers.deadlines import Deadlines
from handlers.desk import Desk
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Values
from handlers.domain.tickets import Ticket
from handlers.feedback import Feedback
from handlers.intake import Intake
from handlers.linking import Linking
from handlers.mentorship_views import MentorshipViews
from handlers.organisations import OrganisationCards
from handlers.particulars import Particulars
from handlers.people import PersonCards
from handlers.policy import Limit
from handlers.ports import Clock, FileStore, UnitOfWork
from handlers.staff import Staff
from handlers.staff_room import StaffRoom
from handlers.talking import Talking
from handlers.tokens import Claim, Purpose, Tokens
from handlers.working_time import WorkingTime, local_day
from knowledge_base.values import dataclass

Readiness = Callable[[], Mapping[str, RoleStatus]]
"""How the roles of this process are doing right now."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A request another channel receives through our web server."""

    body: bytes
    headers: Mapping[str, str]


Webhook = Callable[[Posted], Awaitable[int]]
"""Keeps what was posted and returns the HTTP status; a plain callable of its channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Who runs the desk, as the pages name it. `public_url` may be empty."""

    organisation: str
    public_url: str = ""
    privacy_url: str = ""
    mail_address: str = ""
    phone: str = ""
    sends_mail: bool = False
    has_telegram: bool = False
    keep_raw_days: int = 365

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us only over TLS."""
        return self.public_url.startswith("https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The parts behind the pages.

    `owed` is called after a write that may have owed messages, so that the relay wakes. `bot_link`
    tells where our bot is met, if Telegram can be asked.
    """

    house: House
    clock: Clock
    units: Units
    texts: Texts
    tokens: Tokens
    knowledge: Knowledge
    files: FileStore
    access: Access
    working_time: WorkingTime
    deadlines: Deadlines
    staff_room: StaffRoom
    answers: Answers
    intake: Intake
    feedback: Feedback
    particulars: Particulars
    person_cards: PersonCards
    desk: Desk
    staff: Staff
    talking: Talking
    limits: tuple[Limit, ...]
    owed: Callable[[], None]
    linking: Linking
    bot_link: Callable[[], Awaitable[str]]
    mentors: MentorshipViews
    organisation_cards: OrganisationCards

    def token(self, ticket: TicketId) -> str:
        """Return the secret of the asker's page."""
        return self.tokens.sign(Claim(Purpose.PAGE, ticket))

    def is_staffed(self, uow: UnitOfWork) -> bool:
        """Tell whether anybody at all is there to answer."""
        return bool(self.staff_room.chats) or any(
            one.active and one.queues for one in uow.consultants.rows()
        )

    def planned(self, uow: UnitOfWork, ticket: Ticket) -> date | None:
        """Return the day an answer is planned for; None while nobody serves the queue."""
        if not (uow.consultants.serving(ticket.queue) or self.staff_room.chats_of(ticket)):
            return None
        asked = [event.at for event in uow.tickets.events(ticket.id) if event.type in _ASKED]
        return self.working_time.expected(max(asked, default=ticket.created_at))

    def closure(self) -> Values:
        """Name the planned closure that keeps the desk closed now, if one does."""
        return closure_values(self.working_time, self.clock.now())

    def today(self) -> date:
        """Return the day it is in Lithuania."""
        return local_day(self.clock.now())


_ASKED = frozenset({"follow_up", "person_asked"})
