"""Entries changed in one process are answered by in every other, without a restart."""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app as cli
from bot.knowledge import Knowledge
from handlers.curation import Curation
from handlers.ports import UnitOfWork
from knowledge_base.decisions import Answer, Context
from knowledge_base.files import write_entries
from storage.database import SqlDatabase, open_sql_database
from tests.builders import MARK, NOON, TestClock
from tests.servers.postgresql import Database

CURATION = Curation(clock=TestClock())
ENTRY = replace(MARK, approved_by=None)


@contextmanager
def _process(url: str | None, folder: Path) -> Iterator[tuple[SqlDatabase, Knowledge]]:
    """Open what a process of the service has of its own: connections, and the entries read."""
    with open_sql_database(url, folder) as database:
        knowledge = Knowledge(begin_reading=database.begin_reading, max_wrong_answers=0.02)
        yield database, knowledge


def _says(process: tuple[SqlDatabase, Knowledge]) -> tuple[str, str | None]:
    """Ask as the worker does before each message: refresh, then decide."""
    decision = process[1].refresh().decide(MARK.question, Context(today=NOON.date()))
    assert isinstance(decision, Answer)
    return decision.text, decision.entries[0].approved_by


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_one_process_imports_or_approves_the_other_answers_by(
    request: pytest.FixtureRequest, engine: str, tmp_path: Path
) -> None:
    lent: Database | None = (
        request.getfixturevalue("postgresql") if engine == "postgresql" else None
    )
    url = lent.url if lent else None
    with _process(url, tmp_path) as here, _process(url, tmp_path) as there:
        here[0].upgrade()
        with here[0].begin() as uow:
            CURATION.seed(uow, lambda: [ENTRY])
            uow.commit()
        assert _says(here) == _says(there) == (MARK.answer, None)

        with here[0].begin() as uow:
            CURATION.take_in(uow, [replace(ENTRY, answer="Kitaip.")], by="Rasa")
            assert _says(there) == (MARK.answer, None)
            uow.commit()
        assert _says(there) == ("Kitaip.", None)

        with there[0].begin() as uow:
            CURATION.approve(uow, None, by="Rūta")
            uow.commit()
        assert _says(here) == ("Kitaip.", "Rūta")


def test_a_command_beside_the_service_changes_what_it_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    file = tmp_path / "nauja.yaml"
    with _process(None, tmp_path) as service:
        service[0].upgrade()
        with service[0].begin() as uow:
            CURATION.seed(uow, lambda: [ENTRY])
            uow.commit()
        assert _says(service) == (MARK.answer, None)

        write_entries(file, [replace(ENTRY, answer="Kitaip.")])
        taken = CliRunner().invoke(cli, ["kb", "import", str(file)])
        assert taken.output == "1 of 1 entries are new or changed\n"
        assert _says(service) == ("Kitaip.", None)

        CliRunner().invoke(cli, ["kb", "approve", ENTRY.id, "--by", "Rūta"])
        assert _says(service) == ("Kitaip.", "Rūta")

    said = json.loads(CliRunner().invoke(cli, ["ask", MARK.question, "--json"]).output)
    assert said["answer"]["text"] == "Kitaip."


def test_entries_are_made_ready_after_the_transaction_that_read_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL ends a transaction that idles: on a busy machine a page answered 503."""
    caplog.set_level(logging.INFO, logger="bot")

    with open_sql_database(None, tmp_path) as database:
        database.upgrade()

        @contextmanager
        def begin_reading() -> Iterator[UnitOfWork]:
            with database.begin_reading() as uow:
                yield uow
            logging.getLogger("bot").info("transaction over")

        Knowledge(begin_reading=begin_reading, max_wrong_answers=0.02).current()

    assert caplog.messages == ["transaction over", "knowledge base ready"]


async def test_questions_of_one_moment_are_each_answered_as_if_alone(tmp_path: Path) -> None:
    questions, today = (MARK.question, "Ar lyja?", MARK.question), Context(today=NOON.date())
    with _process(None, tmp_path) as (database, knowledge):
        database.upgrade()
        with database.begin() as uow:
            CURATION.seed(uow, lambda: [ENTRY])
            uow.commit()

        decided = await asyncio.gather(*(knowledge.decide(each, today) for each in questions))

        alone = [knowledge.current().decide(each, today) for each in questions]
        assert decided == alone
        assert isinstance(decided[0], Answer)
