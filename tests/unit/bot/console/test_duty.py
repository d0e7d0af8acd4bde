"""Who is there: everybody writes down their own absences, coordinators everybody's."""

from handlers.domain.people import Consultant, Role
from tests.unit.bot.console.desk import Desk, words_of

AT = "/console/duty"


def test_absences_are_written_down_with_who_stands_in_and_end(desk: Desk, rasa: Consultant) -> None:
    jonas = desk.add_consultant("Jonas Jonaitis")
    days = {"from": "2026-11-30", "to": "2026-12-04", "substitute": str(jonas.id)}

    done = desk.client.post(AT, data=days, follow_redirects=True)
    twice = desk.client.post(AT, data=days)
    others = desk.client.post(AT, data={**days, "consultant": str(jonas.id)})
    late = desk.client.post(AT, data={"from": "2026-12-24", "to": "rytoj"})
    back = desk.client.post(f"{AT}/back", follow_redirects=True)

    shown = words_of(done.text)
    assert "2026 m. lapkričio 30 d. – 2026 m. gruodžio 4 d. pavaduoja Jonas Jonaitis" in shown
    assert f'value="{jonas.id}">Jonas' not in done.text.partition('name="substitute"')[0]
    assert [each.status_code for each in (done, twice, others, late)] == [200, 422, 422, 422]
    assert "Tuo metu konsultantas jau nedirba." in words_of(twice.text)
    assert "Jonas Jonaitis savo dienas pažymi pats arba koordinatorius." in words_of(others.text)
    assert f"{rasa.name} dirba 0 visos visos" in words_of(back.text)


def test_a_coordinator_writes_down_anybodys_days(desk: Desk, rasa: Consultant) -> None:
    desk.sign_in(desk.add_consultant("Vadove", role=Role.COORDINATOR))
    days = {"from": "2026-11-30", "to": "2026-12-04", "consultant": str(rasa.id)}

    done = desk.client.post(AT, data=days, follow_redirects=True)

    assert "pavaduoti nėra kam, kreipiniai – eilei" in words_of(done.text)
