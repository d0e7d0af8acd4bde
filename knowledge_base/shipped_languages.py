"""`python -m knowledge_base.shipped_languages`: take three languages from py3langid's model."""

import io
import lzma
from collections import deque
from pathlib import Path

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE

from knowledge_base.guessing import FILE, GROUP, LANGUAGES, codes_of


def write(path: Path) -> None:
    """Write what each group of letters speaks for.

    A state of the model is what was read last. Several may stand for one group, the longest that
    ends there, which is what leads to the first of them.
    """
    with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
        model = np.load(io.BytesIO(packed.read()))
    columns = [model["classes"].tolist().index(language) for language in LANGUAGES]
    weights = model["ptc"][:, columns]
    read = _read(model["nextmove"].reshape(-1, 256)[model["nextmove_row"]])
    groups: dict[int, bytes] = {}
    for state, said in read.items():
        groups.setdefault(int(model["out_feat"][state]), said)
    records = np.zeros(len(weights), dtype=GROUP)
    records["weights"] = weights
    records["code"] = [
        codes_of(groups[number])[len(groups[number]) - 1][-1] for number in range(len(weights))
    ]
    records.sort(order="code")
    path.write_bytes(model["pc"][columns].astype("<f4").tobytes() + records.tobytes())


def _read(following: np.ndarray[tuple[int, int], np.dtype[np.uint32]]) -> dict[int, bytes]:
    """Return the shortest bytes that lead to each state but the first, shortest first."""
    read, waiting = {0: b""}, deque([0])
    while waiting:
        state = waiting.popleft()
        for byte, after in enumerate(following[state].tolist()):
            if after not in read:
                read[after] = read[state] + bytes([byte])
                waiting.append(after)
    del read[0]
    return read


if __name__ == "__main__":
    write(Path(__file__).parent / "content" / FILE)
