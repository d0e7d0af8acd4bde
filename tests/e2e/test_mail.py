"""Mail: a question is answered, or a consultant answers it, all in one thread."""

import json

import pytest

from tests.e2e.correspondent import text_of
from tests.e2e.desk import Desk
from tests.e2e.web import ask
from tests.servers.loopback import until

KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
DISTANCE = "Aitvarus šventėje leisti galima, jei iki elektros laidų yra bent šimtas metrų."
CAT = "Kodėl mūsų katinas miega ant stogo?"


def test_a_known_question_is_answered_in_the_askers_thread(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()

    asked = ona.write(desk.address, f"{KITES} ({word})", subject="Šventė")
    answer = ona.wait_for("Aitvarus šventėje leisti galima")

    [ticket] = desk.helpdesk.tickets_of(ona.address)
    assert {name: str(answer[name]) for name in ("Subject", "To", "In-Reply-To", "References")} == {
        "Subject": f"Re: Šventė [{ticket['reference']}]",
        "To": ona.address,
        "In-Reply-To": asked,
        "References": asked,
    }
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["From"].addresses[0].addr_spec == desk.address
    text = text_of(answer)
    assert f"Klauskite {desk.address}." in text
    assert "Šaltinis: Aitvarų leidimo atmintinė." in text
    assert ticket["status"] == "answered"
    assert [(row["kind"], row["text"]) for row in ticket["articles"]] == [
        ("inbound", f"{KITES} ({word})"),
        ("suggested", f"{DISTANCE} Klauskite {desk.address}."),
    ]


def test_a_letter_with_two_questions_is_answered_in_part(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()
    letter = f"Laba diena,\n\n{KITES} {CAT}\nŠventės pavadinimas yra {word}.\n\nPagarbiai\nOna"

    ona.write(desk.address, letter, subject="Šventė")
    answer = ona.wait_for("Aitvarus šventėje leisti galima")
    told = desk.ruta.wait_for(word)

    [ticket] = desk.helpdesk.tickets_of(ona.address)
    assert (ticket["status"], ticket["queue"]) == ("new", "bendra")
    assert [row["kind"] for row in ticket["articles"]] == ["inbound", "suggested"]
    assert ticket["articles"][1]["text"] == f"{DISTANCE} Klauskite {desk.address}."
    reply, card = text_of(answer), text_of(told)
    assert f"„{KITES}“\n\n{DISTANCE} Klauskite {desk.address}." in reply
    assert "Šaltinis: Aitvarų leidimo atmintinė." in reply
    assert f"Į šį klausimą atsakys konsultantas:\n– {CAT}" in reply
    assert f"1. „{KITES}“ – atsakyta automatiškai" in card
    assert f"2. „{CAT}“ – laukia konsultanto" in card
    # The answer is the acknowledgement.
    assert len(ona.mails()) == 1
    foreseen = json.loads(desk.helpdesk.do("ask", letter, "--json"))
    assert (foreseen["decision"], foreseen["answer"]) == ("unsure", None)
    assert [row["id"] for row in foreseen["partial"]["answers"]] == ["e2e-aitvaras"]
    assert foreseen["partial"]["waiting"] == [CAT]


def test_an_entry_nobody_approved_is_kept_from_mail(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()

    ona.write(desk.address, f"Kaip išsinuomoti bendruomenės baidares? ({word})")
    ona.wait_for()

    [ticket] = desk.helpdesk.tickets_of(ona.address)
    decided = next(event for event in ticket["events"] if event["type"] == "decided")
    assert (ticket["status"], decided["reasons"][-1]) == ("new", "held_back")
    assert [row["kind"] for row in ticket["articles"]] == ["inbound"]


@pytest.mark.parametrize("by_plus_address", [True, False])
def test_a_consultant_answers_by_replying_to_the_notification(
    desk: Desk, *, by_plus_address: bool
) -> None:
    asked, said, kept = (desk.helpdesk.word() for _ in range(3))
    ona = desk.newcomer()

    question = ona.write(desk.address, f"{CAT} ({asked})", subject="Katinas")
    acknowledged = ona.wait_for()
    told = desk.ruta.wait_for(asked)
    [ticket] = desk.helpdesk.tickets_of(ona.address)
    desk.helpdesk.do(
        "desk", "note", ticket["reference"], "--as", desk.ruta.address, "--text", f"Vidinis {kept}"
    )
    desk.ruta.reply(
        told, f"Stogas šiltas, {said}.", address=None if by_plus_address else desk.address
    )
    reply = ona.wait_for(said)

    headers = ("Subject", "In-Reply-To", "References", "Auto-Submitted")
    assert {name: reply[name] and str(reply[name]) for name in headers} == {
        "Subject": f"Re: Katinas [{ticket['reference']}]",
        "In-Reply-To": str(acknowledged["Message-ID"]),
        "References": f"{question} {acknowledged['Message-ID']}",
        "Auto-Submitted": None,
    }
    assert acknowledged["Auto-Submitted"] == "auto-replied"
    text = text_of(reply)
    assert f"Stogas šiltas, {said}." in text
    assert "NVO centras" in text
    # Neither what the consultant quoted, nor what consultants wrote to each other, ever leaves.
    hidden = (kept, asked, desk.ruta.address, "Panašūs", "/console", "rašė:")
    assert [words for words in hidden if words in text] == []
    assert [kept in text_of(mail) for mail in ona.mails()] == [False, False]
    after = desk.helpdesk.ticket(ticket["reference"])
    assert (after["status"], after["owner"]) == ("waiting", desk.ruta.address)
    assert [(row["kind"], row["text"]) for row in after["articles"]] == [
        ("inbound", f"{CAT} ({asked})"),
        ("note", f"Vidinis {kept}"),
        ("reply", f"Stogas šiltas, {said}."),
    ]


def test_a_stranger_who_answers_the_notification_is_no_consultant(desk: Desk) -> None:
    asked, forged = desk.helpdesk.word(), desk.helpdesk.word()
    ona, stranger = desk.newcomer(), desk.newcomer("Svetimas")
    ona.write(desk.address, f"{CAT} ({asked})")
    told = desk.ruta.wait_for(asked)

    stranger.reply(told, f"Mokėkite čia: {forged}", quoting=False)
    stranger.wait_for()

    [ticket], [opened] = map(desk.helpdesk.tickets_of, (ona.address, stranger.address))
    linked = [event["reasons"] for event in opened["events"] if event["type"] == "linked"]
    assert linked == [[ticket["reference"]]]
    assert [row["kind"] for row in ticket["articles"]] == ["inbound"]
    assert [forged in text_of(mail) for mail in ona.mails()] == [False]


@pytest.mark.parametrize("headers", ["thread", "subject"])
def test_what_the_asker_adds_joins_the_ticket(desk: Desk, headers: str) -> None:
    asked, added = desk.helpdesk.word(), desk.helpdesk.word()
    ona = desk.newcomer()
    ona.write(desk.address, f"{CAT} ({asked})", subject="Katinas")
    acknowledged = ona.wait_for()

    if headers == "thread":
        ona.reply(acknowledged, f"Dar priduriu: {added}.")
    else:
        subject = str(acknowledged["Subject"])
        ona.write(desk.address, f"Dar priduriu: {added}.", subject=subject)
    told = desk.ruta.wait_for(added)

    [ticket] = desk.helpdesk.tickets_of(ona.address)
    assert str(told["Subject"]).startswith(f"[{ticket['reference']}] ")
    assert [(row["kind"], row["text"]) for row in ticket["articles"]] == [
        ("inbound", f"{CAT} ({asked})"),
        ("inbound", f"Dar priduriu: {added}."),
    ]
    # One acknowledgement a ticket, however often somebody writes.
    assert len(ona.mails()) == 1


def test_a_number_in_reply_to_an_answer_calls_a_consultant(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()
    ona.write(desk.address, f"{KITES} ({word})")
    answer = ona.wait_for("Aitvarus šventėje leisti galima")

    ona.reply(answer, "2")
    ona.wait_for_mails(2)

    [ticket] = desk.helpdesk.tickets_of(ona.address)
    assert ticket["status"] == "new"
    desk.chat.wait_for(desk.room, word)


def test_nobody_answers_a_machine(desk: Desk) -> None:
    helpdesk = desk.helpdesk
    robots = {
        "auto_reply": {"Auto_Submitted": "auto-replied"},
        "bulk": {"List_Id": "<naujienos.namai.test>", "Precedence": "bulk"},
        "auto_reply again": {"X_Autoreply": "yes"},
    }
    senders = [desk.newcomer("Automatas") for _ in robots]

    for sender, (kind, headers) in zip(senders, robots.items(), strict=True):
        sender.write(desk.address, f"{KITES} ({helpdesk.word()})", subject=kind, **headers)
    barrier = desk.newcomer()
    barrier.write(desk.address, f"{KITES} ({helpdesk.word()})")
    barrier.wait_for("Aitvarus šventėje leisti galima")
    until(lambda: helpdesk.inbox("--state", "pending") == [], what="the inbox being empty")

    assert [helpdesk.tickets_of(sender.address) for sender in senders] == [[], [], []]
    assert [sender.mails() for sender in senders] == [[], [], []]
    sent_to = {row["to"] for row in helpdesk.outbox()}
    assert sent_to & {sender.address for sender in senders} == set()


def test_a_request_about_personal_data_goes_nowhere_in_clear(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()

    ona.write(desk.address, f"Prašau ištrinti visus mano duomenis, {word}.", subject=f"Apie {word}")
    acknowledged = ona.wait_for()
    [ticket] = desk.helpdesk.tickets_of(ona.address)
    told = desk.vida.wait_for(ticket["reference"])

    assert (ticket["queue"], ticket["status"]) == ("privatumas", "new")
    assert word not in f"{told['Subject']} {text_of(told)}"
    assert word not in text_of(acknowledged)
    assert [word in f"{m['Subject']} {text_of(m)}" for m in desk.ruta.mails()].count(True) == 0
    shown = "\n".join(desk.chat.texts(desk.room))
    assert (word in shown, f"{ticket['reference']} " in shown) == (False, False)
    refused = desk.helpdesk.run(
        "desk", "reply", ticket["reference"], "--as", desk.ruta.address, "--text", "Ne man."
    )
    assert refused.status == 1
    assert len(desk.helpdesk.ticket(ticket["reference"])["articles"]) == 1


def test_a_bounce_is_filed_on_its_ticket_and_answered_by_nobody(desk: Desk) -> None:
    word = desk.helpdesk.word()
    nobody = f"{word}@nisc.test"

    asked = ask(desk.web, f"{CAT} ({word})", email=nobody)
    [told, bounced] = desk.ruta.wait_for_mails(2, about=f"[{asked['reference']}]")

    assert (word in text_of(told), word in text_of(bounced)) == (True, False)
    ticket = desk.helpdesk.ticket(asked["reference"])
    assert [event["type"] for event in ticket["events"]].count("bounced") == 1
    assert [row["kind"] for row in ticket["articles"]] == ["inbound", "inbound"]
    own = [row for row in desk.helpdesk.outbox() if row["to"] == nobody]
    assert [(row["kind"], row["state"]) for row in own] == [("acknowledgement", "delivered")]
