"""Cards in the console: found, read and written by who may, joined and parted, set on a ticket."""

from handlers.domain.channels import Address, Channel
from handlers.domain.ids import OrganisationId, PersonId
from handlers.domain.organisations import AskerType, Details
from handlers.domain.people import Consultant, Role
from knowledge_base.queues import SENSITIVE
from knowledge_base.records import MailDomain, Seen
from tests.unit.bot.console.desk import MONDAY, Asked, Desk, console_address, words_of

PEOPLE, ORGANISATIONS = "/console/people", "/console/organisations"


def add(desk: Desk, name: str, kind: str = "bendruomenine", **given: str) -> OrganisationId:
    """Add an organisation by its form."""
    sent = desk.client.post(ORGANISATIONS, data={"name": name, "kind": kind, **given})
    assert sent.status_code == 200, words_of(sent.text)
    return desk.write(lambda uow: uow.organisations.rows()[-1].id)


def requester(desk: Desk, asked: Asked) -> PersonId:
    return desk.ticket(asked).requester


def known(desk: Desk, number: PersonId) -> tuple[str, AskerType | None, int | None, str | None]:
    person = desk.write(lambda uow: uow.people.get(number))
    return (person.name, person.asker_type, person.organisation, person.municipality)


def test_an_organisation_is_added_found_and_changed(desk: Desk, rasa: Consultant) -> None:
    add(desk, "Bendruomenių sąjunga", kind="nvo")
    number = add(
        desk,
        "Pievų bendruomenė",
        code="123456716",
        municipality="Zarasai",
        umbrella="Bendruomenių sąjunga",
        legal_form="asociacija",
    )
    card = words_of(desk.client.get(f"{ORGANISATIONS}/{number}").text)
    found = words_of(desk.client.get(ORGANISATIONS, params={"q": "zaras"}).text)
    changed = desk.client.post(
        f"{ORGANISATIONS}/{number}/write", data={"name": "Pieva", "kind": "nvo", "code": ""}
    )
    refused = desk.client.post(
        ORGANISATIONS, data={"name": "Upė", "kind": "nvo", "municipality": "Klaipėda"}
    )

    assert (refused.status_code, 'value="Upė"' in refused.text) == (422, True)
    assert "Galimos: Klaipėdos m. sav., Klaipėdos r. sav." in words_of(refused.text)
    assert "bendruomeninė organizacija · asociacija · Zarasų r. sav. · Kodas 123456716" in card
    assert "Paskutinis kodo skaitmuo neatitinka" in card
    assert "Skėtinė organizacija: Bendruomenių sąjunga" in card
    assert "Pievų bendruomenė bendruomeninė organizacija · Zarasų r. sav." in found
    assert "Bendruomenių sąjunga" not in found
    assert "Kortelė įrašyta." in words_of(changed.text)
    assert desk.write(lambda uow: uow.organisations.get(number).code) is None
    history = desk.write(lambda uow: uow.changes.of_organisation(number))
    assert [(line.type, line.actor) for line in history] == [
        ("added", rasa.email),
        ("changed", rasa.email),
    ]


def test_two_organisations_are_joined_and_parted(desk: Desk, rasa: Consultant) -> None:
    one, other = add(desk, "Pievų bendruomenė"), add(desk, "Asociacija „Pievų bendruomenė“")
    proposed = words_of(desk.client.get(ORGANISATIONS, params={"doubles": "1"}).text)
    joined = desk.client.post(f"{ORGANISATIONS}/{one}/merge", data={"other": str(other)})
    merge = desk.write(lambda uow: uow.changes.of_organisation(one))[-1]
    rows = desk.write(lambda uow: len(uow.organisations.rows()))
    parted = desk.client.post(f"{ORGANISATIONS}/{one}/unmerge", data={"change": str(merge.id)})
    twice = desk.client.post(f"{ORGANISATIONS}/{one}/unmerge", data={"change": str(merge.id)})

    assert "Galimi dubletai: 1" in proposed
    assert ("Kortelės sujungtos." in words_of(joined.text), rows) == (True, 1)
    assert "Kortelės atskirtos." in words_of(parted.text)
    assert "Sujungimas jau atšauktas." in words_of(twice.text)
    assert desk.client.get(f"{ORGANISATIONS}/{other}").status_code == 200
    assert rasa.email == merge.actor


def test_who_asks_for_whom_is_written_on_the_ticket(desk: Desk, rasa: Consultant) -> None:
    number = add(desk, "Pievų bendruomenė", municipality="Zarasai")
    asked = desk.ask(email="ona@pieva.example")
    set_ = desk.client.post(
        console_address(asked, "asker"),
        data={"asker_type": "", "organisation": "pievu bendruomene"},
    )
    page = words_of(set_.text)
    later = desk.ticket(desk.ask(email="ona@pieva.example"))
    wrong = desk.client.post(console_address(asked, "asker"), data={"organisation": "Nėra tokios"})

    assert "Įrašyta, kieno vardu klausta." in page
    assert "Klausėjo tipas bendruomeninė organizacija Organizacija Pievų bendruomenė" in page
    assert (later.asker_type, later.organisation) == (AskerType.COMMUNITY, number)
    assert (wrong.status_code, rasa.active) == (422, True)
    assert "Tokios organizacijos nėra: Nėra tokios." in words_of(wrong.text)


def test_staff_of_a_municipality_are_proposed_and_a_person_decides(
    desk: Desk, rasa: Consultant
) -> None:
    seen = Seen(source="svetainė", checked_on=MONDAY.date())
    domain = MailDomain(domain="zarasai.example", municipality="Zarasų r. sav.", seen=seen)
    desk.write(lambda uow: uow.domains.put(domain, at=MONDAY, by=rasa.email))
    asked = desk.ask(email="jonas@zarasai.example")
    number = requester(desk, asked)
    page = words_of(desk.client.get(console_address(asked)).text)
    before = known(desk, number)
    sent = desk.client.post(
        f"{PEOPLE}/{number}/write",
        data={"name": "Jonas Jonaitis", "asker_type": "savivaldybe", "municipality": "Zarasai"},
    )

    assert "pašto sritį zarasai.example: savivaldybės administracija, Zarasų r. sav." in page
    assert before == ("", None, None, None)
    assert known(desk, number) == (
        "Jonas Jonaitis",
        AskerType.MUNICIPALITY,
        None,
        "Zarasų r. sav.",
    )
    assert "Siūloma pagal pašto sritį" not in words_of(sent.text)


def test_a_card_tells_its_story_and_how_addresses_are_proved(desk: Desk, rasa: Consultant) -> None:
    asked, other = desk.ask(email="ona@pieva.example"), desk.ask(email="ona@upe.example")
    number, twin = requester(desk, asked), requester(desk, other)
    at = f"{PEOPLE}/{number}"
    for act, form in (
        ("prove", {"address": "ona@pieva.example"}),
        ("merge", {"other": "ona@upe.example"}),
    ):
        assert desk.client.post(f"{at}/{act}", data=form).status_code == 200
    merge = desk.write(lambda uow: uow.changes.of_person(number))[-1]
    joint = words_of(desk.client.get(at).text)
    foreign = desk.client.post(f"{PEOPLE}/{twin}/unmerge", data={"change": str(merge.id)})
    parted = desk.client.post(f"{at}/unmerge", data={"change": str(merge.id)})

    assert "ona@pieva.example ✓ patvirtino konsultantas" in joint
    assert "ona@upe.example nepatvirtintas" in joint
    assert joint.count("kreipinys NVO-") == 2
    assert foreign.status_code == 404
    assert "Kortelės atskirtos." in words_of(parted.text)
    assert requester(desk, other) == twin
    assert rasa.email in words_of(parted.text)


def test_what_is_restricted_shows_nowhere(desk: Desk) -> None:
    vera = desk.add_consultant("Vera Veraitė", queues=frozenset({SENSITIVE, "bendra"}))
    details = Details(name="Pieva", kind=AskerType.NGO)
    where = desk.write(lambda uow: uow.organisations.add(details, at=MONDAY).id)
    asked = desk.ask("Vadovas priekabiauja ir grasina smurtu, bijau eiti į darbą")
    number = requester(desk, asked)
    address = Address(Channel.MAIL, "slapta@pieva.example")
    desk.write(lambda uow: uow.people.add_address(number, address))
    desk.write(lambda uow: uow.people.ask_for(number, AskerType.NGO, where))
    desk.sign_in(vera)
    seen = desk.client.get(f"{ORGANISATIONS}/{where}").text

    assert desk.ticket(asked).queue == SENSITIVE
    assert (asked.reference in seen, "slapta@pieva.example" in seen) == (True, True)
    for name, role in (("Tomas", Role.CONSULTANT), ("Rita", Role.COORDINATOR)):
        desk.sign_in(desk.add_consultant(name, queues=frozenset({"mokymai"}), role=role))
        hidden = [
            desk.client.get(page).text
            for page in (f"{ORGANISATIONS}/{where}", PEOPLE, f"{PEOPLE}?q=slapta")
        ]
        written = desk.client.post(f"{PEOPLE}/{number}/write", data={"name": "Kita"})
        words = [word for page in hidden for word in (asked.reference, "slapta@") if word in page]
        assert words == [], name
        assert desk.client.get(f"{PEOPLE}/{number}").status_code == 404
        assert written.status_code == 404


def test_cards_are_for_who_is_signed_in_and_what_is_not_there_is_no_page(desk: Desk) -> None:
    outside = [
        desk.client.get(address, follow_redirects=False)
        for address in (PEOPLE, ORGANISATIONS, f"{PEOPLE}/1", f"{ORGANISATIONS}/1")
    ]
    desk.sign_in(desk.add_consultant())
    pages = [
        desk.client.get(f"{PEOPLE}/404"),
        desk.client.get(f"{PEOPLE}/x"),
        desk.client.get(f"{ORGANISATIONS}/404"),
        desk.client.post(f"{PEOPLE}/404/write", data={"name": "Ona"}),
        desk.client.post(f"{ORGANISATIONS}/1/steal"),
    ]

    assert [page.status_code for page in outside] == [303] * 4
    assert [page.status_code for page in pages] == [404] * 5
