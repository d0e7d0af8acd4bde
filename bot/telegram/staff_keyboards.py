"""The buttons under what consultants read: cards, drafts, lists, warnings."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.telegram.ids import CardButton, ListButton
from bot.telegram.talk_cards import talk_buttons
from bot.texts import Texts
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import CARDS, Key, Outgoing, Values
from handlers.domain.tickets import Status
from handlers.staff_commands import StaffRequest
from knowledge_base.values import dataclass

Row = list[dict[str, str]]

_SETTLED: Final = frozenset({Status.RESOLVED, Status.SPAM, Status.MERGED})
_LONGEST_LABEL: Final = 60
_CANDIDATES: Final = 3
_DRAFT_ACTS: Final = ("draft_send", "draft_edit", "draft_drop")
_LISTS: Final = {
    Key.STAFF_QUEUE: StaffRequest.QUEUE,
    Key.STAFF_MINE: StaffRequest.MINE,
    Key.STAFF_TEMPLATES: StaffRequest.TEMPLATES,
    Key.STAFF_ORGANISATIONS: StaffRequest.ORGANISATIONS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffKeyboards:
    """Chooses buttons by the text's key and the values it says; `queues` are titles by id."""

    texts: Texts
    queues: Mapping[str, str]

    def of(self, message: Outgoing) -> list[Row]:
        """Return rows of buttons, none where nothing can be done."""
        ticket, values = message.ticket, message.values
        if message.key in _LISTS:
            return _turning(_LISTS[Key(message.key)], values)
        if ticket is None:
            return []
        if message.key == Key.STAFF_TALK:
            return talk_buttons(self.texts, values, self.queues)
        match message.key:
            case Key.STAFF_SENDING if values.get("state") == "waiting":
                return [[self._button(CardButton(ticket, "undo", str(values["article"])))]]
            case Key.STAFF_UNDELIVERED if values.get("message"):
                return [[self._button(CardButton(ticket, "again", str(values["message"])))]]
            case Key.STAFF_STALE if values.get("state") == "waiting":
                return self._of_stale(ticket, values)
            case Key.STAFF_DRAFT:
                return self._of_draft(ticket, values)
            case Key.STAFF_CLOSED:
                return [[self._button(CardButton(ticket, "resolve"))]]
            case key if key in CARDS:
                return self._of_card(ticket, values)
            case _:
                return []

    def _of_card(self, ticket: TicketId, values: Values) -> list[Row]:
        def row(*acts: str) -> Row:
            return [self._button(CardButton(ticket, act)) for act in acts]

        if values.get("hidden"):
            return []
        if values.get("menu") == "queues":
            undo = [row("unroute")] if values.get("placed") else []
            return [*undo, *self._queues(ticket, values), row("card")]
        if values.get("status") == Status.MERGED:
            return [row("unmerge")]
        if values.get("status") in _SETTLED:
            return [row("reopen")]
        first = "release" if values.get("owner") else "take"
        return [
            *self._candidates(ticket, values),
            *(self._of_draft(ticket, values) or [row("draft")]),
            *([row("missed")] if values.get("call_phone") else []),
            row(first, "queues"),
            row("resolve", "spam"),
        ]

    def _of_stale(self, ticket: TicketId, values: Values) -> list[Row]:
        """Offer to send all the same."""
        draft = str(values.get("draft", ""))
        kept = CardButton(ticket, "anyway", str(values["article"]))
        button = CardButton(ticket, "draft_send", draft) if draft else kept
        return [[labelled(self.texts.line("telegram-button-anyway", "lt"), button.data)]]

    def _of_draft(self, ticket: TicketId, values: Values) -> list[Row]:
        """Offer to send, change or throw away a draft, as long as it is one."""
        draft = str(values.get("draft_id", ""))
        acts = _DRAFT_ACTS if draft else ()
        row = [self._button(CardButton(ticket, act, draft)) for act in acts]
        return [row] if row else []

    def _candidates(self, ticket: TicketId, values: Values) -> Iterable[Row]:
        for number in range(1, _CANDIDATES + 1):
            entry = str(values.get(f"candidate{number}_id", ""))
            if entry:
                label = f"➤ {values.get(f'candidate{number}', '')}"
                yield [labelled(label, CardButton(ticket, "send", entry).data)]

    def _queues(self, ticket: TicketId, values: Values) -> Iterable[Row]:
        for queue, title in self.queues.items():
            if queue != values.get("queue_id"):
                yield [labelled(title, CardButton(ticket, "to", queue).data)]

    def _button(self, button: CardButton) -> dict[str, str]:
        word = button.act.replace("_", "-")
        return labelled(self.texts.line(f"telegram-button-{word}", "lt"), button.data)


def labelled(label: str, data: str) -> dict[str, str]:
    """Return a button; what would not fit on it is cut."""
    short = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
    return {"text": short, "callback_data": data}


def _turning(what: StaffRequest, values: Values) -> list[Row]:
    """Offer the page before and the page after."""
    page, pages = int(values.get("page", 0)), int(values.get("pages", 1))
    whose = str(values.get("whose", ""))
    row = [
        {"text": sign, "callback_data": ListButton(what, number, whose).data}
        for sign, number in (("◀", page - 1), ("▶", page + 1))
        if 0 <= number < pages
    ]
    return [row] if row else []
