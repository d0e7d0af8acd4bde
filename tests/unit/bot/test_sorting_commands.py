"""`helpdesk desk merge`, `split`, `link`, `tag`, `priority`, `watch`: tickets kept in order."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.commands import mail_import, people, sorting
from handlers.domain.errors import InvalidError, NotFoundError

RASA = "rasa@pagalba.lt"
MAIL = """From: Ona <ona@bendruomene.lt>
To: pagalba@nvo.lt
Subject: {subject}
Message-ID: <{number}@bendruomene.lt>
In-Reply-To: <{parent}@bendruomene.lt>
Date: Sun, 22 Nov 2026 10:0{number}:00 +0200

{subject} klausimas apie susirinkimus ir narius.
"""


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_tickets_are_kept_in_order_by_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One desk for the whole story: opening one takes most of a test's time."""
    for number, subject, parent in ((1, "Pirmas", 91), (2, "Antras", 92), (3, "Trečias", 1)):
        words = MAIL.format(number=number, subject=subject, parent=parent)
        (tmp_path / f"{number}.eml").write_text(words, encoding="utf-8")
    mail_import.import_mail([tmp_path / f"{n}.eml" for n in (1, 2, 3)], history=False, as_json=True)
    people.add_consultant(
        name="Rasa", email=RASA, telegram=None, queues=[], role="consultant", signature=""
    )
    capsys.readouterr()

    sorting.merge("NVO-1", "NVO-2", email=RASA, as_json=True)
    into = said(capsys)
    with pytest.raises(InvalidError, match="ticket merged"):
        sorting.prioritise("NVO-1", "high", email=RASA, as_json=True)
    sorting.unmerge("NVO-1", email=RASA, as_json=True)
    parted = said(capsys)
    article = parted["articles"][-1]["id"]
    sorting.split("NVO-1", article, email=RASA, as_json=True)
    new = said(capsys)
    sorting.link("NVO-1", "NVO-2", email=RASA, remove=False, as_json=True)
    linked = said(capsys)
    sorting.tag("NVO-1", ["Nariai", "b"], email=RASA, remove=False, as_json=True)
    sorting.tag("NVO-1", ["b"], email=RASA, remove=True, as_json=True)
    sorting.prioritise("NVO-1", "high", email=RASA, as_json=True)
    capsys.readouterr()
    sorting.watch("NVO-1", email=RASA, stop=False, as_json=True)
    marked = said(capsys)

    assert (into["reference"], len(into["articles"])) == ("NVO-2", 3)
    assert (parted["reference"], parted["merged_into"], len(parted["articles"])) == (
        "NVO-1",
        None,
        2,
    )
    assert (new["reference"], new["linked"]) == ("NVO-3", ["NVO-1"])
    assert linked["linked"] == ["NVO-2", "NVO-3"]
    assert (marked["tags"], marked["priority"]) == (["nariai"], "high")
    assert marked["events"][-1]["type"] == "watched"
    for wrong in ("NVO-99", "x"):
        with pytest.raises(NotFoundError):
            sorting.link("NVO-1", wrong, email=RASA, remove=False, as_json=True)
    with pytest.raises(InvalidError, match="no such priority"):
        sorting.prioritise("NVO-1", "urgent", email=RASA, as_json=True)
