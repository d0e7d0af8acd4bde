"""Values with defaults and a wired desk on a real database, so that a test names what it is about."""

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from handlers.access import Access
from handlers.answers import Answers
from handlers.askers import Askers
from handlers.commands import Command
from handlers.curation import Curation
from handlers.deliveries import Backoff, Deliveries
from handlers.desk import Desk, Words
from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.ids import ConsultantId, OutboxId, TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Key, Kind, Outgoing
from handlers.domain.people import Consultant, Role
from handlers.domain.tickets import Article, Ticket, TicketEvent
from handlers.feedback import Feedback
from handlers.handling import Handling
from handlers.intake import Intake, Receipt
from handlers.policy import AutoAnswers, MailCaps
from handlers.ports import UnitOfWork
from handlers.privacy import Privacy
from handlers.reactions import Reactions
from handlers.reminders import Reminders
from handlers.staff import Staff
from handlers.staff_room import StaffChat, StaffRoom
from handlers.tokens import Claim, Purpose, Tokens
from handlers.working_time import WorkingTime
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Candidate, Decision, Suggestions, Unsure
from knowledge_base.entries import Behaviour, Entry, Source
from knowledge_base.files import build, shipped_queues
from knowledge_base.language import Language
from knowledge_base.queues import GENERAL
from storage.database import SqlDatabase, open_sql_database

T = TypeVar("T")

NOON: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday, 14:00 in Vilnius: somebody is at the desk."""

OPENS: Final = time(9)
CLOSES: Final = time(18)
ORGANISATION: Final = "NVO konsultantai"
DESK_ADDRESS: Final = "konsultacijos@pagalba.lt"
STAFF_CHAT: Final = "-1001"
NO_CAPS: Final = MailCaps(per_address=(), per_ticket=(), per_domain=())

_numbers = itertools.count(1)


@dataclass(slots=True)
class TestClock:
    """A clock that stands until a test moves it."""

    __test__ = False

    at: datetime = NOON

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.at

    def move(self, **by: float) -> None:
        """Go forward by a `timedelta` of these."""
        self.at += timedelta(**by)


# What we know ---------------------------------------------------------------------------------


def an_entry(**given: Any) -> Entry:
    """Build an entry that may be answered on any day, everywhere."""
    default = Entry(
        id="nvo-zyma",
        topic="steigimas",
        question="Kas yra NVO žyma?",
        answer="NVO žyma rodo, kad juridinis asmuo atitinka NVO įstatymą.",
        sources=(Source(id="zyma", title="Registrų centras", date="2024"),),
        behaviour=Behaviour.ANSWER_OFFER_HUMAN,
        approved_by="Rasa",
    )
    return replace(default, **given)


MARK: Final = an_entry()
COUNCIL: Final = an_entry(
    id="nvo-taryba",
    topic="nvo-tarybos",
    question="Kas yra NVO taryba?",
    answer="NVO taryba patariamoji. Rašykite mums: {mail_address}.",
    sources=(Source(id="taryba", title="NVO plėtros įstatymas"),),
)
CALL: Final = an_entry(
    id="kvietimas",
    topic="priemone-paraiskos",
    question="Kada skelbiamas kvietimas?",
    answer="Kvietimą skelbia savivaldybė. Klausimą perduodame konsultantui.",
    behaviour=Behaviour.ANSWER_AND_ROUTE,
)
UNAPPROVED: Final = an_entry(
    id="savanoriai",
    topic="savanoryste",
    question="Ar reikia savanoriškos veiklos sutarties?",
    answer="Sutartis rašoma, kai savanoris to prašo.",
    approved_by=None,
)
ENTRIES: Final = (MARK, COUNCIL, CALL, UNAPPROVED)


@cache
def a_knowledge_base() -> KnowledgeBase:
    """Build the knowledge base of the four entries."""
    return build(ENTRIES)


def an_answer(*entries: Entry, **given: Any) -> Decision:
    """Decide that these entries answer the question."""
    chosen = entries or (MARK,)
    default = Answer(
        segments=(),
        language=Language.LT,
        municipality=None,
        queue=chosen[0].topic,
        reasons=("sure",),
        candidates=tuple(a_candidate(entry) for entry in chosen),
        entries=chosen,
        text="",
    )
    return replace(default, **given)


def suggestions(*entries: Entry, **given: Any) -> Decision:
    """Decide that the asker may mean one of these entries."""
    offered = entries or (MARK, COUNCIL)
    default = Suggestions(
        segments=(),
        language=Language.LT,
        municipality=None,
        queue=offered[0].topic,
        reasons=("near",),
        candidates=tuple(a_candidate(entry, confidence=0.4) for entry in offered),
        offered=offered,
    )
    return replace(default, **given)


def unsure(queue: str = GENERAL, **given: Any) -> Decision:
    """Decide that a person must look."""
    default = Unsure(
        segments=(),
        language=Language.LT,
        municipality=None,
        queue=queue,
        reasons=("nothing near",),
        candidates=(),
    )
    return replace(default, **given)


def a_candidate(entry: Entry = MARK, confidence: float = 0.93) -> Candidate:
    """Build a candidate for an entry."""
    return Candidate(
        entry_id=entry.id, question=entry.question, score=0.8, confidence=confidence
    )


# What comes in --------------------------------------------------------------------------------


def mail_of(value: str) -> Address:
    """Name a mail address."""
    return Address(Channel.MAIL, value)


ONA: Final = mail_of("ona@bendruomene.lt")


def a_mail(text: str = "Kaip įkurti bendruomenę?", **given: Any) -> Prepared:
    """Build a prepared mail of somebody who asks something nobody knows."""
    default = Prepared(
        channel=Channel.MAIL,
        sender=ONA,
        sender_name="Ona Onaitė",
        subject="Klausimas",
        text=text,
        full_text=text,
        external_id=f"<{next(_numbers)}@bendruomene.lt>",
        received_at=NOON,
        decision=unsure(),
    )
    return replace(default, **given)


def a_telegram_message(text: str = "Kaip įkurti bendruomenę?", **given: Any) -> Prepared:
    """Build a prepared message from a private chat."""
    default: dict[str, Any] = {
        "channel": Channel.TELEGRAM,
        "sender": Address(Channel.TELEGRAM, "77"),
        "subject": "",
        "external_id": f"77:{next(_numbers)}",
    }
    return a_mail(text, **{**default, **given})


def a_web_question(text: str = "Kaip įkurti bendruomenę?", **given: Any) -> Prepared:
    """Build a prepared question from the ask page, without an e-mail address."""
    number = next(_numbers)
    default: dict[str, Any] = {
        "channel": Channel.WEB,
        "sender": Address(Channel.WEB, f"web-{number}"),
        "sender_name": "",
        "subject": "",
        "external_id": f"form:{number}",
    }
    return a_mail(text, **{**default, **given})


def a_file(name: str = "įstatai.pdf", **given: Any) -> Attachment:
    """Build an attachment."""
    default = Attachment(sha256="0" * 64, name=name, content_type="application/pdf", size=3)
    return replace(default, **given)


# What goes out --------------------------------------------------------------------------------


def an_outgoing(**given: Any) -> Outgoing:
    """Build a debt under a lease, ready to be rendered."""
    default = Outgoing(
        id=OutboxId(1),
        fence=1,
        kind=Kind.ACKNOWLEDGEMENT,
        channel=Channel.MAIL,
        to=ONA.value,
        key=Key.ACKNOWLEDGEMENT,
        values={"reference": "NVO-1"},
        language="lt",
        at=NOON,
        attempts=1,
        doubts=0,
        ticket=TicketId(1),
        article=None,
        subject="Klausimas",
        thread=(),
        topic=None,
        attachments=(),
        rendered=None,
        external_id=None,
    )
    return replace(default, **given)


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed to whom; `values` do not count when debts are compared."""

    kind: Kind
    to: str
    key: str
    values: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


# A desk ---------------------------------------------------------------------------------------


def a_consultant(**given: Any) -> Consultant:
    """Build a consultant of the general queue who was never stored."""
    default = Consultant(
        id=ConsultantId(1),
        name="Rasa Rasaitė",
        email="rasa@pagalba.lt",
        telegram=None,
        role=Role.CONSULTANT,
        signature="",
        active=True,
        queues=frozenset({GENERAL}),
    )
    return replace(default, **given)


def words(text: str = "Taip, galite.", **given: Any) -> Words:
    """Build what a consultant says."""
    return replace(Words(text=text, channel=Channel.COMMAND), **given)


@dataclass(slots=True, kw_only=True)
class WiredDesk:
    """The use cases on one database, and a few ways to look at what they did."""

    database: SqlDatabase
    clock: TestClock
    tokens: Tokens
    access: Access
    reactions: Reactions
    answers: Answers
    intake: Intake
    feedback: Feedback
    desk: Desk
    staff: Staff
    handling: Handling
    deliveries: Deliveries
    curation: Curation
    privacy: Privacy
    reminders: Reminders
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
        """Add a consultant; what is owed for it does not count as new."""
        default: dict[str, Any] = {"name": "Rasa Rasaitė"}
        values = {**default, **given}
        hired = self.do(lambda uow: self.staff.add(uow, email=email, **values))
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
        with sqlite3.connect(self.database.data_dir / "helpdesk.db") as connection:
            rows = connection.execute(
                'SELECT id, kind, "to", key, "values" FROM outbox WHERE id > ? ORDER BY id',
                (self._seen,),
            ).fetchall()
        connection.close()
        self._seen = max((row[0] for row in rows), default=self._seen)
        return [Debt(Kind(row[1]), row[2], row[3], json.loads(row[4])) for row in rows]

    def claim(self, kind: Kind | None = None) -> Outgoing:
        """Lease the oldest debt, of a kind if one is named; the others are left as they were."""
        now = self.clock.now()
        with self.database.begin() as uow:
            claimed = uow.outbox.claim(
                now=now, lease=timedelta(minutes=1), limit=100, channels=Channel
            )
            wanted = [each for each in claimed if kind is None or each.kind is kind]
            for other in claimed:
                if other is not wanted[0]:
                    uow.outbox.release(other.id, fence=other.fence)
            uow.commit()
        return wanted[0]

    def deliver_all(self) -> None:
        """Let every debt arrive, as `sent-<id>`."""
        while True:
            with self.database.begin() as uow:
                claimed = uow.outbox.claim(
                    now=self.clock.now(),
                    lease=timedelta(minutes=1),
                    limit=100,
                    channels=Channel,
                )
                for each in claimed:
                    self.deliveries.delivered(uow, each, sent_as(each.id))
                uow.commit()
            if not claimed:
                return


def sent_as(debt: int) -> str:
    """Return the external id `WiredDesk.deliver_all` gives a debt."""
    return f"<sent-{debt}@pagalba.lt>"


@contextmanager
def a_desk(folder: Path, **given: Any) -> Iterator[WiredDesk]:
    """Open a desk on an SQLite database in the folder."""
    with open_sql_database(None, folder) as database:
        database.upgrade()
        yield wired(database, **given)


def wired(  # noqa: PLR0913 -- what a test may want otherwise
    database: SqlDatabase,
    *,
    clock: TestClock | None = None,
    mode: AutoAnswers = AutoAnswers.ON,
    chats: Sequence[StaffChat] = (),
    sends_mail: bool = True,
    caps: MailCaps = NO_CAPS,
    reopen_within: timedelta = timedelta(days=30),
) -> WiredDesk:
    """Wire the use cases the way `bot.app` does, with the four entries."""
    clock = clock or TestClock()
    queues = shipped_queues()
    access = Access(queues)
    tokens = Tokens((b"key",))
    reactions = Reactions(
        clock=clock,
        working_time=WorkingTime(opens=OPENS, closes=CLOSES, answer_days=2),
        askers=Askers(
            clock=clock,
            sends_mail=sends_mail,
            caps=caps,
            page=lambda ticket: f"https://pagalba.lt/t/{tokens.sign(Claim(Purpose.PAGE, ticket))}",
        ),
        staff_room=StaffRoom(
            clock=clock, access=access, chats=tuple(chats), sends_mail=sends_mail
        ),
    )
    variables = {"mail_address": DESK_ADDRESS, "phone": "", "organisation": ORGANISATION}
    answers = Answers(
        clock=clock,
        knowledge=a_knowledge_base,
        mode=mode,
        variables=dict.fromkeys(Channel, {**variables, "public_url": ""}),
    )
    feedback = Feedback(clock=clock, answers=answers, reactions=reactions)
    intake = Intake(
        clock=clock,
        answers=answers,
        feedback=feedback,
        reactions=reactions,
        reopen_within=reopen_within,
    )
    desk = Desk(
        clock=clock,
        access=access,
        queues=queues,
        organisation=ORGANISATION,
        reactions=reactions,
    )
    staff = Staff(clock=clock, queues=queues, reactions=reactions, sends_mail=sends_mail)
    return WiredDesk(
        database=database,
        clock=clock,
        tokens=tokens,
        access=access,
        reactions=reactions,
        answers=answers,
        intake=intake,
        feedback=feedback,
        desk=desk,
        staff=staff,
        handling=Handling(clock=clock, intake=intake, feedback=feedback, desk=desk, staff=staff),
        deliveries=Deliveries(
            clock=clock,
            backoff=Backoff(),
            settle=timedelta(minutes=1),
            reactions=reactions,
        ),
        curation=Curation(clock=clock),
        privacy=Privacy(clock=clock, keep_raw=timedelta(days=365)),
        reminders=Reminders(clock=clock, silence=timedelta(days=14)),
    )
