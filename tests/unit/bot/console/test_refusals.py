"""Every refusal has a sentence, in every language, that its values fill."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts import load_texts

ROOT = Path(__file__).parents[4]
REFUSALS = frozenset(
    {"ConflictError", "InvalidError", "NotAllowedError", "NotFoundError", "TakenError"}
)


def _raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Find the keys of refusals in the sources, with the values given to each."""
    for folder in ("handlers", "storage", "bot/console"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                key = node.args[0] if node.args else None
                if node.func.id in REFUSALS and isinstance(key, ast.Constant):
                    values = {word.arg for word in node.keywords if word.arg} - {"field"}
                    yield str(key.value), frozenset(values)


@pytest.mark.parametrize("language", ["lt", "en", "ru"])
def test_every_refusal_has_its_sentence(language: str) -> None:
    texts = load_texts()
    raised = sorted(set(_raised()), key=str)

    without = [key for key, _ in raised if not texts.has(key, language)]
    said = [texts.line(key, language, dict.fromkeys(given, "x")) for key, given in raised]

    assert without == []
    assert len(said) > 10
