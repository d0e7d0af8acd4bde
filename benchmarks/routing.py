"""How well questions find their queue: labelled sentences, each table with what it confuses.

    python benchmarks/routing.py

- examples: the sentences of `queues.yaml`, each left out of what its own decision learns from;
- sentences: `topics.jsonl`, which nothing learns from;
- topics of the evaluation entries: their questions, another division of topics, no trigger words;
- twins: a sentence with each of the six names a city shares with its district. All are asked about.

A row is what a sentence is about, a column where it went; `.` is nothing, the diagonal is right.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.table import Row
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Context
from knowledge_base.evaluation import parse_questions
from knowledge_base.files import build, load_shipped, read_entries, shipped_triggers
from knowledge_base.queues import GENERAL, Queue
from knowledge_base.routes import twins
from knowledge_base.scores import interval
from knowledge_base.shipped import shipped_queues
from knowledge_base.topics import Topics, build_topics

_DATA: Final = Path(__file__).parents[1] / "tests" / "data"
_TODAY: Final = date(2026, 11, 22)
_TWINS: Final = ("Alytuje", "Kaune", "Klaipėdoje", "Panevėžyje", "Šiauliuose", "Vilniuje")


@dataclass(frozen=True, slots=True)
class Routed:
    """A sentence's queue as a person labelled it, and as it was decided."""

    is_about: str
    went_to: str


def main() -> None:
    """Print every table."""
    base = load_shipped()
    for title, routed in _parts(base):
        _print(title, routed)
    asked = [name for name in _TWINS if len(twins(f"Kas {name} atsakingas?", base.places)) > 1]
    print(f"twins asked about: {len(asked)} of {len(_TWINS)}")


def rows(_rounds: int) -> Iterator[Row]:
    """Tell the share of each part that went right; chance has no part in it."""
    for title, routed in _parts(load_shipped()):
        right = sum(each.is_about == each.went_to for each in routed)
        wrong = sum(each.went_to not in {each.is_about, GENERAL} for each in routed)
        yield Row(
            what=f"routing, {title}",
            figure=f"{right} right, {wrong} in another queue",
            ratio=right / len(routed),
            beside=f"all {len(routed)}",
        )


def _parts(base: KnowledgeBase) -> Iterator[tuple[str, Sequence[Routed]]]:
    yield "examples of queues.yaml, each left out", list(_examples(base))
    yield "sentences of topics.jsonl", list(_sentences(base))
    yield "questions of the evaluation entries, by their topics", list(_evaluation())


def _examples(base: KnowledgeBase) -> Iterable[Routed]:
    for queue in shipped_queues().values():
        for example in queue.examples:
            others = [_without(each, example) for each in shipped_queues().values()]
            topics = build_topics(others, base.entries, shipped_triggers())
            yield Routed(queue.id, _queue(_with_topics(base, topics), example))


def _with_topics(base: KnowledgeBase, topics: Topics) -> KnowledgeBase:
    reader = replace(base.understanding, queues=base.queues, topics=topics)
    return replace(base, understanding=reader)


def _without(queue: Queue, example: str) -> Queue:
    return replace(queue, examples=tuple(each for each in queue.examples if each != example))


def _sentences(base: KnowledgeBase) -> Iterable[Routed]:
    for line in (_DATA / "labelled" / "topics.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        yield Routed(known["queue"], _queue(base, known["text"]))


def _evaluation() -> Iterable[Routed]:
    entries = read_entries(_DATA / "match" / "faq.yaml")
    topic_of = {entry.id: entry.topic for entry in entries}
    queues = [Queue(id=topic, title=topic) for topic in [*sorted(set(topic_of.values())), GENERAL]]
    topics = build_topics(queues, entries, {})
    ours = {queue.id: queue for queue in queues}
    base = _with_topics(replace(build(entries), queues=ours), topics)
    for question in parse_questions((_DATA / "match" / "dev.jsonl").read_text(encoding="utf-8")):
        about = {topic_of[entry] for entry in question.right}
        if len(about) == 1:
            yield Routed(about.pop(), _queue(base, question.text))


def _queue(base: KnowledgeBase, text: str) -> str:
    return base.decide(text, Context(today=_TODAY)).queue


def _print(title: str, routed: Sequence[Routed]) -> None:
    right = sum(each.is_about == each.went_to for each in routed)
    wrong = [each for each in routed if each.went_to not in {each.is_about, GENERAL}]
    low, high = interval(right, len(routed))
    print(f"{title}: {right} of {len(routed)} right ({right / len(routed):.2f}, ", end="")
    print(f"95 % {low:.2f}-{high:.2f}), {len(wrong)} in another queue, the rest left to `bendra`")
    names = sorted({each.is_about for each in routed} | {each.went_to for each in routed})
    counted = Counter((each.is_about, each.went_to) for each in routed)
    width = max(map(len, names))
    print(" " * width, *(f"{number:>3}" for number in range(1, len(names) + 1)))
    for number, row in enumerate(names, 1):
        cells = (counted[row, column] for column in names)
        print(f"{row:{width}}", *(f"{cell or '.':>3}" for cell in cells), f"  {number}")
    print()


if __name__ == "__main__":
    main()
