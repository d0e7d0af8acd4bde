"""Who reads of a ticket among those who answer, and where."""

from collections.abc import Iterator, Sequence

from handlers.access import STEERING, Access
from handlers.domain.channels import Address, Channel
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class StaffChat:
    """A Telegram group where consultants work; no queues = every unrestricted one.

    Without `topics`, as in a plain group, tickets are cards one below the other.
    """

    chat: str
    queues: frozenset[str] = frozenset()
    topics: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """Where consultants read: a staff chat, one consultant's private chat, or their mailbox."""

    channel: Channel
    to: str
    consultant: str = ""

    @property
    def name(self) -> str:
        """Who is told a thing once: by mail a consultant, in a chat whoever reads it."""
        return self.consultant if self.channel is Channel.MAIL else self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffReaders:
    """Finds readers.

    - A restricted queue is shown in no group.
    - In their private chat are told: consultants who want it, and those whose queue has no staff
      chat; where there are groups, those of a restricted queue only if they want it.
    - Who asked is not told of their own question there: as a member they know it already.
    """

    access: Access
    chats: tuple[StaffChat, ...]
    sends_mail: bool
    writes_privately: bool

    def chats_of(self, ticket: Ticket) -> list[StaffChat]:
        """List the staff chats that may read of the ticket."""
        if self.access.is_restricted(ticket.queue):
            return []
        return [chat for chat in self.chats if not chat.queues or ticket.queue in chat.queues]

    def may_read(self, uow: UnitOfWork, ticket: Ticket) -> frozenset[str]:
        """Name the chats that may show a ticket: staff chats, and private ones of who sees it."""
        if self.access.is_restricted(ticket.queue):
            return frozenset()
        groups = {chat.chat for chat in self.chats_of(ticket)}
        known = (row for row in uow.consultants.rows() if self.access.sees(row, ticket))
        return frozenset(groups | {row.telegram for row in known if row.telegram})

    def recipients(self, uow: UnitOfWork, ticket: Ticket) -> Sequence[Consultant]:
        """List who is told: the owner alone, else everybody who serves the queue."""
        if ticket.owner is not None:
            owner = uow.consultants.get(ticket.owner)
            if self.access.sees(owner, ticket):
                return [owner]
        return uow.consultants.serving(ticket.queue)

    def privately(self, uow: UnitOfWork, ticket: Ticket) -> list[Reader]:
        """List the private chats of those who are told there."""
        if not self.writes_privately:
            return []
        restricted = self.access.is_restricted(ticket.queue)
        alone = not (self.chats if restricted else self.chats_of(ticket))
        asker = uow.people.get(ticket.requester).addresses
        return [
            Reader(Channel.TELEGRAM, who.telegram, str(who.id))
            for who in self.recipients(uow, ticket)
            if who.telegram
            and (who.private or alone)
            and Address(Channel.TELEGRAM, who.telegram) not in asker
        ]

    def steering(self, uow: UnitOfWork, ticket: Ticket) -> list[Reader]:
        """List where those who steer read, else everybody who works; else the staff chats."""
        working = [row for row in uow.consultants.rows() if row.active and row.queues]
        readers = [reader for row in steering(uow) or working for reader in self._reading(row)]
        return readers or [Reader(Channel.TELEGRAM, chat.chat) for chat in self.chats_of(ticket)]

    def _reading(self, who: Consultant) -> Iterator[Reader]:
        """Say where one person reads: in the private chat if they want to, or get no mail."""
        if self.writes_privately and who.telegram and (who.private or not self.sends_mail):
            yield Reader(Channel.TELEGRAM, who.telegram, str(who.id))
        elif self.sends_mail and who.reads_mail:
            yield Reader(Channel.MAIL, who.email, str(who.id))


def steering(uow: UnitOfWork) -> Sequence[Consultant]:
    """List those who see that none is forgotten."""
    return [row for row in uow.consultants.rows() if row.active and row.role in STEERING]


def steering_by_mail(uow: UnitOfWork) -> Sequence[Consultant]:
    """List those of them who can be written to."""
    return [row for row in steering(uow) if row.reads_mail]
