"""Status for machines, the headers of every answer, and other channels' webhooks."""

import re
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from starlette.testclient import TestClient

from bot.console.guards import CONTENT_SECURITY_POLICY
from bot.console.site import Posted
from bot.status import RoleStatus
from bot.web import build_site, build_status, open_site
from tests.unit.bot.console.desk import FAMILIAR, STRANGE, Desk, open_test_desk


def test_ready_tells_each_role_and_warns_that_nobody_answers(desk: Desk) -> None:
    answer = desk.client.get("/ready")

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ready": True,
            "roles": {"web": {"ok": True, "detail": "http://127.0.0.1:8080"}},
            "warnings": [
                "nobody is configured to answer: helpdesk consultant add NAME --email ADDRESS"
            ],
        },
    )


def test_one_role_that_does_not_work_makes_the_process_unready(desk: Desk) -> None:
    desk.add_consultant()
    desk.roles["mail"] = RoleStatus(ok=False, detail="connection refused")

    answer = desk.client.get("/ready")

    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["warnings"]) == (False, [])


def test_health_answers(desk: Desk) -> None:
    assert desk.client.get("/health").json() == {"status": "ok"}


def test_metrics_count_by_state(desk: Desk) -> None:
    desk.ask(STRANGE)
    desk.ask(FAMILIAR)

    answer = desk.client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    for line in (
        'helpdesk_inbox{state="done"} 2.0',
        'helpdesk_outbox{state="queued"} 0.0',
        'helpdesk_tickets{status="new"} 1.0',
        'helpdesk_tickets{status="answered"} 1.0',
        'helpdesk_oldest_due_seconds{queue="outbox"} 0.0',
    ):
        assert line in answer.text


def test_what_dashboards_and_alerts_watch_is_measured(desk: Desk) -> None:
    """A series nobody writes never alerts."""
    folder = Path(__file__).parents[4] / "deploy" / "monitoring"
    watched = "\n".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    measured = desk.client.get("/metrics").text

    names = set(re.findall(r"\bhelpdesk_\w+", watched))
    states = {
        (name, state)
        for name, listed in re.findall(r'(helpdesk_\w+)\{\w+!?=~?\\?"([\w|]+)', watched)
        for state in listed.split("|")
    }

    assert names - set(re.findall(r"^helpdesk_\w+", measured, re.MULTILINE)) == set()
    assert (
        states - set(re.findall(r'^(helpdesk_\w+)\{\w+="(\w+)"', measured, re.MULTILINE)) == set()
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/privatumas", "/console/sign-in", "/t/x", "/nowhere", "/ready", "/static/desk.css"],
)
def test_every_answer_carries_the_strict_headers(desk: Desk, path: str) -> None:
    headers = desk.client.get(path).headers

    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"


def test_static_files_may_be_kept_because_their_address_changes(desk: Desk) -> None:
    answer = desk.client.get("/static/vendor/pico-2.1.1.min.css")

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert desk.client.get("/static/../site.py").status_code == 404


def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(desk: Desk) -> None:
    page = desk.client.get("/nowhere", params={"lang": "en"})

    assert (page.status_code, "There is no such page" in page.text) == (404, True)
    assert desk.client.get("/api/questions").json() == {"error": "status 405"}


def test_a_webhook_is_handed_the_body_and_headers_as_posted(tmp_path: Path) -> None:
    posted: list[Posted] = []

    async def receive(post: Posted) -> int:
        posted.append(post)
        return 200

    with open_test_desk(tmp_path, webhooks={"/telegram/webhook": receive}) as desk:
        answer = desk.client.post(
            "/telegram/webhook", content=b"{}", headers={"X-Secret": "s", "Origin": "https://x.y"}
        )

    assert answer.status_code == 200
    assert [(post.body, post.headers["x-secret"]) for post in posted] == [(b"{}", "s")]


def test_where_no_pages_are_served_status_still_is(tmp_path: Path) -> None:
    with open_test_desk(tmp_path) as desk:
        site = open_site(desk.app, owed=lambda: None)
        status = build_status(site, readiness=lambda: {"mail": RoleStatus(ok=True, detail="")})

        client = TestClient(status)

        found = [
            client.get(path).status_code
            for path in ("/health", "/ready", "/metrics", "/", "/console", "/api/questions")
        ]
        assert found == [200, 200, 200, 404, 404, 404]


def test_an_error_of_ours_is_told_calmly_and_with_every_header(tmp_path: Path) -> None:
    with open_test_desk(tmp_path) as desk:

        def broken() -> dict[str, RoleStatus]:
            raise RuntimeError

        site = open_site(desk.app, owed=lambda: None)
        web = build_site(site, readiness=broken)
        answer = TestClient(web, raise_server_exceptions=False).get("/ready")

    assert answer.status_code == 500
    assert "Įvyko klaida" in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("address", ["/api/questions", "/"])
def test_while_the_database_is_away_people_are_asked_to_come_again(
    tmp_path: Path, address: str
) -> None:
    """It was told as an error of ours, which a program takes for an end."""

    def gone() -> NoReturn:
        raise OSError("the database cannot be used")

    with open_test_desk(tmp_path) as desk:
        site = open_site(desk.app, owed=lambda: None)
        away = replace(site, units=replace(site.units, begin=gone, begin_reading=gone))
        client = TestClient(build_site(away, readiness=dict))
        question = {"text": "Kaip įkurti bendruomenę?", "email": "ona@namai.test"}
        if address == "/":
            answer = client.post(address, data=question)
        else:
            answer = client.post(address, json=question)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
