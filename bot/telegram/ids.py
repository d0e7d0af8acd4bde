"""How messages of Telegram are named among ours, and what our buttons carry.

A message is `<chat>:<message>`, since its own number is unique only within its chat. A button
carries a ticket's number and a word; neither is a secret, and neither is believed (a changed
client can send anything).
"""

import re
from dataclasses import dataclass

from handlers.domain.ids import TicketId
from handlers.typed import Wish

ACTS = ("take", "resolve", "spam")
"""What the buttons of a card do (`handlers.commands.StaffAct`)."""

_DATA = re.compile(r"([as]):([1-9][0-9]{0,17}):([a-z0-9_]{1,16})", re.ASCII)
_MESSAGE = re.compile(r"(-?\d{1,20}):(\d{1,18})(?::\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AskerButton:
    """A button under an answer."""

    ticket: TicketId
    wish: Wish

    @property
    def data(self) -> str:
        """What the button carries."""
        return f"a:{self.ticket}:{self.wish}"


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button under a card in a staff chat."""

    ticket: TicketId
    act: str

    @property
    def data(self) -> str:
        """What the button carries."""
        return f"s:{self.ticket}:{self.act}"


def read_button(data: str | None) -> AskerButton | CardButton | None:
    """Read what a pressed button carries; None when no button of ours does."""
    found = _DATA.fullmatch(data or "")
    if found is None:
        return None
    who, ticket, word = found[1], TicketId(int(found[2])), found[3]
    if who == "a" and word in set(Wish):
        return AskerButton(ticket, Wish(word))
    return CardButton(ticket, word) if who == "s" and word in ACTS else None


def name_of(chat: int | str, message: int) -> str:
    """Name a message."""
    return f"{chat}:{message}"


def number_in(chat: str, name: str) -> int | None:
    """Return the number of a named message, if it stands in this chat."""
    found = _MESSAGE.fullmatch(name)
    return int(found[2]) if found and found[1] == chat else None
