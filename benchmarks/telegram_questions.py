"""What members ask in the chat, the same in every run: each is somebody else's first message."""

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.mail_examples import asked
from benchmarks.mail_letters import GENERATOR, generate

_LETTERS: Final = ("ka", "te", "mo", "li", "su", "ra", "vė", "pi", "go", "žu", "ny", "da")


def generated(count: int) -> Sequence[str]:
    """Return what the generator has members say, or what is like it.

    A quarter are a sentence that people add to what they asked, the others one of a dozen questions
    with one of sixteen sentences, two fifths of all without diacritics.
    """
    if not GENERATOR.exists():
        return asked(count)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "updates.jsonl"
        generate("updates", made, count)
        lines = made.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["message"]["text"] for line in lines]


def unheard(count: int) -> Sequence[str]:
    """Return questions of words nobody said before: no memory helps, and no entry is near."""
    chance = random.Random(1)  # noqa: S311 -- an example, not a key

    def word() -> str:
        return "".join(chance.choices(_LETTERS, k=3)) + "s"

    return [f"Kodėl {word()} {word()} nori, kad {word()} būtų kaip {word()}?" for _ in range(count)]
