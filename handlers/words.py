"""What a consultant says, and what it has to be."""

from collections.abc import Collection

from handlers.domain.channels import Attachment, Channel
from handlers.domain.errors import InvalidError
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a consultant wrote, or the entry they chose.

    `external_id` names the message that brought it, if one did. `copies` are those of the people in
    copy who get it as well as the asker; `left` names messages with files only
    Telegram passes on.
    """

    text: str
    channel: Channel
    attachments: tuple[Attachment, ...] = ()
    external_id: str | None = None
    entry: Entry | None = None
    copies: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def require_known(words: Words, known: Collection[str]) -> None:
    """Let copies go only where the conversation went before: no word leaves by a typing error."""
    for address in words.copies:
        if address not in known:
            raise InvalidError("not-in-copy", field="cc", address=address)


def require_words(words: Words) -> None:
    if not words.text.strip() and not words.attachments:
        raise InvalidError("no-words", field="text")
