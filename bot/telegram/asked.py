"""What a short message means where we asked for something: a number to call, a municipality."""

from datetime import timedelta
from typing import Final

from bot.telegram.conversations import Asker
from handlers.commands import Request
from handlers.domain.tickets import Status, Ticket
from handlers.phones import find_phone, looks_like_phone, parse_phone
from knowledge_base.municipalities import Places
from knowledge_base.values import dataclass

_LONGEST: Final = 200
_AWAITED: Final = timedelta(days=1)
_LIVE: Final = frozenset({Status.NEW, Status.OPEN, Status.WAITING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is asked of the desk by the message."""

    what: Request
    argument: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Understands answers to what we asked; whatever is none goes the way of all messages.

    - A number counts only while one is awaited; words around it are kept for whoever calls.
    - A text that is the name of a municipality belongs to the newest question that has none yet.
      Typing errors are forgiven only where we asked for the name.
    """

    asker: Asker
    places: Places

    def meant(self, text: str, *, contact: str | None) -> Meant | None:
        """Return what the message means, or None when it is an ordinary one."""
        if contact is not None:
            number = parse_phone(f"+{contact.lstrip('+')}")
            return Meant(what=Request.PHONE, argument=number or "") if self.asker.call else None
        if len(text) > _LONGEST:
            return None
        return self._number(text.strip()) or self._place(text)

    def _number(self, text: str) -> Meant | None:
        if self.asker.call is None:
            return None
        if number := find_phone(text):
            words = "" if parse_phone(text) else text
            return Meant(what=Request.PHONE, argument=number, words=words)
        if looks_like_phone(text):
            return Meant(what=Request.PHONE, argument="")
        return None

    def _place(self, text: str) -> Meant | None:
        ticket = self.asker.prompted or self._placeless()
        if ticket is None:
            return None
        forgiving = self.asker.prompted is not None
        found = self.places.meant(text) if forgiving else self.places.named(text)
        if not found:
            return None
        numbers = "-".join(str(self.places.all.index(place)) for place in found)
        return Meant(what=Request.PLACE, argument=f"{ticket.id}-{numbers}")

    def _placeless(self) -> Ticket | None:
        newest = self.asker.newest
        if newest is None or newest.status not in _LIVE or newest.municipality is not None:
            return None
        if self.asker.replies or self.asker.at - newest.updated_at > _AWAITED:
            return None
        return newest
