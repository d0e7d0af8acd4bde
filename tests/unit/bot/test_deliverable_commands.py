"""`helpdesk selection` and `helpdesk deliverable`: from an application to the file in the end."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_desk
from bot.commands import deliverables, selection
from bot.settings import load_settings
from handlers.domain.errors import InvalidError
from handlers.domain.people import Role
from knowledge_base.records import Programme, Seen
from tests.builders import NOON

SEEN = Seen(source="Sutartis", checked_on=date(2026, 2, 1))
RASA = "rasa@pagalba.lt"


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    programme = Programme(id="stiprinimas", name="Stiprinimas", funder="SADM", seen=SEEN)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        uow.programmes.put_programme(programme, at=NOON, by="rasa")
        app.staff.add(uow, name="Rasa", email=RASA, queues=frozenset(), role=Role.COORDINATOR)
        uow.commit()


def test_a_municipality_is_selected_and_gets_its_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    (tmp_path / "planas.pdf").write_bytes(b"planas")
    applicant = selection.Named(municipality="Zarasai", organisation=None)
    planned = deliverables.Planned(
        kind="council-plan", municipality="Zarasai", due="2098-05-05", responsible=RASA
    )
    done = deliverables.Changes(
        state="delivered", due=None, responsible=None, file=tmp_path / "planas.pdf", note=None
    )

    selection.apply("stiprinimas", applicant, email=RASA, motivation="Norime", ticket=None)
    selection.decide(1, "selected", email=RASA, reason="Aiški motyvacija")
    capsys.readouterr()
    selection.show(None, email=RASA, as_json=True)
    applications = _said(capsys)
    deliverables.add(planned, email=RASA, programme="stiprinimas", period="2026–2028", note="")
    deliverables.change(1, done, email=RASA)
    capsys.readouterr()
    deliverables.show(None, email=RASA, over=True, as_json=True)
    (row,) = _said(capsys)
    deliverables.write_file(1, tmp_path / "out.pdf", email=RASA)

    assert [(each["applicant"], each["choice"], each["reason"]) for each in applications] == [
        ("Zarasų r. sav.", "selected", "Aiški motyvacija")
    ]
    assert (row["state"], row["file"], row["period"]) == ("delivered", "planas.pdf", "2026–2028")
    assert (tmp_path / "out.pdf").read_bytes() == b"planas"
    assert (row["version"], row["by"]) == (2, RASA)
    with pytest.raises(InvalidError):
        selection.decide(1, "maybe", email=RASA, reason="Taip")


def _said(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 -- JSON
    return json.loads(capsys.readouterr().out)
