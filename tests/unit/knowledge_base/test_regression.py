"""What the shipped knowledge base does with questions that are known, line by line.

`tests/data/regression.jsonl` holds the outcome of each. A change of an entry or of the matcher that
moves one is seen here and in the review: read every line that changed, and when all are meant,
write the file anew with `WRITE_REGRESSION=1 pytest tests/unit/knowledge_base/test_regression.py`.
"""

import json
import os
from typing import Final, TypedDict, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import files
from knowledge_base.changes import Change, changes, outcome
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Context
from tests.unit.knowledge_base.conftest import DATA
from tests.unit.knowledge_base.examples import TODAY, an_entry

CONTEXT: Final = Context(today=TODAY, variables={"mail_address": "klausimai@pavyzdys.lt"})
FILE: Final = DATA / "regression.jsonl"


class Known(TypedDict):
    """A question and what is done with it."""

    text: str
    outcome: str


def known() -> list[Known]:
    """Return the lines of the regression file."""
    return [cast("Known", json.loads(line)) for line in FILE.read_text("utf-8").splitlines()]


def test_every_known_question_is_decided_as_before(shipped: KnowledgeBase) -> None:
    before = known()

    now = [
        Known(text=line["text"], outcome=outcome(shipped.decide(line["text"], CONTEXT)))
        for line in before
    ]
    if os.environ.get("WRITE_REGRESSION"):
        lines = (json.dumps(line, ensure_ascii=False) for line in now)
        FILE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    assert now == before


UNRELATED: Final = st.lists(
    st.text(alphabet="abdegijklmnoprstuvz", min_size=3, max_size=9), min_size=3, max_size=12
).map(" ".join)


@settings(max_examples=5, deadline=None)
@given(question=UNRELATED, answer=UNRELATED)
def test_an_unrelated_entry_makes_no_right_answer_wrong(question: str, answer: str) -> None:
    """An answer may be lost to it, never exchanged for another one."""
    stranger = an_entry(id="nesusijes", question=f"{question}?", answer=f"{answer}.", variants=())
    grown = files.build([*files.shipped_entries(), stranger])

    for line in known():
        if line["outcome"].startswith("answer "):
            decision = grown.decide(line["text"], CONTEXT)
            assert not isinstance(decision, Answer) or outcome(decision) == line["outcome"]


def test_a_change_of_an_entry_shows_in_the_questions_it_moves(shipped: KnowledgeBase) -> None:
    question = "Kaip gauti NVO žymą?"
    smaller = files.build([e for e in shipped.entries if e.id != "nvo-zyma-kaip"])

    (change,) = changes(shipped, smaller, [question], CONTEXT)

    assert change == Change(question=question, old="answer nvo-zyma-kaip", new=change.new)
    assert "nvo-zyma-kaip" not in change.new


@given(st.binary(max_size=400))
def test_any_bytes_in_a_decision_out(raw: bytes) -> None:
    for text in (raw.decode("utf-8", "surrogateescape"), raw.decode("latin-1")):
        assert KNOWLEDGE.decide(text, CONTEXT).reasons


KNOWLEDGE: Final = files.load_shipped()
