"""Councils from CSV and YAML: taken whole, or refused line by line with the reason."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.record_files import parse_calls, parse_councils, parse_programmes
from knowledge_base.record_rows import Parsed, Refused, read_rows
from knowledge_base.records import Council, CouncilKind, Member, Programme, Seen
from knowledge_base.shipped import shipped_places

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


# Programmes and calls -----------------------------------------------------------------------------

CALLS = "programme,call,title,municipality,from,to,withdrawn,source,checked_on"
CALL_SEEN = "Skelbimas,2026-11-01"


def test_a_programme_has_its_lists_and_a_number_for_each_year() -> None:
    text = """
- id: bendruomenes
  name: Stiprinti bendruomeninę veiklą
  funder: SADM
  contract: A1-1
  from: 2025-01-01
  to: 2027-12-31
  codes: {2025: 2.1.1.1, 2021: 1.1.4}
  partners: [Pirma sąjunga, Antra sąjunga]
  municipalities: [Zarasų r. sav., Molėtai]
  source: Aprašas
  checked_on: 2026-11-01
"""

    (programme,) = parse_programmes(read_rows(text, is_yaml=True), PLACES, TODAY).records.values()

    assert programme == Programme(
        id="bendruomenes",
        name="Stiprinti bendruomeninę veiklą",
        funder="SADM",
        contract="A1-1",
        starts_on=date(2025, 1, 1),
        ends_on=date(2027, 12, 31),
        codes=((2021, "1.1.4"), (2025, "2.1.1.1")),
        partners=("Pirma sąjunga", "Antra sąjunga"),
        municipalities=("Zarasų r. sav.", "Molėtų r. sav."),
        seen=Seen(source="Aprašas", checked_on=date(2026, 11, 1)),
    )
    assert (programme.code_in(2021), programme.code_in(2026)) == ("1.1.4", "")


def test_refused_calls_are_named_line_by_line() -> None:
    text = f"""{CALLS}
bo,2026-1,Kvietimas,Zarasai,2026-12-01,2026-12-31,,{CALL_SEEN}
bo,2026-1,Kvietimas,Zarasų r. sav.,2026-12-01,2027-01-31,,{CALL_SEEN}
bo,2026-1,Kvietimas,Kaunas,2026-12-01,2026-12-31,,{CALL_SEEN}
bo,2026-1,Kvietimas,Molėtai,2026-12-01,,,{CALL_SEEN}
bo,2026-1,Kvietimas,Utena,2026-12-31,2026-12-01,,{CALL_SEEN}
bo,2026-1,Kvietimas,Utena,2026-12-01,2026-12-31,gal,{CALL_SEEN}
B O,2026-1,Kvietimas,Utena,2026-12-01,2026-12-31,taip,{CALL_SEEN}
"""

    parsed = parse_calls(read_rows(text, is_yaml=False), PLACES, TODAY)

    assert [call.name for call in parsed.records.values()] == ["bo/2026-1/Zarasų r. sav."]
    assert [(each.line, each.reason) for each in parsed.refused] == [
        (3, "it is in line 2 already"),
        (4, "Kaunas: either Kauno m. sav. or Kauno r. sav.?"),
        (5, "to is missing: the day it closes"),
        (6, "the call ends before it begins"),
        (7, "withdrawn: gal is neither yes nor no"),
        (8, "programme: B O needs small letters, digits and - only"),
    ]


def test_a_wrong_number_of_a_programme_is_refused() -> None:
    text = "id,name,funder,codes,source,checked_on\na,A,SADM,2.1.1.1,Aprašas,2026-11-01\n"

    (refused,) = parse_programmes(read_rows(text, is_yaml=False), PLACES, TODAY).refused

    assert refused == Refused(line=2, reason="codes: write 2.1.1.1 like 2025: 2.1.1.1")
