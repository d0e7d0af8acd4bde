"""A wish to be called, as people write it in a letter: read carefully, or asked about."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from handlers.calling_hours import Slot
from handlers.phones import find_phones
from handlers.working_time import VILNIUS, local_day
from knowledge_base.text import Line
from knowledge_base.values import dataclass

_NOON: Final = time(12, 30)
_NEAR: Final = 160

_WISH: Final = re.compile(
    r"(?<!ne)\b(?:pa|per)skambink(?:it|ite)?\b(?! [iį] (?!mane))"
    r"|\b(?:galite|galetumete|galit|prasau|prasyciau|prasome|prasytume) (?:\w+ ){0,2}?"
    r"(?:pa|per)skambinti\b(?! [iį] )"
    r"|\b(?:kad|jog) (?:\w+ ){0,2}?(?:pa|per)skambintumete\b"
    r"|\b(?:lauksiu|laukiu|laukiame|lauksime) (?:jusu )?skambucio\b"
    r"|\b(?:galite|galetumete|prasau|prasyciau|prasome|prasytume) (?:\w+ ){0,2}?"
    r"susisiekti (?:\w+ ){0,2}?(?:telefonu|tel)\b"
    r"|\bsusisiekit[e]? (?:su manimi |su mumis )?(?:telefonu|tel)\b"
    r"|\bnor(?:iu|eciau|etume) (?:\w+ ){0,2}?pa(?:si)?kalbeti telefonu\b"
    r"|\b(?:please|could you|can you|kindly) (?:call|phone|ring) (?:me|us)\b"
    r"|\bcall (?:me|us)(?: back)? (?:on|at|back|please)\b|\bgive me a call\b"
    r"|\b(?:перезвоните|позвоните) (?:мне|нам|пожалуйста)\b|\bпрошу (?:пере|по)звонить\b"
)
_STEMS: Final = ("skamb", "susisiek", "kalbeti tel", "call ", "phone ", "ring ", "звон")
"""No wish is without one of these; most letters are."""

_UNWISHED: Final = re.compile(
    r"\b(?:ne(?:be)?skambinkit[e]?|nereikia (?:man |mums )?(?:pa|per)?skambinti)\b"
    r"|\b(?:do not|don't|no need to) call\b|\bне звоните\b"
)
_DAYS: Final = ("pirmadien", "antradien", "treciadien", "ketvirtadien", "penktadien")
_DAYS_EN: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
_SOON: Final = (("poryt", 2), ("rytoj", 1), ("siandien", 0), ("tomorrow", 1), ("today", 0))
_CLOCK: Final = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*val\b|\b(\d{1,2}):(\d{2})\b")
_MORNING: Final = re.compile(r"\b(?:ryte|is ryto|iki pietu|priespiet\w*|in the morning)\b")
_AFTERNOON: Final = re.compile(r"\b(?:po pietu|popiet|vakarop|in the afternoon)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequest:
    """A wish to be called; of several numbers none is taken. Half a day: morning or afternoon."""

    phone: str | None = None
    day: date | None = None
    afternoon: bool | None = None

    @property
    def says_when(self) -> bool:
        """Whether a time was wished for."""
        return self.day is not None or self.afternoon is not None

    def slot(self, free: Iterable[Slot]) -> Slot | None:
        """Return the first of the free parts of days that fits; None when none does."""
        return next((each for each in free if self._fits(each)), None)

    def _fits(self, slot: Slot) -> bool:
        if self.day is not None and slot.day != self.day:
            return False
        if self.afternoon is None:
            return True
        ends = slot.ends_at.astimezone(VILNIUS).time()
        starts = slot.starts_at.astimezone(VILNIUS).time()
        return ends > _NOON if self.afternoon else starts < _NOON


def call_request(said: Line, *, now: datetime) -> CallRequest | None:
    """Read a wish to be called out of a letter; None when there is none, or it is taken back.

    Only what stands near the wish says when: other days of a letter are about other things.
    """
    folded = said.folded
    found = _WISH.search(folded) if any(stem in folded for stem in _STEMS) else None
    if found is None or _UNWISHED.search(folded):
        return None
    near = folded[max(0, found.start() - _NEAR // 2) : found.end() + _NEAR]
    return told_when(near, phones=find_phones(said.text), now=now)


def unwished(said: Line) -> bool:
    """Tell whether somebody says not to call."""
    return _UNWISHED.search(said.folded) is not None


def told_when(folded: str, *, phones: tuple[str, ...], now: datetime) -> CallRequest:
    """Read when somebody may be called, of folded words."""
    phone = phones[0] if len(phones) == 1 else None
    return CallRequest(phone=phone, day=_day(folded, now), afternoon=_afternoon(folded))


def _day(folded: str, now: datetime) -> date | None:
    today = local_day(now)
    for word, days in _SOON:
        if re.search(rf"\b{word}\b", folded):
            return today + timedelta(days)
    for number, names in enumerate(zip(_DAYS, _DAYS_EN, strict=True)):
        if any(re.search(rf"\b{name}", folded) for name in names):
            return today + timedelta((number - today.weekday()) % 7)
    return None


def _afternoon(folded: str) -> bool | None:
    if _MORNING.search(folded):
        return False
    if _AFTERNOON.search(folded):
        return True
    found = _CLOCK.search(folded)
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    return (hour, minute) >= (_NOON.hour, _NOON.minute) if hour < 24 else None  # noqa: PLR2004 -- hours
