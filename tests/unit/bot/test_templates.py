"""`helpdesk template`: canned replies from the command line."""

import json
from pathlib import Path

import pytest

from bot.app import open_desk
from bot.commands import templates
from bot.settings import load_settings
from handlers.domain.errors import NotFoundError


def test_canned_replies_are_kept_listed_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        app.staff.add(uow, name="Rasa", email="rasa@example.org")
        uow.commit()

    templates.add_template("Žyma", email="rasa@example.org", text="Laba diena, {vardas}!")
    capsys.readouterr()
    templates.list_templates(as_json=True)
    (shown,) = json.loads(capsys.readouterr().out)
    templates.remove_template("žyma")
    capsys.readouterr()
    templates.list_templates(as_json=True)

    assert (shown["name"], shown["text"], shown["by"]) == (
        "zyma",
        "Laba diena, {vardas}!",
        "rasa@example.org",
    )
    assert json.loads(capsys.readouterr().out) == []
    with pytest.raises(NotFoundError):
        templates.remove_template("žyma")
