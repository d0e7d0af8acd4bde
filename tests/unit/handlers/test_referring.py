"""A matter is shown to another body only when its asker agreed, and stays with its owner."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.referrals import Referral, ReferralState
from handlers.domain.tickets import Status, Ticket
from handlers.referring import Wanted
from handlers.typed import Consent, consent
from knowledge_base.text import Line
from tests.builders import a_mail, a_telegram_message, mail_of, unsure
from tests.wired import WiredDesk

WANTED = Wanted(body="Registrų centras", contact="info@rc.lt", follow_up_on=date(2026, 3, 9))


def _refer(desk: WiredDesk, who: Consultant, ticket: Ticket, wanted: Wanted = WANTED) -> Referral:
    return desk.do(lambda uow: desk.talking.referring.refer(uow, ticket, who, wanted))


def _now(desk: WiredDesk, referral: Referral) -> Referral:
    found = desk.do(lambda uow: uow.referrals.find(referral.id))
    assert found is not None
    return found


def _sent(desk: WiredDesk) -> list[tuple[str, str]]:
    keys = (Key.REFERRAL_CONSENT, Key.REFERRED, Key.REFERRAL_SENT)
    return [(debt.key, debt.to) for debt in desk.new_debts() if debt.key in keys]


def test_nothing_leaves_before_the_asker_agreed(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail("Kaip gauti išrašą?"))

    referral = _refer(desk, who, ticket)

    assert _sent(desk) == [(Key.REFERRAL_CONSENT, "ona@bendruomene.lt")]
    assert (desk.ticket(ticket).owner, desk.ticket(ticket).status) == (who.id, Status.WAITING)
    desk.receive(a_mail("O ką jie veiks?", thread=Thread(token=ticket.id)))
    assert _now(desk, referral).state is ReferralState.ASKED

    desk.receive(a_mail("Taip, sutinku.\nPagarbiai\nOna", thread=Thread(token=ticket.id)))

    agreed = _now(desk, referral)
    assert (agreed.state, agreed.words) == (ReferralState.SENT, "Kaip gauti išrašą?")
    assert agreed.consent == "2026-03-02: Taip, sutinku.\nPagarbiai\nOna"
    assert _sent(desk) == [
        (Key.REFERRED, "info@rc.lt"),
        (Key.REFERRAL_SENT, "ona@bendruomene.lt"),
    ]
    assert desk.ticket(ticket).owner == who.id


def test_who_does_not_agree_is_not_asked_again_and_nothing_leaves(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail())
    referral = _refer(desk, who, ticket)
    desk.new_debts()

    for words in ("Nesutinku", "Sutinku"):
        desk.receive(a_mail(words, thread=Thread(token=ticket.id)))

    assert _now(desk, referral).state is ReferralState.DECLINED
    assert _sent(desk) == []


def test_a_stranger_cannot_agree_for_the_asker(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail())
    referral = _refer(desk, who, ticket)

    stranger = mail_of("kitas@nvo.lt")
    desk.receive(a_mail("Sutinku", sender=stranger, thread=Thread(token=ticket.id)))

    assert _now(desk, referral).state is ReferralState.ASKED


def test_the_owner_is_reminded_once_on_the_day(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail())
    agreed = replace(WANTED, consent="telefonu 2026-03-02")
    referral = _refer(desk, who, ticket, agreed)
    look = desk.talking.referring.remind

    early = desk.do(look)
    desk.clock.move(days=7)
    told = [desk.do(look), desk.do(look)]

    assert (early, told) == (0, [1, 0])
    assert desk.new_debts()[-1].key == Key.STAFF_REFERRAL_DUE
    assert desk.ticket(ticket).status is Status.OPEN
    desk.do(lambda uow: desk.talking.referring.close(uow, referral.id, who))
    assert _now(desk, referral).state is ReferralState.CLOSED
    assert desk.history(ticket)[-2:] == ["referred", "referral_closed"]


def test_what_is_not_theirs_or_cannot_be_sent_is_not_referred(desk: WiredDesk) -> None:
    who = desk.hire()
    with pytest.raises(NotAllowedError):
        _refer(desk, who, desk.ticket_of(a_mail(decision=unsure("jautri"))))
    ticket = desk.ticket_of(a_mail())
    for wanted in (
        Wanted(body="", contact="a@b.lt", follow_up_on=WANTED.follow_up_on),
        Wanted(body="X", contact="nėra", follow_up_on=WANTED.follow_up_on),
        Wanted(body="X", contact="a@b.lt", follow_up_on=date(2026, 3, 2)),
    ):
        with pytest.raises(InvalidError):
            _refer(desk, who, ticket, wanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sutinku", Consent.GIVEN),
        ("Laba diena, taip, sutinku, ačiū", Consent.GIVEN),
        ("I agree", Consent.GIVEN),
        ("Согласна", Consent.GIVEN),
        ("Nesutinku.", Consent.REFUSED),
        ("Ar sutinku?", None),
        ("Sutinku, bet be mano vardo", None),
        ("taip", None),
    ],
)
def test_only_a_plain_yes_is_one(text: str, said: Consent | None) -> None:
    assert consent(Line(text)) is said


def test_what_the_body_answers_joins_the_ticket_and_the_asker_is_answered_where_they_ask(
    desk: WiredDesk,
) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_telegram_message())
    _refer(desk, who, ticket, replace(WANTED, consent="telefonu"))

    body = mail_of("info@rc.lt")
    answer = a_mail("Išrašas užsakomas savitarnoje.", sender=body, thread=Thread(token=ticket.id))
    desk.receive(answer)

    after = desk.ticket(ticket)
    assert (after.status, after.channel) == (Status.OPEN, Channel.TELEGRAM)
    assert desk.thread(ticket)[-1] == ("inbound", "Išrašas užsakomas savitarnoje.")
    assert "new_sender" in desk.history(ticket)
