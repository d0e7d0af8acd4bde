"""`helpdesk review`: a document from its first version to the last recommendation."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_desk
from bot.commands import reviews
from bot.settings import load_settings
from tests.builders import a_mail


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def test_a_document_is_reviewed_by_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    (tmp_path / "nuostatai.docx").write_bytes(b"nuostatai")
    rasa = "rasa@pagalba.lt"
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        app.intake.receive(uow, a_mail())
        app.staff.add(uow, name="Rasa", email=rasa, queues=frozenset({"bendra"}))
        uow.commit()

    reviews.begin("NVO-1", email=rasa, title="Nuostatai", due="2098-05-05")
    path = tmp_path / "nuostatai.docx"
    reviews.begin_round("NVO-1", email=rasa, name="", file=path, note="")
    reviews.recommend("NVO-1", email=rasa, text="Taisyti", place="3 str.")
    capsys.readouterr()
    reviews.show(None, closed=False, as_json=True)
    listed = _said(capsys)
    reviews.settle("NVO-1", 1, email=rasa, declined=False, reason="")
    capsys.readouterr()
    reviews.show("NVO-1", closed=False, as_json=False)

    assert listed == [
        {
            "reference": "NVO-1",
            "title": "Nuostatai",
            "due_on": "2098-05-05",
            "state": "open",
            "rounds": "1",
            "recommendations": "1",
            "open": "1",
        }
    ]
    assert capsys.readouterr().out == "1  1  accepted  3 str.  Taisyti\n"


def _said(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 -- JSON
    return json.loads(capsys.readouterr().out)
