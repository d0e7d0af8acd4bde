"""The use cases wired on a real SQLite database, and ways to look at what they did."""
# ruff: noqa: ANN401 -- what is given is checked by the function it is given to

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from handlers.access import Access
from handlers.answers import Answers
from handlers.askers import Askers
from handlers.assigning import Assigning
from handlers.choices import Choices
from handlers.closing_calls import ClosingCalls
from handlers.commands import Command
from handlers.curation import Curation
from handlers.deadline_watch import DeadlineWatch
from handlers.deadlines import Deadlines, Target, Targets
from handlers.deliveries import Backoff, Deliveries
from handlers.desk import Desk
from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Kind, Outgoing
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Ticket, TicketEvent
from handlers.enrolling import Enrolling
from handlers.feedback import Feedback
from handlers.handling import Handling
from handlers.intake import Intake, Receipt
from handlers.linking import Linking
from handlers.local_answers import LocalAnswers
from handlers.member_trainings import MemberTrainings
from handlers.members import Members
from handlers.particulars import Particulars
from handlers.policy import AutoAnswers, MailCaps
from handlers.ports import UnitOfWork
from handlers.privacy import Privacy
from handlers.programmes import Funding
from handlers.reactions import Reactions
from handlers.registry import MunicipalRegistry
from handlers.reminders import Reminders
from handlers.routing import Routing
from handlers.staff import Staff
from handlers.staff_room import StaffChat, StaffRoom
from handlers.talking import Talking
from handlers.tokens import Claim, Purpose, Tokens
from handlers.training_watch import TrainingWatch
from handlers.trainings import TrainingCalendar
from handlers.working_time import WorkingTime
from knowledge_base.files import shipped_queues
from knowledge_base.queues import SENSITIVE
from storage.database import SqlDatabase, open_sql_database
from tests.builders import TestClock, a_knowledge_base
from tests.databases import lay_schema

T = TypeVar("T")

OPENS: Final = time(9)
CLOSES: Final = time(18)
HOURS: Final = WorkingTime(opens=OPENS, closes=CLOSES, answer_days=2)
ORGANISATION: Final = "NVO konsultantai"
DESK_ADDRESS: Final = "konsultacijos@pagalba.lt"
STAFF_CHAT: Final = "-1001"
TARGETS: Final = Targets(
    usual=Target(reply=timedelta(hours=18), resolution=timedelta(hours=90)),
    queues={SENSITIVE: Target(reply=timedelta(hours=4), resolution=timedelta())},
)
NO_CAPS: Final = MailCaps(per_address=(), per_ticket=(), per_domain=())


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


def wired(  # noqa: PLR0913 -- each is one wish of a test
    database: SqlDatabase,
    *,
    clock: TestClock | None = None,
    mode: AutoAnswers = AutoAnswers.ON,
    chats: Sequence[StaffChat] = (),
    sends_mail: bool = True,
    caps: MailCaps = NO_CAPS,
    reopen_within: timedelta = timedelta(days=30),
    working_time: WorkingTime = HOURS,
    archived: frozenset[Channel] = frozenset(),
) -> WiredDesk:
    """Wire the use cases the way `bot.app` does, with the four entries."""
    clock = clock or TestClock()
    queues = shipped_queues()
    access = Access(queues)
    tokens = Tokens((b"key",))
    linking = Linking(clock=clock, sends_mail=sends_mail, has_telegram=bool(chats))
    reactions = Reactions(
        clock=clock,
        invite=linking.invite,
        working_time=working_time,
        askers=Askers(
            clock=clock,
            sends_mail=sends_mail,
            caps=caps,
            is_restricted=access.is_restricted,
            page=lambda ticket: f"https://pagalba.lt/t/{tokens.sign(Claim(Purpose.PAGE, ticket))}",
        ),
        staff_room=StaffRoom(clock=clock, access=access, chats=tuple(chats), sends_mail=sends_mail),
    )
    variables = {"mail_address": DESK_ADDRESS, "phone": "", "organisation": ORGANISATION}
    variables["public_url"] = ""
    registry = MunicipalRegistry(clock=clock, places=lambda: a_knowledge_base().places, days=180)
    funding = Funding(clock=clock, places=registry.places, days=30)
    answers = Answers(
        clock=clock,
        knowledge=a_knowledge_base,
        mode=mode,
        variables=dict.fromkeys(Channel, variables),
        local=LocalAnswers(places=registry.places, registry=registry, funding=funding),
    )
    routing = Routing(assigning=Assigning(clock=clock, access=access), places=registry.places)
    feedback = Feedback(clock=clock, answers=answers, reactions=reactions, routing=routing)
    particulars = Particulars(clock=clock, queues=queues, reactions=reactions, routing=routing)
    closing = ClosingCalls(clock=clock, funding=funding, askers=reactions.askers)
    calendar = TrainingCalendar(clock=clock, places=registry.places)
    enrolling = Enrolling(calendar=calendar, askers=reactions.askers)
    talking = Talking(clock=clock, access=access, answers=answers, reactions=reactions, tries=3)
    intake = Intake(
        clock=clock,
        answers=answers,
        feedback=feedback,
        heed=talking.heed,
        reactions=reactions,
        closing=closing,
        particulars=particulars,
        enrolling=enrolling,
        reopen_within=reopen_within,
    )
    deadlines = Deadlines(clock=clock, working_time=working_time, targets=TARGETS)
    desk = Desk(
        clock=clock,
        access=access,
        queues=queues,
        organisation=ORGANISATION,
        reactions=reactions,
        routing=routing,
    )
    staff = Staff(clock=clock, queues=queues, reactions=reactions, sends_mail=sends_mail)
    return WiredDesk(
        database=database,
        clock=clock,
        tokens=tokens,
        access=access,
        reactions=reactions,
        answers=answers,
        routing=routing,
        intake=intake,
        feedback=feedback,
        desk=desk,
        talking=talking,
        staff=staff,
        linking=linking,
        handling=Handling(
            clock=clock,
            intake=intake,
            feedback=feedback,
            desk=desk,
            talking=talking,
            staff=staff,
            members=Members(
                clock=clock,
                files=database.files,
                privacy=Privacy(clock=clock, keep_raw=timedelta(days=365)),
                reactions=reactions,
                call_backs=talking.call_backs,
                choices=Choices(
                    clock=clock,
                    places=lambda: a_knowledge_base().places.officials,
                    particulars=particulars,
                    reactions=reactions,
                ),
                trainings=MemberTrainings(enrolling=enrolling),
            ),
            linking=linking,
            particulars=particulars,
            deadlines=deadlines,
        ),
        closing=closing,
        training_watch=TrainingWatch(enrolling=enrolling),
        deliveries=Deliveries(
            clock=clock,
            backoff=Backoff(),
            settle=timedelta(minutes=1),
            reactions=reactions,
            archived=archived,
        ),
        curation=Curation(clock=clock),
        privacy=Privacy(clock=clock, keep_raw=timedelta(days=365)),
        reminders=Reminders(
            clock=clock,
            silence=timedelta(days=14),
            close_after=timedelta(days=21),
            warning=timedelta(days=7),
            reactions=reactions,
        ),
        deadlines=deadlines,
        deadline_watch=DeadlineWatch(
            clock=clock, deadlines=deadlines, room=reactions.staff_room, before=timedelta(hours=3)
        ),
    )
