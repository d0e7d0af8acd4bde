"""A letter cut into the questions it asks: greeting, signature and small talk left out."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge_base.small_words import is_polite, topic_words
from knowledge_base.text import fold, is_greeting, is_thanks, tokens

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
_CLOSING_WORDS: Final = 6
_ITEM: Final = re.compile(r"\s*(?:\d{1,2}[.)]|[-–•*])\s+")
_ABBREVIATED: Final = re.compile(
    r"\b(?:\d{1,4}|[A-ZĄČĘĖĮŠŲŪŽ]|d|m|r|p|g|k|str|nr|pvz|proc|tel|mob|el|val|sav|raj|gerb|t|y|pan|eur|tūkst|mln)\.$",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"“”)]*\s+")
_BEFORE: Final = r"(?:(?:per|nuo|iki|uz|su|pagal|del|is|i|prie|apie) )?"
_ASKING: Final = (
    rf"{_BEFORE}(?:ar|kaip|kada|kiek|kur|koks|koki\w*|kas|ka|kam|ko|kuo|kuriam|kuriuo|kodel|gal|"
    r"what|how|when|where|who|which|why|can|do|does|are|may|should|"
    r"is (?:a|an|it|my|our|the|there|this|your)|"
    r"как\w*|что|где|когда|кто|сколько|можно|нужн\w*|почему|куда)"
)
_RELATIVE: Final = r"(?:kuri|kuris|kurie|kurios|kuriose|kurioje)"
_DIRECT: Final = re.compile(
    rf"(?:(?:o|ir|taip pat|dar|beje|tai|tik)[:,]? )?(?:{_ASKING}|{_RELATIVE})\b"
)
_INDIRECT: Final = re.compile(
    r"(?:[,:;–—-]|\b(?:ir|arba|apie tai|zinoti|suprasti|paaiskinti|nurodyti|patarti)) "
    rf"{_ASKING}\b"
)
_REQUEST: Final = re.compile(
    r"\b(?:prasom\w*|prasau|prasyc\w*|prasytum\w*|padekit\w*|patarkit\w*|paaiskinkit\w*|"
    r"atsiuskit\w*|nurodykit\w*|noriu|norime|norim|noreciau|noretum\w*|noretu|reikia|reiketu|"
    r"reikalinga|but(?:u|ume) (?:\w+ )?(?:naudinga|dekingi)|please|we need|i need|we would like|"
    r"прошу|пожалуиста|хотим|нужно)\b"
)
_SMALL_TALK: Final = re.compile(
    r"\bjei (?:reikia|reikes|reiketu|kilt\w*) daugiau|"
    r"\bdaugiau informacijos, (?:rasykite|skambinkite)|"
    r"\bpasiteirauti\b.{0,20}(?:dalyko|klausimo)|"
    r"\b(?:laukiame|lauksime|laukiu|lauksiu)\b|"
    r"\b(?:prasome|prasau) (?:ji )?(?:istrinti|informuoti siunteja|padeti)[.!]?$|"
    r"\b(?:dekoj\w*|aciu|dekui) uz\b|\bspausdindami\b|"
    r"\bturiu (?:\w+ )?klausim\w{1,2}[.:!]?$|\b(?:kitas|vienas) klausimas[.:!]?$"
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


def segments(text: str) -> tuple[str, ...]:
    """Return the questions of a message, at most five; a message without any is one segment.

    - Greeting and signature go; so do sentences that ask nothing.
    - A short message with one question keeps its other sentences: they are its context.
    """
    said = body(text)
    sentences = sentences_of(said)
    asked = _joined([_bare(sentence) for sentence in sentences if _asks(sentence)])
    if len(asked) > 1:
        return tuple(asked[:MOST])
    if asked and len(said) > _SHORT:
        return tuple(asked)
    kept = [sentence for sentence in _without_signature(sentences) if _says(sentence)]
    whole = " ".join(_bare(sentence) for sentence in kept if not _is_polite(sentence))
    return (whole,) if whole else tuple(filter(None, kept[:1]))


def without_introduction(text: str) -> tuple[str, str]:
    """Part who asks from what is asked: „Esame bendruomenė „Versmė“. Kas yra …?“.

    Only a sentence that names an organisation and says nothing else is an introduction.
    """
    sentences = _SENTENCE_END.split(text)
    introductions = [each for each in sentences if _introduces(each)]
    asked = " ".join(each for each in sentences if each not in introductions)
    return (asked, " ".join(introductions)) if asked else (text, "")


def _introduces(sentence: str) -> bool:
    if not _INTRODUCES.match(fold(sentence)) or _asks(sentence):
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
    words = tokens(clause)
    if is_greeting(clause) or _is_address(words):
        return True
    return is_polite(words) and _ASKS_MORE.search(fold(clause)) is None


def _is_address(words: Sequence[str]) -> bool:
    """Tell „gerbiamas konsultante“, „sveiki, kolegos“, „laba diena visiems“."""
    return 0 < len(words) <= _NAME_WORDS and words[0].startswith(_ADDRESS)


def _is_polite(sentence: str) -> bool:
    words = tokens(sentence)
    return is_polite(words) and _ASKS_MORE.search(fold(sentence)) is None


def _without_signature(sentences: Sequence[str]) -> Sequence[str]:
    """Leave out a name and wishes at the end: „… Ačiū, Ona“, „… Gražios dienos! Dalia“."""
    first, *rest = sentences or [""]
    while rest and (_is_name(rest[-1]) or _says_goodbye(rest[-1]) or _closes(rest[-1])):
        rest.pop()
    return [first, *rest]


def _says_goodbye(sentence: str) -> bool:
    """Tell „Iš anksto dėkui, Vilmantė“: thanks and then a name."""
    words = sentence.split()
    return any(
        is_thanks(" ".join(words[:-last])) and _is_name(" ".join(words[-last:]))
        for last in range(1, min(_NAME_WORDS, len(words) - 1) + 1)
    )


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").removesuffix(".").split()
    return 0 < len(words) <= _NAME_WORDS and all(
        word.isalpha() and word.istitle() for word in words
    )


def _says(sentence: str) -> bool:
    return not is_greeting(sentence) and not is_thanks(sentence)


def _joined(asked: Sequence[str]) -> list[str]:
    """Put a follow-up like „kiek ji kainuoja?“ to the question it follows."""
    joined: list[str] = []
    for sentence in asked:
        if joined and _leans_on_another(tokens(sentence)):
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
    lines = [line.strip() for line in text.replace("\u00a0", " ").splitlines()]
    end = next((n for n, line in enumerate(lines) if n and _ends(lines, n)), len(lines))
    kept = lines[:end]
    while kept and (not kept[0] or _greets(kept[0])):
        kept.pop(0)
    return "\n".join(kept).strip()


def _ends(lines: Sequence[str], number: int) -> bool:
    """Tell whether nothing but a signature follows."""
    if is_thanks(lines[number]):
        return not any(_asks(line) for line in lines[number + 1 :])
    return _closes(lines[number])


def _closes(line: str) -> bool:
    folded = fold(line)
    return len(folded.split()) <= _CLOSING_WORDS and _CLOSING.match(folded) is not None


def _greets(line: str) -> bool:
    folded = fold(line)
    return is_greeting(line) or (
        folded.endswith((",", "!"))
        and len(folded.split()) <= _CLOSING_WORDS
        and _OPENING.match(folded) is not None
    )


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; a number or an abbreviation ends none."""
    sentences: list[str] = []
    for paragraph in _paragraphs(text):
        start = ""
        for piece in _SENTENCE_END.split(paragraph):
            start = f"{start} {piece}".strip()
            if not _ABBREVIATED.search(start):
                sentences.append(start)
                start = ""
        if start:
            sentences.append(start)
    return [sentence for sentence in sentences if fold(sentence)]


def _paragraphs(text: str) -> list[str]:
    """Join lines that a mail program wrapped; a blank line or a list item begins anew."""
    paragraphs: list[str] = [""]
    for line in text.splitlines():
        if not line or _ITEM.match(line):
            paragraphs.append("")
        paragraphs[-1] = f"{paragraphs[-1]} {_without_number(line)}".strip()
    return [paragraph for paragraph in paragraphs if paragraph]


def _without_number(line: str) -> str:
    item = _ITEM.match(line)
    return line[item.end() :] if item else line


def _asks(sentence: str) -> bool:
    folded = fold(sentence)
    if _SMALL_TALK.search(folded) or _says_goodbye(sentence) or _is_polite(sentence):
        return False
    return bool(
        "?" in sentence
        or _DIRECT.match(folded)
        or _INDIRECT.search(folded)
        or _REQUEST.search(folded)
    )
