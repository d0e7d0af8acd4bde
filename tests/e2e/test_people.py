"""Consultants are welcomed with an exercise; askers get all that is kept of them, or erase it."""

import json
import re

from tests.e2e.correspondent import text_of
from tests.e2e.desk import Desk
from tests.servers.loopback import until

KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
CAT = "Kodėl mūsų katinas miega ant stogo?"


def test_a_new_consultant_gets_a_link_and_an_exercise_that_reaches_nobody(desk: Desk) -> None:
    helpdesk, said = desk.helpdesk, desk.helpdesk.word()
    milda, account = desk.newcomer("Milda"), desk.member("Milda")

    helpdesk.do("consultant", "add", "Milda", "--email", milda.address, "--queue", "mokymai")
    welcome = milda.wait_for("https://t.me/")
    exercise = milda.wait_for("[NVO-")
    link = re.search(r"https://t\.me/nvo_testas_bot\?start=(\S+)", text_of(welcome))
    assert link is not None
    helpdesk.secrets.add(link[1])
    desk.chat.say(account, f"/start {link[1]}")
    desk.chat.wait_for(account, "Milda")
    milda.reply(exercise, f"Taip, gali. {said}")
    milda.wait_for_mails(3)

    assert _telegram_of(desk, milda.address) == str(account.id)
    reference = re.search(r"NVO-\d+", str(exercise["Subject"]))
    assert reference is not None
    rows = [row for row in helpdesk.outbox() if row["reference"] == reference[0]]
    assert {row["to"] for row in rows} == {milda.address}
    practice = helpdesk.ticket(reference[0])
    assert [row["text"] for row in practice["articles"]][1:] == [f"Taip, gali. {said}"]
    # The link works once.
    stranger = desk.member("Svetimas")
    desk.chat.say(stranger, f"/start {link[1]}")
    desk.chat.wait_for(stranger, "")
    assert _telegram_of(desk, milda.address) == str(account.id)


def test_a_persons_data_is_handed_out_and_erased(desk: Desk) -> None:
    helpdesk = desk.helpdesk
    asked, said, other = (helpdesk.word() for _ in range(3))
    ona, neighbour = desk.newcomer("Ona Žilvinė"), desk.newcomer("Kaimynė")
    ona.write(desk.address, f"{CAT} ({asked})", subject=f"Apie {asked}")
    neighbour.write(desk.address, f"{CAT} ({other})")
    desk.ruta.reply(desk.ruta.wait_for(asked), f"Atsakau: {said}.")
    ona.wait_for(said)
    neighbour.wait_for()
    until(
        lambda: all(
            row["state"] == "delivered" for row in helpdesk.outbox() if row["to"] == ona.address
        ),
        what="everything being delivered",
    )

    kept = helpdesk.do("person", "export", ona.address)
    [ticket] = helpdesk.tickets_of(ona.address)
    helpdesk.do("person", "erase", ona.address)

    everything = json.loads(kept)
    assert [row["text"] for row in everything["articles"]] == [
        f"{CAT} ({asked})",
        f"Atsakau: {said}.",
    ]
    assert everything["people"][0]["name"] == "Ona Žilvinė"
    assert ona.address in kept
    assert other not in kept
    shown = [
        helpdesk.do(*words)
        for words in (
            ("tickets", "--json"),
            ("ticket", ticket["reference"], "--json"),
            ("inbox", "--json"),
            ("outbox", "--json"),
        )
    ]
    names = (ona.address, "Ona Žilvinė", asked, said)
    assert [name for name in names if any(name in text for text in shown)] == []
    assert helpdesk.run("person", "export", ona.address).status == 1
    assert other in helpdesk.do("person", "export", neighbour.address)


def _telegram_of(desk: Desk, email: str) -> str:
    rows = json.loads(desk.helpdesk.do("consultant", "list", "--json"))
    return next(str(row["telegram"]) for row in rows if row["email"] == email)
