"""Troubles of the service: told on a channel that works, once, and when they are over."""

import pytest

from handlers.alerts import Alerts, Trouble
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Role
from handlers.ports import Reconciled
from handlers.reconciling import Balance, balance, record
from handlers.staff_room import StaffChat
from tests.builders import NOON
from tests.wired import STAFF_CHAT, Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def alerts_of(desk: WiredDesk, *chats: str, sends_mail: bool = True) -> Alerts:
    return Alerts(
        clock=desk.clock,
        chats=tuple(StaffChat(chat) for chat in chats),
        sends_mail=sends_mail,
        sends_telegram=True,
    )


def in_chat(key: Key) -> Debt:
    return Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, key)


def by_mail(key: Key) -> Debt:
    return Debt(Kind.STAFF_MAIL, RASA, key)


@pytest.mark.parametrize(
    "trouble", [Trouble.SIGN_IN, Trouble.MAILBOX, Trouble.SENDING, Trouble.DISK]
)
def test_a_trouble_of_mail_is_told_in_telegram(desk: WiredDesk, trouble: Trouble) -> None:
    desk.hire(role=Role.COORDINATOR)
    alerts = alerts_of(desk, STAFF_CHAT)

    desk.do(lambda uow: alerts.stands(uow, trouble, "inbox"))

    (told,) = desk.new_debts()
    assert told == in_chat(Key.STAFF_ALERT)
    assert told.values == {"trouble": trouble.value, "box": "inbox"}


def test_a_trouble_of_telegram_is_mailed_to_those_who_steer(desk: WiredDesk) -> None:
    desk.hire(role=Role.COORDINATOR)
    desk.hire("jonas@pagalba.lt")
    alerts = alerts_of(desk, STAFF_CHAT)

    desk.do(lambda uow: alerts.stands(uow, Trouble.TELEGRAM))

    assert desk.new_debts() == [by_mail(Key.STAFF_ALERT)]


def test_without_a_staff_chat_a_coordinator_is_told_in_person(desk: WiredDesk) -> None:
    desk.hire(role=Role.COORDINATOR, telegram="77")
    alerts = alerts_of(desk)

    desk.do(lambda uow: alerts.stands(uow, Trouble.SIGN_IN, "inbox"))

    assert desk.new_debts() == [Debt(Kind.STAFF_MESSAGE, "77", Key.STAFF_ALERT)]


def test_without_another_channel_the_one_in_trouble_has_to_do(desk: WiredDesk) -> None:
    desk.hire()
    alerts = alerts_of(desk)

    desk.do(lambda uow: alerts.stands(uow, Trouble.SIGN_IN, "inbox"))

    assert desk.new_debts() == [by_mail(Key.STAFF_ALERT)]


def test_the_first_administrator_is_not_written_to(desk: WiredDesk) -> None:
    """Their address is a name to sign in with: the only notice went to a mailbox nowhere."""
    desk.hire("admin@localhost", role=Role.ADMIN)
    alerts = alerts_of(desk, STAFF_CHAT)

    desk.do(lambda uow: alerts.stands(uow, Trouble.TELEGRAM))
    nobody_reads_mail = desk.new_debts()
    desk.hire()
    desk.do(lambda uow: alerts.over(uow, Trouble.TELEGRAM))

    assert nobody_reads_mail == [in_chat(Key.STAFF_ALERT)]
    assert desk.new_debts() == [by_mail(Key.STAFF_ALL_CLEAR)]


def test_a_trouble_is_told_once_again_after_a_day_and_when_it_is_over(desk: WiredDesk) -> None:
    desk.hire()
    alerts = alerts_of(desk, STAFF_CHAT)

    told = []
    for minutes in (0, 1, 23 * 60, 59):
        desk.clock.move(minutes=minutes)
        told.append(desk.do(lambda uow: alerts.stands(uow, Trouble.SIGN_IN, "inbox")))
    desk.do(lambda uow: alerts.over(uow, Trouble.SIGN_IN, "inbox"))
    desk.do(lambda uow: alerts.over(uow, Trouble.SIGN_IN, "inbox"))

    assert told == [True, False, False, True]
    assert desk.new_debts() == [
        in_chat(Key.STAFF_ALERT),
        in_chat(Key.STAFF_ALERT),
        in_chat(Key.STAFF_ALL_CLEAR),
    ]


def test_a_trouble_that_comes_and_goes_is_told_once_an_hour(desk: WiredDesk) -> None:
    desk.hire()
    alerts = alerts_of(desk, STAFF_CHAT)

    for _ in range(30):
        desk.clock.move(minutes=1)
        desk.do(lambda uow: alerts.stands(uow, Trouble.MAILBOX, "inbox"))
        desk.clock.move(minutes=1)
        desk.do(lambda uow: alerts.over(uow, Trouble.MAILBOX, "inbox"))

    first_hour = desk.new_debts()
    desk.clock.move(minutes=1)
    desk.do(lambda uow: alerts.stands(uow, Trouble.MAILBOX, "inbox"))
    assert first_hour == [in_chat(Key.STAFF_ALERT), in_chat(Key.STAFF_ALL_CLEAR)]
    assert desk.new_debts() == [in_chat(Key.STAFF_ALERT)]


def test_troubles_of_two_mailboxes_are_two(desk: WiredDesk) -> None:
    desk.hire()
    alerts = alerts_of(desk, STAFF_CHAT)

    desk.do(lambda uow: alerts.stands(uow, Trouble.SIGN_IN, "inbox"))
    desk.do(lambda uow: alerts.stands(uow, Trouble.SIGN_IN, "projektai"))

    assert [debt.values["box"] for debt in desk.new_debts()] == ["inbox", "projektai"]


def test_what_an_audit_finds_missing_is_told_and_kept(desk: WiredDesk) -> None:
    desk.hire()
    alerts = alerts_of(desk, STAFF_CHAT)

    def audit(**missing: int) -> None:
        found = [
            Reconciled(source=source, seen=10, missing=count, at=NOON)
            for source, count in missing.items()
        ]
        desk.do(lambda uow: record(uow, alerts, found))

    before = desk.do(balance)
    audit(inbox=0, archive=2)
    found = desk.do(balance)
    audit(inbox=0)

    assert (before, found) == (None, Balance(seen=20, missing=2, at=NOON))
    assert [(debt.key, debt.values["box"]) for debt in desk.new_debts()] == [
        (Key.STAFF_ALERT, "archive"),
        (Key.STAFF_ALL_CLEAR, "archive"),
    ]


def test_the_breaker_is_looked_at_by_the_clock(desk: WiredDesk) -> None:
    desk.hire()
    alerts = alerts_of(desk, STAFF_CHAT)
    desk.do(lambda uow: alerts.stands(uow, Trouble.BREAKER))
    desk.clock.move(hours=2)

    told = desk.do(alerts.look_at_breaker)

    assert told
    assert [debt.key for debt in desk.new_debts()] == [Key.STAFF_ALERT, Key.STAFF_ALL_CLEAR]
