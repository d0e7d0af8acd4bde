"""How messages of Telegram are named among ours, and what our buttons carry.

A message is `<chat>:<message>`, since its own number is unique only within its chat. A button
carries a ticket's number and a word; neither is a secret, and neither is believed (a changed
client can send anything).
"""

import re

from handlers.commands import Particular, Request
from handlers.domain.ids import ArticleId, TicketId
from handlers.staff_commands import StaffRequest
from handlers.talk_commands import TalkAct
from handlers.typed import Wish
from knowledge_base.values import dataclass

ACTS = frozenset(
    {"take", "release", "unroute", "resolve", "reopen", "spam", "queues", "card", "draft"}
    | {"missed", "unmerge"}
)
"""What the buttons of a card do (`handlers.commands.StaffAct`)."""

ACTS_WITH = {
    "to": r"[a-z0-9-]{1,40}",
    "send": r"[a-z0-9-]{1,40}",
    "canned": r"[a-z0-9-]{1,32}",
    **dict.fromkeys(("undo", "again", "anyway"), r"\d{1,18}"),
    **dict.fromkeys(("draft_send", "draft_edit", "draft_drop"), r"\d{1,18}"),
}
"""Acts that are done with something: a queue, an entry, an answer, a message."""

_DATA = re.compile(r"([as]):([1-9][0-9]{0,17}):([a-z0-9_]{1,16})(?::([a-z0-9-]{1,40}))?", re.ASCII)
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
    """A button in a staff chat."""

    ticket: TicketId
    act: str
    argument: str = ""

    @property
    def data(self) -> str:
        """What the button carries."""
        ending = f":{self.argument}" if self.argument else ""
        return f"s:{self.ticket}:{self.act}{ending}"


@dataclass(frozen=True, slots=True)
class MemberButton:
    """A button about the member's own matters."""

    what: Request
    argument: str

    @property
    def data(self) -> str:
        """What the button carries."""
        return f"m:{self.what}:{self.argument}"


@dataclass(frozen=True, slots=True)
class ParticularButton:
    """A button by which an asker says more about a waiting question."""

    ticket: TicketId
    what: Particular
    value: str

    @property
    def data(self) -> str:
        """What the button carries."""
        return f"p:{self.ticket}:{self.what}:{self.value}"


_PARTICULAR = re.compile(r"p:([1-9][0-9]{0,17}):([a-z]{1,16}):([a-z0-9-]{1,40})", re.ASCII)


def read_particular(data: str | None) -> ParticularButton | None:
    """Read a button that says more about a question; None when it is no such button."""
    found = _PARTICULAR.fullmatch(data or "")
    if found is None or found[2] not in set(Particular):
        return None
    return ParticularButton(TicketId(int(found[1])), Particular(found[2]), found[3])


@dataclass(frozen=True, slots=True)
class ListButton:
    """A button that turns the page of a list in a chat of consultants; `whose` it is, if one's."""

    what: StaffRequest
    page: int
    whose: str = ""

    @property
    def data(self) -> str:
        """What the button carries."""
        return f"l:{self.what}:{self.page}" + (f":{self.whose}" if self.whose else "")


_LIST = re.compile(r"l:(queue|mine|canned|mentored):(\d{1,4})(?::(\d{1,18}))?", re.ASCII)


def read_list_button(data: str | None) -> ListButton | None:
    """Read a button that turns a page; None when it is no such button."""
    found = _LIST.fullmatch(data or "")
    return ListButton(StaffRequest(found[1]), int(found[2]), found[3] or "") if found else None


@dataclass(frozen=True, slots=True)
class TalkButton:
    """A button under the card of a call or a visit."""

    article: ArticleId
    act: TalkAct
    argument: str = ""

    @property
    def data(self) -> str:
        """What the button carries."""
        ending = f":{self.argument}" if self.argument else ""
        return f"k:{self.article}:{self.act}{ending}"


_TALK = re.compile(
    r"k:([1-9][0-9]{0,17}):(?:(min|place):(\d{1,4})|(topic):([a-z0-9-]{1,40})|(summary|drop))",
    re.ASCII,
)


def read_talk_button(data: str | None) -> TalkButton | None:
    """Read a button of a talk's card; None when it is no such button."""
    found = _TALK.fullmatch(data or "")
    if found is None:
        return None
    act = TalkAct(found[2] or found[4] or found[6])
    return TalkButton(ArticleId(int(found[1])), act, found[3] or found[5] or "")


_MEMBER = {
    Request.SHOW: r"[1-9]\d{0,17}",
    Request.LANGUAGE: "lt|en|ru",
    Request.ERASE: "surely|yes",
    Request.RATE: r"[1-9]\d{0,17}-[1-5]",
    Request.JOIN: r"[1-9]\d{0,17}-[1-9]\d{0,17}",
    Request.APART: r"[1-9]\d{0,17}",
    Request.CANCEL: r"[1-9]\d{0,17}",
    Request.PLACES: r"[1-9]\d{0,17}",
    Request.PLACE: r"[1-9]\d{0,17}-\d{1,3}",
    Request.CALL: r"[1-9]\d{0,17}",
    Request.WHEN: r"[1-9]\d{0,17}-(soon|\d{8}[ab])",
    Request.UNCALL: r"[1-9]\d{0,17}",
    Request.ENROL: r"[a-z0-9-]{1,40}",
    Request.LEAVE: r"[a-z0-9-]{1,40}",
}


def read_member_button(data: str | None) -> MemberButton | None:
    """Read a button about a member's own matters; None when it is no such button."""
    what, _, argument = (data or "").removeprefix("m:").partition(":")
    if not (data or "").startswith("m:") or what not in set(Request):
        return None
    wanted = _MEMBER.get(Request(what))
    if wanted is None or re.fullmatch(wanted, argument, re.ASCII) is None:
        return None
    return MemberButton(Request(what), argument)


def read_button(data: str | None) -> AskerButton | CardButton | None:
    """Read what a pressed button carries; None when no button of ours does."""
    found = _DATA.fullmatch(data or "")
    if found is None:
        return None
    who, ticket, word, argument = found[1], TicketId(int(found[2])), found[3], found[4] or ""
    if who == "a":
        return AskerButton(ticket, Wish(word)) if word in set(Wish) and not argument else None
    wanted = ACTS_WITH.get(word)
    known = re.fullmatch(wanted, argument) if wanted else word in ACTS and not argument
    return CardButton(ticket, word, argument) if known else None


def name_of(chat: int | str, message: int) -> str:
    """Name a message."""
    return f"{chat}:{message}"


def number_in(chat: str, name: str) -> int | None:
    """Return the number of a named message, if it stands in this chat."""
    found = _MESSAGE.fullmatch(name)
    return int(found[2]) if found and found[1] == chat else None
