"""Mails as people send them: plain, with HTML, answers in a thread, some with a file."""

import random
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

_TOPICS: Final = (
    "Kaip įsteigti bendruomeninę organizaciją?",
    "Iki kada reikia pateikti metinę veiklos ataskaitą?",
    "Ar galime gauti patalpas panaudai be konkurso?",
    "Kokia forma sudaroma savanoriškos veiklos sutartis?",
    "Kaip gauti paramos gavėjo statusą?",
    "Norėtume pakeisti įstatus – nuo ko pradėti?",
)
_SENTENCES: Final = (
    "Mes esame nedidelė organizacija, kurioje veikia apie trisdešimt narių.",
    "Savivaldybės specialistė patarė kreiptis į Jus elektroniniu paštu.",
    "Būtume dėkingi, jei atsakytumėte iki kitos savaitės penktadienio.",
    "Ieškojome informacijos svetainėje, tačiau atsakymo neradome.",
    "Praėjusiais metais dalyvavome mokymuose, bet šio klausimo ten neaptarėme.",
)
_PEOPLE: Final = 200
_REPLIES, _HTML, _FILES = 0.25, 0.6, 0.1


def mails(count: int, *, seed: int = 1) -> list[bytes]:
    """Return so many mails, the same for the same seed: a quarter answers, a tenth with a file."""
    chance = random.Random(seed)  # noqa: S311 -- an example, not a key
    file = chance.randbytes(200_000)
    threads: list[tuple[str, str, int]] = []
    written: list[bytes] = []
    for number in range(count):
        letter = EmailMessage(policy=SMTP)
        is_reply = bool(threads) and chance.random() < _REPLIES
        first, topic, who = (
            chance.choice(threads)
            if is_reply
            else (
                f"<{seed}.{number}@namai.test>",
                chance.choice(_TOPICS),
                chance.randrange(_PEOPLE),
            )
        )
        text = _text(topic, chance, is_reply=is_reply)
        letter["From"] = f"Narys Nr. {who} <narys{who}@namai{who % 17}.test>"
        letter["To"] = "desk@nisc.test"
        letter["Subject"] = f"Re: {topic}" if is_reply else topic
        letter["Message-ID"] = f"<{seed}.{number}@namai.test>"
        if is_reply:
            letter["In-Reply-To"] = letter["References"] = first
        else:
            threads.append((first, topic, who))
        letter.set_content(text, charset=chance.choice(("utf-8", "utf-8", "utf-8", "windows-1257")))
        if chance.random() < _HTML:
            paragraphs = "".join(f"<p>{line}</p>\n" for line in text.split("\n"))
            letter.add_alternative(f"<html><body>{paragraphs}</body></html>", subtype="html")
        if chance.random() < _FILES:
            start = chance.randrange(1000)
            letter.add_attachment(
                file[start:] + file[:start],
                maintype="application",
                subtype="pdf",
                filename=f"Įstatai {number}.pdf",
            )
        written.append(letter.as_bytes())
    return written


def asked(count: int) -> list[str]:
    """Return as many short messages, one of the topics with a sentence each."""
    chance = random.Random(1)  # noqa: S311 -- an example, not a key
    return [f"{chance.choice(_TOPICS)} {chance.choice(_SENTENCES)}" for _ in range(count)]


def _text(topic: str, chance: random.Random, *, is_reply: bool) -> str:
    said = "Ačiū, tačiau liko vienas neaiškumas." if is_reply else topic
    more = " ".join(chance.sample(_SENTENCES, chance.randint(1, len(_SENTENCES))))
    text = f"Laba diena,\n\n{said}\n\n{more}\n\nPagarbiai\nNarys {chance.randrange(10**6)}\n"
    if is_reply:
        text += f"\n2025-11-21 10:15 Pagalba <desk@nisc.test> rašė:\n> {topic}\n> {_SENTENCES[0]}\n"
    return text
