"""A member wishes to be called, is invited to a visit and answers by the calendar, all by mail."""

import json
from email.message import EmailMessage

from icalendar import Calendar

from tests.e2e.desk import Desk
from tests.servers.loopback import until


def _entry(mail: EmailMessage) -> Calendar:
    (part,) = (each for each in mail.walk() if each.get_content_type() == "text/calendar")
    assert part["Content-Type"].params["method"] == "REQUEST"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


def test_a_call_is_wished_for_and_a_visit_agreed_on_by_mail(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()
    asked = f"Kodėl mūsų katinas miega ant stogo? Paskambinkite man 8 612 34567. ({word})"

    ona.write(desk.address, asked, subject="Katinas")
    ona.wait_for("paskambinsime numeriu +37061234567")
    [ticket] = desk.helpdesk.tickets_of(ona.address)
    reference, by = ticket["reference"], ("--as", desk.ruta.address)
    desk.helpdesk.do("consultation", "log", f"{reference} 5 min: susitarta susitikti", *by)
    start = ("--start", "2097-03-05 10:00", "--place", f"Kiemas {word}")
    desk.helpdesk.do("visit", "invite", reference, *start, *by)
    invited = ona.wait_for(f"Kiemas {word}")
    entry = _entry(invited)
    entry["METHOD"] = "REPLY"
    entry.walk("VEVENT")[0]["ATTENDEE"].params["PARTSTAT"] = "ACCEPTED"
    letter = ona.letter(desk.address, "Atvyksiu.", subject="Accepted: Katinas")
    letter.add_attachment(entry.to_ical(), "text", "calendar", filename="reply.ics")
    ona.send(letter)

    def answered() -> bool:
        rows = json.loads(desk.helpdesk.do("visit", "list", reference, *by, "--json"))
        return [row["state"] for row in rows] == ["accepted"]

    until(answered, timeout=20, what="the answer being kept")
    told = desk.helpdesk.ticket(reference)
    assert [row["kind"] for row in told["articles"]] == [
        "inbound",
        "inbound",
        "call",
        "reply",
        "inbound",
    ]
    assert desk.ruta.wait_for(f"✓ 2097-03-05 10:00–11:00 · Kiemas {word}")
