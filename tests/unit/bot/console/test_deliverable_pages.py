"""The console's overview of what was promised, of who applied, and of trainings."""

from datetime import date

from handlers.domain.deliverables import Progress
from handlers.domain.people import Consultant, Role
from handlers.domain.selection import Choice, NewApplication
from tests.unit.bot.console.desk import MONDAY, Desk, words_of
from tests.unit.bot.console.test_training_pages import ONA, TRAINING

AT = "/console/deliverables"
PLAN = {"kind": "council-plan", "municipality": "Zarasai", "due_on": "2026-11-20", "period": "2027"}


def coordinator(desk: Desk) -> Consultant:
    who = desk.add_consultant("Vilma Vilmaitė", role=Role.COORDINATOR)
    desk.sign_in(who)
    return who


def test_those_who_steer_plan_decide_and_see_what_is_late(desk: Desk) -> None:
    vilma = coordinator(desk)
    new = NewApplication(
        programme="stiprinimas",
        municipality="Molėtų r. sav.",
        organisation=None,
        motivation="Norime <dalyvauti>",
        ticket=None,
        at=MONDAY,
        by="rasa",
    )
    made = desk.write(lambda uow: uow.applications.add(new))
    plan = {**PLAN, "responsible": str(vilma.id)}

    wrong = desk.client.post(AT, data={**plan, "municipality": "Klaipėda"})
    page = desk.client.post(AT, data=plan)
    unsaid = desk.client.post(f"{AT}/applications/{made.id}/selected", data={"reason": ""})
    desk.client.post(f"{AT}/applications/{made.id}/waiting", data={"reason": "Vietų nėra"})
    early = desk.client.post(f"{AT}/1", data={"progress": "delivered"})
    started = desk.client.post(f"{AT}/1", data={"progress": "started", "due_on": "2026-12-20"})

    assert (wrong.status_code, unsaid.status_code, early.status_code) == (422, 422, 422)
    assert "Galimos: Klaipėdos m. sav., Klaipėdos r. sav." in words_of(wrong.text)
    assert "iki 2026 m. lapkričio 20 d. – vėluoja" in words_of(page.text)
    assert "Norime &lt;dalyvauti&gt;" in page.text
    assert "laukiančiųjų sąraše, nr. 1 sąraše" in words_of(started.text)
    assert "Pirma pridėkite failą." in words_of(early.text)
    (row,) = desk.write(lambda uow: uow.deliverables.rows())
    assert (row.progress, row.due_on) == (Progress.STARTED, date(2026, 12, 20))
    assert desk.write(lambda uow: uow.applications.get(made.id)).choice is Choice.WAITING


def test_a_consultant_sees_nothing_of_others_and_decides_nothing(
    desk: Desk, rasa: Consultant
) -> None:
    vilma = desk.add_consultant("Vilma Vilmaitė", role=Role.COORDINATOR)
    page = desk.client.post(AT, data={**PLAN, "responsible": str(rasa.id)})
    shown = desk.client.get(AT).text

    assert vilma.active
    assert page.status_code == 422
    assert "Suplanuoti darbą" not in shown
    assert desk.write(lambda uow: uow.deliverables.rows()) == []
    assert desk.client.get(f"{AT}/1/file").status_code == 404
    assert desk.client.get("/console/trainings/m1").status_code == 404


def test_who_came_to_a_training_is_ticked_day_by_day(desk: Desk) -> None:
    coordinator(desk)
    desk.write(lambda uow: uow.trainings.put(TRAINING, at=MONDAY, by="rasa"))
    desk.client.post("/mokymai/m1", data=ONA)
    at = "/console/trainings/m1"

    before = desk.client.get(at).text
    boxes = {"shown:NVO-1": "1", "came:NVO-1:2026-12-01": "on", "came:NVO-9:2026-12-01": "on"}
    saved = desk.client.post(at, data=boxes)
    overview = words_of(desk.client.get(AT).text)

    assert "Ona Onaitė" in before
    assert "Lankomumas išsaugotas." in words_of(saved.text)
    (ona,) = desk.write(lambda uow: uow.trainings.enrolments("m1"))
    assert ona.attended == (date(2026, 12, 1),)
    assert "1 iš 1, laukia 0" in overview
    desk.client.post(at, data={"shown:NVO-1": "1"})
    assert desk.write(lambda uow: uow.trainings.enrolments("m1"))[0].attended == ()
