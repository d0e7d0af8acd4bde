"""A line about a call or a visit is read leniently, and nothing in it is lost."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.channels import Address, Channel
from handlers.domain.talks import Particulars, Told
from handlers.domain.tickets import ArticleKind
from handlers.talk_lines import MOST_MINUTES, read_talk
from handlers.working_time import VILNIUS
from knowledge_base.text import fold
from tests.builders import a_knowledge_base

TODAY = date(2026, 11, 22)
CALL, VISIT = ArticleKind.CALL, ArticleKind.VISIT


def _read(line: str, kind: ArticleKind = CALL) -> Told:
    return read_talk(line, kind, places=a_knowledge_base().places, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "line", "told"),
    [
        (
            CALL,
            "Anykščių r. 15 min Jonas iš „Bendruomenė X“: patarta dėl NVO žymos",
            Told(
                advice="patarta dėl NVO žymos",
                name="Jonas",
                municipalities=("Anykščių r. sav.",),
                about=Particulars(minutes=15, organisation="„Bendruomenė X“"),
            ),
        ),
        (
            CALL,
            "Kauno 1,5 val. Ona Onaitė, tel. 8 612 34567: kaip registruoti",
            Told(
                advice="kaip registruoti",
                name="Ona Onaitė",
                address=Address(Channel.PHONE, "+37061234567"),
                municipalities=("Kauno m. sav.", "Kauno r. sav."),
                about=Particulars(minutes=90),
            ),
        ),
        (
            VISIT,
            "Alytaus m. sav. kultūros centre 2 val 12 dalyvių vakar: NVO tarybos nuostatai",
            Told(
                advice="NVO tarybos nuostatai",
                municipalities=("Alytaus m. sav.",),
                about=Particulars(minutes=120, participants=12, place="kultūros centre"),
                held_at=datetime(2026, 11, 21, 12, tzinfo=VILNIUS),
            ),
        ),
        (
            VISIT,
            "2026-11-20 VšĮ „Geri darbai“ pusantros valandos Šiaulių r., Dvaro g. 5: pagalba",
            Told(
                advice="pagalba",
                municipalities=("Šiaulių r. sav.",),
                about=Particulars(minutes=90, place="Dvaro g. 5", organisation="VšĮ „Geri darbai“"),
                held_at=datetime(2026, 11, 20, 12, tzinfo=VILNIUS),
            ),
        ),
        (
            CALL,
            "Jonas iš Biržų krašto ateitis 20 min jonas@nvo.lt: http://x.lt ir 14:30 susitikimas",
            Told(
                advice="http://x.lt ir 14:30 susitikimas",
                name="Jonas",
                address=Address(Channel.MAIL, "jonas@nvo.lt"),
                about=Particulars(minutes=20, organisation="Biržų krašto ateitis"),
            ),
        ),
        (
            CALL,
            "paskambino Rasa iš Zarasų klausė apie žymą 10min",
            Told(
                advice="paskambino klausė apie žymą",
                name="Rasa",
                municipalities=("Zarasų r. sav.",),
                about=Particulars(minutes=10),
            ),
        ),
        (CALL, "rytoj 14 val.", Told(advice="rytoj 14 val.")),
        (CALL, "2027-01-01 kvietimas", Told(advice="2027-01-01 kvietimas")),
    ],
)
def test_a_line_is_read(kind: ArticleKind, line: str, told: Told) -> None:
    assert _read(line, kind) == told


@given(st.text(max_size=60), st.sampled_from([CALL, VISIT]))
def test_any_line_is_read_without_an_error_and_advice_stays_as_it_was(
    line: str, kind: ArticleKind
) -> None:
    told = _read(f"5 min: {line}", kind)

    assert told.advice == line.strip()
    assert told.about == Particulars(minutes=5)


@given(
    st.lists(
        st.sampled_from(
            [
                "15 min",
                "Jonas",
                "Anykščių r.",
                "3 dalyviai",
                "klausė",
                "apie",
                "žymą",
                "2 val",
                "iš",
            ]
        ),
        max_size=8,
    )
)
def test_every_word_of_a_line_is_kept_somewhere(words: list[str]) -> None:
    told = _read(" ".join(words))
    plain = [word for word in words if word in {"klausė", "apie", "žymą"}]

    kept = fold(f"{told.advice} {told.about.organisation}")
    assert [word for word in plain if fold(word) not in kept] == []
    assert told.about.minutes is None or 0 < told.about.minutes <= MOST_MINUTES
