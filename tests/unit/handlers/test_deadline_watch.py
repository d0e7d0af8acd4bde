"""Who is told of a deadline, where, and in which words."""

from dataclasses import replace

import pytest

from bot.texts import load_texts
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Role
from handlers.staff_room import StaffChat
from knowledge_base.queues import SENSITIVE
from tests.builders import a_mail, unsure
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import HOURS, STAFF_CHAT, Debt, WiredDesk

RASA, BOSS = "rasa@pagalba.lt", "vadove@pagalba.lt"
SECRET = "Mūsų pirmininkas grasina nariams."


def watched(desk: WiredDesk, question: Prepared, **later: float) -> list[Debt]:
    """Ask, let time pass, and return what consultants are told of it then."""
    desk.ticket_of(question)
    desk.new_debts()
    desk.clock.move(**later)
    desk.do(desk.deadline_watch.look)
    return desk.new_debts()


def test_the_queue_is_reminded_where_nobody_took_the_question(desk: WiredDesk) -> None:
    desk.hire(queues=frozenset({"bendra"}))
    desk.hire("jonas@pagalba.lt", queues=frozenset({"bendra"}))

    told = watched(desk, a_mail(), hours=45.5)

    assert told == [
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_DUE),
        Debt(Kind.STAFF_MAIL, "jonas@pagalba.lt", Key.STAFF_DUE),
    ]
    assert in_words(told[0]) == (
        "artėja kreipinio NVO-1 terminas. Atsakyti iki 2026 m. kovo 4 d. 14:00."
    )


def test_those_who_steer_are_told_of_what_is_late(desk: WiredDesk) -> None:
    desk.hire(queues=frozenset({"bendra"}))
    desk.hire(BOSS, role=Role.COORDINATOR, queues=frozenset({"finansai"}))

    told = watched(desk, a_mail(), hours=49.5)

    assert told == [
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_DUE),
        Debt(Kind.STAFF_MAIL, BOSS, Key.STAFF_LATE),
    ]
    assert in_words(told[0]).startswith("kreipinio NVO-1 terminas praėjo.")
    assert in_words(told[1]) == (
        "į kreipinį NVO-1 laiku neatsakyta. Eilė – Kita, neatpažinta, kontaktai. "
        "Terminas buvo 2026 m. kovo 4 d. 14:00; praėjo 19 val. 30 min. darbo laiko."
    )


def test_where_nobody_steers_everybody_is_told(desk: WiredDesk) -> None:
    desk.hire(queues=frozenset({"bendra"}))

    told = watched(desk, a_mail(), hours=49.5)

    assert [(debt.to, debt.key) for debt in told] == [(RASA, Key.STAFF_DUE), (RASA, Key.STAFF_LATE)]


def test_a_staff_chat_is_reminded_in_the_topic_and_coordinators_by_mail(
    chat_desk: WiredDesk,
) -> None:
    chat_desk.hire(BOSS, role=Role.COORDINATOR)

    told = watched(chat_desk, a_mail(), hours=49.5)

    assert told == [
        Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, Key.STAFF_DUE),
        Debt(Kind.STAFF_MAIL, BOSS, Key.STAFF_LATE),
    ]


def test_without_mail_the_staff_chat_hears_that_it_is_late(open_desk: DeskMaker) -> None:
    desk = open_desk(chats=[StaffChat(STAFF_CHAT)], sends_mail=False)

    told = watched(desk, a_mail(), hours=49.5)

    assert [(debt.to, debt.key) for debt in told] == [
        (STAFF_CHAT, Key.STAFF_DUE),
        (STAFF_CHAT, Key.STAFF_LATE),
    ]


def test_who_works_in_a_private_chat_is_told_there_that_it_is_late(desk: WiredDesk) -> None:
    boss = desk.hire(BOSS, role=Role.COORDINATOR, queues=frozenset({"finansai"}), telegram="77")
    desk.do(lambda uow: uow.consultants.work_privately(boss.id, wanted=True))
    room = replace(desk.deadline_watch.room, writes_privately=True)
    desk.deadline_watch = replace(desk.deadline_watch, room=room)

    told = watched(desk, a_mail(), hours=49.5)

    assert Debt(Kind.STAFF_MESSAGE, "77", Key.STAFF_LATE) in told
    assert Debt(Kind.STAFF_MAIL, BOSS, Key.STAFF_LATE) not in told


def test_of_a_restricted_matter_nobody_reads_a_word(desk: WiredDesk) -> None:
    desk.hire(queues=frozenset({SENSITIVE}))
    desk.hire(BOSS, role=Role.COORDINATOR, queues=frozenset({"finansai"}))
    question = a_mail(SECRET, subject=SECRET, decision=unsure(SENSITIVE))

    told = watched(desk, question, hours=21)

    assert [(debt.to, debt.key) for debt in told] == [
        (RASA, Key.STAFF_RESTRICTED),
        (BOSS, Key.STAFF_LATE),
    ]
    assert SECRET not in repr([debt.values for debt in told])
    assert "Ona" not in repr([debt.values for debt in told])


@pytest.mark.parametrize("hours", [52.5, 53, 64])
def test_nobody_is_told_out_of_working_hours(desk: WiredDesk, hours: float) -> None:
    desk.hire(queues=frozenset({"bendra"}))

    told = watched(desk, a_mail(), hours=hours)

    assert not HOURS.is_open(desk.clock.now())
    assert told == []


def test_a_short_deadline_is_reminded_of_in_its_middle(desk: WiredDesk) -> None:
    desk.hire(queues=frozenset({SENSITIVE}))

    early = watched(desk, a_mail(decision=unsure(SENSITIVE)), hours=1.5)
    desk.clock.move(hours=0.5)
    desk.do(desk.deadline_watch.look)

    assert (early, len(desk.new_debts())) == ([], 1)


def in_words(debt: Debt) -> str:
    values = {**debt.values, "reference": "NVO-1", "console": ""}
    return " ".join(load_texts().paragraphs(f"mail-{debt.key}", "lt", values))
