"""`helpdesk mentor` and `helpdesk project`, one story from the request to the report."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.app import open_desk
from bot.cli import app
from bot.settings import load_settings
from handlers.domain.organisations import AskerType, Details
from handlers.domain.people import Role
from knowledge_base.records import Programme, Seen
from tests.builders import NOON
from tests.contract.builders import a_consultant

RASA, BOSS = ("--as", "rasa@p.lt"), ("--as", "vadove@p.lt")
FOR = ("--programme", "bo", "--phase", "running")
SINCE = ("--from", "2020-01-01")
FILE = """organizacija,mentorius,priemone,etapas,nuo,saltinis
123456789,rasa@p.lt,bo,rengimas,2020-01-01,Sutartis
123456789,nera@p.lt,bo,rengimas,2020-01-01,Sutartis
"""


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.csv").write_text(FILE, encoding="utf-8")
    with open_desk(load_settings()) as desk, desk.units.begin() as uow:
        seen = Seen(source="Aprašas", checked_on=NOON.date())
        programme = Programme(id="bo", name="Stiprinti", funder="SADM", seen=seen)
        uow.programmes.put_programme(programme, at=NOON, by="rasa")
        details = Details(name="Pievos", kind=AskerType.COMMUNITY, code="123456789")
        uow.organisations.add(details, at=NOON)
        for email, role in (("rasa@p.lt", Role.MENTOR), ("vadove@p.lt", Role.COORDINATOR)):
            uow.consultants.add(a_consultant(email=email, telegram=None, role=role))
        uow.commit()


def says(*words: str, code: int = 0) -> str:
    said = CliRunner().invoke(app, words)
    assert said.exit_code == code, said.output
    return said.output


def shown(*words: str) -> Any:  # noqa: ANN401 -- JSON
    return json.loads(says(*words, "--json"))


def test_from_the_request_to_the_report(tmp_path: Path) -> None:
    mentor, project = ("mentor",), ("project",)
    says(*mentor, "request", "Pievos", *RASA, *FOR, "--reason", "Nauja")
    by = ("--mentor", "rasa@p.lt", "--source", "Sutartis", "--from", "2020-01-01", "--request", "1")
    says(*mentor, "assign", "Pievos", *BOSS, *FOR, *by)
    ways = ("--complexity", "complex", "--mode", "phone", "--hours", "4", "--every", "14", *SINCE)
    says(*mentor, "plan", "1", *RASA, "--need", "Dokumentai", *ways)
    says(*mentor, "time", "1", *RASA, "--minutes", "90", "--mode", "visit", "--on", "2020-02-03")
    says(*mentor, "result", "1", *RASA, "--planned", "20 dalyvių", "--due", "2020-03-01")
    says(*mentor, "achieved", "1", *RASA, "--what", "25 dalyviai")
    named = ("--programme", "bo", "--title", "Šventė", "--on", "2020-01-05")
    says(*project, "add", "123456789", *RASA, *named)
    says(*project, "stage", "1", "contract", *RASA, "--contract", "A-7")
    says(*project, "check", "1", "Ataskaita", *RASA, "--due", "2020-12-01")
    says(*project, "done", "1", *RASA)

    mentorship, way = shown(*mentor, "show", "1"), shown(*project, "show", "1")
    (request,) = shown(*mentor, "requests")
    refused = json.loads(says(*mentor, "import", "m.csv", *BOSS, "--json", code=1))["refused"]

    assert (mentorship["plan"]["minutes_a_month"], mentorship["months"][1]["given"]) == (240, 90)
    assert [each["achieved"] for each in mentorship["results"]] == ["25 dalyviai"]
    assert (request["state"], request["mentorship"], request["name"]) == ("granted", 1, "Pievos")
    assert [step["stage"] for step in way["stages"]] == ["applied", "contract"]
    assert (way["contract"], way["mentors"]) == ("A-7", ["rasa@p.lt"])
    assert [each["done_on"] is None for each in way["checks"]] == [False]
    assert [each["line"] for each in refused] == [3]
    says(*mentor, "report", "--from", "2020-02-01", "--to", "2020-03-31", "--out", "m.csv")
    report = (tmp_path / "m.csv").read_text(encoding="utf-8-sig").splitlines()
    assert report[1:] == [
        "1,1,,bendruomenine,bo,running,rasa@p.lt,2020-01-01,,complex,480,90,1,1,1,contract",
        "2,1,,bendruomenine,bo,preparing,rasa@p.lt,2020-01-01,,,0,0,0,0,0,contract",
    ]
    assert len(says(*mentor, "list").splitlines()) == 2
    assert "no mentor" not in says(*project, "list")
