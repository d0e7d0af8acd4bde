"""A letter with several questions: what is sure is answered, the rest waits, and all is told."""

from dataclasses import replace

import pytest

from handlers.domain.channels import Channel
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status
from handlers.parts import parts_of, waiting
from handlers.policy import AutoAnswers
from handlers.staff_room import StaffChat
from handlers.typed import Wish
from knowledge_base.decisions import Context, Decision
from knowledge_base.queues import GENERAL, PRIVACY
from tests.builders import (
    MARK,
    NOON,
    ONA,
    UNAPPROVED,
    a_knowledge_base,
    a_mail,
    a_telegram_message,
    a_web_question,
    unsure,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import STAFF_CHAT, Debt, WiredDesk

RASA = "rasa@pagalba.lt"
SURE = "Kas yra NVO žyma?"
UNKNOWN = "Kodėl mūsų katinas miega ant stogo?"
NEAR = "Ar savanorio sutartį tvirtina notaras?"
FREELY = "Ar reikia savanoriškos veiklos sutarties?"


def decided(text: str) -> Decision:
    context = Context(today=NOON.date(), variables={"mail_address": "a@b.lt"})
    return a_knowledge_base().decide(text, context)


def a_letter(*questions: str, channel: Channel = Channel.MAIL) -> Prepared:
    build = {
        Channel.MAIL: a_mail,
        Channel.TELEGRAM: a_telegram_message,
        Channel.WEB: a_web_question,
    }
    text = f"Laba diena,\n\n{' '.join(questions)}\n\nPagarbiai\nOna"
    return build[channel](text, decision=decided(text))


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.TELEGRAM, Channel.WEB])
def test_the_sure_question_is_answered_and_the_other_waits(
    desk: WiredDesk, channel: Channel
) -> None:
    desk.hire()

    ticket = desk.ticket_of(a_letter(SURE, UNKNOWN, channel=channel))

    assert (ticket.status, ticket.queue) == (Status.NEW, GENERAL)
    assert [kind for kind, _ in desk.thread(ticket)] == ["inbound", "suggested"]
    answer = desk.articles(ticket)[1]
    assert (answer.text, answer.entry, answer.entry_version) == (MARK.answer, MARK.id, 1)
    to = {Channel.MAIL: ONA.value, Channel.TELEGRAM: "77"}.get(channel)
    told = [Debt(Kind.ANSWER, to, Key.ANSWER_IN_PART)] if to else []
    assert desk.new_debts() == [*told, Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW)]


def test_the_reply_tells_which_question_is_which(desk: WiredDesk) -> None:
    desk.hire()

    ticket = desk.ticket_of(a_letter(SURE, UNKNOWN))

    answer, card = desk.new_debts()
    wanted = {
        "reference": ticket.reference,
        "question1": SURE,
        "answer1": MARK.answer,
        "sources1": "Registrų centras (2024)",
        "waiting": f"– {UNKNOWN}",
        "count": 1,
        "due_on": "2026-03-04",
    }
    assert {name: answer.values[name] for name in wanted} == wanted
    parts = {name: value for name, value in card.values.items() if name.startswith("part")}
    assert parts == {
        "part1": SURE,
        "part1_state": "answered",
        "part1_candidates": f"{MARK.id}: {MARK.question} (98 %)",
        "part2": UNKNOWN,
        "part2_state": "waits",
        "part2_candidates": "",
    }


def test_the_history_tells_question_by_question_why(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_letter(SURE, UNKNOWN))

    events = desk.events(ticket)

    assert [event.type for event in events] == ["decided", "part", "part", "answered"]
    first, second = parts_of(events)
    assert (first.text, first.is_answered, first.entry) == (SURE, True, MARK.id)
    assert (second.text, second.is_answered) == (UNKNOWN, False)
    assert first.reasons[0].startswith("Atitinka įrašą „Kas yra NVO žyma?“")
    assert "Panašaus įrašo atsakymų bazėje nėra." in second.reasons
    assert waiting((first, second)) == (UNKNOWN,)


@pytest.mark.parametrize("mode", [AutoAnswers.OFF, AutoAnswers.SHADOW])
def test_what_a_machine_may_not_send_is_not_sent_in_part_either(
    open_desk: DeskMaker, mode: AutoAnswers
) -> None:
    desk = open_desk(auto_answers=mode)
    desk.hire()

    ticket = desk.ticket_of(a_letter(SURE, UNKNOWN))

    assert [kind for kind, _ in desk.thread(ticket)] == ["inbound"]
    assert desk.events(ticket)[0].reasons[-1] == "held_back"
    assert [part.is_answered for part in parts_of(desk.events(ticket))] == [False, False]
    assert desk.new_debts() == [
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW),
        Debt(Kind.ACKNOWLEDGEMENT, ONA.value, Key.ACKNOWLEDGEMENT),
    ]


def test_of_two_sure_questions_the_approved_one_is_answered(open_desk: DeskMaker) -> None:
    desk = open_desk(auto_answers=AutoAnswers.AUTO)

    by_mail = desk.ticket_of(a_letter(SURE, FREELY))
    on_the_page = desk.ticket_of(a_letter(SURE, FREELY, channel=Channel.WEB))

    assert (by_mail.status, on_the_page.status) == (Status.NEW, Status.ANSWERED)
    assert [text for _, text in desk.thread(by_mail)[1:]] == [MARK.answer]
    assert [text for _, text in desk.thread(on_the_page)[1:]] == [
        f"{MARK.answer}\n\n{UNAPPROVED.answer}"
    ]


def test_one_restricted_question_makes_the_whole_letter_restricted(desk: WiredDesk) -> None:
    letter = a_letter(SURE, UNKNOWN)
    first, second = letter.decision.segments
    restricted = replace(letter.decision, segments=(first, replace(second, queue=PRIVACY)))

    ticket = desk.ticket_of(replace(letter, decision=restricted))

    assert (ticket.queue, desk.thread(ticket)) == (PRIVACY, [("inbound", letter.text)])
    assert [debt.key for debt in desk.new_debts()] == [Key.ACKNOWLEDGEMENT_RESTRICTED]


def test_a_near_miss_beside_a_sure_question_is_offered_and_settles_the_letter(
    desk: WiredDesk,
) -> None:
    ticket = desk.ticket_of(a_letter(SURE, NEAR))
    (told,) = desk.new_debts()
    assert (ticket.offered[0], told.values["option1"]) == (UNAPPROVED.id, UNAPPROVED.question)

    settled = desk.do(lambda uow: desk.feedback.press(uow, ticket, Wish.FIRST, by=ONA))

    assert settled.status is Status.ANSWERED
    assert [debt.key for debt in desk.new_debts()] == [Key.ANSWER]


def test_a_chosen_answer_leaves_the_other_questions_waiting(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_letter(UNKNOWN, NEAR))
    assert [debt.key for debt in desk.new_debts()] == [Key.SUGGESTIONS]

    chosen = desk.do(lambda uow: desk.feedback.press(uow, ticket, Wish.FIRST, by=ONA))

    (told,) = desk.new_debts()
    assert (chosen.status, told.key) == (Status.NEW, Key.ANSWER_IN_PART)
    assert told.values["waiting"] == f"– {UNKNOWN}"
    assert [part.is_answered for part in parts_of(desk.events(ticket))] == [False, True]


def test_a_card_taken_away_keeps_nothing_of_the_letter(open_desk: DeskMaker) -> None:
    desk = open_desk(chats=[StaffChat(STAFF_CHAT)])
    rasa = desk.hire(queues=frozenset({GENERAL, PRIVACY}))
    ticket = desk.ticket_of(a_letter(SURE, UNKNOWN))
    desk.deliver_all()
    desk.new_debts()

    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue=PRIVACY))

    edits = [debt.values for debt in desk.new_debts() if debt.kind is Kind.STAFF_EDIT]
    said = [str(value) for values in edits for value in values.values()]
    assert edits
    assert [value for value in said if "NVO žyma" in value or "katinas" in value] == []


def test_telegram_offers_the_likely_topics_of_what_nobody_recognised(desk: WiredDesk) -> None:
    desk.ticket_of(a_telegram_message(UNKNOWN, decision=decided(UNKNOWN)))
    desk.ticket_of(a_mail(UNKNOWN, decision=decided(UNKNOWN)))

    by_telegram, by_mail = desk.new_debts()

    assert by_telegram.values["topic1"] in desk.access.queues
    assert "topic1" not in by_mail.values


def test_a_letter_whose_data_were_erased_can_still_be_shown(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_letter(SURE, UNKNOWN))

    desk.do(lambda uow: desk.privacy.erase(uow, ONA.value))

    assert parts_of(desk.events(ticket)) == ()


def test_a_queue_of_a_mailbox_does_not_make_a_letter_restricted(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(decision=unsure("steigimas")))

    assert ticket.queue == "steigimas"
