"""The figures of an evaluation: ranking, selective answering, and risk against coverage."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from knowledge_base.values import dataclass

_SHORT_LITHUANIAN: Final = frozenset({"clean", "nodiac", "typo"})
_PROMISES: Final = (0.99, 0.98, 0.95, 0.9, 0.8)
_FEWEST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled question with what was predicted for it."""

    style: str
    kind: str
    right: frozenset[str]
    ranked: tuple[str, ...]
    confidence: float
    answered: bool

    @property
    def place(self) -> int | None:
        """Where the first right entry stands, counted from 0."""
        return next((place for place, entry in enumerate(self.ranked) if entry in self.right), None)

    @property
    def is_right(self) -> bool:
        """Whether the best entry is a right one."""
        return self.place == 0


def score(rows: Sequence[Row]) -> dict[str, object]:
    """Return every figure; precision counts an answer to an out-of-scope question as wrong."""
    inside = [row for row in rows if row.right]
    document: dict[str, object] = {
        "questions": len(rows),
        "missing_predictions": 0,
        "unknown_prediction_ids": 0,
    }
    if inside:
        document["ranking"] = _rankings(inside)
        letters = [row for row in inside if len(row.right) > 1]
        if letters:
            found = sum(len(row.right.intersection(row.ranked[:5])) for row in letters)
            wanted = sum(len(row.right) for row in letters)
            document["two_question_mails_gold_in_top5"] = _share(found, wanted)
    document["selective"] = _selective(rows, inside)
    document["risk_coverage"] = _risk_coverage(rows, len(inside))
    return document


def lines(scores: Mapping[str, Any]) -> Iterator[str]:
    """Return the figures in words, each share of questions with its 95 % interval."""
    yield f"{scores['questions']} questions"
    for style, row in scores.get("ranking", {}).items():
        low, high = interval(round(row["top1"] * row["n"]), row["n"])
        yield (
            f"  {style:9} n={row['n']:4}  first {row['top1']:.3f} [{low:.3f}, {high:.3f}]  "
            f"among three {row['recall3']:.3f}  among five {row['recall5']:.3f}"
        )
    selective = scores["selective"]
    answered, right = selective["answered"], 0
    if answered:
        right = round(selective["precision"] * answered)
    low, high = interval(right, answered)
    yield f"answered automatically: {answered}, right {right} [{low:.3f}, {high:.3f}]"
    if "coverage_in_scope" in selective:
        yield f"  of the questions in scope: {selective['coverage_in_scope']:.3f}"
    for kind, wrong in selective.get("false_answer_rate_by_kind", {}).items():
        yield f"  answered although out of scope ({kind}): {wrong}"
    yield f"risk against coverage (area): {scores['risk_coverage']['aurc']}"
    for promise, row in scores["risk_coverage"]["best_possible_by_threshold"].items():
        yield (
            f"  {promise}: {row['answered']} answered, {row['coverage_in_scope']:.3f} of those "
            f"in scope, from confidence {row['threshold']}"
        )


def interval(found: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; of nothing it may be anything."""
    if not of:
        return 0.0, 1.0
    share, z = found / of, 1.96
    middle = share + z * z / (2 * of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max((middle - reach) / scale, 0.0), min((middle + reach) / scale, 1.0)


def _rankings(inside: Sequence[Row]) -> dict[str, object]:
    rankings: dict[str, object] = {"ALL": _ranking(inside)}
    short = [row for row in inside if row.style in _SHORT_LITHUANIAN]
    if short:
        rankings["LT-SHORT"] = _ranking(short)
    for style in sorted({row.style for row in inside}):
        rankings[style] = _ranking([row for row in inside if row.style == style])
    return rankings


def _ranking(rows: Sequence[Row]) -> dict[str, object]:
    places = [row.place for row in rows]
    found = [place for place in places if place is not None]
    return {
        "n": len(rows),
        "top1": _share(sum(place == 0 for place in found), len(rows)),
        "mrr5": _share(sum(1 / (place + 1) for place in found if place < 5), len(rows)),  # noqa: PLR2004
        "recall3": _share(sum(place < 3 for place in found), len(rows)),  # noqa: PLR2004
        "recall5": _share(sum(place < 5 for place in found), len(rows)),  # noqa: PLR2004
    }


def _selective(rows: Sequence[Row], inside: Sequence[Row]) -> dict[str, object]:
    answered = [row for row in rows if row.answered and row.ranked]
    selective: dict[str, object] = {
        "answered": len(answered),
        "precision": _share_or_none(sum(row.is_right for row in answered), len(answered)),
    }
    if inside:
        sent = [row for row in answered if row.right]
        right = sum(row.is_right for row in sent)
        selective["coverage_in_scope"] = _share(len(sent), len(inside))
        selective["right_answers_share_in_scope"] = _share(right, len(inside))
        selective["precision_in_scope"] = _share_or_none(right, len(sent))
    outside = [row for row in rows if not row.right]
    if outside:
        by_kind: defaultdict[str, list[bool]] = defaultdict(list)
        for row in outside:
            by_kind[row.kind].append(row.answered and bool(row.ranked))
        wrong = sum(map(sum, by_kind.values()))
        selective["false_answer_rate"] = _share(wrong, len(outside))
        selective["false_answer_rate_by_kind"] = {
            kind: f"{sum(sent)}/{len(sent)}" for kind, sent in sorted(by_kind.items())
        }
    return selective


def _risk_coverage(rows: Sequence[Row], inside: int) -> dict[str, object]:
    surest = sorted(rows, key=lambda row: -row.confidence)
    right = covered = 0
    risks: list[float] = []
    best: dict[float, dict[str, object]] = {}
    for count, row in enumerate(surest, start=1):
        right += row.is_right
        covered += bool(row.right)
        risks.append(1 - right / count)
        for promise in _PROMISES:
            if right / count >= promise and count >= _FEWEST:
                best[promise] = {
                    "answered": count,
                    "coverage_in_scope": _share(covered, max(1, inside)),
                    "threshold": round(row.confidence, 4),
                }
    return {
        "aurc": round(sum(risks) / len(risks), 4) if risks else None,
        "best_possible_by_threshold": {
            f"precision>={promise}": best[promise] for promise in _PROMISES if promise in best
        },
    }


def _share(part: float, whole: int) -> float:
    return round(part / whole, 3)


def _share_or_none(part: int, whole: int) -> float | None:
    return _share(part, whole) if whole else None
