"""Calls and visits: written down once, counted, mended, taken back, and seen by few."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError, NotAllowedError, NotFoundError
from handlers.domain.organisations import AskerType, Details
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.talks import Particulars, Talk, Told
from handlers.domain.tickets import ArticleKind, Status, Ticket
from handlers.reports import Reports
from handlers.talk_views import talk_view
from tests.builders import NOON, a_mail, unsure
from tests.wired import HOURS, Debt, WiredDesk

CALL, VISIT = ArticleKind.CALL, ArticleKind.VISIT
TOLD = Told(
    advice="Patarta dėl NVO žymos.",
    name="Jonas",
    address=Address(Channel.PHONE, "+37061234567"),
    municipalities=("Anykščių r. sav.",),
    about=Particulars(minutes=15, organisation="„Bendruomenė X“"),
)


def _log(
    desk: WiredDesk,
    who: Consultant,
    told: Told = TOLD,
    *,
    kind: ArticleKind = CALL,
    ticket: Ticket | None = None,
    external_id: str | None = None,
) -> Talk:
    return desk.do(
        lambda uow: desk.talking.consultations.log(
            uow, who, kind, told, ticket=ticket, external_id=external_id
        )
    )


def test_a_call_counts_for_the_known_organisation_it_names(desk: WiredDesk) -> None:
    who = desk.hire()
    details = Details(name="Bendruomenė X", kind=AskerType.COMMUNITY)
    known = desk.do(lambda uow: uow.organisations.add(details, at=NOON).id)

    named = desk.ticket(_log(desk, who).ticket)
    other = desk.ticket(_log(desk, who, replace(TOLD, about=Particulars(organisation="Y"))).ticket)

    assert (named.organisation, named.asker_type) == (known, AskerType.COMMUNITY)
    assert (other.organisation, other.asker_type) == (None, None)


def test_a_call_is_a_settled_ticket_of_its_consultant_and_nothing_is_sent(desk: WiredDesk) -> None:
    who = desk.hire()

    talk = _log(desk, who)

    ticket = desk.ticket(talk.ticket)
    assert (ticket.status, ticket.owner, ticket.channel) == (
        Status.RESOLVED,
        who.id,
        Channel.PHONE,
    )
    assert desk.thread(ticket) == [("call", "Patarta dėl NVO žymos.")]
    assert desk.history(ticket) == ["call_logged"]
    assert desk.new_debts() == []
    assert desk.do(lambda uow: talk_view(uow, talk)) == {
        "number": talk.article,
        "reference": ticket.reference,
        "kind": "call",
        "held_on": "2026-03-02",
        "name": "Jonas",
        "organisation": "„Bendruomenė X“",
        "municipality": "Anykščių r. sav.",
        "queue": ticket.queue,
        "minutes": 15,
        "participants": None,
        "place": "",
        "consultant": who.email,
        "advice": "Patarta dėl NVO žymos.",
    }


def test_the_same_message_writes_one_call_and_the_same_number_is_one_person(
    desk: WiredDesk,
) -> None:
    who = desk.hire()
    first = _log(desk, who, external_id="-1001:5")
    again = _log(desk, who, external_id="-1001:5")
    other = _log(desk, who, external_id="-1001:6")

    assert again == first
    assert other.ticket != first.ticket
    assert desk.ticket(other.ticket).requester == desk.ticket(first.ticket).requester


def test_a_call_about_a_ticket_answers_it(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail())

    talk = _log(desk, who, ticket=ticket)

    after = desk.ticket(ticket)
    assert (talk.ticket, after.status, after.owner) == (ticket.id, Status.WAITING, who.id)
    assert after.municipality == "Anykščių r. sav."
    assert [kind for kind, _ in desk.thread(ticket)] == ["inbound", "call"]


def test_a_restricted_ticket_takes_no_call_of_anybody_else(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail(decision=unsure("jautri")))

    with pytest.raises(NotAllowedError):
        _log(desk, who, ticket=ticket)
    with pytest.raises(NotAllowedError):
        _log(desk, who, Told(advice="x", queue="jautri"))
    assert [kind for kind, _ in desk.thread(ticket)] == ["inbound"]


def test_what_is_told_later_stands_in_place_of_what_was_understood(desk: WiredDesk) -> None:
    who = desk.hire()
    talk = _log(
        desk, who, Told(advice="Patarta.", municipalities=("Kauno m. sav.", "Kauno r. sav."))
    )

    told = Told(
        name="Ona",
        municipalities=("Kauno r. sav.",),
        queue="mokymai",
        about=Particulars(minutes=20),
    )
    mended = desk.do(lambda uow: desk.talking.consultations.mend(uow, who, talk.article, told))

    ticket = desk.ticket(talk.ticket)
    assert (mended.about.minutes, mended.advice) == (20, "Patarta.")
    assert (ticket.municipality, ticket.queue, ticket.topic) == (
        "Kauno r. sav.",
        "mokymai",
        "mokymai",
    )
    assert desk.do(lambda uow: uow.people.get(ticket.requester)).name == "Ona"
    assert desk.do(lambda uow: uow.talks.find(talk.article)) == mended


def test_a_call_taken_back_is_counted_no_more(desk: WiredDesk) -> None:
    who = desk.hire()
    talk = _log(desk, who)

    desk.do(lambda uow: desk.talking.consultations.drop(uow, who, talk.article))

    assert desk.ticket(talk.ticket).status is Status.SPAM
    assert desk.thread(desk.ticket(talk.ticket)) == [("note", "Patarta dėl NVO žymos.")]
    assert _report(desk) == []
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: desk.talking.consultations.drop(uow, who, talk.article))


def test_the_report_counts_calls_and_visits_with_their_minutes(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket(_log(desk, who).ticket)
    _log(
        desk, who, Told(advice="Nuvykta.", about=Particulars(minutes=90)), kind=VISIT, ticket=ticket
    )

    assert _report(desk) == [("phone", 1, 1, 105, "person", 0)]


def test_a_summary_goes_to_the_callers_mail_as_a_reply(desk: WiredDesk) -> None:
    who = desk.hire()
    talk = _log(desk, who)

    with pytest.raises(NotFoundError):
        desk.do(lambda uow: desk.talking.consultations.summarise(uow, who, talk.article))
    desk.do(
        lambda uow: desk.talking.consultations.summarise(
            uow, who, talk.article, to="Jonas@bendruomene.lt"
        )
    )

    (owed,) = desk.new_debts()
    assert owed == Debt(Kind.REPLY, "jonas@bendruomene.lt", Key.TALK_SUMMARY)
    assert (owed.values["text"], owed.values["held_on"]) == ("Patarta dėl NVO žymos.", "2026-03-02")
    assert desk.thread(desk.ticket(talk.ticket))[-1] == ("reply", "Patarta dėl NVO žymos.")


def test_an_address_of_somebody_else_gets_no_summary(desk: WiredDesk) -> None:
    who = desk.hire()
    desk.ticket_of(a_mail())
    talk = _log(desk, who)
    desk.new_debts()

    with pytest.raises(InvalidError):
        desk.do(
            lambda uow: desk.talking.consultations.summarise(
                uow, who, talk.article, to="ona@bendruomene.lt"
            )
        )
    assert desk.new_debts() == []


def test_what_is_yet_to_be_and_what_says_nothing_is_not_written_down(desk: WiredDesk) -> None:
    who = desk.hire()
    tomorrow = desk.clock.now() + timedelta(days=1)

    for told in (Told(), Told(advice="x", held_at=tomorrow)):
        with pytest.raises(InvalidError):
            _log(desk, who, told)
    assert desk.tickets() == []


def test_who_may_read_neither_the_call_nor_its_ticket_changes_nothing(desk: WiredDesk) -> None:
    who, other = desk.hire(), desk.hire("ona@pagalba.lt", queues=frozenset({"mokymai"}))
    talk = _log(desk, who, Told(advice="x", queue="bendra"))

    with pytest.raises(NotAllowedError):
        desk.do(lambda uow: desk.talking.consultations.mend(uow, other, talk.article, TOLD))


def _report(desk: WiredDesk) -> list[tuple[object, ...]]:
    day = date(2026, 3, 2)
    rows = desk.do(lambda uow: Reports(working_time=HOURS).consultations(uow, first=day, last=day))
    return [
        (row.channel, row.calls, row.visits, row.minutes, row.answered_by, row.first_reply_days)
        for row in rows
    ]
