"""Why a decision was made, in the words of a consultant: comparison, signs, rules, runner-up.

These sentences are Lithuanian and stand here, not in the message catalogue: only consultants read
them, they are stored with the ticket as they were said, and the knowledge base depends on nothing.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from knowledge_base.entries import Behaviour, Entry, Status
from knowledge_base.signs import EVERYTHING, Signs
from knowledge_base.ways import Way

EMPTY: Final = "Žinutėje nėra klausimo."
GREETING: Final = "Žinutėje tik pasisveikinta arba padėkota."
WANTS_PERSON: Final = "Žmogus prašo konsultanto."
NOTHING_NEAR: Final = "Panašaus įrašo atsakymų bazėje nėra."
UNCLEAR_TOPIC: Final = "Tema neaiški: eilė bendriesiems klausimams."
BY_WORDS: Final = "Palyginta pagal žodžius; prasmės modelis neveikia."
BY_MEANING: Final = "Palyginta pagal žodžius ir prasmę."
IN_THESE_WORDS: Final = "Toks klausimas įraše yra žodis į žodį."
NO_RUNNER_UP: Final = "Kito panašaus įrašo nėra."
RIVALS: Final = "Kiti įrašai kartu panašesni už šį: tikimybė ribojama iki 50 %."
LIKE_BY_WORDS: Final = "Pagal žodžius"
LIKE_BY_MEANING: Final = "Pagal prasmę"
NOT_LITHUANIAN: Final = "Klausta ne lietuviškai, o patikrinto vertimo nėra."


def privacy(sign: str, words: tuple[str, ...]) -> str:
    """Say what made the message one about the asker's own data."""
    return f"Asmens duomenys: {sign} ({_quoted(words)}); automatiškai neatsakoma."


def sensitive(sign: str, words: tuple[str, ...]) -> str:
    """Say what made the message a report of harm."""
    return f"Jautri žinutė: {sign} ({_quoted(words)}); automatiškai neatsakoma."


def like_privacy(by: str, words: tuple[str, ...], *, chance: float, needed: float) -> str:
    """Say that the message resembles requests about personal data."""
    return f"{by} panašu į kreipinį dėl asmens duomenų {_resembling(words, chance, needed)}"


def like_sensitive(by: str, words: tuple[str, ...], *, chance: float, needed: float) -> str:
    """Say that the message resembles reports of harm."""
    return f"{by} panašu į jautrią žinutę {_resembling(words, chance, needed)}"


def sure(entry: Entry, *, confidence: float, needed: float) -> str:
    """Say that the entry answers."""
    return (
        f"Atitinka įrašą „{entry.question}“ (tikimybė {_percent(confidence)}, "
        f"reikia bent {_percent(needed)})."
    )


def near(entry: Entry, *, confidence: float, needed: float) -> str:
    """Say that the entry is near, but not near enough."""
    return (
        f"Panašiausias įrašas – „{entry.question}“, bet tikimybė {_percent(confidence)} "
        f"mažesnė už reikalingą ({_shown(needed)})."
    )


def nearest(entry: Entry, *, confidence: float) -> str:
    """Say which entry would have come first, had any been near."""
    return f"Artimiausias – „{entry.question}“ ({_percent(confidence)})."


def speaks_of_nothing(entry: Entry) -> str:
    """Say that even the nearest entry has no word of the question, so it has no chance."""
    return f"Artimiausiame įraše „{entry.question}“ jokio reikšmingo klausimo žodžio nėra."


def compared(places: Sequence[tuple[Way, int]]) -> str:
    """Say which ways of comparing put the entry where it is."""
    if not places:
        return IN_THESE_WORDS
    said = ", ".join(f"{_WAYS[way]} – {place}" for way, place in places)
    return f"Įrašo vieta pagal panašumą: {said}."


def weighed(signs: Signs) -> str:
    """Say what the probability was computed from."""
    share = f"įrašo panašumo dalis tarp visų – {_percent(signs.chance)}"
    if signs.words >= EVERYTHING:
        return f"Požymiai: {share}."
    found = f"reikšmingų klausimo žodžių įraše – {signs.held} iš {signs.words}"
    return f"Požymiai: {share}, {found}."


def strange(words: tuple[str, ...]) -> str:
    """Say which words of the question the entry does not speak of."""
    return f"Apie tai klausiama, bet įraše nekalbama: {_quoted(words)}."


def aside(words: tuple[str, ...]) -> str:
    """Say which words of the question only the answer of the entry speaks of."""
    return f"Tai minima tik įrašo atsakyme, ne jo klausimuose: {_quoted(words)}."


def runner_up(entry: Entry, *, confidence: float, ahead: float, sibling: bool) -> str:
    """Say which entry came second, and how far the first was ahead."""
    kin = ", tos pačios temos" if sibling else ""
    margin = round(100 * ahead) - round(100 * confidence)
    return (
        f"Antras pagal panašumą{kin}: „{entry.question}“ "
        f"({_percent(confidence)}; skirtumas {margin} proc. p.)."
    )


def another_question(missing: tuple[str, ...]) -> str:
    """Say what the question names and the entry lacks."""
    return f"Klausime minima, o įraše – ne: {_quoted(missing)}."


def may_not_answer(entry: Entry, today: date, *, municipality: str | None, ambiguous: bool) -> str:
    """Say why an entry that matches is not sent today."""
    about = f"Įrašas „{entry.question}“"
    if entry.status is not Status.CURRENT:
        return f"{about} {_STATUS[entry.status]}."
    if entry.behaviour is Behaviour.ROUTE:
        return f"{about} visada perduodamas konsultantui."
    if entry.valid_from and today < entry.valid_from:
        return f"{about} galioja tik nuo {entry.valid_from}."
    if entry.valid_to and entry.valid_to < today:
        return f"{about} galiojo iki {entry.valid_to}."
    if entry.review_by and entry.review_by < today:
        return f"{about} turėjo būti peržiūrėtas iki {entry.review_by}."
    if ambiguous:
        return f"{about} tinka ne visoms savivaldybėms, o kuri turima omenyje, neaišku."
    unknown = "; klausiančiojo savivaldybė nežinoma" if municipality is None else ""
    return f"{about} tinka tik savivaldybėms: {', '.join(entry.scope)}{unknown}."


def missing_variable(entry: Entry, name: str) -> str:
    """Say that a setting the text needs is not filled in."""
    return f"Įrašui „{entry.question}“ trūksta nustatymo {name}."


def topic(title: str, words: tuple[str, ...]) -> str:
    """Say why the queue was chosen."""
    return (
        f"Eilė „{title}“: {_quoted(words)}."
        if words
        else f"Eilė „{title}“ pagal panašius klausimus."
    )


_WAYS: Final = {
    Way.STEMS: "žodžių pradžios",
    Way.LETTERS: "raidžių junginiai",
    Way.SAME_WORDS: "bendri žodžiai",
    Way.MEANING: "prasmė",
}

_STATUS: Final = {
    Status.HISTORICAL: "aprašo pasibaigusį dalyką; apie dabartį atsako konsultantas",
    Status.NEEDS_REVIEW: "dar nepatvirtintas",
    Status.RETIRED: "nebenaudojamas",
}


def _resembling(words: tuple[str, ...], chance: float, needed: float) -> str:
    said = f"; žodžiai: {_quoted(words)}" if words else ""
    return (
        f"(tikimybė {_percent(chance)}, pakanka {_percent(needed)}{said}); automatiškai neatsakoma."
    )


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"„{word}“" for word in words)


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _shown(needed: float) -> str:
    return _percent(needed) if needed <= 1 else "automatiškai neatsakoma"


def record_told(entry: Entry) -> str:
    """Say that a record answered."""
    return f"Klausiama apie „{entry.question}“: atsakyta įrašo duomenimis, tikrinta {_on(entry)}."


def record_missing(question: str) -> str:
    """Say that nothing current is known."""
    return f"Klausiama apie „{question}“: patikrintų galiojančių duomenų nėra, atsako žmogus."


def record_which(questions: tuple[str, ...]) -> str:
    """Say that the asker is asked which one is meant."""
    return f"Klausimas gali būti apie kelis dalykus, klausėjo perklausta: {_quoted(questions)}."


RECORD_PLACE: Final = "Klausiama apie savivaldybės tarybą ar kvietimą, bet savivaldybė neaiški."
RECORD_IN_LETTER: Final = "Šiame laiške klausimų keli: iš savivaldybių duomenų atsako žmogus."


def _on(entry: Entry) -> str:
    return entry.checked_on.isoformat() if entry.checked_on else "–"
