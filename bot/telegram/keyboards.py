"""The buttons under a message: what can be done with it now, by whoever reads it."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.telegram.ids import AskerButton, MemberButton, ParticularButton
from bot.telegram.staff_keyboards import StaffKeyboards
from bot.texts import Texts
from handlers.commands import Particular, Request
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import STAFF_KINDS, Key, Outgoing, Values
from handlers.typed import Wish
from knowledge_base.values import dataclass

Row = list[dict[str, str]]

_OPTIONS: Final = (Wish.FIRST, Wish.SECOND, Wish.THIRD)
_WAITING: Final = frozenset(
    {Key.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_RESTRICTED, Key.HANDED_OVER, Key.UNTRANSLATED}
    | {Key.ANSWER_IN_PART}
)
_SEATS: Final = frozenset(
    {Key.TRAINING_SEATED, Key.TRAINING_WAITING, Key.TRAINING_SEAT, Key.TRAINING_MOVED}
    | {Key.TRAINING_REMINDER}
)
_LONGEST_LABEL: Final = 60
_CANDIDATES: Final = 3
_LISTED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboards:
    """Chooses buttons by the text's key and the values it says; `queues` are titles by id."""

    texts: Texts
    queues: Mapping[str, str]

    def of(self, message: Outgoing) -> list[Row]:
        """Return rows of buttons, none where nothing can be done."""
        if message.kind in STAFF_KINDS:
            return StaffKeyboards(texts=self.texts, queues=self.queues).of(message)
        ticket, language = message.ticket, message.language
        if ticket is None or message.key == Key.MEMBER_CALL_NOTED:
            return self._of_member(message)
        match message.key:
            case key if key in _WAITING:
                return self._of_waiting(ticket, message.values, language)
            case Key.MEMBER_WHICH_PLACE:
                return self._places(ticket, message.values)
            case Key.MEMBER_RATING:
                marks = [str(mark) for mark in range(1, 6)]
                return [[self._member(mark, Request.RATE, f"{ticket}-{mark}") for mark in marks]]
            case Key.ANSWER:
                return self._feedback(ticket, language)
            case key if key in _SEATS:
                leave = MemberButton(Request.LEAVE, str(message.values["code"]))
                return [[self._labelled("leave", leave, language)]]
            case Key.SUGGESTIONS:
                return [
                    *self._suggestions(ticket, message.values, language),
                    *self._places(ticket, message.values),
                    *self._parts_of(ticket, message.values, language),
                ]
            case _:
                return []

    def _of_member(self, message: Outgoing) -> list[Row]:
        match message.key:
            case Key.MEMBER_TICKETS:
                found = [str(message.values.get(f"ticket{n}", "")) for n in range(1, _LISTED + 1)]
                keys = [self._member(each, Request.SHOW, each[4:]) for each in found if each]
                return [keys[start : start + 3] for start in range(0, len(keys), 3)]
            case Key.MEMBER_LANGUAGE | Key.START:
                names = {"lt": "Lietuvių", "en": "English", "ru": "Русский"}
                return [[self._member(name, Request.LANGUAGE, c) for c, name in names.items()]]
            case Key.MEMBER_TRAININGS:
                return list(self._trainings(message.values, message.language))
            case Key.MEMBER_CALL_NOTED:
                return self._slots(message.values, message.language)
            case Key.MEMBER_ERASE | Key.MEMBER_ERASE_SURELY as key:
                step = "surely" if key == Key.MEMBER_ERASE else "yes"
                label = self.texts.line(f"telegram-button-erase-{step}", message.language)
                return [[self._member(label, Request.ERASE, step)]]
            case _:
                return []

    def _trainings(self, values: Values, language: str) -> Iterable[Row]:
        """Offer each training to those who are not in it, and its seat back to those who are."""
        for number in range(1, _LISTED + 1):
            code = str(values.get(f"training{number}_code", ""))
            if not code:
                return
            is_in = bool(values[f"training{number}_seat"])
            what, word = (Request.LEAVE, "leave") if is_in else (Request.ENROL, "enrol")
            told = {"code": code}
            label = self.texts.line(f"telegram-button-{word}-in", language, told)
            yield [self._member(label, what, code)]

    def _of_waiting(self, ticket: TicketId, values: Values, language: str) -> list[Row]:
        """Offer what may be added to a question that waits: nothing here has to be pressed."""

        def button(word: str, what: Request) -> dict[str, str]:
            return self._labelled(word, MemberButton(what, str(ticket)), language)

        progress = values.get("progress")
        if progress and progress != "taken":
            return []
        call = button("call", Request.CALL)
        if progress:
            return [[call]]
        place = [] if values.get("municipality") else [button("place", Request.PLACES)]
        return [
            *(self._suggestions(ticket, values, language) if values.get("option1") else []),
            *self._parts_of(ticket, values, language),
            *self._topics(ticket, values, language),
            *self._places(ticket, values),
            [*place, call],
            [button("cancel", Request.CANCEL)],
        ]

    def _topics(self, ticket: TicketId, values: Values, language: str) -> Iterable[Row]:
        for number in range(1, _CANDIDATES + 1):
            if topic := str(values.get(f"topic{number}", "")):
                button = ParticularButton(ticket, Particular.TOPIC, topic)
                yield [_button(self.texts.line(f"topic-{topic}", language), button.data)]

    def _places(self, ticket: TicketId, values: Values) -> list[Row]:
        rows = []
        for number in range(1, _LISTED + 1):
            if place := values.get(f"place{number}"):
                chosen = f"{ticket}-{values[f'place{number}_id']}"
                rows.append([self._member(str(place), Request.PLACE, chosen)])
        return rows

    def _slots(self, values: Values, language: str) -> list[Row]:
        rows = []
        for number in range(1, _LISTED + 1):
            if name := values.get(f"slot{number}"):
                when = {
                    "day_on": values[f"slot{number}_on"],
                    "hours": values[f"slot{number}_hours"],
                }
                kind = "soon" if name == "soon" else "slot"
                label = self.texts.line(f"telegram-button-{kind}", language, when)
                rows.append([self._member(label, Request.WHEN, f"{values['wish']}-{name}")])
        uncall = MemberButton(Request.UNCALL, str(values["wish"]))
        return [*rows, [self._labelled("uncall", uncall, language)]]

    def _labelled(self, word: str, button: MemberButton, language: str) -> dict[str, str]:
        return _button(self.texts.line(f"telegram-button-{word}", language), button.data)

    def _parts_of(self, ticket: TicketId, values: Values, language: str) -> list[Row]:
        """Ask whether a new question is part of an earlier one, until somebody took it."""
        if values.get("progress"):
            return []
        rows = []
        if values.get("other1"):
            apart = MemberButton(Request.APART, str(ticket))
            rows.append([self._labelled("apart", apart, language)])
        for number in range(1, _CANDIDATES + 1):
            if other := values.get(f"other{number}"):
                named = {"reference": f"NVO-{other}"}
                label = self.texts.line("telegram-button-join", language, named)
                rows.append([self._member(label, Request.JOIN, f"{ticket}-{other}")])
        return rows

    def _member(self, label: str, what: Request, argument: str) -> dict[str, str]:
        return _button(label, MemberButton(what, argument).data)

    def _feedback(self, ticket: TicketId, language: str) -> list[Row]:
        first = [self._asker(ticket, each, language) for each in (Wish.HELPED, Wish.NOT_HELPED)]
        return [first, [self._asker(ticket, Wish.PERSON, language)]]

    def _suggestions(self, ticket: TicketId, values: Values, language: str) -> list[Row]:
        offered = _OPTIONS[: len(numbered(values))]
        numbers = [_button(wish.value, AskerButton(ticket, wish).data) for wish in offered]
        none = self.texts.line("telegram-button-none", language)
        return [numbers, [_button(none, AskerButton(ticket, Wish.PERSON).data)]]

    def _asker(self, ticket: TicketId, wish: Wish, language: str) -> dict[str, str]:
        text = self.texts.line(f"telegram-button-{wish.replace('_', '-')}", language)
        return _button(text, AskerButton(ticket, wish).data)


def numbered(values: Values) -> list[str]:
    """Return the offered questions, each behind its number."""
    given = [values.get(f"option{number}") for number in range(1, len(_OPTIONS) + 1)]
    return [f"{number}. {text}" for number, text in enumerate(given, 1) if text]


def _button(label: str, data: str) -> dict[str, str]:
    short = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
    return {"text": short, "callback_data": data}
