"""What each role does in one story: a member, a consultant, a mentor, a coordinator."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2

from bot.app import App
from handlers.domain.mentorships import NewMentorship, Phase
from handlers.domain.organisations import AskerType, Details
from handlers.domain.people import Role
from handlers.ports import UnitOfWork
from handlers.staff import require
from knowledge_base.records import Programme, Seen
from tests.e2e.correspondent import Correspondent, text_of
from tests.e2e.desk import Desk
from tests.e2e.web import browser
from tests.servers.loopback import until

CAT = "Kodėl mūsų katinas miega ant stogo?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """Whom the story needs besides those the desk has, and a way in for each by address."""

    mentor: Correspondent
    coordinator: Correspondent
    organisation: int
    codes: dict[str, str]


def test_an_organisations_questions_calls_and_mentor_are_one_history_to_who_may_read_it(
    desk: Desk, tmp_path: Path
) -> None:
    name = f"Pievų bendruomenė {desk.helpdesk.word()}"
    first, second, said, called, secret = (desk.helpdesk.word() for _ in range(5))
    arranged = _arrange(desk, name)
    ona, mantas = desk.newcomer(), arranged.mentor

    # A member asks; the consultant who reads it writes down for whom.
    ona.write(desk.address, f"{CAT} ({first})", subject=f"Apie {first}")
    asked = re.search(r"NVO-[0-9]+", str(desk.ruta.wait_for(first)["Subject"]))
    assert asked is not None
    with _signed_in(desk, arranged, desk.ruta) as console:
        written = console.post(f"/console/tickets/{asked[0]}/asker", data={"organisation": name})
        assert written.status_code == 303

    # That question and those the organisation asks from now on are its mentor's to answer.
    ona.write(desk.address, f"{CAT} ({second})", subject=f"Apie {second}")
    told = mantas.wait_for(second)
    assert f"Organizacija: {name}" in text_of(told)
    mantas.reply(told, f"Atsakau: {said}.")
    ona.wait_for(said)

    # A consultant takes a call down; the member asks what only a named person may read.
    line = f"/skambutis 15 min Ona iš „{name}“: patarta dėl sąmatos, {called}"
    desk.chat.say(desk.jonas, line, chat=desk.room)
    desk.chat.wait_for(desk.room, called)
    ona.write(desk.address, f"Prašau ištrinti visus mano duomenis, {secret}.", subject=secret)

    def read(who: Correspondent) -> set[str]:
        """Return which of the words stand on the organisation's card."""
        with _signed_in(desk, arranged, who) as console:
            page = unescape(console.get(f"/console/organisations/{arranged.organisation}").text)
        return {word for word in (first, second, called, secret) if word in page}

    with _signed_in(desk, arranged, desk.vida) as console:
        card = f"/console/organisations/{arranged.organisation}"
        until(lambda: secret in console.get(card).text, what="the request being filed")
        assert first not in console.get(card).text
    assert read(arranged.coordinator) == {first, second, called}
    assert read(mantas) == {first, second}

    figures = _report(desk, tmp_path)
    counted = [row for row in figures if row["organisation"] == arranged.organisation]
    assert {row["asker_type"] for row in counted} == {"bendruomenine"}
    assert [row["channel"] for row in counted] == ["mail", "mail", "phone", "mail"]
    assert name not in json.dumps(figures, ensure_ascii=False)


def _arrange(desk: Desk, name: str) -> Arranged:
    """Add the organisation with its mentor, and a coordinator."""
    mantas, rita = desk.newcomer("Mantas"), desk.newcomer("Rita")

    def work(app: App, uow: UnitOfWork) -> tuple[int, dict[str, str]]:
        now, today = app.clock.now(), app.registry.today
        hired = {
            each.address: app.staff.add(
                uow,
                name=each.name,
                email=each.address,
                role=role,
                queues=frozenset({"mokymai"}),
            )
            for each, role in ((mantas, Role.MENTOR), (rita, Role.COORDINATOR))
        }
        seen = Seen(source="sutartis", checked_on=today)
        programme = Programme(id="stiprinimas", name="Stiprinimas", funder="SADM", seen=seen)
        uow.programmes.put_programme(programme, at=now, by=rita.address)
        details = Details(name=name, kind=AskerType.COMMUNITY)
        known = app.organisation_cards.add(uow, details, by=rita.address).id
        new = NewMentorship(
            organisation=known,
            mentor=hired[mantas.address].id,
            programme=programme.id,
            phase=Phase.RUNNING,
            starts_on=today,
            source="sutartis",
            at=now,
            by=rita.address,
        )
        app.mentors.mentoring.assign(uow, new, hired[rita.address])
        inside = (mantas, rita, desk.ruta, desk.vida)
        codes = {
            each.address: app.staff.sign_in_code(uow, require(uow, each.address)) for each in inside
        }
        return known, codes

    number, codes = desk.helpdesk.arrange(work, without=["SMTP_HOST"])
    return Arranged(mentor=mantas, coordinator=rita, organisation=number, codes=codes)


@contextmanager
def _signed_in(desk: Desk, arranged: Arranged, who: Correspondent) -> Iterator[httpx2.Client]:
    with browser(desk.web) as client:
        inside = client.post("/console/sign-in", data={"code": arranged.codes[who.address]})
        assert inside.status_code == 303
        yield client


def _report(desk: Desk, folder: Path) -> list[dict[str, object]]:
    out = folder / "report.json"
    days = ("--from", "2026-01-01", "--to", "2099-12-31")
    desk.helpdesk.do("report", *days, "--out", str(out))
    rows: list[dict[str, object]] = json.loads(out.read_text(encoding="utf-8"))
    return rows
