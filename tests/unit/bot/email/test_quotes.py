"""What was said is kept whole; the history is cut off; what is unclear stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.quotes import Reply, cut, is_forward

SAID = "Taip, gavome.\n\nAčiū"


def reply(said: str = SAID, *, is_sure: bool = True) -> Reply:
    return Reply(text=said, is_cut=True, is_sure=is_sure)


@pytest.mark.parametrize(
    "attribution",
    [
        "2021-08-17, an, 10:15 NISC <b@nisc.lt> rašė:",
        "2021-08-17, an, 10:15 NISC <b@nisc.lt> rase:",
        "2015 m. kovo 3 d. 10:15, NISC konsultantė Rūta\n<b@nisc.lt> rašė:",
        "2021-08-17 10:15, NISC rašė:",
        "2024-03-05, an 10:15, NISC <b@nisc.lt> parašė:",
        "On Tue, Aug 17, 2021 at 10:15 AM NISC <b@nisc.lt>\nwrote:",
        "On Dec 16, 2011, at 12:47 PM, Corey Donohoe\n<reply@github.com>\nwrote:",
        "17.08.2021 10:15, НИСЦ пишет:",
        "вт, 17 авг. 2021 г. в 10:15, НИСЦ <b@nisc.lt>:",
        "Op di 17 aug. 2021 om 10:15 schreef NISC <b@nisc.lt>:",
    ],
)
def test_an_attribution_and_its_quote_are_cut(attribution: str) -> None:
    assert cut(f"{SAID}\n\n{attribution}\n\n> Laba diena\n> ar gavote?\n") == reply()


@pytest.mark.parametrize(
    "separator",
    [
        "________________________________\nNuo: NISC <b@nisc.lt>\nIšsiųsta: antradienis\nTema: x",
        "________________________________\nNuo: NISC\nIssiusta: antradienis\nKam: Ona\nTema: x",
        "Nuo: NISC <b@nisc.lt>\nData: 2021-08-17\nKam: Ona\nTema: x",
        "*Nuo:* NISC <b@nisc.lt>\n*Išsiųsta:* antradienis\n*Tema:* x",
        "From: NISC <b@nisc.lt>\nSent: Tuesday\nTo: Ona\nSubject: x",
        "От: НИСЦ <b@nisc.lt>\nОтправлено: вторник\nКому: Она\nТема: x",
        "-----Pradinis laiškas-----\nlabas",
        "-------- Pradinė žinutė --------\nlabas",
        "-----Original Message-----\nlabas",
        "________________________________\nVan: NISC\nVerzonden: dinsdag\nAan: Ona\nOnderwerp: x",
        "-- Rašykite virš šios eilutės --\nlabas",
    ],
)
def test_a_separator_and_all_below_it_are_cut(separator: str) -> None:
    assert cut(f"{SAID}\n\n{separator}\n\nLaba diena\n") == reply()


@pytest.mark.parametrize(
    "line",
    [
        "Išsiųsta iš mano „iPhone“",
        "Issiusta is mano iPhone",
        "Išsiųsta iš mano „Galaxy“ įrenginio",
        "Sent from my iPhone",
        "Отправлено с iPhone",
        "-- \nOna Onaitė\n+370 600 00000",
    ],
)
def test_what_a_device_adds_and_the_signature_are_left_out(line: str) -> None:
    assert cut(f"{SAID}\n\n{line}\n") == Reply(text=SAID, is_cut=False, is_sure=True)


@pytest.mark.parametrize(
    "text",
    [
        "Tema: savanorystė\nNuo: rugsėjo 1 d. planuojame mokymus.\nKą daryti?",
        "Ministerija mums rašė:\nreikia pateikti ataskaitą iki penktadienio.",
        "Klausimai:\n1. Kada?\n2. Kur?",
        "Sent from my desk, is much easier than my mobile phone.",
        "----------\nKas toliau?\n----------\nAtsakykite",
        "Registracija iki 2024-03-05 10:00 adresu a@b.lt:\natsiųskite anketą",
    ],
)
def test_words_that_only_look_like_history_stay(text: str) -> None:
    assert cut(text) == Reply(text=text, is_cut=False, is_sure=True)


def test_answers_between_and_under_the_quote_stay() -> None:
    text = "2021-08-17 10:15, NISC rašė:\n> Ar gavote?\n\nTaip.\n\n> Ar tiks?\n\nNe.\n"

    assert cut(text) == reply("Taip.\n\nNe.")


@pytest.mark.parametrize(
    "forward",
    [
        "---------- Forwarded message ---------\nFrom: X <x@y.lt>\nSubject: z\n\nKlausimas",
        "-------- Persiųstas laiškas --------\nTema: z\nNuo: X <x@y.lt>\n\nKlausimas",
        "Begin forwarded message:\n\n> From: X <x@y.lt>\n>\n> Klausimas",
        "-------- Пересылаемое сообщение --------\nОт: X\n\nВопрос",
    ],
)
def test_a_forward_keeps_its_content(forward: str) -> None:
    text = f"Prašau atsakyti.\n\n{forward}"

    assert cut(text) == Reply(text=text, is_cut=False, is_sure=True)


def test_a_forward_inside_the_history_is_history() -> None:
    text = f"{SAID}\n\n2021-08-17 10:15, X rašė:\n> Begin forwarded message:\n> labas"

    assert cut(text) == reply()


def test_copied_headers_with_nothing_above_are_the_message() -> None:
    text = "Nuo: X <x@y.lt>\nData: 2021-08-17\nTema: z\n\nKlausimas"

    assert cut(text).text == text


def test_a_subject_that_says_forward_keeps_everything() -> None:
    text = "Prašau atsakyti\n\nNuo: X <x@y.lt>\nData: 2021-08-17\nTema: z\n\nKlausimas"

    assert cut(text, forwarded=True) == Reply(text=text, is_cut=False, is_sure=True)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Fwd: x", True),
        ("FW: x", True),
        ("Persiųsta: x", True),
        ("PT: x", True),
        ("Re: Fwd: x", False),
    ],
)
def test_a_forwarding_subject_is_recognised(subject: str, expected: bool) -> None:  # noqa: FBT001 -- a table
    assert is_forward(subject) is expected


def test_when_nothing_would_be_left_nothing_is_cut() -> None:
    assert cut("> ar gavote?\n") == Reply(text="> ar gavote?", is_cut=False, is_sure=False)


def test_an_unmarked_history_is_cut_but_not_for_sure() -> None:
    assert cut(f"{SAID}\n\n2021-08-17 10:15, NISC rašė:\nLaba diena") == reply(is_sure=False)


def test_the_lithuanian_samples_are_cut_right(corpora: Path) -> None:
    wrong = {
        sample.name: cut(sample.read_text()).text
        for sample in sorted(corpora.glob("mail/lt-replies/*.txt"))
        if _without_blank_lines(cut(sample.read_text()).text)
        != _without_blank_lines(sample.with_suffix(".expected").read_text())
    }

    assert wrong == {}


@given(st.text(alphabet="> \n-_:abcRaš@.<2021rašėwrote", max_size=300))
def test_no_text_raises_and_every_line_comes_from_the_mail(text: str) -> None:
    said = cut(text).text

    assert [line for line in said.splitlines() if line.strip() not in text] == []


def _without_blank_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
