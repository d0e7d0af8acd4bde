"""The letters that are measured with: five hundred in 370 threads, the same in every run.

They are made by `bench/generator.py` of TEST_CORPORA, and by `mail_examples` where that is absent.
The generator builds its letters from 28 sentences, which a memory of sentences soon knows all of,
so there is a second lot whose words were exchanged by chance: no two of its sentences are alike.
"""

import email
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.mail_examples import mails
from knowledge_base.shipped import shipped_entries

COUNT: Final = 500
AHEAD: Final = 4
"""As many as there are workers at most, so that each has done everything once."""

GENERATOR: Final = Path(os.environ.get("TEST_CORPORA", "../shared")) / "bench" / "generator.py"
_EXCHANGED: Final = 0.5
_PIECES: Final = re.compile(r"(<[^>]*>|\n)")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_KEPT: Final = re.compile(r"[<>:]|&gt;")
"""Marks of what is quoted, and of lines that say who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Files in the order of their names: a few that go `ahead`, and the `rest`, which is measured.

    Those ahead each begin a thread; `threads` tells the thread of every Message-ID.
    """

    ahead: Path
    rest: Path
    threads: Mapping[str, int]

    def questions(self) -> Iterator[Path]:
        """Walk those measured that begin a thread; each of them is acknowledged."""
        return _questions(self.rest)

    @property
    def count(self) -> int:
        """How many are measured."""
        return len(self.threads) - AHEAD

    @property
    def answered(self) -> int:
        """How many of those that are measured begin a thread."""
        return len(set(self.threads.values())) - AHEAD


def letters(folder: Path, *, count: int = COUNT, seed: int = 1, unseen: bool = False) -> Letters:
    """Write so many letters into a new folder."""
    whole, ahead, rest = (folder / name for name in ("whole", "ahead", "rest"))
    for each in (whole, ahead, rest):
        each.mkdir(parents=True)
    if GENERATOR.exists():
        generate("mails", whole, count, seed=seed)
    else:
        for number, raw in enumerate(mails(count, seed=seed)):
            (whole / f"{number:06d}.eml").write_bytes(raw)
    if unseen:
        _exchange_words(whole, seed)
    threads = _threads(whole)
    for path in list(islice(_questions(whole), AHEAD)):
        shutil.move(path, ahead)
    for path in whole.iterdir():
        shutil.move(path, rest)
    return Letters(ahead=ahead, rest=rest, threads=threads)


def generate(what: str, into: Path, count: int, *, seed: int = 1) -> None:
    """Have the generator write so many `mails` into a folder, or `updates` into a file."""
    words = [what, str(into), "--n", str(count), "--seed", str(seed)]
    subprocess.run(
        [sys.executable, str(GENERATOR.resolve()), *words], stdout=subprocess.DEVNULL, check=True
    )


def _questions(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if b"\nIn-Reply-To:" not in path.read_bytes():
            yield path


def _threads(folder: Path) -> Mapping[str, int]:
    """Read the thread of each letter from the generator's list, or from the letters."""
    manifest = folder.with_name(f"{folder.name}.manifest.json")
    if manifest.exists():
        listed = json.loads(manifest.read_text(encoding="utf-8"))
        return {letter["id"]: letter["thread"] for letter in listed}
    threads: dict[str, int] = {}
    for path in sorted(folder.iterdir()):
        letter = email.message_from_bytes(path.read_bytes(), policy=compat32)
        parent = letter["In-Reply-To"]
        threads[letter["Message-ID"]] = threads[parent] if parent else len(threads)
    return threads


def _exchange_words(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- an example, not a key
    said = " ".join(f"{entry.question} {entry.answer}" for entry in shipped_entries())
    known = sorted(set(_WORD.findall(said)))
    for path in sorted(folder.iterdir()):
        letter = email.message_from_bytes(path.read_bytes(), policy=compat32)
        for part in letter.walk():
            if part.get_content_maintype() == "text":
                _rewrite(part, known, chance)
        path.write_bytes(letter.as_bytes())


def _rewrite(part: Message, known: list[str], chance: random.Random) -> None:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    text = "".join(_varied(content.decode(part.get_content_charset("utf-8")), known, chance))
    del part["Content-Transfer-Encoding"]
    part.set_payload(text, "utf-8")


def _varied(text: str, known: list[str], chance: random.Random) -> Iterator[str]:
    for piece in _PIECES.split(text):
        if _KEPT.search(piece):
            yield piece
        else:
            yield _WORD.sub(
                lambda word: chance.choice(known) if chance.random() < _EXCHANGED else word[0],
                piece,
            )
