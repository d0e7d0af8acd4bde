"""`helpdesk registry`: councils in, refused lines named, coverage and statutes out."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.commands import programmes, registry
from handlers.domain.errors import InvalidError, NotFoundError

CSV = """municipality,council,name,role,from,to,source,checked_on,checked_by
Zarasai,nvo,Narė Pirmoji,pirmininkė,2025-03-01,2098-03-01,Sprendimas T-1,2026-10-01,Rasa
Klaipėda,nvo,Narys Antrasis,,,,Sprendimas T-2,2026-10-01,Rasa
"""


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HELPDESK_REGISTRY_DAYS", "36500")
    monkeypatch.chdir(tmp_path)


def test_councils_go_in_and_come_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    (tmp_path / "c.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "n.pdf").write_bytes(b"nuostatai")

    with pytest.raises(typer.Exit):
        registry.take_in(tmp_path / "c.csv", by="rasa", as_json=True)
    taken = _said(capsys)
    registry.add_statute(
        "Zarasai",
        "nvo",
        title="Nuostatai",
        adopted="2024-05-02",
        url=None,
        file=tmp_path / "n.pdf",
        by="rasa",
    )
    registry.statute_file("Zarasai", "nvo", 1, tmp_path / "out.pdf")
    capsys.readouterr()
    registry.show("Zarasai", history=False, as_json=True)
    shown = _said(capsys)
    registry.coverage(as_json=True)
    rows = _said(capsys)
    registry.forget("Narė Pirmoji")
    registry.coverage(as_json=False)

    assert taken == {
        "changed": 1,
        "unchanged": 0,
        "refused": [
            {"line": 3, "reason": "Klaipėda: either Klaipėdos m. sav. or Klaipėdos r. sav.?"}
        ],
    }
    assert shown["locative"] == "Zarasų rajono savivaldybėje"
    assert [(each["council"], each["standing"]) for each in shown["councils"]] == [
        ("nvo", "current"),
        ("bo", "silent"),
    ]
    assert [each["name"] for each in shown["councils"][0]["versions"][0]["members"]] == [
        "Narė Pirmoji"
    ]
    assert shown["councils"][0]["statutes"][0]["file"] == "n.pdf"
    assert (tmp_path / "out.pdf").read_bytes() == b"nuostatai"
    assert sum(row["standing"] == "silent" for row in rows) == 119
    assert capsys.readouterr().out.splitlines()[-1] == "119 silent, 0 stale, 1 ended, 0 current"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(b"\xff")

    for file in ("c.csv", "nera.csv"):
        with pytest.raises(InvalidError):
            registry.take_in(tmp_path / file, by="rasa", as_json=False)
    with pytest.raises(NotFoundError):
        registry.statute_file("Zarasai", "nvo", 1, tmp_path / "out.pdf")


def _said(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 -- JSON
    return json.loads(capsys.readouterr().out)


def test_programmes_and_calls_go_in_and_come_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.yaml").write_text(
        "- {id: bo, name: Stiprinti, funder: SADM, codes: {2098: 2.1.1.1}, "
        "source: Aprašas, checked_on: 2026-10-01}\n",
        encoding="utf-8",
    )
    (tmp_path / "c.csv").write_text(
        "programme,call,title,municipality,to,source,checked_on\n"
        "bo,2098-1,Kvietimas,Zarasai,2098-12-31,Skelbimas,2026-10-01\n",
        encoding="utf-8",
    )

    programmes.take_in_programmes(tmp_path / "p.yaml", by="rasa", as_json=False)
    programmes.take_in_calls(tmp_path / "c.csv", by="rasa", as_json=False)
    told = capsys.readouterr().out
    programmes.list_programmes(as_json=True)
    (programme,) = _said(capsys)
    programmes.list_calls("Zarasai", history=True, as_json=True)
    (call,) = _said(capsys)

    assert told == (
        "1 programmes are new or changed, 0 as they were, 0 lines refused\n"
        "1 calls are new or changed, 0 as they were, 0 lines refused\n"
    )
    assert (programme["id"], programme["codes"]) == ("bo", {"2098": "2.1.1.1"})
    assert (call["call"], call["closes_on"]) == ("bo/2098-1/Zarasų r. sav.", "2098-12-31")
