"""Letters cut into their questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.segments import MOST, segments, without_introduction
from knowledge_base.text import tokens

ASKING = (
    "ar kaip kada kiek kur koks kokia kas ką kam ko kuo kuriam kodėl gal what how when where who "
    "which why can do does are may should как что где когда кто сколько можно нужна почему куда"
)
REQUESTING = (
    "prašome prašau prašyčiau prašytume padėkite patarkite paaiškinkite atsiųskite nurodykite "
    "noriu norime norim norėčiau norėtume norėtų reikia reikėtų reikalinga please прошу пожалуйста "
    "хотим нужно"
)
LETTER = """Laba diena,

dėkoju už praėjusios savaitės susitikimą, jis buvo labai naudingas.
Planuojame atnaujinti bendruomenės namų virtuvę – ar tokio
dydžio prašymas telpa į nustatytas ribas?

Taip pat prašome nurodyti, kiek kainuoja NVO žyma.

Jei reikia daugiau informacijos, rašykite ar skambinkite.

Pagarbiai
Ona Onaitė
Ar žinote, kad miškas žalias?"""


def test_a_letter_is_cut_into_its_questions() -> None:
    assert segments(LETTER) == (
        (
            "Planuojame atnaujinti bendruomenės namų virtuvę – ar tokio dydžio prašymas telpa į "
            "nustatytas ribas?"
        ),
        "Taip pat prašome nurodyti, kiek kainuoja NVO žyma.",
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("kiek kainuoja nvo zyma", ("kiek kainuoja nvo zyma",)),
        ("Sveiki! Kaip gauti NVO žymą?", ("Kaip gauti NVO žymą?",)),
        (
            "Esame maža bendruomenė. Kaip gauti NVO žymą?",
            ("Esame maža bendruomenė. Kaip gauti NVO žymą?",),
        ),
        ("Kas yra NVO žyma? Kiek ji kainuoja?", ("Kas yra NVO žyma? Kiek ji kainuoja?",)),
        (
            "Kaip gauti NVO žymą? Iki kada reikia pateikti metines ataskaitas?",
            ("Kaip gauti NVO žymą?", "Iki kada reikia pateikti metines ataskaitas?"),
        ),
        (
            "Ar iki 2027 m. sausio 1 d. galioja sutartys?",
            ("Ar iki 2027 m. sausio 1 d. galioja sutartys?",),
        ),
        (
            "1. Kas yra NVO?\n2. Kokie mokesčiai taikomi asociacijai?",
            ("Kas yra NVO?", "Kokie mokesčiai taikomi asociacijai?"),
        ),
        ("Laba diena", ()),
        ("Ačiū!", ()),
        ("", ()),
        ("Kas yra NVO? Ačiū, Ona", ("Kas yra NVO?",)),
        ("Kas yra NVO?\n\nJonas Petraitis", ("Kas yra NVO?",)),
        ("Kas yra NVO? Klausiu dėl Alytaus.", ("Kas yra NVO? Klausiu dėl Alytaus.",)),
    ],
)
def test_short_messages_keep_their_sense(text: str, parts: tuple[str, ...]) -> None:
    assert segments(text) == parts


@pytest.mark.parametrize(
    "letter",
    [
        "Labas vakaras, {}",
        "Gerbiamas konsultante, {}",
        "Laba diena visiems, turiu klausimą: {}",
        "{} Iš anksto dėkui, Vilmantė",
        "{}\n\nLabai ačiū už pagalbą!\nJuozas Žukauskas\npirmininkas",
        "{} Ačiū už atsakymą. Gražios dienos! Dalia",
        "Atsiprašau, kad trukdau. {}",
        "Gal galėtumėte padėti? {}",
        "Būčiau labai dėkinga, jei atsakytumėte. {}",
        "Norėčiau sužinoti, {}",
    ],
)
def test_courtesy_around_a_question_is_no_part_of_it(letter: str) -> None:
    assert segments(letter.format("kas yra NVO žyma?"))[0].lower() == "kas yra nvo žyma?"
    assert len(segments(letter.format("Kas yra NVO žyma?"))) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Ar man, tarnautojai, irgi priklauso konsultacija?",
        "Jei taip, kiek kainuoja žyma?",
        "Labai svarbu, ar žyma būtina.",
        "Is it possible to get support?",
    ],
)
def test_words_that_say_something_stay(question: str) -> None:
    assert segments(question) == (question,)


def test_a_question_after_thanks_is_heard() -> None:
    asked = segments("Kas yra NVO žyma?\nAčiū!\nIr iki kada reikia pateikti ataskaitas?")

    assert asked == ("Kas yra NVO žyma?", "Ir iki kada reikia pateikti ataskaitas?")


@pytest.mark.parametrize(
    ("text", "introduction"),
    [
        ("Esame Lazdijų krašto bendruomenė „Versmė“. Kas yra NVO?", True),
        ("Kas yra NVO? Atstovauju Pakruojo moterų klubui.", True),
        ("Rašau iš asociacijos „Žalias krantas“. Kas yra NVO?", True),
        ("Esame Kauno biudžetinė įstaiga. Kas yra NVO?", False),
        ("Esame maža bendruomenė. Kas yra NVO?", False),
        ("Esame bendruomenė „Versmė“, kaip tapti NVO?", False),
        ("Esame bendruomenė „Versmė“.", False),
    ],
)
def test_who_asks_is_parted_from_what_is_asked(text: str, *, introduction: bool) -> None:
    asked, introduced = without_introduction(text)

    assert (asked == "Kas yra NVO?") is introduction
    assert bool(introduced) is introduction


def test_a_flood_of_questions_is_cut_short() -> None:
    text = "\n\n".join(f"Ar galima gauti {number} paramą iš savivaldybės?" for number in range(9))

    assert len(segments(text)) == MOST


@given(st.text())
def test_nothing_is_invented(text: str) -> None:
    said = set(tokens(text))

    assert all(said.issuperset(tokens(part)) for part in segments(text))


@pytest.mark.parametrize(
    "sentence",
    [
        *(f"Miške auga medžiai, {asks} žalias miškas." for asks in ASKING.split()),
        "Susirinkime svarstėme apie tai per kiek laiko užauga miškas.",
        "Nobody has told us yet, is the forest green.",
        *(f"Miške auga medžiai, {requests} žalią mišką." for requests in REQUESTING.split()),
        "Žinoti apie mišką būtų labai naudinga.",
        "Since yesterday we need a forest.",
        "Since yesterday we would like a forest.",
    ],
)
def test_what_asks_is_found_among_what_does_not(sentence: str) -> None:
    aside = "Susirinkimas vyko praėjusią savaitę. Dalyvavo visi nariai. "

    assert segments(3 * aside + sentence + " " + 3 * aside) == (sentence,)


@pytest.mark.parametrize(
    "closing",
    [
        *("Pagarbiai", "Su pagarba", "Su geriausiais linkėjimais", "Nuoširdžiai pagarbiai"),
        *("Su didele pagarba", "Linkėjimai iš Šilalės", "Nuoširdžiai", "Dėkoju", "Dėkui!", "Ačiū."),
        *("Geros dienos", "Gražios savaitės", "Best regards", "Kind regards", "Warm regards"),
        *(
            "Regards",
            "Sincerely",
            "С уважением",
            "--",
            "Siųsta iš telefono",
            "Išsiųsta iš telefono",
        ),
        *("Sent from my phone", "„Ačiū už pagalbą“", "– Pagarbiai"),
    ],
)
def test_nothing_is_read_below_the_closing(closing: str) -> None:
    letter = f"Ar miškas žalias?\n\n{closing}\nOna Onaitė"

    assert segments(letter) == segments("Ar miškas žalias?")
