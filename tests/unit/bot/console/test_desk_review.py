"""A document under review in the console: begun, answered, ended, and nothing typed is lost."""

from handlers.desk import Words
from handlers.domain.channels import Attachment, Channel
from handlers.domain.people import Consultant
from handlers.domain.reviews import Verdict
from tests.unit.bot.console.desk import Desk, console_address, words_of


def test_a_review_is_led_on_its_page_and_shown_on_the_ticket(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()
    file = Attachment(
        sha256=desk.app.files.put(b"%PDF"), name="nuostatai.pdf", content_type="x/y", size=4
    )
    said = Words(text="Failas.", channel=Channel.COMMAND, attachments=(file,))
    desk.write(lambda uow: desk.app.desk.note(uow, asked.id, rasa, said))
    at = console_address(asked, "review")

    begun = desk.client.get(at).text
    steps = [
        desk.client.post(at, data=step)
        for step in (
            {"act": "open", "title": "Nuostatai", "due_on": "2026-12-01"},
            {"act": "round", "file": "nuostatai.pdf"},
            {"act": "recommend", "text": "Taisyti <3 str.>", "place": "3 str."},
            {"act": "declined", "number": "1", "reason": ""},
            {"act": "recommend", "text": "", "place": "Vieta, kuri lieka"},
            {"act": "draft"},
        )
    ]
    ticket = desk.client.get(console_address(asked)).text
    last = ({"act": "accepted", "number": "1"}, {"act": "close"})
    steps += [desk.client.post(at, data=step) for step in last]

    assert "Pradėti dokumento peržiūrą" in begun
    assert [step.status_code for step in steps] == [200, 200, 200, 422, 422, 200, 200, 200]
    assert "Taisyti &lt;3 str.&gt;" in steps[2].text
    assert 'value="Vieta, kuri lieka"' in steps[4].text
    assert "Peržiūrėti iki 2026 m. gruodžio 1 d." in words_of(ticket)
    assert "Redakcijų: 1, neaptartų rekomendacijų: 1" in words_of(ticket)
    assert "1. 3 str.: Taisyti &lt;3 str.&gt;" in ticket
    (made,) = desk.write(lambda uow: uow.reviews.recommendations(asked.id))
    assert (made.verdict, made.settled_by) == (Verdict.ACCEPTED, rasa.email)
    assert "baigta" in words_of(steps[-1].text)


def test_who_may_not_read_the_ticket_finds_no_review(desk: Desk, rasa: Consultant) -> None:  # noqa: ARG001 -- she is signed in
    asked = desk.ask("Noriu, kad ištrintumėte visus mano asmens duomenis.")

    found = (
        desk.client.get(console_address(asked, "review")),
        desk.client.post(console_address(asked, "review"), data={"act": "close"}),
    )

    assert [page.status_code for page in found] == [404, 404]
