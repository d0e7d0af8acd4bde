"""What a short typed answer means: `1/2/3` works wherever a button does."""

import re
from collections.abc import Sequence
from enum import StrEnum

from handlers.domain.tickets import Status, Ticket
from knowledge_base.text import Line, asks_for_person, calls_for_person, fold, tokens
from knowledge_base.values import dataclass


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
_OPTIONS = {"1": Wish.FIRST, "2": Wish.SECOND, "3": Wish.THIRD}
_WORDS = {
    Wish.HELPED: frozenset({"padejo", "helped", "помогло"}),
    Wish.NOT_HELPED: frozenset(
        {"nepadejo", "ne nepadejo", "ne padejo", "did not help", "didn t help", "not helped"}
        | {"no did not help", "no didn t help", "не помогло", "нет не помогло"}
    ),
}
_POLITE = frozenset(
    {"labas", "laba", "diena", "sveiki", "taip", "labai", "aciu", "dekui", "dekoju"}
    | {"it", "this", "that", "yes", "very", "much", "thanks", "thank", "you"}
    | {"да", "спасибо"}
)
_CLOSING = re.compile(
    r"(?:su |geriausi |best |kind |warm )?(?:pagarb|linkejim|regards|с уважением)", re.IGNORECASE
)
_CLOSING_STEMS = ("pagarb", "linkejim", "regards", "с уважением")
_FEW_WORDS = 5


def wish(ticket: Ticket, said: Line) -> Wish | None:
    """Read a follow-up as a press of a button, or None when it is an ordinary message.

    Greetings, thanks and a signature below do not count; anything else said beside the wish does,
    so that no question is swallowed by a number.
    """
    if ticket.status is Status.ANSWERED or ticket.offered:
        words = _bare(said)
        if ticket.status is Status.ANSWERED and (pressed := _on_answer(words)) is not None:
            return pressed
        if words in _OPTIONS and int(words) <= len(ticket.offered):
            return _OPTIONS[words]
    return Wish.PERSON if calls_for_person(said) else None


class Reminding(StrEnum):
    """Whether the asker wants to be reminded of what was told."""

    WANTED = "wanted"
    UNWANTED = "unwanted"


_REMINDING = {
    Reminding.WANTED: frozenset(
        {"priminti", "priminkite", "primink", "prasau priminti", "noriu priminimo"}
        | {"remind", "remind me", "please remind me", "напомнить", "напомните"}
    ),
    Reminding.UNWANTED: frozenset(
        {"nepriminti", "nebepriminti", "nepriminkite", "nebepriminkite", "nepriminkit"}
        | {"stop reminding", "stop reminding me", "do not remind", "не напоминать"}
    ),
}


_REMINDING_STEMS = ("prim", "remind", "напом")
"""No such wish is without one of these; nearly every message is."""


def reminding(said: Line) -> Reminding | None:
    """Read a follow-up as a wish about reminders, or None when it is anything else."""
    if not any(stem in said.folded for stem in _REMINDING_STEMS):
        return None
    words = _bare(said)
    return next((wanted for wanted, ways in _REMINDING.items() if words in ways), None)


@dataclass(frozen=True, slots=True)
class Enrol:
    """A wish to take part in the training of this code; `besides` is what stands behind it."""

    code: str
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """A wish not to take part; without a code in the training that is meant."""

    code: str = ""


_ENROL = re.compile(
    r"\W*(?:(?:labas?|laba diena|labą dieną|sveiki|hello|hi|здравствуйте|добрый день)[\s,.!]+)?"
    r"(?:(?:noriu|norime|norėčiau|noreciau|prašau|prasau|prašom|prasom|please|прошу)\s+)*"
    r"(?:u[žz](?:si)?registruo\w+|registruo\w+|register|sign (?:me )?up|за?регистр\w+)\s+"
    r"(?:(?:mane|mus|me|us|меня|нас|į|i|in|for|to|на|в)\s+)*"
    r"(?:(?:mokymus|mokymuose|the|training|обучение)\s+)*"
    r"„?(?P<code>[a-z0-9]+(?:-[a-z0-9]+)*)“?(?:[\s,.;:–-]+(?P<besides>.*))?",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"(?:(?:deja|прошу)\s+)*(?:atsisakau|atsisakome|atsisakyti|(?:ne|nebe)dalyvausi?me?|"
    r"(?:ne|nebe)dalyvausiu|negalesiu dalyvauti|negalesime dalyvauti|cancel|cancel registration|"
    r"i cannot come|отказываюсь|отказаться|не приму участия)"
    r"(?: (?P<code>[a-z0-9]+(?: [a-z0-9]+)*))?",
)
_STEMS = (
    *("regist", "sign", "atsisak", "dalyv", "cancel", "cannot come"),
    *("регистр", "отказ", "не приму"),
)
"""No such wish is without one of these; nearly every message is."""

_LETTER = re.compile(r"\b[мМ](?=\d)")
"""Who types Russian types the code of a training so."""

_SEVERAL = re.compile(
    r"\b(?:dviese|trise|keturiese|penkiese|du|dvi|trys|keturi|penki|keli|kelios|kartu|"
    r"žmon\w*|zmon\w*|asmen\w*|dalyvi\w*|people|persons|человек\w*|вдвоём|вдвоем)\b",
    re.IGNORECASE,
)
"""A seat is one person's; how many are meant, and who, a person asks."""

_NOT_NAMES = frozenset({"mokymus", "mokymuose", "training", "обучение"})
_SHORT = 25
"""Words: in a longer message something is said that a person should read."""


def enrolling(said: Line) -> Enrol | Leave | None:
    """Read a short message as a wish about a training, or None when it is anything else."""
    if "?" in said.text or not any(stem in said.folded for stem in _STEMS):
        return None
    text = _LETTER.sub("m", said.text)
    words = _bare(said if text == said.text else Line(text))
    if not words or len(words.split()) > _SHORT or _SEVERAL.search(text):
        return None
    if left := _LEAVE.fullmatch(words):
        return Leave(left["code"] or "")
    first = next(line for line in text.splitlines() if _bare(Line(line)))
    if found := _ENROL.fullmatch(first.strip()):
        besides = (found["besides"] or "").strip(" .")
        return Enrol(found["code"].lower(), "" if besides in _NOT_NAMES else besides)
    return None


class Consent(StrEnum):
    """Whether the asker agrees to what they were asked about."""

    GIVEN = "given"
    REFUSED = "refused"


_CONSENT = {
    Consent.GIVEN: frozenset(
        {"sutinku", "taip sutinku", "sutinku galite perduoti", "sutinkame", "galite perduoti"}
        | {"i agree", "yes i agree", "agree", "agreed", "yes you may", "you may"}
        | {"согласен", "согласна", "да согласен", "да согласна", "согласны"}
    ),
    Consent.REFUSED: frozenset(
        {"nesutinku", "ne nesutinku", "nesutinkame", "neperduokite", "neperduokit"}
        | {"i do not agree", "no i do not agree", "i don t agree", "i disagree"}
        | {"не согласен", "не согласна", "нет не согласен", "нет не согласна"}
    ),
}


def consent(said: Line) -> Consent | None:
    """Read an answer to „may we?“; anything but a plain one is left to a person."""
    words = _bare(said)
    return next((given for given, ways in _CONSENT.items() if words in ways), None)


def says_more(said: Line) -> bool:
    """Tell whether a wish came with words a consultant should read."""
    return len(said.words) > _FEW_WORDS


def _on_answer(said: str) -> Wish | None:
    """Read a number, words, or both where they agree: „3 – noriu konsultanto“."""
    number, _, words = said.partition(" ")
    pressed = _ON_ANSWER.get(number)
    if pressed is None:
        return _in_words(said)
    return pressed if not words or _in_words(words) is pressed else None


def _in_words(said: str) -> Wish | None:
    for wished, ways in _WORDS.items():
        if said in ways:
            return wished
    return Wish.PERSON if asks_for_person(said) else None


def _bare(said: Line) -> str:
    """Return the folded words without politeness and signature; of a question, nothing."""
    if "?" in said.text:
        return ""
    is_signed = any(stem in said.folded for stem in _CLOSING_STEMS)
    words = _above_signature(said.text) if is_signed else said.words
    return " ".join(word for word in words if word not in _POLITE)


def _above_signature(text: str) -> Sequence[str]:
    lines = [fold(line) for line in text.splitlines()]
    end = next((n for n, line in enumerate(lines) if _CLOSING.match(line)), len(lines))
    return tokens("\n".join(lines[:end]))
