"""Which known questions are decided otherwise by another version of the knowledge base."""

from collections.abc import Sequence
from typing import assert_never

from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Context, Decision, Suggestions, Unsure
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question with what was and what would be done."""

    question: str
    old: str
    new: str


def changes(
    before: KnowledgeBase, after: KnowledgeBase, questions: Sequence[str], context: Context
) -> tuple[Change, ...]:
    """Return the questions that the two decide differently."""
    return tuple(
        Change(question=question, old=old, new=new)
        for question in questions
        if (old := outcome(before.decide(question, context)))
        != (new := outcome(after.decide(question, context)))
    )


def outcome(decision: Decision) -> str:
    """Say in one line what is done, as it stands in a regression file."""
    match decision:
        case Answer():
            return f"answer {', '.join(entry.id for entry in decision.entries)}"
        case Suggestions():
            return f"suggestions {', '.join(entry.id for entry in decision.offered)}"
        case Unsure():
            return f"unsure {decision.queue}"
        case _:
            assert_never(decision)
