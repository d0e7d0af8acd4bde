"""Councils from CSV and YAML: taken whole, or refused line by line with the reason."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.files import shipped_places
from knowledge_base.record_files import Parsed, Refused, parse_councils, read_rows
from knowledge_base.records import Council, CouncilKind, Member, Seen

TODAY = date(2026, 11, 22)
PLACES = shipped_places()
HEAD = "municipality,council,name,role,represents,from,to,source,url,checked_on,checked_by"
SEEN = "Sprendimas T-1,https://pavyzdys.lt/t1,2026-10-01,Rasa"


def _parse(text: str, *, is_yaml: bool = False) -> Parsed[Council]:
    return parse_councils(read_rows(text, is_yaml=is_yaml), PLACES, TODAY)


def _refused(text: str, *, is_yaml: bool = False) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in _parse(text, is_yaml=is_yaml).refused]


def _council(*members: Member) -> Council:
    return Council(
        municipality="Zarasų r. sav.",
        kind=CouncilKind.NVO,
        members=members,
        seen=Seen(
            source="Sprendimas T-1",
            url="https://pavyzdys.lt/t1",
            checked_on=date(2026, 10, 1),
            checked_by="Rasa",
        ),
    )


ONE = Member(
    name="Narė Pirmoji",
    role="pirmininkė",
    represents="NVO",
    since=date(2025, 3, 1),
    until=date(2028, 3, 1),
)
TWO = Member(name="Narys Antrasis")


def test_a_table_becomes_a_council() -> None:
    text = f"""{HEAD}
Zarasai,nvo,Narė Pirmoji,pirmininkė,NVO,2025-03-01,2028-03-01,{SEEN}

Zarasų rajono savivaldybė,NVO,Narys Antrasis,,,,,{SEEN}
"""

    assert _parse(text) == Parsed(records={2: _council(ONE, TWO)}, refused=())


def test_columns_may_be_headed_in_lithuanian_with_semicolons() -> None:
    text = (
        "\ufeffSavivaldybė;Taryba;Vardas;Šaltinis;Nuoroda;Patikrinta;Patikrino\r\n"
        "Zarasų r. sav.;nvo;Narys Antrasis;Sprendimas T-1;https://pavyzdys.lt/t1;2026-10-01;Rasa\r\n"
    )

    assert _parse(text) == Parsed(records={2: _council(TWO)}, refused=())


def test_yaml_says_what_is_shared_once() -> None:
    text = """
- municipality: Zarasų r. sav.
  council: nvo
  source: Sprendimas T-1
  url: https://pavyzdys.lt/t1
  checked_on: 2026-10-01
  checked_by: Rasa
  members:
    - {name: Narė Pirmoji, role: pirmininkė, represents: NVO, from: 2025-03-01, to: 2028-03-01}
    - name: Narys Antrasis
"""

    assert _parse(text, is_yaml=True) == Parsed(records={9: _council(ONE, TWO)}, refused=())


def test_every_refused_line_is_named_with_its_reason() -> None:
    text = f"""{HEAD}
Klaipėda,nvo,Narys,,,,,{SEEN}
Nidos kopos,nvo,Narys,,,,,{SEEN}
Zarasai,taryba,Narys,,,,,{SEEN}
Molėtai,nvo,,,,,,{SEEN}
Utena,nvo,Narys,,,vakar,,{SEEN}
Ignalina,nvo,Narys,,,2026-02-01,2026-01-01,{SEEN}
Visaginas,nvo,Narys {{x}},,,,,{SEEN}
Rokiškis,nvo,Narys,,,,,,,2026-10-01,
Kupiškis,nvo,Narys,,,,,Sprendimas,,2027-01-01,
Biržai,nvo,Narys,,,,,Sprendimas,,,
Anykščiai,nvo,Narys,,,,,{SEEN},daugiau
"""

    parsed = _parse(text)

    assert parsed.records == {}
    assert parsed.refused == tuple(
        Refused(line=line, reason=reason)
        for line, reason in [
            (2, "Klaipėda: either Klaipėdos m. sav. or Klaipėdos r. sav.?"),
            (3, "Nidos kopos: no such municipality"),
            (4, "council: taryba is neither nvo nor bo"),
            (5, "name is missing"),
            (6, "from: vakar is no date; write it like 2026-03-01"),
            (7, "the term ends before it begins"),
            (8, "name: signs like < > { } and line breaks are not taken"),
            (9, "source is missing"),
            (10, "checked_on: 2027-01-01 has not come yet"),
            (11, "checked_on is missing"),
            (12, "12 values under 11 columns"),
        ]
    )


def test_a_council_with_a_refused_line_is_not_taken_in_part() -> None:
    text = f"""{HEAD}
Zarasai,nvo,Narė Pirmoji,,,,,{SEEN}
Zarasai,nvo,,,,,,{SEEN}
Zarasai,nvo,Narys Trečiasis,,,,,{SEEN}
Zarasai,bo,Narys Antrasis,,,,,{SEEN}
"""
    why = "Zarasų r. sav., nvo: another line of this council is refused"

    assert [council.kind for council in _parse(text).records.values()] == [CouncilKind.BO]
    assert _refused(text) == [(2, why), (3, "name is missing"), (4, why)]


def test_nobody_is_a_member_twice_at_once_but_may_come_back() -> None:
    twice = f"{HEAD}\nUtena,nvo,A B,,,,2026-01-01,{SEEN}\nUtena,nvo,a b,,,2026-01-01,,{SEEN}\n"
    back = f"{HEAD}\nUtena,nvo,A B,,,,2025-12-31,{SEEN}\nUtena,nvo,A B,,,2026-01-01,,{SEEN}\n"

    assert [line for line, _ in _refused(twice)] == [2, 3]
    assert _refused(back) == []


def test_a_council_is_of_one_source_checked_on_one_day() -> None:
    text = f"{HEAD}\nUtena,nvo,A B,,,,,{SEEN}\nUtena,nvo,C D,,,,,Kitas,,2026-10-02,Rasa\n"

    assert (3, "source or check differs from line 2 of the same council") in _refused(text)


def test_what_is_no_table_at_all_is_said_so() -> None:
    assert _refused("a: [", is_yaml=True) == [(1, "this is not YAML")]
    assert _refused("a: 1", is_yaml=True) == [(1, "a list is expected")]
    assert _refused("- 1", is_yaml=True) == [(1, "a mapping is expected")]
    assert _refused('municipality\n"open', is_yaml=False)[0][1].startswith("this is not CSV")


@given(text=st.text(), is_yaml=st.booleans())
def test_no_file_is_too_odd(text: str, *, is_yaml: bool) -> None:
    """Whatever the file holds, it is refused with lines, never an exception."""
    assert all(each.line >= 1 for each in _parse(text, is_yaml=is_yaml).refused)
