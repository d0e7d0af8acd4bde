"""A letter cut into the questions it asks: greeting, signature and small talk left out."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from knowledge_base.by_word import by_word
from knowledge_base.small_words import is_polite, topic_words
from knowledge_base.text import (
    Line,
    fold_piece,
    greets,
    is_thanks,
    may_thank,
    thanks,
    tokens,
    words_of,
)
from knowledge_base.values import dataclass

MOST: Final = 5
"""More questions than this in one letter are for a person to read, not for a machine to guess."""

_SHORT: Final = 240
_FOLLOW_UP_WORDS: Final = 4
_POINTING: Final = frozenset(
    tokens("jis ji jie jos jo ju ja jį jam jai juos jas tai to tam ten čia")
)
_CLOSING: Final = re.compile(
    r"(?:su )?(?:geriaus\w* |nuosirdz\w* |did\w* )?(?:pagarbiai|pagarba|linkejim\w*)\b|"
    r"nuosirdziai\b|"
    r"(?:dekoju|dekojame|dekui|aciu)[,.!]?$|(?:geros|grazios) (?:\w+ )?(?:dienos|savaites)\b|"
    r"(?:best |kind |warm )*regards\b|sincerely\b|с уважением|--|(?:is)?siusta is|sent from"
)
_CLOSINGS: Final = (
    *("su", "geriaus", "nuosirdz", "did", "pagarb", "linkejim", "dekoj", "deku", "aciu", "geros"),
    *("grazios", "best", "kind", "warm", "regards", "sincerely", "с", "--", "siusta", "issiusta"),
    "sent",
)
"""How each of these begins: few lines do, and only those are looked at."""
_CLOSING_WORDS: Final = 6
_ITEM: Final = re.compile(r"\s*(?:\d{1,2}[.)]|[-–•*])\s+")
_ABBREVIATED: Final = re.compile(
    r"\b(?:\d{1,4}|[A-ZĄČĘĖĮŠŲŪŽ]|d|m|r|p|g|k|str|nr|pvz|proc|tel|mob|el|val|sav|raj|gerb|t|y|pan|eur|tūkst|mln)\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION: Final = 10
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"“”)]*\s+")
_BEFORE: Final = r"(?:(?:per|nuo|iki|uz|su|pagal|del|is|i|prie|apie) )?"
_ASKING_WORD: Final = (
    r"ar|kaip|kada|kiek|kur|koks|koki\w*|kas|ka|kam|ko|kuo|kuriam|kuriuo|kodel|gal|"
    r"what|how|when|where|who|which|why|can|do|does|are|may|should|"
    r"как\w*|что|где|когда|кто|сколько|можно|нужн\w*|почему|куда"
)
_ASKING: Final = rf"{_BEFORE}(?:{_ASKING_WORD}|is (?:a|an|it|my|our|the|there|this|your))"
_RELATIVE: Final = r"(?:kuri|kuris|kurie|kurios|kuriose|kurioje)"
_DIRECT: Final = re.compile(
    rf"(?:(?:o|ir|taip pat|dar|beje|tai|tik)[:,]? )?(?:{_ASKING}|{_RELATIVE})\b"
)
_INDIRECT: Final = re.compile(
    r"(?:[,:;–—-]|\b(?:ir|arba|apie tai|zinoti|suprasti|paaiskinti|nurodyti|patarti)) "
    rf"{_ASKING}\b"
)
_REQUESTING_WORD: Final = (
    r"prasom\w*|prasau|prasyc\w*|prasytum\w*|padekit\w*|patarkit\w*|paaiskinkit\w*|"
    r"atsiuskit\w*|nurodykit\w*|noriu|norime|norim|noreciau|noretum\w*|noretu|reikia|reiketu|"
    r"reikalinga|please|прошу|пожалуиста|хотим|нужно"
)
_REQUEST: Final = re.compile(
    rf"\b(?:{_REQUESTING_WORD}|"
    r"but(?:u|ume) (?:\w+ )?(?:naudinga|dekingi)|we need|i need|we would like)\b"
)
_MAY_ASK: Final = re.compile(
    rf"(?:^| )(?:{_ASKING_WORD}|is)\b|\b(?:{_REQUESTING_WORD}|but(?:u|ume)|we|i)\b"
)
"""A sentence of which no piece, between two spaces, holds such a word is not searched further."""
_SMALL_TALK: Final = re.compile(
    r"\b(?:jei (?:reikia|reikes|reiketu|kilt\w*) daugiau|"
    r"daugiau informacijos, (?:rasykite|skambinkite)|"
    r"pasiteirauti\b.{0,20}(?:dalyko|klausimo)|"
    r"(?:laukiame|lauksime|laukiu|lauksiu)\b|"
    r"(?:prasome|prasau) (?:ji )?(?:istrinti|informuoti siunteja|padeti)[.!]?$|"
    r"(?:dekoj\w*|aciu|dekui) uz\b|spausdindami\b|"
    r"turiu (?:\w+ )?klausim\w{1,2}[.:!]?$|(?:kitas|vienas) klausimas[.:!]?$)"
)
_NAME_WORDS: Final = 3
_CLAUSE: Final = re.compile(r"([^,:!.?–]{2,60})(?:[,:!]| –)\s+(?=\S)")
_ADDRESS: Final = ("gerb", "miel", "sveik", "labas", "dear", "hello", "уважа", "здравств")
_INTRODUCES: Final = re.compile(
    r"(?:mes |as )?(?:esu|esame|atstovauju|atstovaujame|"
    r"(?:rasau|rasome|kreipiuosi|kreipiames) is)\b"
)
_NAME: Final = re.compile(r"[„“\"«][^„“”\"«»]+[“”\"»]|(?<=\s)[A-ZĄČĘĖĮŠŲŪŽ][a-ząčęėįšųūž]+\b")
_WHO: Final = tuple(
    tokens(
        "mes aš esu esame iš ir bei atstov organizac bendruomen asociac klub draugij fond centr "
        "viešos viešoj všį nvo įstaig kaimo krašt miesto rajono r raj sav savivaldyb moter jaunimo "
        "senjor vaikų pirminink direktor vadov nar buhalter savanor koordinator"
    )
)
"""Beginnings of the words by which people say who they are; names are left out before."""

_ASKS_MORE: Final = re.compile(
    r"\b(?:kaip|kada|kiek|kur|koks|koki\w*|kas|ka|kam|ko|kodel|kuri\w*|kuo)\b"
)
_OPENING: Final = re.compile(
    r"laba|labas|labos|sveik|gerb|gera|mieli|miela|hello|dear|hi\b|здравств|добр|уважа"
)


@dataclass(frozen=True)
class Letter:
    """A message, read once: what stands between greeting and signature, and its sentences."""

    said: str
    sentences: Sequence[Line]

    @property
    def is_short(self) -> bool:
        """Whether the message is about one thing, as a rule."""
        return len(self.said) <= _SHORT

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions it asks, as `segments` tells them."""
        asked = _joined([_bare(sentence.text) for sentence in self.sentences if _asks(sentence)])
        if len(asked) > 1:
            return tuple(asked[:MOST])
        if asked and not self.is_short:
            return tuple(asked)
        kept = [sentence for sentence in _without_signature(self.sentences) if _says(sentence)]
        whole = " ".join(_bare(sentence.text) for sentence in kept if not _is_polite(sentence))
        return (whole,) if whole else tuple(sentence.text for sentence in kept[:1] if sentence.text)


def letter(text: str) -> Letter:
    """Read a message."""
    said = body(text)
    return Letter(said, sentences_of(said))


def segments(text: str) -> tuple[str, ...]:
    """Return the questions of a message, at most five; a message without any is one segment.

    - Greeting and signature go; so do sentences that ask nothing.
    - A short message with one question keeps its other sentences: they are its context.
    """
    return letter(text).questions


def without_introduction(text: str) -> tuple[str, str]:
    """Part who asks from what is asked: „Esame bendruomenė „Versmė“. Kas yra …?“.

    Only a sentence that names an organisation and says nothing else is an introduction.
    """
    sentences = _SENTENCE_END.split(text)
    introductions = [each for each in sentences if _introduces(each)]
    asked = " ".join(each for each in sentences if each not in introductions)
    return (asked, " ".join(introductions)) if asked else (text, "")


def _introduces(sentence: str) -> bool:
    said = Line(sentence)
    if not _INTRODUCES.match(said.folded) or _asks(said):
        return False
    plain = _NAME.sub(" ", sentence)
    words = tokens(plain)[1:]
    return plain != sentence and all(word.startswith(_WHO) for word in words)


def _bare(sentence: str) -> str:
    """Leave out what opens the sentence: „Labas vakaras, norėčiau sužinoti, kas …“."""
    while (opening := _CLAUSE.match(sentence)) and _opens(opening[1]):
        sentence = sentence[opening.end()].upper() + sentence[opening.end() + 1 :]
    return sentence


def _opens(clause: str) -> bool:
    said = Line(clause)
    return greets(said) or _is_address(said.words) or _is_polite(said)


def _is_address(words: Sequence[str]) -> bool:
    """Tell „gerbiamas konsultante“, „sveiki, kolegos“, „laba diena visiems“."""
    return 0 < len(words) <= _NAME_WORDS and words[0].startswith(_ADDRESS)


def _is_polite(sentence: Line) -> bool:
    return is_polite(sentence.words) and _ASKS_MORE.search(sentence.folded) is None


def _without_signature(sentences: Sequence[Line]) -> Sequence[Line]:
    """Leave out a name and wishes at the end: „… Ačiū, Ona“, „… Gražios dienos! Dalia“."""
    kept = list(sentences)
    while len(kept) > 1 and _is_signature(kept[-1]):
        kept.pop()
    return kept


def _is_signature(sentence: Line) -> bool:
    return _is_name(sentence.text) or _says_goodbye(sentence.text) or _closes(sentence)


def _says_goodbye(sentence: str) -> bool:
    """Tell „Iš anksto dėkui, Vilmantė“: thanks and then a name."""
    if sentence.endswith("?"):
        return False
    words = sentence.split()
    return any(
        _is_name(" ".join(words[-last:])) and is_thanks(" ".join(words[:-last]))
        for last in range(1, min(_NAME_WORDS, len(words) - 1) + 1)
    )


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").removesuffix(".").split()
    return 0 < len(words) <= _NAME_WORDS and all(
        word.isalpha() and word.istitle() for word in words
    )


def _says(sentence: Line) -> bool:
    return not greets(sentence) and not thanks(sentence)


def _joined(asked: Sequence[str]) -> list[str]:
    """Put a follow-up like „kiek ji kainuoja?“ to the question it follows."""
    joined: list[str] = []
    for sentence in asked:
        if joined and _leans_on_another(words_of(sentence.split())):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined


def _leans_on_another(words: Sequence[str]) -> bool:
    return len(words) <= _FOLLOW_UP_WORDS and (
        not _POINTING.isdisjoint(words) or len(topic_words(words)) <= 1
    )


def body(text: str) -> str:
    """Return the message without the greeting above it and the signature below it."""
    lines = [each.strip() for each in text.replace("\u00a0", " ").splitlines()]
    end = next((n for n, each in enumerate(lines) if n and each and _ends(lines, n)), len(lines))
    kept = lines[:end]
    while kept and (not kept[0] or _greets(Line(kept[0]))):
        kept.pop(0)
    return "\n".join(kept).strip()


def _ends(lines: Sequence[str], number: int) -> bool:
    """Tell whether nothing but a signature follows."""
    if not _may_end(lines[number].split(None, 1)[0]):
        return False
    here = Line(lines[number])
    if thanks(here):
        return not any(_asks(Line(each)) for each in lines[number + 1 :])
    return _closes(here)


@by_word
def _may_end(piece: str) -> bool:
    """Tell whether a line that begins so may thank or close."""
    return may_thank(piece) or fold_piece(piece).startswith(_CLOSINGS)


def _closes(here: Line) -> bool:
    return _CLOSING.match(here.folded) is not None and _is_brief(here)


def _greets(here: Line) -> bool:
    return greets(here) or (
        here.folded.endswith((",", "!"))
        and _OPENING.match(here.folded) is not None
        and _is_brief(here)
    )


def _is_brief(here: Line) -> bool:
    return len(here.folded.split()) <= _CLOSING_WORDS


def sentences_of(text: str) -> list[Line]:
    """Return the sentences of a text; a number or an abbreviation ends none."""
    sentences: list[Line] = []
    for paragraph in _paragraphs(text):
        start = ""
        for piece in _SENTENCE_END.split(paragraph):
            start = f"{start} {piece}".strip()
            if not _is_cut_short(start):
                sentences.append(Line(start))
                start = ""
        if start:
            sentences.append(Line(start))
    return [sentence for sentence in sentences if sentence.folded]


def _is_cut_short(text: str) -> bool:
    """Tell whether the full stop at the end is that of a number or an abbreviation."""
    return text.endswith(".") and _is_abbreviated(text.rsplit(maxsplit=1)[-1])


@by_word
def _is_abbreviated(piece: str) -> bool:
    near_end = max(0, len(piece) - _LONGEST_ABBREVIATION)
    return _ABBREVIATED.search(piece, near_end) is not None


def _paragraphs(text: str) -> list[str]:
    """Join lines that a mail program wrapped; a blank line or a list item begins anew."""
    paragraphs: list[str] = [""]
    for each in text.splitlines():
        if not each or _ITEM.match(each):
            paragraphs.append("")
        paragraphs[-1] = f"{paragraphs[-1]} {_without_number(each)}".strip()
    return [paragraph for paragraph in paragraphs if paragraph]


def _without_number(line: str) -> str:
    item = _ITEM.match(line)
    return line[item.end() :] if item else line


_may_ask: Final = by_word(lambda piece: _MAY_ASK.search(fold_piece(piece)) is not None)


def _asks(sentence: Line) -> bool:
    folded = sentence.folded
    sounds_asking = (
        "?" in sentence.text
        or _DIRECT.match(folded)
        or (
            any(map(_may_ask, sentence.pieces))
            and (_INDIRECT.search(folded) or _REQUEST.search(folded))
        )
    )
    return bool(sounds_asking) and not (
        _SMALL_TALK.search(folded) or _says_goodbye(sentence.text) or _is_polite(sentence)
    )
