"""Consultants ask in a chat: lists, the week's figures, canned replies, where they work."""

from collections.abc import Sequence
from typing import assert_never

from handlers.domain.channels import Channel
from handlers.domain.errors import HelpdeskError, InvalidError, NotAllowedError
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status
from handlers.intake import Receipt
from handlers.mentorship_views import Accompanied, mentorship_views
from handlers.ports import Clock, UnitOfWork
from handlers.staff_commands import StaffAsk, StaffRequest
from handlers.staff_lists import ROWS, StaffLists, turn
from handlers.staff_room import STAFF_LANGUAGE
from knowledge_base.values import dataclass

_FIRST_WORDS = 60
_SETTLED = frozenset({Status.RESOLVED, Status.SPAM, Status.MERGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRequests:
    """Answers in the chat where it was asked.

    - Only consultants are answered; anybody else, an anonymous administrator too, is told why not.
    - A page is turned in place; a list of one's own only by its owner.
    """

    clock: Clock
    lists: StaffLists

    def carry_out(self, uow: UnitOfWork, ask: StaffAsk) -> Receipt:
        """Answer, or say why not."""
        try:
            self._answer(uow, ask, _consultant(uow, ask))
        except (InvalidError, NotAllowedError) as refusal:
            self._refuse(uow, ask, refusal)
            return Receipt(outcome=Outcome.IGNORED, reason=refusal.key)
        return Receipt(outcome=Outcome.IGNORED, reason=f"asked:{ask.what}")

    def _answer(self, uow: UnitOfWork, ask: StaffAsk, who: Consultant) -> None:
        lists = self.lists
        match ask.what:
            case StaffRequest.QUEUE:
                found = lists.waiting(uow, lists.queues_of(ask.chat, who))
                values = lists.page(uow, found, chat=ask.chat, number=ask.page)
                self._tell(uow, ask, Key.STAFF_QUEUE, values)
            case StaffRequest.MINE:
                self._show_own(uow, ask, who)
            case StaffRequest.WEEK:
                values = lists.week(uow, lists.queues_of(ask.chat, who))
                self._tell(uow, ask, Key.STAFF_WEEK, values)
            case StaffRequest.TEMPLATES:
                self._tell(uow, ask, Key.STAFF_TEMPLATES, _templates(uow, ask.page))
            case StaffRequest.PRIVATELY:
                self._choose_place(uow, ask, who)
            case StaffRequest.UNCLEAR:
                raise InvalidError("which-ticket", field="text")
            case StaffRequest.CLOSED:
                self._offer_to_resolve(uow, ask)
            case StaffRequest.ORGANISATIONS:
                self._show_organisations(uow, ask, who)
            case _:
                assert_never(ask.what)

    def _show_own(self, uow: UnitOfWork, ask: StaffAsk, who: Consultant) -> None:
        if ask.whose not in {"", str(who.id)}:
            raise NotAllowedError("not-your-list")
        found = self.lists.mine(uow, ask.chat, who)
        page = self.lists.page(uow, found, chat=ask.chat, number=ask.page)
        self._tell(uow, ask, Key.STAFF_MINE, {**page, "whose": str(who.id), "name": who.name})

    def _show_organisations(self, uow: UnitOfWork, ask: StaffAsk, who: Consultant) -> None:
        """List whom one accompanies, where nobody else reads it."""
        if ask.chat != who.telegram:
            raise NotAllowedError("only-in-private")
        room, working_time = self.lists.room, self.lists.working_time
        rows = mentorship_views(self.clock, working_time, room).listing(uow, who)
        self._tell(uow, ask, Key.STAFF_ORGANISATIONS, _organisations(rows, ask.page))

    def _choose_place(self, uow: UnitOfWork, ask: StaffAsk, who: Consultant) -> None:
        """Send new tickets to the consultant's private chat, or no longer: it is a switch."""
        if ask.chat != who.telegram:
            raise NotAllowedError("only-in-private")
        uow.consultants.work_privately(who.id, wanted=not who.private)
        self._tell(uow, ask, Key.STAFF_PRIVATELY, {"on": "no" if who.private else "yes"})

    def _offer_to_resolve(self, uow: UnitOfWork, ask: StaffAsk) -> None:
        """A closed topic settles nothing by itself: nobody but us sees that it is closed."""
        ticket = uow.tickets.find(ask.ticket) if ask.ticket is not None else None
        if ticket is not None and ticket.status not in _SETTLED:
            self._owe(uow, ask, Key.STAFF_CLOSED, {"reference": ticket.reference}, in_topic=True)

    # Telling ---------------------------------------------------------------------------------

    def _tell(self, uow: UnitOfWork, ask: StaffAsk, key: Key, values: Values) -> None:
        """Answer with a message, or turn the page of the one whose button was pressed."""
        shown = (
            uow.outbox.find_sent(channel=Channel.TELEGRAM, external_ids=[ask.shown])
            if ask.shown
            else None
        )
        if shown is None:
            self._owe(uow, ask, key, {"thread": ask.thread, "about": ask.once, **values})
        elif (shown.key, shown.to) == (key, ask.chat):
            uow.outbox.restate(shown.id, values, at=self.clock.now())

    def _refuse(self, uow: UnitOfWork, ask: StaffAsk, refusal: HelpdeskError) -> None:
        values = {**refusal.values, "refusal": refusal.key, "thread": ask.thread}
        self._owe(uow, ask, Key.REFUSED, values)

    def _owe(
        self,
        uow: UnitOfWork,
        ask: StaffAsk,
        key: Key,
        values: Values,
        *,
        in_topic: bool = False,
    ) -> None:
        uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MESSAGE,
                channel=Channel.TELEGRAM,
                to=ask.chat,
                key=key,
                values=values,
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=ask.ticket if in_topic else None,
                once=f"{key}:{ask.once}",
            )
        )


def _consultant(uow: UnitOfWork, ask: StaffAsk) -> Consultant:
    who = uow.consultants.by_telegram(ask.telegram)
    if who is None:
        raise NotAllowedError("not-a-consultant")
    return who


def _templates(uow: UnitOfWork, page: int) -> Values:
    rows = uow.templates.rows()
    pages = max(1, -(-len(rows) // ROWS))
    number = min(max(page, 0), pages - 1)
    shown = rows[number * ROWS : (number + 1) * ROWS]
    values: dict[str, str | int] = {"total": len(rows), **turn(number, pages)}
    for place in range(ROWS):
        row = shown[place] if place < len(shown) else None
        values[f"template{place}"] = row.name if row else ""
        values[f"template{place}_text"] = _beginning(row.text) if row else ""
    return values


def _organisations(rows: Sequence[Accompanied], page: int) -> Values:
    pages = max(1, -(-len(rows) // ROWS))
    number = min(max(page, 0), pages - 1)
    shown = rows[number * ROWS : (number + 1) * ROWS]
    values: dict[str, str | int] = {"total": len(rows), **turn(number, pages)}
    for place in range(ROWS):
        row = shown[place] if place < len(shown) else None
        values[f"organisation{place}"] = row.organisation.name if row else ""
        values[f"organisation{place}_phase"] = row.mentorship.phase.value if row else ""
        values[f"organisation{place}_silent"] = "yes" if row and row.silent_since else ""
        values[f"organisation{place}_heard_on"] = row.heard_on.isoformat() if row else ""
    return values


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS].rstrip()}…"
