"""Keyboards under messages: what Telegram accepts, and what a person then sees."""

from collections.abc import Iterator

from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError
from tests.telegram_emulator.links import LinkError, checked_link, linked_user

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
DATA_BYTES = 64
_MOST_BUTTONS = 100
# An inline button does exactly one of these.
_DEEDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def checked_markup(markup: Markup | None) -> Markup | None:
    """Return the keyboard as Telegram keeps it; one without buttons is none.

    Raises:
        ApiError: a button is not acceptable.
    """
    match markup:
        case InlineKeyboardMarkup():
            return checked_inline(markup)
        case ReplyKeyboardMarkup():
            texts = [button.text for row in markup.keyboard for button in row]
            if not all(texts):
                raise ApiError(errors.KEY_TEXT)
            return markup if texts else None
        case _:
            return markup


def checked_inline(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """Do the same for buttons that belong to a message."""
    rows = [row for row in markup.inline_keyboard if row] if markup else []
    if not rows:
        return None
    if sum(len(row) for row in rows) > _MOST_BUTTONS:
        raise ApiError(errors.MARKUP_TOO_LONG)
    for row in rows:
        for button in row:
            _check(button)
    return InlineKeyboardMarkup(inline_keyboard=rows)


def buttons(markup: InlineKeyboardMarkup | None) -> Iterator[InlineKeyboardButton]:
    for row in markup.inline_keyboard if markup else ():
        yield from row


def _check(button: InlineKeyboardButton) -> None:
    if all(getattr(button, deed) is None for deed in _DEEDS):
        raise ApiError(errors.BUTTON_TYPE)
    if not button.text:
        raise ApiError(errors.BUTTON_TEXT)
    if button.callback_data and len(button.callback_data.encode()) > DATA_BYTES:
        raise ApiError(errors.BUTTON_DATA)
    if button.url and linked_user(button.url) is None:
        try:
            checked_link(button.url)
        except LinkError as wrong:
            raise ApiError(errors.BUTTON_URL, url=button.url, reason=wrong) from wrong
