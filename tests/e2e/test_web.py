"""The web: the first minute of a fresh installation, and what an asker sees afterwards."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.desk import Desk
from tests.e2e.helpdesk import FAQ, Helpdesk, Launch
from tests.e2e.nursery import Nursery
from tests.e2e.service import whole_process
from tests.e2e.web import ask, browser, get, post_question
from tests.servers.loopback import until

KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
BOATS = "Kaip išsinuomoti bendruomenės baidares?"
RULES = "Prieplaukos taisyklės"
CAT = "Kodėl mūsų katinas miega ant stogo?"


@contextmanager
def fresh_one(folder: Path, launch: Launch) -> Iterator[Helpdesk]:
    """Lend a helpdesk with no settings but a free port, as `make run` starts it."""
    helpdesk = Helpdesk(folder, {"WEB_PORT": "0"}, launch=launch)
    yield helpdesk
    helpdesk.close()


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Helpdesk]:
    """Lend one that starts as a process of its own."""
    with fresh_one(tmp_path, whole_process) as helpdesk:
        yield helpdesk


@pytest.fixture
def fresh(tmp_path: Path, nursery: Nursery) -> Iterator[Helpdesk]:
    """Lend one that starts in no time."""
    with fresh_one(tmp_path, nursery.launch) as helpdesk:
        yield helpdesk


def test_in_the_first_minute_a_question_is_answered_and_another_waits(whole: Helpdesk) -> None:
    known, unknown = whole.word(), whole.word()
    web = whole.start().wait_ready()
    whole.do("kb", "import", str(FAQ))

    answered = ask(web, f"{BOATS} ({known})")
    waiting = ask(web, f"{CAT} ({unknown})")

    assert answered["decision"] == "answer"
    assert answered["answer"] == {
        "id": "e2e-baidares",
        "text": "Baidares nuomoja prieplaukos budėtojas, užsirašykite jo žurnale.",
        "sources": [{"id": RULES, "title": RULES, "url": None, "date": None}],
    }
    assert (waiting["decision"], waiting["answer"]) == ("unsure", None)
    assert [(row["reference"], row["status"], row["queue"]) for row in whole.tickets()] == [
        (waiting["reference"], "new", "bendra"),
        (answered["reference"], "answered", "savanoryste"),
    ]
    ready = get(f"{web}/ready")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert set(ready.json()["roles"]) == {"worker", "relay", "timers", "web"}
    # Nobody answers here yet: said to the administrator, and no time is promised to the asker.
    assert ready.json()["warnings"] == [
        "nobody is configured to answer: helpdesk consultant add NAME --email ADDRESS"
    ]
    page = unescape(get(waiting["url"]).text)
    assert "Atsakyti planuojame" not in page
    assert "Išsisaugokite šią nuorodą: atsakymą matysite tik čia." in page


def test_the_form_leads_to_the_askers_own_page(fresh: Helpdesk) -> None:
    word = fresh.word()
    web = fresh.start().wait_ready()
    fresh.do("kb", "import", str(FAQ))

    with browser(web) as client:
        form = client.get("/").text
        key = re.search(r'name="key" value="([^"]+)"', form)
        assert key is not None
        fields = {"key": key[1], "text": f"{BOATS} ({word})", "email": "", "municipality": ""}
        twice = [client.post("/", data=fields) for _ in range(2)]
        page = client.get(twice[0].headers["Location"])

    assert [answer.status_code for answer in twice] == [303, 303]
    assert twice[0].headers["Location"] == twice[1].headers["Location"]
    assert len(fresh.tickets()) == 1
    shown = unescape(page.text)
    assert "Baidares nuomoja prieplaukos budėtojas" in shown
    assert RULES in shown
    assert '<html lang="lt"' in page.text


def test_a_repeated_request_gets_the_first_response_again(desk: Desk) -> None:
    word = desk.helpdesk.word()
    question = {"text": f"{KITES} ({word})"}

    first, again = (post_question(desk.web, question, key=f"kartas-{word}") for _ in range(2))
    other = post_question(desk.web, {"text": f"{CAT} ({word})"}, key=f"kartas-{word}")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (other.status_code, other.json()["field"]) == (422, "Idempotency-Key")
    asked = [row for row in desk.helpdesk.tickets() if word in row["subject"]]
    assert [row["reference"] for row in asked] == [first.json()["reference"]]


def test_a_consultants_reply_is_read_on_the_askers_page_and_by_mail(desk: Desk) -> None:
    word, said, noted = (desk.helpdesk.word() for _ in range(3))
    ona = desk.newcomer()

    asked = ask(desk.web, f"{CAT} ({word})", email=ona.address)
    who = (asked["reference"], "--as", desk.ruta.address)
    desk.helpdesk.do("desk", "note", *who, "--text", noted)
    desk.helpdesk.do("desk", "reply", *who, "--text", "-", stdin=f"Šilta, {said}")
    ona.wait_for(said)

    page = unescape(get(asked["url"]).text)
    assert (said in page, noted in page) == (True, False)
    assert urlsplit(asked["url"]).path == f"/t/{asked['token']}"
    wrong = get(asked["url"][:-1] + ("a" if asked["url"][-1] != "a" else "b"))
    assert wrong.status_code == 404


def test_a_question_that_is_none_is_refused_by_its_field(desk: Desk) -> None:
    def refusal(question: dict[str, str]) -> tuple[int, str | None]:
        answer = post_question(desk.web, question)
        return answer.status_code, answer.json().get("field")

    assert refusal({"text": ""}) == (422, "text")
    assert refusal({"text": CAT, "email": "nera"}) == (422, "email")
    assert refusal({"text": "a" * 70_000}) == (413, None)


def test_metrics_count_by_the_names_of_the_contract(desk: Desk) -> None:
    ask(desk.web, f"{CAT} ({desk.helpdesk.word()})")

    shown = until(lambda: get(f"{desk.web}/metrics").text, what="the metrics")

    states = {
        name: set(re.findall(rf'^helpdesk_{name}{{\w+="(\w+)"}}', shown, re.MULTILINE))
        for name in ("inbox", "outbox")
    }
    assert states == {
        "inbox": {"pending", "done", "shunted"},
        "outbox": {"queued", "sending", "delivered", "deferred", "uncertain", "dead"},
    }
