"""The consultants' list: what waits, and only what one may see."""

from datetime import timedelta

from handlers.domain.channels import Channel
from handlers.domain.outgoing import Begun, Rendered
from handlers.domain.people import Consultant, Role
from handlers.ports import UnitOfWork
from tests.unit.bot.console.desk import (
    FAMILIAR,
    STRANGE,
    Desk,
    console_address,
    words_of,
)


def test_the_list_shows_what_waits_newest_first(desk: Desk, rasa: Consultant) -> None:
    first = desk.ask(STRANGE, email="ona@example.org", municipality="Kauno r. sav.")
    desk.ask(FAMILIAR)
    second = desk.ask("kada bus kiti padangų mokymai golfui")

    page = desk.client.get("/console").text

    assert page.index(second.reference) < page.index(first.reference)
    assert "NVO-2" not in page
    assert "ona@example.org · Kauno r. sav." in words_of(page)
    assert rasa.name in page


def test_who_serves_no_queue_begins_with_everything(desk: Desk) -> None:
    asked = desk.ask()
    desk.sign_in(desk.write(desk.app.staff.first_administrator))

    assert asked.reference in desk.client.get("/console").text


def test_mine_are_those_i_took(desk: Desk, rasa: Consultant) -> None:
    mine, other = desk.ask(), desk.ask()
    desk.write(lambda uow: desk.app.desk.take(uow, mine.id, rasa))

    page = desk.client.get("/console", params={"view": "mine"}).text

    assert mine.reference in page
    assert other.reference not in page


def test_the_list_is_filtered_by_status_queue_and_words(desk: Desk, rasa: Consultant) -> None:
    spam = desk.ask("pirkite padangas golfui pigiau", email="prekyba@example.org")
    desk.ask()
    desk.write(lambda uow: desk.app.desk.spam(uow, spam.id, rasa))
    queue = desk.ticket(spam).queue

    for wanted in ({"status": "spam"}, {"status": "spam", "queue": queue}, {"q": "PREKYBA@"}):
        page = desk.client.get("/console", params={"view": "all", **wanted}).text
        assert ("NVO-1<" in page, "NVO-2<" in page) == (True, False), wanted
    none = desk.client.get("/console", params={"view": "all", "queue": "mokymai"})
    assert "Tokių kreipinių nėra." in none.text


def test_a_reference_in_the_search_leads_to_its_ticket(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    page = desk.client.get("/console", params={"q": " nvo-1 "})

    assert (page.url.path, rasa.active) == (console_address(asked), True)


def test_what_waits_too_long_and_what_was_not_delivered_is_marked(mailing_desk: Desk) -> None:
    desk = mailing_desk
    who = desk.add_consultant()
    asked = desk.ask(STRANGE, email="ona@example.org")
    desk.write(lambda uow: _fail_all(desk, uow))
    desk.clock.move(timedelta(days=9))
    desk.sign_in(who)

    page = words_of(desk.client.get("/console").text)

    assert asked.reference in page
    assert "⚠ nepristatyta" in page
    assert "vėluojama" in page


def _fail_all(desk: Desk, uow: UnitOfWork) -> None:
    for row in uow.outbox.claim(
        now=desk.clock.now(), lease=timedelta(minutes=1), limit=50, channels=[Channel.MAIL]
    ):
        uow.outbox.sending([Begun(row, Rendered(content=b"x"))])
        uow.outbox.dead(row.id, fence=row.fence, error="550")


def test_a_ticket_of_another_queue_does_not_exist(desk: Desk) -> None:
    asked = desk.ask()
    desk.sign_in(desk.add_consultant(queues=frozenset({"mokymai"})))

    answers = [
        desk.client.get(console_address(asked)),
        desk.client.post(console_address(asked, "take")),
        desk.client.post(console_address(asked, "reply"), data={"text": "a"}),
        desk.client.get("/console/tickets/NVO-999"),
        desk.client.get("/console/tickets/blogas"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert asked.reference not in desk.client.get("/console", params={"view": "all"}).text


def test_a_restricted_queue_is_for_its_own_people_only(desk: Desk) -> None:
    asked = desk.ask("Prašau ištrinti visus mano asmens duomenis")
    assert desk.ticket(asked).queue == "privatumas"

    for who, status in (
        (desk.add_consultant("Rasa Rasienė", role=Role.ADMIN), 404),
        (desk.add_consultant("Ona Onaitė", queues=frozenset({"privatumas"})), 200),
    ):
        desk.sign_in(who)
        assert desk.client.get(console_address(asked)).status_code == status
