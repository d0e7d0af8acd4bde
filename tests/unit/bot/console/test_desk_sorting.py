"""The forms of a ticket's page that keep tickets in order."""

from handlers.domain.people import Consultant
from handlers.domain.tickets import Priority, Status
from knowledge_base.queues import SENSITIVE
from tests.unit.bot.console.desk import Desk, console_address


def test_tags_priority_and_watching_are_a_press_each(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    def press(act: str, **form: str) -> str:
        return desk.client.post(console_address(asked, act), data=form).text

    press("tag", tag="Steigimo sutartis")
    press("priority", priority="high")
    shown = press("watch")
    listed = desk.client.get("/console?view=all").text

    assert all(word in shown for word in ("steigimo-sutartis", "skubus", "Nebesekti"))
    assert all(word in listed for word in ("steigimo-sutartis", "skubus"))
    found = desk.client.get("/console?view=all&q=%23steigimo-sutartis").text
    assert asked.reference in found
    removing = "Nuimti žymą „steigimo-sutartis“"
    assert removing in shown
    assert removing not in press("untag", tag="steigimo-sutartis")
    assert "Sekti" in press("unwatch")
    assert desk.ticket(asked).priority is Priority.HIGH
    assert "Skuba gali būti" in press("priority", priority="kitokia")
    assert rasa.active


def test_two_tickets_become_one_and_two_again(desk: Desk, rasa: Consultant) -> None:
    one, other = desk.ask("Pirmas klausimas"), desk.ask("Antras klausimas")

    into = desk.client.post(console_address(one, "merge"), data={"other": other.reference})
    merged = desk.client.get(console_address(one)).text
    parted = desk.client.post(console_address(other, "unmerge"), data={"other": one.reference})

    assert into.url.path == f"/console/tickets/{other.reference}"
    assert all(word in into.text for word in ("Pirmas klausimas", "Antras klausimas"))
    assert f'sujungtas ir tęsiasi čia: <a href="/console/tickets/{other.reference}">' in merged
    assert parted.url.path == f"/console/tickets/{one.reference}"
    assert (desk.ticket(one).status, rasa.active) == (Status.NEW, True)


def test_a_link_shows_no_ticket_its_reader_may_not_see(desk: Desk, rasa: Consultant) -> None:
    one, other = desk.ask("Pirmas"), desk.ask("Antras")
    desk.client.post(console_address(one, "link"), data={"other": str(other.id)})
    before = desk.client.get(console_address(one)).text

    desk.write(lambda uow: desk.app.desk.transfer(uow, other.id, rasa, queue=SENSITIVE))
    after = desk.client.get(console_address(one)).text

    assert (other.reference in before, other.reference in after) == (True, False)


def test_an_unknown_ticket_is_named_in_the_refusal(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    refused = desk.client.post(console_address(asked, "merge"), data={"other": "NVO-999"})

    assert (refused.status_code, rasa.active) == (422, True)
    assert "Kreipinio NVO-999 nėra." in refused.text
