"""What a short typed answer means: `1/2/3` works wherever a button does."""

from enum import StrEnum

from handlers.domain.tickets import Status, Ticket
from knowledge_base.text import asks_for_person, fold

_HELPED = frozenset({"padejo", "taip padejo", "helped", "it helped", "помогло"})
_NOT_HELPED = frozenset({"nepadejo", "ne nepadejo", "did not help", "не помогло"})


class Wish(StrEnum):
    """What the asker wants next."""

    HELPED = "helped"
    NOT_HELPED = "not_helped"
    PERSON = "person"
    FIRST = "1"
    SECOND = "2"
    THIRD = "3"

    @property
    def option(self) -> int | None:
        """The number of the offered question that was chosen."""
        return int(self.value) if self.value.isdigit() else None


_ON_ANSWER = {"1": Wish.HELPED, "2": Wish.NOT_HELPED, "3": Wish.PERSON}


def wish(ticket: Ticket, text: str) -> Wish | None:
    """Read a follow-up as a press of a button, or None when it is an ordinary message."""
    said = fold(text).strip(" \t\r\n.!()")
    if ticket.status is Status.ANSWERED:
        if said in _ON_ANSWER:
            return _ON_ANSWER[said]
        if said in _HELPED:
            return Wish.HELPED
        if said in _NOT_HELPED:
            return Wish.NOT_HELPED
    if said.isdecimal() and 1 <= int(said[:3]) <= len(ticket.offered):
        return Wish(str(int(said[:3])))
    return Wish.PERSON if asks_for_person(text) else None
