"""The door of the console: one-time links, sessions, and nothing for strangers."""

from datetime import timedelta

import pytest

from handlers.domain.outgoing import Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status
from tests.unit.bot.console.desk import (
    Desk,
    console_address,
    form_value,
)


@pytest.mark.parametrize("path", ["/console", "/console/tickets/NVO-1"])
def test_a_stranger_is_led_to_the_door_and_back(desk: Desk, path: str) -> None:
    away = desk.client.get(path, follow_redirects=False)

    assert (away.status_code, away.headers["location"]) == (
        303,
        f"/console/sign-in?next={path}",
    )


def test_a_stranger_may_do_nothing(desk: Desk) -> None:
    asked = desk.ask()

    for act in ("take", "reply", "note", "spam"):
        away = desk.client.post(
            console_address(asked, act), data={"text": "a"}, follow_redirects=False
        )
        assert away.headers["location"] == "/console/sign-in?next="
    assert desk.ticket(asked).status is Status.NEW


def test_a_link_is_used_up_by_the_button_and_not_by_looking(desk: Desk) -> None:
    who = desk.add_consultant()
    code = desk.write(lambda uow: desk.app.staff.sign_in_code(uow, who))

    looked = [desk.client.get("/console/sign-in", params={"code": code}) for _ in range(2)]
    inside = desk.client.post("/console/sign-in", data={"code": code})
    again = desk.client.post("/console/sign-in", data={"code": code}, follow_redirects=False)

    assert [page.status_code for page in looked] == [200, 200]
    assert form_value(looked[0].text, "code") == code
    assert who.name in inside.text
    assert (again.status_code, "nebegalioja" in again.text) == (403, True)


def test_the_cookie_is_for_the_server_alone(desk: Desk) -> None:
    who = desk.add_consultant()
    code = desk.write(lambda uow: desk.app.staff.sign_in_code(uow, who))

    inside = desk.client.post("/console/sign-in", data={"code": code}, follow_redirects=False)

    name, _, rest = inside.headers["set-cookie"].partition("=")
    assert name == "helpdesk"
    assert rest.split("; ")[1:] == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]


def test_over_tls_the_cookie_is_tied_to_this_very_host(mailing_desk: Desk) -> None:
    who = mailing_desk.add_consultant()
    code = mailing_desk.write(lambda uow: mailing_desk.app.staff.sign_in_code(uow, who))

    inside = mailing_desk.client.post(
        "/console/sign-in", data={"code": code}, follow_redirects=False
    )

    cookie = inside.headers["set-cookie"]
    assert cookie.startswith("__Host-helpdesk=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_signing_out_ends_the_session_itself(desk: Desk, rasa: Consultant) -> None:
    kept = dict(desk.client.cookies)
    desk.client.post("/console/sign-out")
    desk.client.cookies.update(kept)

    assert desk.client.get("/console", follow_redirects=False).status_code == 303
    assert rasa.active


def test_a_session_ends_by_itself_and_with_the_consultants_rights(desk: Desk) -> None:
    for end in (
        lambda: desk.clock.move(timedelta(hours=13)),
        lambda: desk.write(lambda uow: desk.app.staff.disable(uow, "jonas@nvo.example")),
    ):
        who = desk.write(lambda uow: uow.consultants.by_email("jonas@nvo.example"))
        desk.sign_in(who or desk.add_consultant("Jonas Jonaitis"))
        assert desk.client.get("/console").url.path == "/console"
        end()
        assert desk.client.get("/console").url.path == "/console/sign-in"


def test_a_link_is_mailed_to_a_consultant_and_to_nobody_else(mailing_desk: Desk) -> None:
    who = mailing_desk.add_consultant()
    before = mailing_desk.write(lambda uow: uow.outbox.rows())

    for email in (who.email.upper(), "kitas@nvo.example"):
        page = mailing_desk.client.post("/console/sign-in", data={"email": email})
        assert "nuoroda jau išsiųsta" in page.text

    after = mailing_desk.write(lambda uow: uow.outbox.rows())
    assert [(row.kind, row.to) for row in after[: len(after) - len(before)]] == [
        (Kind.STAFF_MAIL, who.email)
    ]


def test_after_too_many_attempts_the_door_waits(desk: Desk) -> None:
    tries = [desk.client.post("/console/sign-in", data={"code": str(n)}) for n in range(11)]

    assert [page.status_code for page in tries] == [403] * 10 + [429]
