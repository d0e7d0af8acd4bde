"""The mentors' pages: whom one accompanies, the work written down there, and nobody else's."""

from handlers.domain.people import Consultant, Role
from tests.unit.bot.console.accompanied import prepare
from tests.unit.bot.console.desk import Desk, words_of

AT = "/console/mentorships"
ASSIGN = {
    "organisation": "123456789",
    "programme": "bo",
    "phase": "running",
    "from": "2026-11-02",
    "source": "Sutartis A1-1",
}


def test_a_coordinator_assigns_and_the_mentor_works(desk: Desk, rasa: Consultant) -> None:
    desk.write(prepare)
    boss = desk.add_consultant("Vadove", role=Role.COORDINATOR)
    asked = {**ASSIGN, "reason": "Pirmas projektas"}
    desk.client.post(f"{AT}/request", data=asked)
    forbidden = desk.client.post(f"{AT}/assign", data={**ASSIGN, "mentor": str(rasa.id)})
    desk.sign_in(boss)
    wanted = words_of(desk.client.get(AT).text)
    given = {**ASSIGN, "mentor": str(rasa.id), "request": "1"}
    assigned = desk.client.post(f"{AT}/assign", data=given, follow_redirects=False)
    desk.sign_in(rasa)
    plan = {
        "need": "Išlaidų dokumentai",
        "complexity": "complex",
        "mode:phone": "on",
        "hours": "4,5",
        "every": "14",
        "from": "2026-11-02",
    }
    acts = [
        ("plan", plan),
        ("time", {"on": "2026-11-05", "minutes": "90", "mode": "visit"}),
        ("result", {"planned": "20 dalyvių", "aim": "final", "due": "2026-11-20"}),
        ("project", {"title": "Šventė", "stage": "applied", "since": "2026-11-02"}),
        ("stage", {"project": "1", "stage": "contract", "stage_on": "2026-11-03"}),
        ("check", {"project": "1", "check": "Ataskaita", "check_due": "2026-11-20"}),
    ]

    done = [
        desk.client.post(f"{AT}/1/{act}", data=form, follow_redirects=False).status_code
        for act, form in acts
    ]

    listed, page = words_of(desk.client.get(AT).text), words_of(desk.client.get(f"{AT}/1").text)
    wrong = desk.client.post(f"{AT}/1/time", data={"on": "2026-11-05", "minutes": "ilgai"})
    assert (forbidden.status_code, assigned.status_code, set(done)) == (422, 303, {303})
    assert "Tai gali tik koordinatorius." in words_of(forbidden.text)
    assert "Pirmas projektas" in wanted
    assert "Mano organizacijos" in listed
    assert "Pievos" in listed
    assert "Tyli nuo 2026 m. lapkričio 5 d." in listed
    assert "vėluoja 1 rezultatas" in listed
    assert "telefonu · 4,5 val. per mėnesį, susisiekiama kas 14 d." in page
    assert "2026-11 1,5 4,5" in page
    assert "sutartis pasirašyta · 2026-11-03" in page
    assert "Ataskaita iki 2026-11-20 vėluoja" in page
    assert (wrong.status_code, "Toks skaičius neįmanomas." in words_of(wrong.text)) == (422, True)
    assert 'value="ilgai"' in wrong.text


def test_another_mentors_organisation_does_not_exist(desk: Desk, rasa: Consultant) -> None:
    desk.write(prepare)
    desk.sign_in(desk.add_consultant("Vadove", role=Role.COORDINATOR))
    desk.client.post(f"{AT}/assign", data={**ASSIGN, "mentor": str(rasa.id)})
    desk.sign_in(desk.add_consultant("Kita", role=Role.MENTOR))

    answers = [
        desk.client.get(f"{AT}/1"),
        desk.client.get(f"{AT}/2"),
        desk.client.post(f"{AT}/1/time", data={"on": "2026-11-05", "minutes": "5", "mode": "mail"}),
        desk.client.post(f"{AT}/1/nieko"),
    ]

    assert [each.status_code for each in answers] == [404] * 4
    assert "Pievos</a>" not in desk.client.get(AT).text
