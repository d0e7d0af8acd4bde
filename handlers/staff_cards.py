"""What staff chats were shown, kept true: changed in place, taken away, put up again."""

from collections.abc import Container

from handlers.calling_hours import wished_call
from handlers.domain.ids import ArticleId, OutboxId
from handlers.domain.outgoing import CARDS, SHOWS_ASKER, Key, Kind, OutboxState, Values
from handlers.domain.tickets import Ticket
from handlers.parts import UNEXPLAINED
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.staff_removals import StaffRemovals
from handlers.staff_room import StaffRoom
from handlers.staff_rows import DRAFTED, TELLS_MATTERS, standing
from knowledge_base.values import dataclass

_UNSENT = frozenset({OutboxState.QUEUED, OutboxState.DEFERRED})
_SETTLED = frozenset({Key.STAFF_SENDING, Key.STAFF_STALE})
_HIDDEN: Values = {
    "hidden": "1",
    **UNEXPLAINED,
    **dict.fromkeys(("candidate1_id", "candidate2_id", "candidate3_id"), ""),
    **dict.fromkeys(("text", "name", "files", "subject", "municipality", "candidates"), ""),
    **dict.fromkeys(("asker_type", "organisation"), ""),
    **wished_call(()),
    **dict.fromkeys(("copies", "programme", "notes", "asker", "stranger", "left"), ""),
    **dict.fromkeys(("draft", "draft_id", "draft_by"), ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCards:
    """Changes what was said before; the newest card of a chat is the one that counts."""

    clock: Clock
    room: StaffRoom

    @property
    def removals(self) -> StaffRemovals:
        """What takes messages away."""
        return StaffRemovals(clock=self.clock, room=self.room)

    def refresh(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Let the cards say how the ticket is now; what a chat may no longer read is taken away."""
        mine = self.room.readers.may_read(uow, ticket)
        state = self.room.state(uow, ticket)
        shown = {**state, "menu": "", "hidden": ""}
        newest: dict[str, OutboxId] = {}
        for row in standing(uow, ticket):
            if row.to not in mine:
                self._hide(uow, row)
            elif row.key in CARDS:
                newest[row.to] = row.id
        for card in newest.values():
            uow.outbox.restate(card, shown, at=self.clock.now())
        self._settle_drafts(uow, ticket, mine, current=str(state["draft_id"]))
        self.removals.take_away(uow, ticket, mine)

    def _hide(self, uow: UnitOfWork, row: OutboxEntry) -> None:
        """Let a chat that may no longer read the ticket not see, or no longer see, what it says."""
        tells = row.key in TELLS_MATTERS or row.kind is Kind.STAFF_TOPIC
        if tells and not uow.outbox.withdraw(row.id):
            if row.key in SHOWS_ASKER or row.key == Key.STAFF_TALK:
                uow.outbox.restate(row.id, _HIDDEN, at=self.clock.now())
            elif row.key == Key.STAFF_COPY and row.state in _UNSENT:
                uow.outbox.restate(row.id, {"left": ""}, at=self.clock.now())

    def _settle_drafts(
        self, uow: UnitOfWork, ticket: Ticket, mine: Container[str], *, current: str
    ) -> None:
        """Take the buttons of drafts away that are drafts no more; only the newest may be one.

        Where the ticket may no longer be read, their words go as well.
        """
        drafts: dict[str, list[OutboxId]] = {}
        for row in standing(uow, ticket):
            if row.key not in DRAFTED or row.kind is not Kind.STAFF_MESSAGE:
                continue
            if row.to not in mine:
                hidden = {"draft": "", "draft_id": "", "settled": "1"}
                uow.outbox.restate(row.id, hidden, at=self.clock.now())
            elif row.key == Key.STAFF_DRAFT:
                drafts.setdefault(row.to, []).append(row.id)
        for rows in drafts.values():
            for row_id in rows:
                now = current if row_id == rows[-1] else ""
                says = {"draft_id": now, "settled": "" if now else "1"}
                uow.outbox.restate(row_id, says, at=self.clock.now())

    def restate(self, uow: UnitOfWork, ticket: Ticket, values: Values, *, chat: str) -> None:
        """Change what the card of a chat says."""
        card = _card_in(uow, ticket, chat)
        if card is not None:
            uow.outbox.restate(card.id, values, at=self.clock.now())

    def settle(self, uow: UnitOfWork, ticket: Ticket, article: ArticleId, state: str) -> None:
        """Write under a consultant's answer what became of it."""
        wanted = (article, Kind.STAFF_MESSAGE)
        for row in standing(uow, ticket):
            if row.key in _SETTLED and (row.article, row.kind) == wanted:
                uow.outbox.restate(row.id, {"state": state}, at=self.clock.now())

    def move(self, uow: UnitOfWork, ticket: Ticket, *, chat: str, failed: OutboxId) -> None:
        """Open a new topic in place of one that is gone, with its card and what did not arrive.

        If a new one was tried before, and in vain, the chat itself has to do.
        """
        thread = uow.topics.find(chat=chat, ticket=ticket.id)
        if thread is not None and self.room.open_again(uow, ticket, chat, gone=thread):
            card = _card_in(uow, ticket, chat)
            if card is not None and card.id != failed:
                uow.outbox.repeat(card.id, at=self.clock.now())
        elif _has_dead_topic(uow, ticket, chat):
            uow.topics.forget(chat=chat, ticket=ticket.id)
        uow.outbox.repeat(failed, at=self.clock.now())


def _card_in(uow: UnitOfWork, ticket: Ticket, chat: str) -> OutboxEntry | None:
    cards = [row for row in standing(uow, ticket) if row.to == chat and row.key in CARDS]
    return cards[-1] if cards else None


def _has_dead_topic(uow: UnitOfWork, ticket: Ticket, chat: str) -> bool:
    return any(
        row.state is OutboxState.DEAD
        for row in uow.outbox.of_ticket(ticket.id)
        if (row.kind, row.to) == (Kind.STAFF_TOPIC, chat)
    )
