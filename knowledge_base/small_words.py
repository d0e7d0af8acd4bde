"""Words that carry no topic."""

import re
from collections.abc import Iterable
from typing import Final

from knowledge_base.by_word import by_word
from knowledge_base.text import PREFIX, tokens

_VOWEL: Final = re.compile(r"[aeiouyаеиоуыэюя0-9]")


def _prefixes(text: str) -> frozenset[str]:
    return frozenset(word[:PREFIX] for word in tokens(text))


_SMALL: Final = _prefixes(
    "ar ir kaip kas ką kam ko kuo kada kur kiek kok kokia koks kokie kokio kodėl kuri kuris "
    "kurie kuriuo kuriam del yra nėra mes mums mus mūsų jūs jūsų jums aš man mano mane savo "
    "galim galima gali galiu galite galėtume gal reikia reik reikės reikėtų nuo iki su be už "
    "prie pagal per po prieš tarp kad jei jeigu bet o arba ne nei tai tas ta to tie tos šis "
    "ši šio šios šie šiem visi visus viso visa turi turim turime turėti būti bus buvo būtų "
    "daryti daro padaryti gauti gaut gauna rasti rast randa kainuoja kaina mokėti norim "
    "norime noriu norėtume norėčiau prašau prašome dabar šiandien šiemet jau dar tik taip "
    "labai vienas vieną vienam žinoti žinau žinot suprasti paaiškinti nurodyti patarti "
    "patarkite naujas naujo nauja kitas kito kita"
)


_POLITE: Final = tuple(
    tokens(
        "atsiprašau atsiprašom atleiskite trukd sutrukd dėkin ačiū dėk atsaky padė pagalb pagelb "
        "klausim klausiu paklaus pasiteir teirauj sužino pasaky patikslin pasitiksl informuo "
        "tikiuosi tikimės galbūt žinau galėč galėtu prašyč prašyt norėč norėtu įdom kreip "
        "rašau rašome būčiau būtum malon turiu"
    )
)
"""Beginnings of what people say around a question: excuses, thanks, „gal galėtumėte padėti“."""


def is_polite(words: Iterable[str]) -> bool:
    """Tell whether the folded words only ask to be heard or answered, about nothing yet."""
    said = topic_words(words)
    return bool(said) and all(map(_says_politely, said))


def topic_words(words: Iterable[str]) -> list[str]:
    """Return the words that say what the question is about, one for each stem."""
    by_stem = {stem: word for word in words if (stem := _topic_stem(word))}
    return list(by_stem.values())


def _stem_if_topic(word: str) -> str:
    """Return the stem of a word, or nothing if it is a small one or none at all.

    A mark is no word: a number of a letter, a key, what was typed without looking.
    """
    stem = word[:PREFIX]
    is_word = len(word) > 1 and (len(word) <= PREFIX or _VOWEL.search(word) is not None)
    return stem if is_word and stem not in _SMALL else ""


_topic_stem: Final = by_word(_stem_if_topic)
_says_politely: Final = by_word(lambda word: word.startswith(_POLITE))
