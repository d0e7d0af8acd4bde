"""Entries that take each other's questions."""

from knowledge_base import files
from knowledge_base.decide import KnowledgeBase
from knowledge_base.siblings import stolen_questions
from tests.unit.knowledge_base.examples import an_entry


def test_a_question_that_finds_another_entry_is_told(shipped: KnowledgeBase) -> None:
    told = [str(fault) for fault in stolen_questions(shipped.matcher)]

    assert (
        "konsultaciju-budai: „Ar konsultantai atvyksta į savivaldybę?“ finds vizitas-savivaldybeje"
        ", of the same family, first; say what sets it apart"
    ) in told
    assert [fault for fault in told if "unreachable" in fault] == []


def test_an_entry_none_of_whose_questions_finds_it_is_unreachable() -> None:
    hidden = an_entry(id="paslepta")

    told = [str(f) for f in stolen_questions(files.build([an_entry(), hidden]).matcher)]

    assert told == ["paslepta: it is unreachable: none of its own questions finds it first"]
