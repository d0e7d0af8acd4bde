"""A desk that works one step at a time: the real core and database, the emulated Telegram."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from aiogram.types import Chat, User

from bot.app import App
from bot.status import RoleStatus
from bot.telegram.api import Api
from bot.telegram.bursts import held
from bot.telegram.limits import Limits
from bot.telegram.places import places_of
from bot.telegram.preparing import TelegramPreparer, telegram_preparer
from bot.telegram.receiver import Receiver
from bot.telegram.render import Renderer
from bot.telegram.staff_watch import StaffWatch
from bot.telegram.transport import TelegramTransport
from bot.wakeup import Wakeup
from bot.worker import Worker
from handlers.deliveries import Backoff, Deliveries
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import DeliveryError
from handlers.domain.messages import Received
from handlers.domain.outgoing import Begun, Outgoing, Rendered, Taken
from handlers.domain.people import Consultant, Role
from handlers.domain.tickets import Article, Ticket
from handlers.ports import InboxEntry, OutboxEntry, UnitOfWork
from knowledge_base.decisions import Answer, Context, Suggestions
from knowledge_base.language import Language
from tests.telegram_emulator.emulator import Emulator

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
UNKNOWN = "Kiek kainuoja skrydis į Mėnulį ir atgal?"
T = TypeVar("T")


@dataclass(slots=True)
class MovableClock:
    """The port `Clock`."""

    moment: datetime = MONDAY

    def now(self) -> datetime:
        return self.moment

    def advance_minutes(self, minutes: int) -> None:
        self.moment += timedelta(minutes=minutes)

    def advance_seconds(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass(kw_only=True)
class Desk:
    """The whole way of a message, each part run on request."""

    app: App
    emu: Emulator
    clock: MovableClock
    api: Api
    chats: tuple[str, ...] = ()
    statuses: list[RoleStatus] = field(default_factory=list)
    offset: int | None = None
    window: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.receiver = self.new_receiver(self.store)
        self.preparer = self._preparer()
        self.transport = TelegramTransport(
            api=self.api,
            renderer=Renderer(
                texts=self.app.texts,
                about={"organisation": "NISC konsultantai"},
                queues={"mokymai": "Mokymai", "jautri": "Jautrūs pranešimai"},
            ),
            files=self.app.files,
            limits=Limits(paces=None),
            places=places_of(self.chats),
        )

    def new_receiver(self, store: Callable[[Sequence[Received]], object]) -> Receiver:
        async def keep(messages: Sequence[Received]) -> None:
            result = store(messages)
            if asyncio.iscoroutine(result):
                await result

        return Receiver(
            api=self.api,
            store=keep,
            clock=self.clock,
            report=self.statuses.append,
            backoff=Backoff(first=timedelta(milliseconds=1), longest=timedelta(milliseconds=5)),
            alarm_pause=timedelta(milliseconds=5),
            poll_seconds=1,
        )

    async def store(self, messages: Sequence[Received]) -> None:
        waiting = [held(message, self.window) for message in messages]
        await self.app.units.write(lambda uow: [uow.inbox.add(message) for message in waiting])

    async def settle(self) -> None:
        """Receive, file and deliver until nothing is left to do."""
        while await self._receive() or await self._work() or await self._relay():
            pass

    async def receive(self) -> None:
        await self._receive()

    async def work(self) -> bool:
        return await self._work()

    async def relay(self) -> bool:
        return await self._relay()

    async def _receive(self) -> bool:
        # Asked again for what it gave, Telegram answers slowly; so only if there is something new.
        if not any(queued.id >= (self.offset or 0) for queued in self.emu.updates.pending):
            return False
        self.offset = await self.receiver.receive(self.offset, first=True)
        return True

    async def _work(self) -> bool:
        worker = Worker(
            units=self.app.units,
            clock=self.clock,
            handling=self.app.handling,
            knowledge=self.app.knowledge,
            preparers={Channel.TELEGRAM: self.preparer},
            lease=timedelta(seconds=60),
            arrivals=Wakeup(),
            debts=Wakeup(),
            stopping=asyncio.Event(),
        )
        return bool(await worker.work_off())

    async def _relay(self) -> bool:
        """Do what `bot.relay.Relay` does, once."""
        units, deliveries = self.app.units, self.app.deliveries
        now, lease = self.clock.now(), timedelta(seconds=60)
        claimed = await units.write(
            lambda uow: uow.outbox.claim(
                now=now, lease=lease, limit=20, channels=[Channel.TELEGRAM]
            )
        )
        for message in claimed:
            try:
                rendered = (
                    self.transport.render(message)
                    if message.rendered is None
                    else Rendered(content=message.rendered)
                )
                await units.write(partial(_sending, message=message, rendered=rendered))
                taken = await self.transport.deliver(message, rendered)
            except DeliveryError as error:
                await units.write(partial(deliveries.failed, message=message, error=error))
            else:
                await units.write(partial(_delivered, deliveries, message=message, taken=taken))
        return bool(claimed)

    def _preparer(self) -> TelegramPreparer:
        return telegram_preparer(
            api=self.api,
            units=self.app.units,
            knowledge=self.app.knowledge,
            files=self.app.files,
            texts=self.app.texts,
            clock=self.clock,
            watch=StaffWatch(places=places_of(self.chats), report=self.statuses.append),
            variables=self.app.settings.answer_variables,
        )

    # Looking ------------------------------------------------------------------------------------

    def said(self, chat: User | Chat) -> str:
        """Return the words of the newest message of a chat."""
        return self.texts(chat)[-1]

    def texts(self, chat: User | Chat) -> list[str]:
        return [message.text or message.caption or "" for message in self.emu.messages(chat)]

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.app.units.begin_reading() as uow:
            return work(uow)

    def tickets(self, who: User) -> Sequence[Ticket]:
        """List a member's tickets, the oldest first."""
        address = Address(Channel.TELEGRAM, str(who.id))

        def work(uow: UnitOfWork) -> Sequence[Ticket]:
            person = uow.people.find(address)
            return [] if person is None else list(reversed(uow.tickets.of_person(person.id)))

        return self.read(work)

    def ticket(self, who: User) -> Ticket:
        """Return the member's only ticket."""
        [ticket] = self.tickets(who)
        return ticket

    def articles(self, ticket: Ticket) -> list[tuple[str, str]]:
        """List the thread as (kind, text)."""
        rows: Sequence[Article] = self.read(lambda uow: uow.tickets.articles(ticket.id))
        return [(row.kind.value, row.text) for row in rows]

    def inbox(self) -> Sequence[InboxEntry]:
        return self.read(lambda uow: list(reversed(uow.inbox.rows())))

    def outbox(self) -> Sequence[OutboxEntry]:
        return self.read(lambda uow: list(reversed(uow.outbox.rows())))

    def consultant(
        self,
        user: User,
        *,
        email: str = "jonas@example.org",
        role: Role = Role.CONSULTANT,
        queues: frozenset[str] = frozenset(),
    ) -> Consultant:
        """Let a person join the desk, their Telegram account linked."""
        with self.app.units.begin() as uow:
            who = self.app.staff.add(
                uow,
                name=user.first_name,
                email=email,
                telegram=str(user.id),
                role=role,
                queues=queues,
                signature="Jonas",
            )
            uow.commit()
        return who

    # Questions ----------------------------------------------------------------------------------

    def answerable(self) -> str:
        """Return a question the knowledge base answers, and needs nobody for."""
        base, context = self.app.knowledge.current(), self._context()
        for entry in base.entries:
            decision = base.decide(entry.question, context)
            if isinstance(decision, Answer) and not entry.behaviour.opens_ticket:
                return entry.question
        raise LookupError("no entry answers its own question")

    def near(self) -> str:
        """Return a question for which the knowledge base has only suggestions."""
        base, context = self.app.knowledge.current(), self._context()
        for entry in base.entries:
            for words in (entry.question, *entry.variants):
                for question in (words, " ".join(words.split()[:4])):
                    decision = base.decide(question, context)
                    if isinstance(decision, Suggestions) and decision.language is Language.LT:
                        return question
        raise LookupError("no question has suggestions only")

    def _context(self) -> Context:
        variables = self.app.settings.answer_variables
        return Context(today=self.clock.now().date(), variables=variables)


def _delivered(deliveries: Deliveries, uow: UnitOfWork, *, message: Outgoing, taken: Taken) -> None:
    deliveries.delivered(uow, message, taken.name, taken.beside)


def _sending(uow: UnitOfWork, *, message: Outgoing, rendered: Rendered) -> None:
    uow.outbox.sending([Begun(message, rendered)])
