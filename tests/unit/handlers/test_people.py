"""Cards of people: for whom they ask, whose addresses are proved, who is one with whom."""
# ruff: noqa: ANN401 -- what is given is checked by the function it is given to

from dataclasses import replace
from typing import Any

import pytest

from handlers.commands import Joining
from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from handlers.domain.ids import OrganisationId, PersonId
from handlers.domain.organisations import AskerType, Details
from handlers.domain.people import Consultant, Person, Proof, Role
from handlers.domain.tickets import ArticleKind, NewArticle, Ticket
from handlers.people import About, AsksFor, PersonCards
from handlers.ports import UnitOfWork
from handlers.proposals import Proposal, proposal
from handlers.timelines import Happened, Timelines
from knowledge_base.queues import SENSITIVE
from knowledge_base.records import MailDomain, Seen
from tests.builders import NOON, a_knowledge_base, a_mail, a_telegram_message, mail_of, unsure
from tests.unit.handlers.accompanied import accompany
from tests.unit.handlers.test_linking import CHAT, MAIL, joined, say
from tests.wired import WiredDesk

NGO = AskerType.NGO


@pytest.fixture
def cards(desk: WiredDesk) -> PersonCards:
    return PersonCards(
        clock=desk.clock,
        access=desk.access,
        places=lambda: a_knowledge_base().places,
        reactions=desk.reactions,
        routing=desk.intake.particulars.routing,
    )


def asked(desk: WiredDesk, mail: str = "ona@bendruomene.lt", **given: Any) -> Ticket:
    """File a question of somebody."""
    return desk.ticket_of(a_mail(sender=mail_of(mail), **given))


def organisation(desk: WiredDesk, name: str = "Pieva", kind: AskerType = NGO) -> OrganisationId:
    details = Details(name=name, kind=kind, municipality="Zarasų r. sav.")
    return desk.do(lambda uow: uow.organisations.add(details, at=NOON).id)


def person(desk: WiredDesk, number: PersonId) -> Person:
    return desk.do(lambda uow: uow.people.get(number))


def write(
    desk: WiredDesk, cards: PersonCards, number: PersonId, asks_for: AsksFor, **given: bool
) -> None:
    about = About(name=person(desk, number).name, municipality=None, asks_for=asks_for)
    desk.do(lambda uow: cards.write(uow, number, about, by="rasa", **given))


def spoken_for(desk: WiredDesk, *tickets: Ticket) -> list[tuple[AskerType | None, int | None]]:
    found = [desk.ticket(ticket) for ticket in tickets]
    return [(ticket.asker_type, ticket.organisation) for ticket in found]


def test_who_goes_to_work_elsewhere_asks_for_others_from_then_on(
    desk: WiredDesk, cards: PersonCards
) -> None:
    there, elsewhere = organisation(desk), organisation(desk, "Savivaldybės administracija")
    first = asked(desk)
    write(desk, cards, first.requester, AsksFor(asker_type=NGO, organisation=there))
    second = asked(desk)
    new = AsksFor(asker_type=AskerType.MUNICIPALITY, organisation=elsewhere)
    write(desk, cards, first.requester, new)
    third = asked(desk)

    assert spoken_for(desk, first, second, third) == [
        (NGO, there),
        (NGO, there),
        (AskerType.MUNICIPALITY, elsewhere),
    ]
    write(desk, cards, first.requester, new, everywhere=True)
    assert set(spoken_for(desk, first, second, third)) == {(AskerType.MUNICIPALITY, elsewhere)}


def test_a_ticket_may_be_asked_for_another_organisation(
    desk: WiredDesk, cards: PersonCards
) -> None:
    usual, once = organisation(desk), organisation(desk, "Upė")
    rasa = desk.hire()
    first, second = asked(desk), asked(desk)
    for ticket, where, only_here in ((first, usual, False), (second, once, True)):
        said = AsksFor(asker_type=NGO, organisation=where)
        desk.do(
            lambda uow, ticket=ticket, said=said, only_here=only_here: cards.say_in_ticket(  # type: ignore[misc]
                uow, uow.tickets.get(ticket.id), said, rasa, only_here=only_here
            )
        )

    assert spoken_for(desk, first, second) == [(NGO, usual), (NGO, once)]
    assert person(desk, first.requester).organisation == usual
    assert desk.ticket(first).municipality == "Zarasų r. sav."
    assert [line.reasons for line in desk.events(second) if line.type == "asker_said"] == [
        ("nvo", "Upė")
    ]


def test_a_question_that_waits_goes_to_the_mentor_of_the_organisation_it_proved_to_be_of(
    desk: WiredDesk, cards: PersonCards
) -> None:
    known = accompany(desk)
    boss = known.boss
    waiting, taken = asked(desk), asked(desk, "kita@bendruomene.lt")
    desk.do(lambda uow: desk.desk.take(uow, taken.id, boss))
    said = AsksFor(organisation=known.organisation)
    for ticket in (waiting, taken):
        desk.do(
            lambda uow, ticket=ticket: cards.say_in_ticket(  # type: ignore[misc]
                uow, uow.tickets.get(ticket.id), said, boss, only_here=False
            )
        )

    assert [desk.ticket(each).owner for each in (waiting, taken)] == [known.rasa.id, boss.id]


def test_what_cannot_be_is_not_written(desk: WiredDesk, cards: PersonCards) -> None:
    number = asked(desk).requester
    about = About(name="Ona", municipality=None, asks_for=AsksFor())
    for wrong in (replace(about, name="<Ona>"), replace(about, municipality="Klaipėda")):
        with pytest.raises(InvalidError):
            desk.do(lambda uow, wrong=wrong: cards.write(uow, number, wrong, by="rasa"))  # type: ignore[misc]
    with pytest.raises(NotFoundError):
        write(desk, cards, number, AsksFor(organisation=OrganisationId(404)))
    odd = asked(desk, "a@b.lt", sender_name="Ona <kontora>").requester
    write(desk, cards, odd, AsksFor(asker_type=NGO))
    assert person(desk, odd).asker_type is NGO, "what a mail brought is no reason to refuse"


def test_a_card_is_found_by_address_number_and_words(desk: WiredDesk, cards: PersonCards) -> None:
    number = asked(desk, "ona@pieva.lt", sender_name="Ona Šilaitė").requester
    chat = desk.ticket_of(a_telegram_message()).requester

    def found(uow: UnitOfWork) -> list[PersonId]:
        by_name = [each.id for each in cards.search(uow, "silaite")]
        return [*(cards.find(uow, said).id for said in ("ONA@pieva.lt", str(number))), *by_name]

    assert desk.do(found) == [number] * 3
    assert desk.do(lambda uow: cards.find(uow, "77").id) == chat
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: cards.find(uow, "nera@pieva.lt"))


def test_somebody_sees_the_cards_of_those_whose_tickets_they_read(
    desk: WiredDesk, cards: PersonCards
) -> None:
    trainer = desk.hire("tomas@pagalba.lt", queues=frozenset({"mokymai"}))
    steering = desk.hire("rita@pagalba.lt", role=Role.COORDINATOR)
    trained = asked(desk, "a@pieva.lt", decision=unsure("mokymai")).requester
    general = asked(desk, "b@pieva.lt").requester
    hurt = asked(desk, "c@pieva.lt", decision=unsure(SENSITIVE)).requester
    silent = desk.do(
        lambda uow: uow.people.add(name="Ona", language=None, address=None, at=NOON).id
    )

    def seen(who: Consultant | None) -> set[PersonId]:
        listed = {each.id for each in desk.do(lambda uow: cards.search(uow, "", who))}
        everybody = (trained, general, hurt, silent)
        assert listed == {
            each
            for each in everybody
            if desk.do(lambda uow, each=each: cards.sees(uow, each, who))  # type: ignore[misc]
        }
        return listed

    assert seen(None) == {trained, general, hurt, silent}
    assert seen(trainer) == {trained}
    assert seen(steering) == {trained, general, silent}
    assert seen(replace(steering, active=False)) == set()


def test_an_address_is_proved_by_code_by_signature_or_by_staff(
    desk: WiredDesk, cards: PersonCards
) -> None:
    signed = asked(desk, "signed@pieva.lt", is_authentic=True).requester
    forged = asked(desk, "forged@pieva.lt", is_authentic=False).requester
    joined(desk)
    desk.do(lambda uow: cards.prove(uow, forged, mail_of("forged@pieva.lt"), by="rasa"))
    joint = desk.do(lambda uow: cards.find(uow, MAIL.value).id)

    def proofs(number: PersonId) -> list[Proof | None]:
        return [each.proof for each in desk.do(lambda uow: uow.people.reached(number))]

    assert (proofs(signed), proofs(forged)) == ([Proof.SIGNED], [Proof.STAFF])
    assert sorted(str(each) for each in proofs(joint)) == ["channel", "code"]
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: cards.prove(uow, signed, CHAT, by="rasa"))
    assert say(desk, Joining.PART), "a proof parts nobody"


def test_joined_cards_are_two_again_with_what_each_had(desk: WiredDesk, cards: PersonCards) -> None:
    one = asked(desk, "ona@pieva.lt", sender_name="Ona Šilaitė")
    other = asked(desk, "o.silaite@pieva.lt", sender_name="Ona Šilaitė")
    [double] = desk.do(cards.doubles)
    desk.do(lambda uow: cards.merge(uow, double.one.id, double.other.id, by="rasa"))
    joint = person(desk, one.requester)
    merge = desk.do(lambda uow: uow.changes.of_person(joint.id))[-1]
    desk.do(lambda uow: cards.unmerge(uow, merge.id, by="rasa"))

    assert [each.value for each in joint.addresses] == ["ona@pieva.lt", "o.silaite@pieva.lt"]
    assert person(desk, other.requester).addresses == (mail_of("o.silaite@pieva.lt"),)
    assert desk.ticket(other).requester == other.requester
    with pytest.raises(ConflictError):
        desk.do(lambda uow: cards.unmerge(uow, merge.id, by="rasa"))


def test_nobody_joins_people_whose_tickets_they_may_not_read(
    desk: WiredDesk, cards: PersonCards
) -> None:
    rita = desk.hire("rita@pagalba.lt", role=Role.COORDINATOR)
    one = asked(desk, "ona@pieva.lt").requester
    other = asked(desk, "kita@pieva.lt", decision=unsure(SENSITIVE)).requester

    for who, kept in ((rita, one), (rita, other)):
        with pytest.raises(NotAllowedError):
            desk.do(
                lambda uow, who=who, kept=kept: cards.merge(  # type: ignore[misc]
                    uow, kept, one if kept == other else other, by="rita", who=who
                )
            )
    with pytest.raises(InvalidError):
        desk.do(lambda uow: cards.merge(uow, one, one, by="rita"))


def test_who_is_told_apart_is_not_proposed_as_one(desk: WiredDesk, cards: PersonCards) -> None:
    for mail, place in (("a@a.lt", "Zarasų r. sav."), ("b@b.lt", "Molėtų r. sav.")):
        number = asked(desk, mail, sender_name="Ona Šilaitė").requester
        desk.do(
            lambda uow, number=number, place=place: uow.people.set_municipality(number, place)  # type: ignore[misc]
        )
    asked(desk, "c@c.lt", sender_name="Ona")
    asked(desk, "d@d.lt", sender_name="Ona")

    assert desk.do(cards.doubles) == []


def test_staff_of_a_municipality_are_proposed_by_their_domain(desk: WiredDesk) -> None:
    domain = MailDomain(
        domain="zarasai.example",
        municipality="Zarasų r. sav.",
        seen=Seen(source="svetainė", checked_on=NOON.date()),
    )
    desk.do(lambda uow: uow.domains.put(domain, at=NOON, by="rasa"))
    there = asked(desk, "jonas@svietimas.zarasai.example").requester
    pretender = asked(desk, "jonas@nezarasai.example").requester

    def proposed(number: PersonId) -> Proposal | None:
        return desk.do(lambda uow: proposal(uow, uow.people.get(number)))

    assert proposed(there) == Proposal(
        domain="svietimas.zarasai.example",
        asker_type=AskerType.MUNICIPALITY,
        municipality="Zarasų r. sav.",
    )
    assert proposed(pretender) is None
    assert person(desk, there).asker_type is None, "nothing is written by itself"


def test_a_colleague_is_proposed_where_a_domain_is_one_organisations(
    desk: WiredDesk, cards: PersonCards
) -> None:
    here, there = organisation(desk), organisation(desk, "Upė")
    for mail, where in (
        ("a@pieva.lt", here),
        ("a@gmail.com", here),
        ("a@namai.lt", here),
        ("b@namai.lt", there),
    ):
        write(desk, cards, asked(desk, mail).requester, AsksFor(asker_type=NGO, organisation=where))

    def proposed(mail: str) -> OrganisationId | None:
        number = asked(desk, mail).requester
        found = desk.do(lambda uow: proposal(uow, uow.people.get(number)))
        return found.organisation if found else None

    assert [proposed(f"c@{each}") for each in ("pieva.lt", "gmail.com", "namai.lt")] == [
        here,
        None,
        None,
    ]


def test_a_timeline_holds_tickets_calls_and_changes_and_nothing_one_may_not_read(
    desk: WiredDesk, cards: PersonCards
) -> None:
    rita = desk.hire("rita@pagalba.lt", role=Role.COORDINATOR)
    where = organisation(desk)
    first = asked(desk)
    desk.clock.move(minutes=1)
    write(desk, cards, first.requester, AsksFor(asker_type=NGO, organisation=where))
    desk.clock.move(minutes=1)
    call = NewArticle(
        ticket=first.id,
        kind=ArticleKind.CALL,
        channel=Channel.COMMAND,
        author="Rasa",
        text="Aptarėme sąmatą.",
        at=desk.clock.now(),
    )
    desk.do(lambda uow: uow.tickets.write(call))
    hurt = asked(desk, decision=unsure(SENSITIVE), received_at=desk.clock.now())
    lines = Timelines(desk.access)

    def seen(who: Consultant | None) -> list[tuple[Happened, int | None]]:
        found = desk.do(lambda uow: lines.of_person(uow, first.requester, who))
        return [(line.what, line.ticket.id if line.ticket else None) for line in found]

    told = [(Happened.CALL, first.id), (Happened.CHANGE, None), (Happened.TICKET, first.id)]
    assert seen(rita) == told
    assert set(seen(None)) == {(Happened.TICKET, hurt.id), *told}
    of_organisation = desk.do(lambda uow: lines.of_organisation(uow, where, rita))
    assert [line.what for line in of_organisation] == [Happened.CALL, Happened.TICKET]
