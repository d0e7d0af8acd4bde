"""`helpdesk kb` on files, as a new user runs it where nothing is installed yet."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app as cli
from knowledge_base.entries import Entry
from knowledge_base.files import write_entries
from tests.builders import COUNCIL, MARK, an_entry

ENTRIES = (MARK, COUNCIL)


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path / "data"))


def _written(name: str, *entries: Entry) -> str:
    write_entries(Path(name), entries)
    return name


def _run(*words: str, status: int = 0) -> str:
    ran = CliRunner().invoke(cli, ["kb", *words])
    assert ran.exit_code == status, ran
    return ran.output


def test_check_names_what_is_twice_what_contradicts_and_what_passed() -> None:
    twin = an_entry(id="antra", question=MARK.question.upper(), answer="Visai kas kita.")
    same = an_entry(id="trecia", question="Kaip gauti sniego?", answer=MARK.answer)
    late = an_entry(
        id="sena", question="Kas buvo pernai?", answer="Buvo.", valid_to=date(2020, 1, 1)
    )

    said = _run("check", _written("entries.yaml", *ENTRIES, twin, same, late))

    assert said.splitlines() == [
        (
            "warning: nvo-zyma: the same question after folding, „kas yra nvo zyma“, stands in: "
            "nvo-zyma, antra; a contradiction, as their answers differ"
        ),
        "warning: nvo-zyma: the same answer stands in: nvo-zyma, trecia; one entry would do",
        "warning: sena: it was valid to 2020-01-01 and is still current",
        ("warning: nvo-zyma: it is unreachable: none of its own questions finds it first"),
    ]


def test_check_refuses_an_entry_without_a_source() -> None:
    file = _written("entries.yaml", replace(MARK, sources=()))

    assert _run("check", file, status=1) == f"error: {MARK.id}: sources is missing\n"


def test_diff_tells_which_questions_are_decided_otherwise() -> None:
    old = _written("old.yaml", *ENTRIES)
    new = _written("new.yaml", COUNCIL)

    assert f"{MARK.question}\n  answer {MARK.id} -> " in _run("diff", old, new)
    assert _run("diff", old, old).startswith("0 of ")


def test_calibrate_learns_from_other_questions_besides() -> None:
    entries = _written("entries.yaml", *ENTRIES)
    others = _written("others.yaml", MARK)
    rows = [
        {
            "id": f"k{n}",
            "text": text,
            "style": "clean",
            "gold": wanted,
            "kind": "in" if wanted else "other",
        }
        for n, (text, wanted) in enumerate(
            [(MARK.question, MARK.id), (COUNCIL.question, COUNCIL.id), ("Kur sniegas?", None)] * 4
        )
    ]
    lines = [json.dumps(row) for row in rows]
    Path("own.jsonl").write_text("\n".join(lines), encoding="utf-8")
    Path("learn.jsonl").write_text("\n".join(lines[::3]), encoding="utf-8")
    own = ("calibrate", "own.jsonl", "--entries", entries)

    _run(*own, "--out", "alone.json")
    said = _run(*own, "--learn", "learn.jsonl", "--learn-entries", others, "--out", "besides.json")

    assert "ranked by: lexical" in said
    assert Path("alone.json").read_text() != Path("besides.json").read_text()
