"""The shipped knowledge base and the evaluation data, each read once."""

from pathlib import Path

import pytest

from knowledge_base import files
from knowledge_base.decide import KnowledgeBase
from knowledge_base.entries import Entry
from knowledge_base.evaluation import Question, parse_questions

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    """Return the knowledge base that comes with the program."""
    return files.load_shipped()


@pytest.fixture(scope="session")
def evaluation_entries() -> tuple[Entry, ...]:
    """Return the entries that serve to measure the matcher only."""
    return files.read_entries(DATA / "match" / "faq.yaml")


@pytest.fixture(scope="session")
def questions() -> tuple[Question, ...]:
    """Return the labelled questions about them."""
    return parse_questions((DATA / "match" / "dev.jsonl").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def evaluated(evaluation_entries: tuple[Entry, ...]) -> KnowledgeBase:
    """Return a knowledge base of the evaluation entries."""
    return files.build(evaluation_entries)
