"""Write an owed message down as calls of the Bot API: the same debt always gives the same bytes.

A message may have, in this order, the paragraphs of `telegram-<key>` (the first in bold where a
person speaks), what somebody wrote, the offered questions, the paragraphs of
`telegram-<key>-below`, and the buttons of its key. What an asker wrote stands in the staff chat
as a quotation: a reply to a message with one is an answer to the asker (`routers.staff`).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bot.telegram.api import JsonObject
from bot.telegram.ids import ACTS, AskerButton, CardButton, number_in
from bot.telegram.styled import Style, Styled, entities, joined, lines, split, styled
from bot.texts import FALLBACK, Texts
from handlers.domain.channels import Attachment
from handlers.domain.errors import PermanentDeliveryError
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import CARDS, STAFF_KINDS, Key, Kind, Outgoing, Values
from handlers.domain.tickets import reference_of
from handlers.typed import Wish

LARGEST_UPLOAD: Final = 50_000_000
_TOPIC_NAME: Final = 128
_FOLDED_FROM: Final = 700  # a longer quotation is shown folded
_SEPARATOR: Final = " · "
_OPTIONS: Final = (Wish.FIRST, Wish.SECOND, Wish.THIRD)
_ANSWERS_A_QUESTION: Final = frozenset(
    {Kind.ACKNOWLEDGEMENT, Kind.ANSWER, Kind.SUGGESTIONS, Kind.REPLY}
)
_CARD_ROWS: Final = (ACTS[:2], ACTS[2:])

Row = list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; a file is named by its SHA-256 and read only when it is sent."""

    method: str
    parameters: JsonObject
    file: Attachment | None = None


def to_bytes(calls: Sequence[Call]) -> bytes:
    """Write calls down."""
    plain = [asdict(call) for call in calls]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


def from_bytes(content: bytes) -> list[Call]:
    """Read calls back."""
    return [
        Call(
            method=plain["method"],
            parameters=plain["parameters"],
            file=Attachment(**plain["file"]) if plain["file"] else None,
        )
        for plain in json.loads(content)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """Puts words, buttons and files together; `about` are values every text may use."""

    texts: Texts
    about: Values

    def calls(self, message: Outgoing) -> list[Call]:
        """Return the calls that send the message.

        Raises:
            PermanentDeliveryError: there is nothing to send.
        """
        if message.kind is Kind.STAFF_TOPIC:
            parameters: JsonObject = {"chat_id": message.to, "name": self._topic_name(message)}
            return [Call(method="createForumTopic", parameters=parameters)]
        parts = split(self._text(message))
        if not parts:
            raise PermanentDeliveryError("the message has no text")
        texts = [_text_call(message.to, part) for part in parts]
        self._decorate(message, texts)
        return [*texts, *(_file_call(message, file) for file in message.attachments if _fits(file))]

    def _topic_name(self, message: Outgoing) -> str:
        """Name the topic; the reference comes first, so that people and we find it again."""
        key = f"telegram-{Key.STAFF_TOPIC}"
        parts = self._paragraphs(key, message.language, message.values)
        name = _SEPARATOR.join(" ".join(part.text.split()) for part in parts)
        return name if len(name) <= _TOPIC_NAME else name[: _TOPIC_NAME - 1] + "…"

    # Words --------------------------------------------------------------------------------------

    def _text(self, message: Outgoing) -> Styled:
        values = self._values(message)
        spoken = message.kind in STAFF_KINDS or message.kind is Kind.REPLY
        above = self._paragraphs(f"telegram-{message.key}", message.language, values)
        if spoken and above:
            above[0] = styled(above[0].text, Style.BOLD)
        return joined(
            (
                *above,
                *_words(message),
                lines(_numbered(message.values)),
                *self._below(message, values),
                *self._unsendable(message),
            )
        )

    def _below(self, message: Outgoing, values: Values) -> list[Styled]:
        key = f"telegram-{message.key}-below"
        known = self.texts.has(key, FALLBACK)
        return self._paragraphs(key, message.language, values) if known else []

    def _paragraphs(self, key: str, language: str, values: Values) -> list[Styled]:
        return [styled(text) for text in self.texts.paragraphs(key, language, values)]

    def _values(self, message: Outgoing) -> Values:
        values = {**self.about, **message.values}
        if message.kind not in STAFF_KINDS:
            return values
        channel = message.values.get("channel")
        known = (
            message.values.get("name"),
            self.texts.line(f"telegram-channel-{channel}", message.language) if channel else "",
            message.values.get("municipality"),
        )
        values["facts"] = _SEPARATOR.join(str(fact) for fact in known if fact)
        if refusal := message.values.get("refusal"):
            key = f"telegram-refusal-{refusal}"
            if not self.texts.has(key, message.language):
                key = "telegram-refusal-other"
            values["why"] = self.texts.line(key, message.language, values)
        return values

    def _unsendable(self, message: Outgoing) -> list[Styled]:
        names = [file.name for file in message.attachments if not _fits(file)]
        if not names:
            return []
        values = {"names": ", ".join(names)}
        return [styled(self.texts.line("telegram-files-left-out", message.language, values))]

    # What hangs on the words --------------------------------------------------------------------

    def _decorate(self, message: Outgoing, calls: list[Call]) -> None:
        """Answer the question's message with the first part; put the buttons under the last."""
        question = next((n for n in (number_in(message.to, t) for t in message.thread) if n), None)
        if question is not None and message.kind in _ANSWERS_A_QUESTION:
            calls[0].parameters["reply_parameters"] = {
                "message_id": question,
                "allow_sending_without_reply": True,
            }
        if keyboard := self._keyboard(message):
            calls[-1].parameters["reply_markup"] = {"inline_keyboard": keyboard}

    def _keyboard(self, message: Outgoing) -> list[Row]:
        ticket, language = message.ticket, message.language
        if ticket is None:
            return []
        match message.key:
            case Key.ANSWER:
                first = [
                    self._asker_button(ticket, wish, language)
                    for wish in (Wish.HELPED, Wish.NOT_HELPED)
                ]
                return [first, [self._asker_button(ticket, Wish.PERSON, language)]]
            case Key.SUGGESTIONS:
                offered = _OPTIONS[: len(_numbered(message.values))]
                numbers = [
                    {"text": wish.value, "callback_data": AskerButton(ticket, wish).data}
                    for wish in offered
                ]
                none = self.texts.line("telegram-button-none", language)
                data = AskerButton(ticket, Wish.PERSON).data
                return [numbers, [{"text": none, "callback_data": data}]]
            case key if key in CARDS:
                return [
                    [self._card_button(ticket, act, language) for act in acts]
                    for acts in _CARD_ROWS
                ]
            case _:
                return []

    def _asker_button(self, ticket: TicketId, wish: Wish, language: str) -> dict[str, str]:
        text = self.texts.line(f"telegram-button-{wish.replace('_', '-')}", language)
        return {"text": text, "callback_data": AskerButton(ticket, wish).data}

    def _card_button(self, ticket: TicketId, act: str, language: str) -> dict[str, str]:
        text = self.texts.line(f"telegram-button-{act}", language)
        return {"text": text, "callback_data": CardButton(ticket, act).data}


def _words(message: Outgoing) -> list[Styled]:
    """Return what a person wrote: a consultant as it is, an asker as a quotation."""
    text = str(message.values.get("text", "")).strip()
    if not text:
        return []
    if message.kind not in STAFF_KINDS:
        return [styled(text)]
    return [styled(text, Style.LONG_QUOTE if len(text) >= _FOLDED_FROM else Style.QUOTE)]


def _numbered(values: Values) -> list[str]:
    given = [values.get(f"option{number}") for number in range(1, len(_OPTIONS) + 1)]
    return [f"{number}. {text}" for number, text in enumerate(given, 1) if text]


def _text_call(chat: str, part: Styled) -> Call:
    parameters: JsonObject = {
        "chat_id": chat,
        "text": part.text,
        "link_preview_options": {"is_disabled": True},
    }
    if part.spans:
        parameters["entities"] = entities(part)
    return Call(method="sendMessage", parameters=parameters)


def _file_call(message: Outgoing, file: Attachment) -> Call:
    parameters: JsonObject = {"chat_id": message.to}
    if message.ticket is not None:
        quoted = message.kind in STAFF_KINDS
        caption = styled(reference_of(message.ticket), Style.QUOTE if quoted else None)
        parameters["caption"] = caption.text
        parameters["caption_entities"] = entities(caption)
    return Call(method="sendDocument", parameters=parameters, file=file)


def _fits(file: Attachment) -> bool:
    """Tell whether Telegram takes the file: not empty, and not above its limit for bots."""
    return 0 < file.size <= LARGEST_UPLOAD
