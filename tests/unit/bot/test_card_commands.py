"""`helpdesk person` and `helpdesk organisation`: written, imported, joined, undone and shown."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.app import open_desk
from bot.commands import cards, organisations
from bot.settings import load_settings
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import NotFoundError
from tests.builders import NOON

NOTHING: dict[str, Any] = {
    "code": None,
    "form": None,
    "municipality": None,
    "umbrella": None,
    "by": "rasa",
}
ONA, ONUTE = "ona@zarasai.example", "ona@pavyzdys.lt"
CSV = "name,kind,code\nUpių bendruomenė,bendruomenine,12\nPievų bendruomenė,nvo,123456716\n"
DOMAINS = "domain,municipality,source,checked_on\nzarasai.example,Zarasai,svetainė,2026-10-01\n"


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        for mail in (ONA, ONUTE):
            address = Address(Channel.MAIL, mail)
            uow.people.add(name="Ona Šilaitė", language="lt", address=address, at=NOON)
        uow.commit()


def test_cards_are_written_joined_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    (tmp_path / "o.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "d.csv").write_text(DOMAINS, encoding="utf-8")
    organisations.add("Sąjunga", kind="nvo", **NOTHING)
    with pytest.raises(typer.Exit):
        organisations.take_in(tmp_path / "o.csv", by="rasa", as_json=False)
    organisations.take_in_domains(tmp_path / "d.csv", by="rasa", as_json=False)
    said = {**NOTHING, "umbrella": "Sąjunga", "municipality": "Zarasai"}
    organisations.change("2", name=None, kind=None, **said)
    said_aloud = capsys.readouterr().out

    cards.show_person(ONA, reader=None, as_json=True)
    before = _said(capsys)
    cards.set_person(
        ONA,
        name=None,
        asker_type="nvo",
        organisation="123456716",
        municipality="Zarasai",
        by="rasa",
        everywhere=False,
    )
    cards.prove(ONA, by="rasa")
    cards.merge_people(ONA, ONUTE, by="rasa")
    capsys.readouterr()
    cards.show_person(ONUTE, reader=None, as_json=True)
    joint = _said(capsys)
    organisations.show("2", reader=None, as_json=True)
    card = _said(capsys)

    assert "line 2: not nine digits: given 12" in said_aloud
    assert "look at it once more" in said_aloud
    assert before["proposal"] == {
        "domain": "zarasai.example",
        "asker_type": "savivaldybe",
        "municipality": "Zarasų r. sav.",
        "organisation": None,
    }
    assert joint["person"] == {
        "id": 1,
        "name": "Ona Šilaitė",
        "addresses": [ONA, ONUTE],
        "asker_type": "nvo",
        "organisation": "Pievų bendruomenė",
        "municipality": "Zarasų r. sav.",
    }
    assert [each["proof"] for each in joint["addresses"]] == ["staff", None]
    assert [line["what"] for line in joint["timeline"]] == ["merged", "proved", "changed"]
    assert card["organisation"]["umbrella"] == "Sąjunga"
    assert card["organisation"]["doubtful"]
    assert [person["id"] for person in card["people"]] == [1]


def test_double_cards_are_listed_joined_and_parted(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Pievų bendruomenė", "Asociacija „Pievų bendruomenė“"):
        organisations.add(name, kind="bendruomenine", **NOTHING)
    capsys.readouterr()
    organisations.doubles(as_json=True)
    pairs = _said(capsys)
    cards.person_doubles(as_json=True)
    people = _said(capsys)
    organisations.merge("1", "2", by="rasa")
    undo = capsys.readouterr().out.strip().rpartition(" ")[2]
    organisations.list_organisations("pievu", as_json=True)
    joint = _said(capsys)
    organisations.unmerge(int(undo), by="rasa")
    capsys.readouterr()
    organisations.list_organisations("pievu", as_json=True)

    assert [[each["id"] for each in pair] for pair in pairs] == [[1, 2]]
    assert [[each["addresses"] for each in pair] for pair in people] == [[[ONA], [ONUTE]]]
    assert [each["id"] for each in joint] == [1]
    assert sorted(each["id"] for each in _said(capsys)) == [1, 2]


def test_what_is_not_there_is_not_shown() -> None:
    with pytest.raises(NotFoundError):
        cards.show_person("nera@pavyzdys.lt", reader=None, as_json=True)
    with pytest.raises(NotFoundError):
        cards.list_people("", reader="nera@pavyzdys.lt", as_json=True)


def _said(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 -- one JSON document
    return json.loads(capsys.readouterr().out)
