"""`helpdesk route`, `consultant set`, `absence` and `queue set`, as somebody types them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from handlers.domain.errors import InvalidError

ONA, JONAS = "ona@pagalba.lt", "jonas@pagalba.lt"
CSV = """maršrutas;tema;savivaldybė;vietovė;klausėjas;eilė;konsultantas;šaltinis
kaimo;bo-atstovavimas;;kaimas;;bendra;ona@pagalba.lt;Tarybos sprendimas
tarybos-nario;;;;taryba;nvo-tarybos;;Tarybos sprendimas
klaipeda;;Klaipėda;;;bendra;;Tarybos sprendimas
nieko;bendra;;;;bendra;niekas@pagalba.lt;Tarybos sprendimas
"""
Command = Callable[..., str]


@pytest.fixture
def helpdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Lend the command, run in an empty folder."""
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*words: str) -> str:
        done = runner.invoke(app, words)
        if isinstance(done.exception, Exception) and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return run


def test_routes_go_in_and_say_where_a_question_goes(helpdesk: Command, tmp_path: Path) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    (tmp_path / "r.csv").write_text(CSV, encoding="utf-8")
    for name, email in (("Ona", ONA), ("Jonas", JONAS)):
        helpdesk("consultant", "add", name, "--email", email)

    taken = json.loads(helpdesk("route", "import", "r.csv", "--json"))
    question = "Kaip mūsų kaimo bendruomenei deleguoti žmogų į BO tarybą? Esame Klaipėdoje."
    explained = json.loads(helpdesk("route", "explain", question, "--json"))
    helpdesk("consultant", "absence", ONA, "--from", "2026-01-01", "--to", "2099-01-01")
    with pytest.raises(InvalidError, match="away already"):
        helpdesk("consultant", "absence", ONA, "--from", "2026-02-01", "--to", "2026-02-02")
    helpdesk("queue", "set", "bendra", "--mode", "round-robin", "--release-hours", "9")
    said = helpdesk("consultant", "set", JONAS, "--language", "lt", "--capacity", "5")
    told = helpdesk("route", "explain", question)
    helpdesk("consultant", "disable", ONA)
    checks = {each["name"]: each for each in json.loads(helpdesk("doctor", "--json"))["checks"]}

    assert taken["changed"] == 2
    assert [each["reason"] for each in taken["refused"]] == [
        "Klaipėda: either Klaipėdos m. sav. or Klaipėdos r. sav.?",
        "owner: no consultant has the address niekas@pagalba.lt",
    ]
    assert _of(explained, "queue", "route", "owner", "twins") == {
        "queue": "bendra",
        "route": "kaimo",
        "owner": ONA,
        "twins": ["Klaipėdos m. sav.", "Klaipėdos r. sav."],
    }
    assert explained["known"] == {"topic": "bo-atstovavimas", "terrain": "kaimas", "language": "lt"}
    assert {each["id"]: each["unmet"] for each in explained["routes"]} == {
        "kaimo": [],
        "tarybos-nario": ["asker"],
    }
    assert said == f"{JONAS}: lt; every municipality; at most 5 of open tickets\n"
    assert told.splitlines()[-1] == f"in turn: {JONAS}"
    assert checks["routes"]["detail"] == f"kaimo: owner: no consultant has the address {ONA}"
    assert "which? Klaipėdos m. sav. / Klaipėdos r. sav." in told


def _of(document: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: document[name] for name in names}
