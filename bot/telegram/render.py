"""Write an owed message down as calls of the Bot API: the same debt always gives the same bytes.

A message may have, in this order, the paragraphs of `telegram-<key>` (the first in bold where a
person speaks), what somebody wrote, the offered questions, the paragraphs of
`telegram-<key>-below`, and the buttons of its key. What an asker wrote stands in the staff chat
as a quotation: a reply to a message with one is an answer to the asker (`routers.staff`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field
from typing import Final

from bot.telegram.api import JsonObject
from bot.telegram.ids import number_in
from bot.telegram.introduction import commands_in
from bot.telegram.keyboards import Keyboards, Row, numbered
from bot.telegram.staff_pages import listed, span_of_time
from bot.telegram.styled import LIMIT, Style, Styled, entities, joined, lines, split, styled, utf16
from bot.telegram.training_pages import trainings
from bot.texts import FALLBACK, Texts
from bot.told import in_words
from handlers.domain.channels import Attachment
from handlers.domain.errors import NothingToChangeError, PermanentDeliveryError
from handlers.domain.outgoing import CARDS, EDITS, STAFF_KINDS, Key, Kind, Outgoing, Values
from handlers.domain.tickets import reference_of
from knowledge_base.values import dataclass

LARGEST_UPLOAD: Final = 50_000_000
_TOPIC_NAME: Final = 128
_FOLDED_FROM: Final = 700  # a longer quotation is shown folded
_SEPARATOR: Final = " · "
_TELLING: Final = frozenset({"waiting", "answered", "resolved", "merged", "spam"})
_BELOW_A_CARD: Final = 1200
_ANSWERS_A_QUESTION: Final = frozenset(
    {Kind.ACKNOWLEDGEMENT, Kind.ANSWER, Kind.SUGGESTIONS, Kind.REPLY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; a file is named by its SHA-256 and read only when it is sent."""

    method: str
    parameters: JsonObject
    file: Attachment | None = None


def to_bytes(calls: Sequence[Call]) -> bytes:
    """Write calls down."""
    plain = [
        {
            "method": call.method,
            "parameters": call.parameters,
            "file": asdict(call.file) if call.file else None,
        }
        for call in calls
    ]
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
    """Puts words, buttons and files together.

    `about` are values every text may use; `queues` the titles of those a ticket may be given to.
    """

    texts: Texts
    about: Values
    queues: Mapping[str, str] = field(default_factory=dict)

    def calls(self, message: Outgoing) -> list[Call]:
        """Return the calls that send the message.

        Raises:
            PermanentDeliveryError: there is nothing to send, or no message to change.
        """
        if message.kind is Kind.STAFF_TOPIC:
            parameters: JsonObject = {"chat_id": message.to, "name": self._topic_name(message)}
            return [Call(method="createForumTopic", parameters=parameters)]
        if message.key == Key.STAFF_REMOVAL:
            return _removal(message)
        if message.key == Key.STAFF_COPY:
            return _copies(message)
        parts, thread = self._parts(message), str(message.values.get("thread", ""))
        if not parts:
            raise PermanentDeliveryError("the message has no text")
        if message.kind in EDITS:
            return [self._edit(message, parts[-1])]
        texts = [_text_call(message.to, part, thread=thread) for part in parts]
        self._decorate(message, texts)
        if message.key == Key.STAFF_GOODBYE:
            return [*texts, Call(method="leaveChat", parameters={"chat_id": message.to})]
        if message.values.get("hidden"):
            return texts
        files = [_file_call(message, file) for file in message.attachments if _fits(file)]
        return [*texts, *files, *_copies(message), *self._menu(message)]

    def _menu(self, message: Outgoing) -> list[Call]:
        """Let the chat's commands be explained in the language that was chosen there."""
        if message.key != Key.MEMBER_LANGUAGE_SET:
            return []
        commands = commands_in(self.texts, message.language)
        scope = {"type": "chat", "chat_id": message.to}
        return [Call(method="setMyCommands", parameters={"commands": commands, "scope": scope})]

    def _topic_name(self, message: Outgoing) -> str:
        """Name the topic; the reference comes first, so that people and we find it again."""
        key = f"telegram-{Key.STAFF_TOPIC}"
        parts = self._paragraphs(key, message.language, message.values)
        name = _SEPARATOR.join(" ".join(part.text.split()) for part in parts)
        return name if len(name) <= _TOPIC_NAME else name[: _TOPIC_NAME - 1] + "…"

    def _edit(self, message: Outgoing, part: Styled) -> Call:
        """Change the last part of a message, which alone has a name and buttons."""
        number = number_in(message.to, message.edits or "")
        if number is None:
            raise NothingToChangeError("there is no message to change")
        call = _text_call(message.to, part)
        parameters = {**call.parameters, "message_id": number}
        if keyboard := self._keyboard(message):
            parameters["reply_markup"] = {"inline_keyboard": keyboard}
        return Call(method="editMessageText", parameters=parameters)

    # Words --------------------------------------------------------------------------------------

    def _parts(self, message: Outgoing) -> list[Styled]:
        """Cut the text; what changes on a long card stands in its last part, alone."""
        values = self._values(message)
        head, below = self._head(message, values), self._below(message, values)
        if message.key in CARDS and utf16(head.text) > LIMIT - _BELOW_A_CARD:
            return [*split(head), *split(joined(below))[:1]]
        return split(joined((head, *below)))

    def _head(self, message: Outgoing, values: Values) -> Styled:
        spoken = message.kind in STAFF_KINDS or message.kind is Kind.REPLY
        above = self._paragraphs(f"telegram-{message.key}", message.language, values)
        if spoken and above:
            above[0] = styled(above[0].text, Style.BOLD)
        return joined(
            (
                *above,
                *_words(message),
                lines(numbered(message.values)),
                lines(self._listed(message)),
                listed(self.texts, message.key, message.values, message.language),
                trainings(self.texts, message.key, message.values, message.language),
            )
        )

    def _listed(self, message: Outgoing) -> list[str]:
        """Return a member's matters, one a line."""
        if message.key != Key.MEMBER_TICKETS:
            return []
        values, found = message.values, []
        for number in range(1, len(values) // 3 + 1):
            status = self._progress(str(values[f"status{number}"]), message.language)
            found.append(f"{values[f'ticket{number}']} · {status} · {values[f'subject{number}']}")
        return found

    def _progress(self, status: str, language: str) -> str:
        return self.texts.line("telegram-member-status", language, {"status": status})

    def _below(self, message: Outgoing, values: Values) -> list[Styled]:
        key = f"telegram-{message.key}-below"
        known = self.texts.has(key, FALLBACK)
        below = self._paragraphs(key, message.language, values) if known else []
        return [*below, *self._unsendable(message)]

    def _paragraphs(self, key: str, language: str, values: Values) -> list[Styled]:
        return [styled(text) for text in self.texts.paragraphs(key, language, values)]

    def _values(self, message: Outgoing) -> Values:
        values = {**self.about, **in_words(self.texts, message.values, message.language)}
        if message.key == Key.MEMBER_TICKET:
            values["state"] = self._progress(str(values["status"]), message.language)
        if message.kind not in STAFF_KINDS:
            return values
        if message.key == Key.STAFF_WEEK:
            usual = int(message.values.get("median", 0))
            values["usual"] = span_of_time(self.texts, usual, message.language) if usual else ""
        channel = message.values.get("channel")
        known = (
            message.values.get("name"),
            self.texts.line(f"telegram-channel-{channel}", message.language) if channel else "",
            message.values.get("municipality"),
            self._asker_type(message),
            message.values.get("organisation"),
        )
        status = message.values.get("status")
        if message.key in CARDS and status in _TELLING:
            values["state"] = self.texts.line(f"telegram-status-{status}", message.language)
        values["facts"] = _SEPARATOR.join(str(fact) for fact in known if fact)
        if refusal := message.values.get("refusal"):
            key = f"telegram-refusal-{refusal}"
            if not self.texts.has(key, message.language):
                key = "telegram-refusal-other"
            values["why"] = self.texts.line(key, message.language, values)
        return values

    def _asker_type(self, message: Outgoing) -> str:
        kind = message.values.get("asker_type")
        return self.texts.line(f"asker-type-{kind}", message.language) if kind else ""

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
        if question is None or message.kind not in _ANSWERS_A_QUESTION:
            question = number_in(message.to, str(message.values.get("about", "")))
        if question is not None:
            calls[0].parameters["reply_parameters"] = {
                "message_id": question,
                "allow_sending_without_reply": True,
            }
        if asks := self._asks(message):
            calls[-1].parameters["reply_markup"] = asks
        elif keyboard := self._keyboard(message):
            calls[-1].parameters["reply_markup"] = {"inline_keyboard": keyboard}

    def _asks(self, message: Outgoing) -> JsonObject:
        """Open the input where an answer is typed, or a number is sent by a press."""
        match message.key:
            case Key.MEMBER_PLACES:
                return {"force_reply": True}
            case Key.MEMBER_CALL_NUMBER:
                label = self.texts.line("telegram-button-contact", message.language)
                key = {"text": label, "request_contact": True}
                return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
            case _:
                return {}

    def _keyboard(self, message: Outgoing) -> list[Row]:
        return Keyboards(texts=self.texts, queues=self.queues).of(message)


def _words(message: Outgoing) -> list[Styled]:
    """Return what a person wrote: a consultant as it is, an asker as a quotation."""
    text = str(message.values.get("text", "")).strip()
    if not text:
        return []
    if message.kind not in STAFF_KINDS:
        return [styled(text)]
    return [styled(text, Style.LONG_QUOTE if len(text) >= _FOLDED_FROM else Style.QUOTE)]


def _removal(message: Outgoing) -> list[Call]:
    """Take away a topic, or messages, of somebody who wants to be forgotten."""
    if topic := message.values.get("topic"):
        parameters: JsonObject = {"chat_id": message.to, "message_thread_id": int(topic)}
        return [Call(method="deleteForumTopic", parameters=parameters)]
    names = str(message.values.get("messages", "")).split()
    numbers = [n for n in (number_in(message.to, name) for name in names) if n is not None]
    return [
        Call(
            method="deleteMessages",
            parameters={"chat_id": message.to, "message_ids": numbers[start : start + 100]},
        )
        for start in range(0, len(numbers), 100)
    ]


def _text_call(chat: str, part: Styled, *, thread: str = "") -> Call:
    parameters: JsonObject = {
        "chat_id": chat,
        "text": part.text,
        "link_preview_options": {"is_disabled": True},
    }
    if thread:
        parameters["message_thread_id"] = int(thread)
    if part.spans:
        parameters["entities"] = entities(part)
    return Call(method="sendMessage", parameters=parameters)


def _file_call(message: Outgoing, file: Attachment) -> Call:
    parameters: JsonObject = {"chat_id": message.to, **_caption(message)}
    return Call(method="sendDocument", parameters=parameters, file=file)


def _copies(message: Outgoing) -> list[Call]:
    """Pass on messages whose files a bot may not fetch: Telegram copies them by itself."""
    calls = []
    for name in str(message.values.get("left", "")).split():
        chat, _, number = name.rpartition(":")
        source: JsonObject = {"from_chat_id": chat, "message_id": int(number)}
        parameters = {"chat_id": message.to, **source, **_caption(message)}
        calls.append(Call(method="copyMessage", parameters=parameters))
    return calls


def _caption(message: Outgoing) -> JsonObject:
    """Name the ticket; under what an asker sent, as a quotation."""
    if message.ticket is None:
        return {}
    quoted = message.kind in STAFF_KINDS
    caption = styled(reference_of(message.ticket), Style.QUOTE if quoted else None)
    return {"caption": caption.text, "caption_entities": entities(caption)}


def _fits(file: Attachment) -> bool:
    """Tell whether Telegram takes the file: not empty, and not above its limit for bots."""
    return 0 < file.size <= LARGEST_UPLOAD
