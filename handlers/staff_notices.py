"""Tell one of those who answer something that is about no ticket, where that person reads."""

from collections.abc import Iterable, Sequence

from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.ports import Clock, UnitOfWork
from handlers.staff_readers import Reader
from handlers.staff_room import STAFF_LANGUAGE, StaffRoom
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNotices:
    """Owes notices to persons.

    - One is told in the private chat with the bot if one wants that or gets no mail, else by mail.
    - Who cannot be reached by either hears it in the console.
    """

    clock: Clock
    room: StaffRoom

    def tell(
        self, uow: UnitOfWork, people: Iterable[Consultant], key: Key, values: Values, *, once: str
    ) -> int:
        """Owe each of the people the notice, once; return how many debts that made."""
        readers = {who.id: self.reading(who) for who in people if who.active}
        return sum(
            self._owe(uow, reader, key, values, once=once)
            for found in readers.values()
            for reader in found
        )

    def reading(self, who: Consultant) -> Sequence[Reader]:
        """Say where one person reads; nowhere is possible."""
        in_chat = self.room.writes_privately and who.telegram is not None
        if in_chat and (who.private or not self.room.sends_mail):
            return [Reader(Channel.TELEGRAM, who.telegram or "", str(who.id))]
        if self.room.sends_mail:
            return [Reader(Channel.MAIL, who.email, str(who.id))]
        return []

    def _owe(self, uow: UnitOfWork, reader: Reader, key: Key, values: Values, *, once: str) -> bool:
        by_mail = reader.channel is Channel.MAIL
        owed = uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MAIL if by_mail else Kind.STAFF_MESSAGE,
                channel=reader.channel,
                to=reader.to,
                key=key,
                values=values,
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                once=f"{once}:{reader.name}",
            )
        )
        return owed is not None
