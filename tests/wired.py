"""The use cases wired on a real SQLite database, and ways to look at what they did."""
# ruff: noqa: ANN401 -- what is given is checked by the function it is given to

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.app import wire
from bot.hours_settings import HoursSettings
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.units import Units
from handlers.access import Access
from handlers.answers import Answers
from handlers.closing_calls import ClosingCalls
from handlers.commands import Command
from handlers.curation import Curation
from handlers.deadline_watch import DeadlineWatch
from handlers.deadlines import Deadlines
from handlers.deliveries import Deliveries
from handlers.desk import Desk
from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Kind, Outgoing
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Ticket, TicketEvent
from handlers.feedback import Feedback
from handlers.handling import Handling
from handlers.intake import Intake, Receipt
from handlers.linking import Linking
from handlers.policy import AutoAnswers
from handlers.ports import UnitOfWork
from handlers.privacy import Privacy
from handlers.reactions import Reactions
from handlers.reminders import Reminders
from handlers.routing import Routing
from handlers.staff import Staff
from handlers.staff_room import StaffChat
from handlers.talking import Talking
from handlers.tokens import Tokens
from handlers.training_watch import TrainingWatch
from knowledge_base.decide import KnowledgeBase
from knowledge_base.queues import SENSITIVE
from storage.database import SqlDatabase, open_sql_database
from tests.builders import TestClock, a_knowledge_base
from tests.databases import lay_schema
from tests.servers.loopback import HOST

T = TypeVar("T")

ORGANISATION: Final = "NVO konsultantai"
DESK_ADDRESS: Final = "konsultacijos@pagalba.lt"
STAFF_CHAT: Final = "-1001"
FRESH_CAPS: Final = {
    name: field.default
    for name, field in Settings.model_fields.items()
    if name.startswith("mail_auto_per_")
}
"""What holds automatic mail back in a fresh installation."""

SETTINGS: Final[Mapping[str, Any]] = {
    "organisation": ORGANISATION,
    "mail_address": DESK_ADDRESS,
    "public_url": "https://pagalba.lt",
    "secret_key": "key",
    "auto_answers": AutoAnswers.ON,
    "working_hours": "09:00-18:00",
    "answer_days": 2,
    "resolution_hours": 90,
    "targets": [{"queue": SENSITIVE, "resolution_hours": 0}],
    **dict.fromkeys(FRESH_CAPS, ""),
    "telegram_undo_seconds": 0,
}
"""Of a desk that answers, and whose automatic mail nothing holds back."""

ARCHIVED: Final[Mapping[str, Any]] = {
    "imap_host": HOST,
    "imap_user": DESK_ADDRESS,
    "mail_archive_folder": "Archyvas",
}
"""Of one that can look a sent mail up."""

_HOURS: Final = HoursSettings.model_validate(SETTINGS)
HOURS: Final = _HOURS.working_time
TARGETS: Final = _HOURS.deadlines
OPENS, CLOSES = _HOURS.office_hours


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed to whom; `values` do not count when debts are compared."""

    kind: Kind
    to: str
    key: str
    values: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(slots=True, kw_only=True)
class WiredDesk:
    """The use cases on one database, and a few ways to look at what they did."""

    database: SqlDatabase
    clock: TestClock
    tokens: Tokens
    access: Access
    reactions: Reactions
    answers: Answers
    routing: Routing
    intake: Intake
    feedback: Feedback
    desk: Desk
    talking: Talking
    staff: Staff
    linking: Linking
    handling: Handling
    deliveries: Deliveries
    closing: ClosingCalls
    training_watch: TrainingWatch
    curation: Curation
    privacy: Privacy
    reminders: Reminders
    deadlines: Deadlines
    deadline_watch: DeadlineWatch
    _seen: int = 0

    def do(self, work: Callable[[UnitOfWork], T]) -> T:
        """Work in a unit of work and commit it."""
        with self.database.begin() as uow:
            done = work(uow)
            uow.commit()
        return done

    def receive(self, message: Prepared) -> Receipt:
        """File a message."""
        return self.do(lambda uow: self.intake.receive(uow, message))

    def ticket_of(self, message: Prepared) -> Ticket:
        """File a message and return its ticket."""
        ticket = self.receive(message).ticket
        assert ticket is not None
        return ticket

    def carry_out(self, command: Command) -> Receipt:
        """Carry out what a channel asks."""
        return self.do(lambda uow: self.handling.carry_out(uow, command))

    def hire(self, email: str = "rasa@pagalba.lt", **given: Any) -> Consultant:
        """Add a consultant; the welcome has arrived and does not count as new."""
        default: dict[str, Any] = {"name": "Rasa Rasaitė"}
        values = {**default, **given}
        hired = self.do(lambda uow: self.staff.add(uow, email=email, **values))
        self.deliver_all()
        self.new_debts()
        return hired

    def ticket(self, ticket: Ticket | TicketId) -> Ticket:
        """Return a ticket as it is now."""
        number = ticket.id if isinstance(ticket, Ticket) else ticket
        return self.do(lambda uow: uow.tickets.get(number))

    def tickets(self) -> Sequence[Ticket]:
        """List the tickets, the newest first."""
        return self.do(lambda uow: uow.tickets.rows())

    def articles(self, ticket: Ticket) -> Sequence[Article]:
        """List the thread of a ticket."""
        return self.do(lambda uow: uow.tickets.articles(ticket.id))

    def thread(self, ticket: Ticket) -> list[tuple[str, str]]:
        """List kind and words of a ticket's articles."""
        return [(article.kind.value, article.text) for article in self.articles(ticket)]

    def events(self, ticket: Ticket) -> Sequence[TicketEvent]:
        """List the history of a ticket."""
        return self.do(lambda uow: uow.tickets.events(ticket.id))

    def history(self, ticket: Ticket) -> list[str]:
        """List what happened to a ticket."""
        return [event.type for event in self.events(ticket)]

    def new_debts(self) -> list[Debt]:
        """List what came to be owed since this was asked last."""
        path = self.database.data_dir / "helpdesk.db"
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(
                'SELECT id, kind, "to", key, "values" FROM outbox WHERE id > ? ORDER BY id',
                (self._seen,),
            ).fetchall()
        self._seen = max((row[0] for row in rows), default=self._seen)
        return [Debt(Kind(row[1]), row[2], row[3], json.loads(row[4])) for row in rows]

    def claim(self, kind: Kind | None = None) -> Outgoing:
        """Lease the oldest debt, of a kind if one is named, once those before it have arrived."""
        while True:
            with self.database.begin() as uow:
                claimed = self._lease(uow)
                wanted = [each for each in claimed if kind is None or each.kind is kind]
                for other in claimed:
                    if wanted and other is not wanted[0]:
                        uow.outbox.release(other.id, fence=other.fence)
                    elif not wanted:
                        self.deliveries.delivered(uow, other, sent_as(other.id))
                uow.commit()
            if wanted or not claimed:
                return wanted[0]

    def deliver_all(self) -> None:
        """Let every debt arrive, as `sent-<id>`."""
        claimed = True
        while claimed:
            with self.database.begin() as uow:
                messages = self._lease(uow)
                for message in messages:
                    self.deliveries.delivered(uow, message, sent_as(message.id))
                uow.commit()
            claimed = bool(messages)

    def _lease(self, uow: UnitOfWork) -> Sequence[Outgoing]:
        return uow.outbox.claim(
            now=self.clock.now(), lease=timedelta(minutes=1), limit=100, channels=Channel
        )


def sent_as(debt: int) -> str:
    """Return the external id `WiredDesk.deliver_all` gives a debt."""
    return f"<sent-{debt}@pagalba.lt>"


@contextmanager
def a_desk(folder: Path, **given: Any) -> Iterator[WiredDesk]:
    """Open a desk on an SQLite database in the folder."""
    lay_schema(folder)
    with open_sql_database(None, folder) as database:
        yield wired(database, **given)


def wired(
    database: SqlDatabase,
    *,
    clock: TestClock | None = None,
    chats: Sequence[StaffChat] = (),
    sends_mail: bool = True,
    **given: Any,
) -> WiredDesk:
    """Wire the use cases as `bot.app` does, with the four entries and what settings are given."""
    clock = clock or TestClock()
    settings = Settings(
        data_dir=database.data_dir,
        smtp_host=HOST if sends_mail else "",
        telegram_token="12:token" if chats else None,
        staff_chats=[asdict(each) for each in chats],
        **{**SETTINGS, **given},
    )
    app = wire(
        settings,
        clock=clock,
        database=database,
        units=Units(
            begin=database.begin,
            begin_reading=database.begin_reading,
            writers=ThreadPoolExecutor(1),
            readers=ThreadPoolExecutor(1),
        ),
        knowledge=_FourEntries(begin_reading=database.begin_reading, max_wrong_answers=0.02),
    )
    return WiredDesk(
        database=database,
        clock=clock,
        tokens=app.tokens,
        access=app.access,
        reactions=app.desk.reactions,
        answers=app.intake.answers,
        routing=app.routing,
        intake=app.intake,
        feedback=app.feedback,
        desk=app.desk,
        talking=app.talking,
        staff=app.staff,
        linking=app.handling.linking,
        handling=app.handling,
        deliveries=app.deliveries,
        closing=app.closing,
        training_watch=TrainingWatch(enrolling=app.intake.enrolling),
        curation=app.curation,
        privacy=app.privacy,
        reminders=app.reminders,
        deadlines=app.deadlines,
        deadline_watch=app.deadline_watch,
    )


class _FourEntries(Knowledge):
    """Never reads the database: there is a knowledge base for every test."""

    def __post_init__(self) -> None:
        """Do without the model of meaning."""

    def current(self) -> KnowledgeBase:
        return a_knowledge_base()
