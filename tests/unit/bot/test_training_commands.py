"""`helpdesk training`: the calendar in, who registered and who came out."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.app import open_desk
from bot.commands import trainings
from bot.settings import load_settings
from tests.builders import a_mail

CSV = """id,title,days,begins,ends,municipality,place,seats
pavasaris,Gero valdymo mokymai,2098-05-05,09:00,16:00,Zarasai,Salė,20
blogas,Mokymai,rytoj,09:00,16:00,Zarasai,Salė,20
"""


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def test_a_training_is_planned_filled_held_and_written_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    (tmp_path / "m.csv").write_text(CSV, encoding="utf-8")

    with pytest.raises(typer.Exit):
        trainings.take_in(tmp_path / "m.csv", by="rasa", as_json=True)
    taken = _said(capsys)
    new = {"title": "NVO tarybų mokymai", "days": "2098-04-01; 2098-04-02", "begins": "09:00"}
    new |= {"ends": "16:00", "municipality": "Kauno r.", "place": "Salė"}
    trainings.add({**new, "seats": 9}, by="rasa")
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        app.intake.receive(uow, a_mail("registruotis m1, =cmd()", sender_name="Ona"))
        uow.commit()
    trainings.change("m1", {"seats": 10, "place": None}, by="rasa")
    trainings.attend("m1", ["NVO-1"], days=["2098-04-02"], came=True)
    capsys.readouterr()
    trainings.list_trainings(past=False, as_json=True)
    listed = _said(capsys)
    trainings.export("m1", tmp_path / "out.csv")

    assert taken == {
        "changed": 1,
        "unchanged": 0,
        "refused": [{"line": 3, "reason": "days: rytoj are no dates; write 2026-12-01"}],
    }
    assert [(row["id"], row["seats"]) for row in listed] == [("m1", "1/10"), ("pavasaris", "0/20")]
    written = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert written.startswith("NVO-1,taken,Ona,'=cmd(),,ona@bendruomene.lt,")
    assert written.endswith(",2098-04-02")


def _said(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 -- JSON
    return json.loads(capsys.readouterr().out)
