"""Those who watch a ticket are told of every new article in it."""

from collections.abc import Iterator

from handlers.domain.ids import ConsultantId
from handlers.domain.outgoing import Key, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Ticket
from handlers.ports import UnitOfWork
from handlers.staff_notices import StaffNotices
from handlers.staff_room import StaffRoom
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class Watching:
    """Owes watchers a word, where each of them reads.

    - Nobody hears of what they wrote, nor twice of what they are told anyway, nor of a ticket they
      may no longer see.
    - Of a restricted queue only that there is something new.
    """

    room: StaffRoom

    def tell(
        self, uow: UnitOfWork, ticket: Ticket, article: Article, *, told: bool = False
    ) -> None:
        """Tell the watchers of an article; `told`: those whose ticket it is know of it."""
        if ticket.practice:
            return
        known = self._recipients(uow, ticket) if told else frozenset()
        for who in self._watchers(uow, ticket):
            if who.id != article.consultant and who.id not in known:
                self._owe(uow, ticket, article, who)

    def _watchers(self, uow: UnitOfWork, ticket: Ticket) -> Iterator[Consultant]:
        within = uow.ties.within(ticket.id)
        found = dict.fromkeys(who for each in within for who in uow.marks.watchers(each))
        everybody = (uow.consultants.get(each) for each in found)
        return (who for who in everybody if self.room.access.sees(who, ticket))

    def _recipients(self, uow: UnitOfWork, ticket: Ticket) -> frozenset[ConsultantId]:
        """Name who is told alone: in a group, a watcher may not have looked."""
        alone = {reader.consultant for reader in self.room.readers.privately(uow, ticket)}
        mailed = self.room.sends_mail and not self.room.chats_of(ticket)
        found = self.room.readers.recipients(uow, ticket)
        return frozenset(who.id for who in found if mailed or str(who.id) in alone)

    def _owe(self, uow: UnitOfWork, ticket: Ticket, article: Article, who: Consultant) -> None:
        key, values = Key.STAFF_RESTRICTED, dict[str, str | int]()
        if not self.room.access.is_restricted(ticket.queue):
            key, values = Key.STAFF_WATCHED, dict(self._values(ticket, article))
        once = f"watched:{article.id}"
        where = StaffNotices(clock=self.room.clock, room=self.room).reading(who)
        self.room.write(uow, ticket, where, key, values, once=once)

    def _values(self, ticket: Ticket, article: Article) -> Values:
        return {
            "what": article.kind.value,
            "author": article.author,
            "text": article.text,
            "files": ", ".join(file.name for file in article.attachments),
            "subject": ticket.subject,
        }
