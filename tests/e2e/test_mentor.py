"""A mentor and an organisation, over real mail: asked for, assigned, asked first, away."""

import json

from tests.e2e.correspondent import Correspondent, text_of
from tests.e2e.desk import Desk, appoint
from tests.e2e.helpdesk import Helpdesk
from tests.e2e.web import ask

PROGRAMME = "- {id: bandymas, name: Bandymas, funder: SADM, source: A, checked_on: 2026-01-01}\n"
FOR = ("--programme", "bandymas", "--phase", "running")


def test_a_mentor_is_asked_first_and_the_queue_while_they_are_away(desk: Desk) -> None:
    helpdesk, ona = desk.helpdesk, desk.newcomer()
    milda, dalia = desk.newcomer("Milda"), desk.newcomer("Dalia")
    first, second, third, said = (helpdesk.word() for _ in range(4))
    appoint(helpdesk, "Milda", milda.address, queue="institucinis", role="mentor")
    appoint(helpdesk, "Dalia", dalia.address, queue="institucinis", role="coordinator")
    body = _organisation(helpdesk, ona, desk, first)

    because = ("--reason", "Pirmas projektas")
    helpdesk.do("mentor", "request", body, "--as", desk.ruta.address, *FOR, *because)
    (request,) = _requests(helpdesk, body)
    by = ("--mentor", milda.address, "--source", "Sutartis", "--request", str(request["id"]))
    helpdesk.do("mentor", "assign", body, "--as", dalia.address, *FOR, *by)

    ona.write(desk.address, f"Kodėl mūsų katinas miega ant stogo? ({second})", subject=second)
    milda.reply(milda.wait_for(second), f"Jam ten šilta, {said}.", quoting=False)
    answer = ona.wait_for(said)
    helpdesk.do(
        "consultant", "absence", milda.address, "--from", "2020-01-01", "--to", "2099-12-31"
    )
    ona.write(desk.address, f"Kodėl mūsų katinas nelipa žemyn? ({third})", subject=third)
    to_queue = desk.ruta.wait_for(third)
    helpdesk.do("consultant", "disable", dalia.address)

    told = [text_of(mail) for mail in ona.mails() if mail["Auto-Submitted"] != "no"]
    assert "Prašymą įrašė Rūta." in text_of(dalia.wait_for("reikia mentoriaus"))
    assert "Priemonė – Bandymas." in text_of(milda.wait_for(f"organizacijos „{body}“ mentorius"))
    assert second in str(answer["Subject"])
    assert any("Klausimą perdavėme Jūsų organizacijos mentoriui." in text for text in told)
    assert any("mentorius šiuo metu nedirba" in text for text in told)
    assert third in text_of(to_queue)
    assert [_owner(helpdesk, word) for word in (second, third)] == [milda.address, None]
    assert [row["state"] for row in _requests(helpdesk, body)] == ["granted"]


def _organisation(helpdesk: Helpdesk, ona: Correspondent, desk: Desk, word: str) -> str:
    """Let Ona ask once, so that she is known, and write down for whom she asks."""
    file = helpdesk.folder / "priemone.yaml"
    file.write_text(PROGRAMME, encoding="utf-8")
    helpdesk.do("programme", "import", str(file))
    name = f"Bendruomenė {word}"
    helpdesk.do("organisation", "add", name, "--type", "bendruomenine")
    ask(desk.web, f"Kodėl mūsų katinas murkia? ({word})", email=ona.address)
    helpdesk.do("person", "set", ona.address, "--organisation", name)
    return name


def _requests(helpdesk: Helpdesk, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(helpdesk.do("mentor", "requests", "--json"))
    return [row for row in rows if row["name"] == name]


def _owner(helpdesk: Helpdesk, word: str) -> str | None:
    (row,) = [row for row in helpdesk.tickets() if word in row["subject"]]
    return row["owner"]
