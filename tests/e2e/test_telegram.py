"""Telegram: an answer card, and when it did not help, a topic where a consultant answers."""

from aiogram.types import Message

from tests.e2e.desk import Desk
from tests.servers.loopback import until

KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
CAT = "Kodėl mūsų katinas miega ant stogo?"


def test_an_answer_that_did_not_help_brings_a_consultant(desk: Desk) -> None:
    asked, noted, said, added = (desk.helpdesk.word() for _ in range(4))
    petras, chat, room = desk.member(), desk.chat, desk.room

    question = chat.say(petras, f"{KITES} ({asked})")
    answer = chat.wait_for(petras, "Aitvarus šventėje leisti galima")
    assert _replied_to(answer) == question.message_id
    assert "Šaltinis: Aitvarų leidimo atmintinė" in (answer.text or "")
    chat.press(petras, "Nepadėjo", under=answer)
    handed_over = chat.wait_for(petras, "", count=2)
    [ticket] = desk.helpdesk.tickets_of(str(petras.id))
    card = chat.wait_for(room, asked)
    topic = chat.topic_of(room, ticket["reference"])
    assert (card.message_thread_id, ticket["status"]) == (topic, "new")

    chat.say(desk.jonas, f"Vidinis {noted}", chat=room, topic=topic)
    chat.reply(desk.jonas, card, f"Leiskite pievoje, {said}.")
    reply = chat.wait_for(petras, said)
    chat.reply(petras, reply, f"Ačiū, o kada? {added}")
    followed = chat.wait_for(room, added)

    assert followed.message_thread_id == topic
    [ticket] = desk.helpdesk.tickets_of(str(petras.id))
    assert [(row["kind"], row["text"]) for row in ticket["articles"]] == [
        ("inbound", f"{KITES} ({asked})"),
        ("suggested", (answer.text or "").split("\n\n")[0]),
        ("note", f"Vidinis {noted}"),
        ("reply", f"Leiskite pievoje, {said}."),
        ("inbound", f"Ačiū, o kada? {added}"),
    ]
    assert (ticket["status"], ticket["owner"]) == ("open", "jonas@nisc.test")
    # What told of the hand-over was changed in place, as the matter went on.
    told = [text.split("\n")[0] for text in chat.texts(petras)]
    assert told == [(m.text or "").split("\n")[0] for m in (answer, handed_over, reply)]


def test_an_answer_that_helped_is_the_end(desk: Desk) -> None:
    petras, chat = desk.member(), desk.chat

    chat.say(petras, f"{KITES} ({desk.helpdesk.word()})")
    answer = chat.wait_for(petras, "Aitvarus šventėje leisti galima")
    chat.press(petras, "Padėjo", under=answer)
    chat.wait_for(petras, "", count=2)

    [ticket] = desk.helpdesk.tickets_of(str(petras.id))
    assert ticket["status"] == "resolved"
    assert f"{ticket['reference']} " not in "\n".join(desk.chat.texts(desk.room))


def test_an_answer_that_promises_a_consultant_opens_a_topic_at_once(desk: Desk) -> None:
    word = desk.helpdesk.word()
    petras, chat = desk.member(), desk.chat

    chat.say(petras, f"Kada skambinamas salės varpas? ({word})")
    answer = chat.wait_for(petras, "Salės varpas skambinamas vidurdienį")
    card = chat.wait_for(desk.room, word)

    [ticket] = desk.helpdesk.tickets_of(str(petras.id))
    assert card.message_thread_id == chat.topic_of(desk.room, ticket["reference"])
    # The answer is the acknowledgement.
    assert (ticket["status"], chat.texts(petras)) == ("new", [answer.text])


def test_a_question_from_telegram_is_answered_by_mail(desk: Desk) -> None:
    asked, said, added = (desk.helpdesk.word() for _ in range(3))
    petras, chat = desk.member(), desk.chat

    chat.say(petras, f"{CAT} ({asked})")
    told = desk.ruta.wait_for(asked)
    desk.ruta.reply(told, f"Jam ten šilta, {said}.")
    reply = chat.wait_for(petras, said)
    chat.reply(petras, reply, f"Supratau, bet {added}.")
    followed = desk.ruta.wait_for(added)

    [ticket] = desk.helpdesk.tickets_of(str(petras.id))
    assert [(row["kind"], row["channel"], row["text"]) for row in ticket["articles"]] == [
        ("inbound", "telegram", f"{CAT} ({asked})"),
        ("reply", "mail", f"Jam ten šilta, {said}."),
        ("inbound", "telegram", f"Supratau, bet {added}."),
    ]
    assert followed["In-Reply-To"] == told["Message-ID"]
    assert asked not in (reply.text or "")


def test_an_update_nobody_can_read_is_parked_and_the_next_one_answered(desk: Desk) -> None:
    desk.helpdesk.expected_errors.add("message shunted")
    petras, chat, helpdesk = desk.member(), desk.chat, desk.helpdesk

    update = desk.town.telegram.run(lambda telegram: telegram.poison())
    chat.say(petras, f"{KITES} ({helpdesk.word()})")
    chat.wait_for(petras, "Aitvarus šventėje leisti galima")

    parked = until(
        lambda: [
            row for row in helpdesk.inbox("--state", "shunted") if row["external_id"] == str(update)
        ],
        what="the update being shunted",
    )
    assert [(row["channel"], row["state"], row["outcome"]) for row in parked] == [
        ("telegram", "shunted", None)
    ]
    assert str(update) in helpdesk.do("inbox", "show", str(parked[0]["id"]))


def _replied_to(message: Message) -> int | None:
    return message.reply_to_message.message_id if message.reply_to_message else None
