"""What stands in a staff chat that may no longer read of a ticket, taken away from there."""

from collections.abc import Container, Iterable, Sequence

from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, Outgoing, Owed, Values
from handlers.domain.tickets import Ticket
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.staff_room import STAFF_LANGUAGE, StaffRoom
from handlers.staff_rows import TELLS_MATTERS, standing, written
from knowledge_base.values import dataclass

_STANDS_OUTSIDE = frozenset({Key.STAFF_TALK})
"""What may stand outside the ticket's topic, and does not go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRemovals:
    """Owes removals: of a whole topic, else of messages.

    - The named part of a message was blanked by an edit before, which Telegram allows for ever; a
      removal, which it allows for two days, only tidies up.
    - Other parts, files, and what consultants wrote cannot be blanked. Those who steer are told of
      what could not be removed.
    """

    clock: Clock
    room: StaffRoom

    def take_away(self, uow: UnitOfWork, ticket: Ticket, mine: Container[str]) -> None:
        """Remove what stands in other chats than these."""
        threads = {c: thread for c, thread in uow.topics.of(ticket.id) if c not in mine}
        rows = [
            row
            for row in standing(uow, ticket)
            if row.key in TELLS_MATTERS
            and row.to not in mine
            and (row.to not in threads or row.key in _STANDS_OUTSIDE)
        ]
        for chat in sorted({row.to for row in rows}):
            self._take_messages(uow, ticket, chat, [row for row in rows if row.to == chat])
        for chat, thread in threads.items():
            uow.topics.forget(chat=chat, ticket=ticket.id)
            once = f"{Key.STAFF_REMOVAL}:{chat}:{thread}"
            self._owe(uow, ticket, chat, {"topic": thread, "matters": "1"}, once=once)

    def arrived(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        message: Outgoing,
        *,
        name: str,
        beside: Sequence[str],
    ) -> None:
        """Remove at once what was under way while its chat lost the right to read it."""
        mine = self.room.readers.may_read(uow, ticket)
        if message.to in mine:
            return
        if message.kind is Kind.STAFF_TOPIC:
            self.take_away(uow, ticket, mine)
        elif message.key in TELLS_MATTERS:
            names = (*beside, name) if message.key == Key.STAFF_COPY else beside
            self._remove(uow, ticket, message.to, names)

    def left_behind(self, uow: UnitOfWork, ticket: Ticket, *, chat: str, values: Values) -> None:
        """Tell those who steer that something stays where it should not."""
        readers = self.room.readers.steering(uow, ticket)
        once = f"left-behind:{ticket.id}:{ticket.version}:{chat}"
        more = {"link": _link(chat, values)}
        self.room.write(uow, ticket, readers, Key.STAFF_LEFT_BEHIND, more, once=once)

    def _take_messages(
        self, uow: UnitOfWork, ticket: Ticket, chat: str, rows: Iterable[OutboxEntry]
    ) -> None:
        blanked: list[str] = []
        whole: list[str] = []
        for row in rows:
            whole += row.beside
            if row.external_id:
                (whole if row.key == Key.STAFF_COPY else blanked).append(row.external_id)
        whole += [name for place, name in written(uow, ticket) if place == chat]
        self._remove(uow, ticket, chat, whole)
        if blanked:
            once = f"{Key.STAFF_REMOVAL}:{blanked[-1]}"
            self._owe(uow, ticket, chat, {"messages": " ".join(blanked)}, once=once)

    def _remove(self, uow: UnitOfWork, ticket: Ticket, chat: str, names: Sequence[str]) -> None:
        if names:
            once = f"{Key.STAFF_REMOVAL}:{names[-1]}"
            said = {"messages": " ".join(names), "matters": "1"}
            self._owe(uow, ticket, chat, said, once=once)

    def _owe(
        self, uow: UnitOfWork, ticket: Ticket, chat: str, values: Values, *, once: str
    ) -> None:
        uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_EDIT,
                channel=Channel.TELEGRAM,
                to=chat,
                key=Key.STAFF_REMOVAL,
                values=values,
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=ticket.id,
                once=once,
            )
        )


def _link(chat: str, values: Values) -> str:
    """Return where in a supergroup a message or a topic stands; nothing for other chats."""
    number = values.get("topic") or str(values.get("messages", "")).rpartition(":")[2]
    return f"https://t.me/c/{chat.removeprefix('-100')}/{number}" if chat.startswith("-100") else ""
