"""Cards of organisations: checked, imported by line, proposed as doubles, joined and undone."""

from dataclasses import replace

import pytest

from handlers.domain.errors import ConflictError, InvalidError, NotFoundError
from handlers.domain.organisations import AskerType, Details, LegalForm, Organisation
from handlers.organisation_rows import is_doubtful, parse_organisations
from handlers.organisations import OrganisationCards
from handlers.record_imports import Taken
from knowledge_base.record_rows import Refused, read_rows
from tests.builders import a_knowledge_base
from tests.wired import WiredDesk

COMMUNITY = AskerType.COMMUNITY
CSV = """pavadinimas;rūšis;teisinė forma;kodas;savivaldybė;skėtinė
Bendruomenių sąjunga;nvo;asociacija;;;
Pievų bendruomenė;bendruomenine;asociacija;123456715;Zarasai;Bendruomenių sąjunga
Upių bendruomenė;bendruomenine;;;Klaipėda;
Kalnų bendruomenė;draugija;;;;
Slėnių bendruomenė;bendruomenine;;12345;;
Girių bendruomenė;bendruomenine;;;;Nežinoma sąjunga
"""


@pytest.fixture
def cards(desk: WiredDesk) -> OrganisationCards:
    return OrganisationCards(clock=desk.clock, places=lambda: a_knowledge_base().places)


def add(desk: WiredDesk, cards: OrganisationCards, name: str, **given: str | None) -> Organisation:
    details = replace(Details(name=name, kind=COMMUNITY), **given)  # type: ignore[arg-type]
    return desk.do(lambda uow: cards.add(uow, details, by="rasa"))


def rows(desk: WiredDesk) -> list[Organisation]:
    return desk.do(lambda uow: list(uow.organisations.rows()))


def test_what_is_said_is_written_as_it_is_kept(desk: WiredDesk, cards: OrganisationCards) -> None:
    added = add(desk, cards, " Pievų  bendruomenė ", code="123 456 715", municipality="Zarasai")

    assert rows(desk) == [
        Organisation(
            id=added.id,
            name="Pievų bendruomenė",
            kind=COMMUNITY,
            code="123456715",
            municipality="Zarasų r. sav.",
        )
    ]
    for said in ("123456715", str(added.id), "pievu bendruomene"):
        assert desk.do(lambda uow, said=said: cards.find(uow, said)) == added  # type: ignore[misc]
    found = [desk.do(lambda uow: cards.search(uow, "zaras pievu")), desk.do(_search(cards, "upe"))]
    assert found == [[added], []]


def _search(cards: OrganisationCards, words: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return lambda uow: cards.search(uow, words)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "<b>"}, "name"),
        ({"code": "12345678"}, "code"),
        ({"code": "12345678a"}, "code"),
        ({"municipality": "Klaipėda"}, "municipality"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: WiredDesk, cards: OrganisationCards, given: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidError) as refusal:
        add(desk, cards, **{"name": "Pieva", **given})

    assert refusal.value.field == field
    assert rows(desk) == []


def test_a_code_is_one_organisations(desk: WiredDesk, cards: OrganisationCards) -> None:
    add(desk, cards, "Pieva", code="123456715")

    with pytest.raises(ConflictError):
        add(desk, cards, "Upė", code="123456715")


def test_nobody_is_above_themselves(desk: WiredDesk, cards: OrganisationCards) -> None:
    top = add(desk, cards, "Sąjunga")
    middle = desk.do(
        lambda uow: cards.add(
            uow, Details(name="Skyrius", kind=COMMUNITY, umbrella=top.id), by="rasa"
        )
    )

    for below in (top.id, middle.id):
        with pytest.raises(InvalidError):
            desk.do(
                lambda uow, below=below: cards.save(uow, replace(top, umbrella=below), by="rasa")  # type: ignore[misc]
            )
    for kept, other in ((top, middle), (middle, top), (top, top)):
        with pytest.raises(InvalidError):
            desk.do(
                lambda uow, kept=kept, other=other: cards.merge(uow, kept.id, other.id, by="rasa")  # type: ignore[misc]
            )


def test_a_file_is_taken_line_by_line_and_twice_changes_nothing(
    desk: WiredDesk, cards: OrganisationCards
) -> None:
    parsed = parse_organisations(read_rows(CSV, is_yaml=False), a_knowledge_base().places)
    first, again = (desk.do(lambda uow: cards.take_in(uow, parsed, by="import")) for _ in range(2))

    refused = (
        Refused(line=4, reason="Klaipėda: either Klaipėdos m. sav. or Klaipėdos r. sav.?"),
        Refused(
            line=5,
            reason="kind: draugija is none of "
            "bendruomenine, nvo, savivaldybe, taryba, valstybe, kita",
        ),
        Refused(line=6, reason="not nine digits: given 12345"),
        Refused(line=7, reason="no such organisation: id Nežinoma sąjunga"),
    )
    assert first == Taken(changed=2, unchanged=0, refused=refused)
    assert again == Taken(changed=0, unchanged=2, refused=refused)
    union, member = rows(desk)
    assert (member.umbrella, member.legal_form) == (union.id, LegalForm.ASSOCIATION)


def test_a_line_says_only_what_it_names(desk: WiredDesk, cards: OrganisationCards) -> None:
    add(desk, cards, "Pieva", code="123456715", municipality="Zarasai")
    parsed = parse_organisations(
        read_rows("name,kind,code\nPievų bendruomenė,nvo,123456715\n", is_yaml=False),
        a_knowledge_base().places,
    )
    desk.do(lambda uow: cards.take_in(uow, parsed, by="import"))

    [known] = rows(desk)
    assert (known.name, known.kind, known.municipality) == (
        "Pievų bendruomenė",
        AskerType.NGO,
        "Zarasų r. sav.",
    )
    history = desk.do(lambda uow: uow.changes.of_organisation(known.id))
    assert [(line.type, line.actor) for line in history] == [
        ("added", "rasa"),
        ("changed", "import"),
    ]
    assert history[1].what == {"name": "Pievų bendruomenė", "kind": "nvo"}


def test_doubles_are_proposed_and_nothing_is_changed(
    desk: WiredDesk, cards: OrganisationCards
) -> None:
    one = add(desk, cards, "Asociacija „Pievų bendruomenė“", code="123456715")
    other = add(desk, cards, "PIEVU BENDRUOMENE", municipality="Zarasai")
    add(desk, cards, "Upių bendruomenė")
    add(desk, cards, "Pievų bendruomenė", code="987654321", municipality="Molėtai")
    before = rows(desk)

    found = desk.do(cards.doubles)

    assert [(each.one.id, each.other.id) for each in found] == [(one.id, other.id)]
    assert rows(desk) == before


def test_a_merge_is_undone_once(desk: WiredDesk, cards: OrganisationCards) -> None:
    kept, other = add(desk, cards, "Pieva"), add(desk, cards, "Pievos", code="123456715")
    before = rows(desk)
    desk.do(lambda uow: cards.merge(uow, kept.id, other.id, by="rasa"))
    merge = desk.do(lambda uow: uow.changes.of_organisation(kept.id))[-1]
    merged = rows(desk)
    again = desk.do(lambda uow: cards.unmerge(uow, merge.id, by="rasa"))

    assert merged == [replace(kept, code="123456715")]
    assert (again, rows(desk)) == (other.id, before)
    with pytest.raises(ConflictError):
        desk.do(lambda uow: cards.unmerge(uow, merge.id, by="rasa"))
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: cards.unmerge(uow, 1, by="rasa"))


def test_two_of_different_codes_are_two(desk: WiredDesk, cards: OrganisationCards) -> None:
    one, other = (
        add(desk, cards, "Pieva", code="123456715"),
        add(desk, cards, "Pieva", code="1" * 9),
    )

    with pytest.raises(InvalidError):
        desk.do(lambda uow: cards.merge(uow, one.id, other.id, by="rasa"))


@pytest.mark.parametrize(
    ("code", "doubtful"),
    [
        ("119511515", False),
        ("123456715", False),
        ("123456716", True),
        ("300000107", False),
        ("300000100", True),
        ("100000810", False),
    ],
)
def test_the_last_digit_of_a_code_is_looked_at(code: str, doubtful: bool) -> None:  # noqa: FBT001
    """The first two are the examples of `python-stdnum` and of a tax software's manual."""
    assert is_doubtful(code) is doubtful
