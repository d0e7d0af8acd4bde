"""How well questions find their entries, against simpler ways, and what it costs at any size.

    make bench            both tables
    python benchmarks/matching.py 61 1000    costs of these sizes only

Each size is measured in a process of its own, in processor time of one thread.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

from rapidfuzz import fuzz, utils

from benchmarks.growth import grown
from benchmarks.table import Row as Line
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Context
from knowledge_base.entries import Entry
from knowledge_base.evaluation import Question, evaluate, parse_questions
from knowledge_base.files import (
    build,
    read_entries,
    remembered,
    shipped_apart,
    shipped_concepts,
)
from knowledge_base.index import build_view
from knowledge_base.matcher import Matcher, build_matcher
from knowledge_base.scores import Row, interval, score
from knowledge_base.segments import segments
from knowledge_base.text import prefixes

_DATA: Final = Path(__file__).parents[1] / "tests" / "data" / "match"
_SIZES: Final = (61, 1_000, 10_000, 100_000)
_ASKED: Final = 100
_SHORT: Final = frozenset({"clean", "nodiac", "typo"})
_COMPARED_FROM: Final = 2_000
_COMPARED_TO: Final = 10_000
"""Here the candidates of a large knowledge base are compared with all of its entries."""

Ranking = Callable[[str], Sequence[str]]
Scores = dict[str, Any]
"""The document of `kb eval`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The entries and the labelled questions."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]

    def short(self) -> list[str]:
        """Return short Lithuanian questions, the usual ones."""
        return [question.text for question in self.questions if question.style in _SHORT]


def main(sizes: Sequence[int]) -> None:
    """Print both tables, or the costs of the asked sizes."""
    corpus = _corpus()
    if len(sizes) == 1:
        print(cost(corpus, sizes[0]))
        return
    if not sizes:
        quality(corpus)
        print()
    print("  entries   build s     MB   peak MB   ms a question   first   not cut down")
    for size in sizes or _SIZES:
        print(_apart(size))


def rows(_rounds: int) -> Iterator[Line]:
    """Tell shortly how well and how quickly; chance has no part in it, so one round is enough."""
    found = {name: scores["ranking"]["ALL"] for name, scores in _qualities(_corpus())}
    others = {name: each["top1"] for name, each in found.items() if not name.startswith("ours")}
    best = max(others, key=others.__getitem__)
    for name in sorted(found.keys() - others.keys()):
        yield Line(
            what=f"matching, {name}: the right entry",
            figure=f"first {found[name]['top1']:.3f}, among three {found[name]['recall3']:.3f}",
            ratio=found[name]["top1"] / others[best],
            beside=f"the best simple way, {best}: first {others[best]:.3f}",
        )
    few, many = (_apart(size).split() for size in (_SIZES[0], _COMPARED_TO))
    yield Line(
        what=f"matching, words alone: one question at {int(many[0]):,} entries",
        figure=f"{many[4]} ms CPU; built in {many[1]} s",
        ratio=float(many[4]) / float(few[4]),
        beside=f"at {few[0]} entries",
    )


def _corpus() -> Corpus:
    return Corpus(
        entries=read_entries(_DATA / "faq.yaml"),
        questions=parse_questions((_DATA / "dev.jsonl").read_text(encoding="utf-8")),
    )


def _apart(size: int) -> str:
    """Return the costs of a size, measured in a process of its own."""
    command = [sys.executable, __file__, str(size)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip()


# Quality ------------------------------------------------------------------------------------------


def quality(corpus: Corpus) -> None:
    """Print how often the right entry comes first; mails are cut into questions everywhere."""
    print(f"{'ranked by':34}   all  [95 %]          short  three  ru     answered  wrong")
    for name, scores in _qualities(corpus):
        _print(name, scores)


def _qualities(corpus: Corpus) -> Iterator[tuple[str, Scores]]:
    for name, ranking in _others(corpus):
        yield name, score([_row(question, ranking(question.text)) for question in corpus.questions])
    meaning = remembered()
    bases = [("ours, words alone", build(corpus.entries))]
    if meaning is not None:
        full = build(corpus.entries, meanings=meaning.meanings(corpus.entries))
        bases.append(("ours, words and meaning", full))
    for name, base in bases:
        yield name, evaluate(corpus.questions, base, fold_count=5)[0]


def _others(corpus: Corpus) -> Iterator[tuple[str, Ranking]]:
    yield "rapidfuzz WRatio", _by_rapidfuzz(corpus.entries, fuzz.WRatio)
    yield "rapidfuzz token_set_ratio", _by_rapidfuzz(corpus.entries, fuzz.token_set_ratio)
    yield "BM25 of five-letter stems", _by_bm25(corpus.entries)
    meaning = remembered()
    if meaning is not None:
        yield "model of meaning alone", _by_meaning(build_with_meaning(corpus.entries))


def build_with_meaning(entries: Sequence[Entry]) -> KnowledgeBase:
    """Build a knowledge base that ranks by meaning too."""
    meaning = remembered()
    return build(entries, meanings=meaning.meanings(entries) if meaning else None)


def _by_rapidfuzz(entries: Sequence[Entry], scorer: Callable[..., float]) -> Ranking:
    def rank(text: str) -> list[str]:
        best = {
            entry.id: max(
                scorer(text, utterance, processor=utils.default_process)
                for utterance in entry.utterances
            )
            for entry in entries
        }
        return sorted(best, key=lambda entry_id: -best[entry_id])

    return _merged(rank)


def _by_bm25(entries: Sequence[Entry]) -> Ranking:
    view = build_view(prefixes(" ".join((*e.utterances, e.answer))) for e in entries)
    return _merged(
        lambda text: [entries[n].id for n in (-view.scores(prefixes(text))).argsort(kind="stable")]
    )


def _by_meaning(base: KnowledgeBase) -> Ranking:
    meanings = base.matcher.meanings
    assert meanings is not None
    return _merged(
        lambda text: [base.entries[n].id for n in (-meanings.near(text)).argsort(kind="stable")]
    )


def _merged(rank: Ranking) -> Ranking:
    def whole(text: str) -> list[str]:
        parts = [rank(part) for part in segments(text)] or [[]]
        return list(dict.fromkeys(entry for places in zip(*parts, strict=True) for entry in places))

    return whole


def _row(question: Question, ranked: Sequence[str]) -> Row:
    return Row(
        style=question.style,
        kind=question.kind,
        right=question.right,
        ranked=tuple(ranked),
        confidence=0.0,
        answered=False,
    )


def _print(name: str, scores: Scores) -> None:
    ranking, selective = scores["ranking"], scores["selective"]
    everything = ranking["ALL"]
    low, high = interval(round(everything["top1"] * everything["n"]), everything["n"])
    answers = ""
    if selective["answered"]:
        wrong = round(selective["answered"] * (1 - selective["precision"]))
        answers = f"{selective['coverage_in_scope']:8.3f}  {wrong}/{selective['answered']}"
    print(
        f"{name:34} {everything['top1']:.3f} [{low:.3f}, {high:.3f}]  "
        f"{ranking['LT-SHORT']['top1']:.3f}  {everything['recall3']:.3f}  "
        f"{ranking['ru']['top1']:.3f}  {answers}"
    )


# Cost ---------------------------------------------------------------------------------------------


def cost(corpus: Corpus, size: int) -> str:
    """Return the line of one size; questions are the short ones, their entries among the rest."""
    entries = grown(corpus.entries, size)
    asked, context = corpus.short()[:_ASKED], Context(today=date(2026, 11, 23))
    warm = build(corpus.entries)
    for text in asked:
        warm.decide(text, context)
    before, started = _megabytes("VmRSS"), time.process_time()
    base = build(entries)
    built = time.process_time() - started
    held, peak = _megabytes("VmRSS") - before, _megabytes("VmHWM") - before
    started = time.process_time()
    for text in asked:
        base.decide(text, context)
    each = (time.process_time() - started) / len(asked) * 1000
    first, everywhere = _first(corpus, base.matcher), ""
    if _COMPARED_FROM < size <= _COMPARED_TO:
        whole = build_matcher(
            entries, shipped_concepts(), shipped_apart(), places=base.places.words, large=size
        )
        everywhere = f"{_first(corpus, whole):.3f}"
    return (
        f"{size:9}   {built:7.2f}   {held:4.0f}   {peak:7.0f}   {each:13.2f}   "
        f"{first:.3f}   {everywhere:>12}"
    )


def _first(corpus: Corpus, matcher: Matcher) -> float:
    """Return how often the right entry comes first, the best score deciding."""
    inside = [q for q in corpus.questions if q.style in _SHORT and q.right]
    return sum(matcher.rank(q.text)[0].entry.id in q.right for q in inside) / len(inside)


def _megabytes(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
