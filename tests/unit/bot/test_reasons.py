"""The history in words: every code the handlers write into it has a sentence for consultants."""

import ast
from collections.abc import Iterator
from pathlib import Path

import handlers
from bot.texts import load_texts
from handlers.askers import TONGUES
from handlers.parts import ANSWERED, HELD_BACK, WAITS
from handlers.typed import Wish
from knowledge_base.decisions import Kind

_WRITES = frozenset({"TicketEvent", "_record", "_change", "note"})


def _calls() -> Iterator[ast.Call]:
    """Find what writes a line of history."""
    for file in Path(str(handlers.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in _WRITES:
                yield node


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(node: ast.AST) -> Iterator[str]:
    """Find the literal words; what is only a part of one is not."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not isinstance(node, ast.JoinedStr):
        for part in ast.iter_child_nodes(node):
            yield from _codes(part)


def _written(*, reasons: bool) -> set[str]:
    """Collect the literal event types, or the literal reasons."""
    found: set[str] = set()
    for call in _calls():
        for keyword in call.keywords:
            if keyword.arg == "reasons" if reasons else keyword.arg in {"type", "event"}:
                found |= set(_codes(keyword.value))
        if not reasons:
            found |= {code for each in call.args for code in _codes(each)}
    return {code for code in found if code.islower() and code.replace("_", "").isalpha()}


def test_every_event_has_a_name() -> None:
    types = _written(reasons=False)
    texts = load_texts()

    assert len(types) > 20
    assert sorted(each for each in types if not texts.has(f"event-{each}", "lt")) == []


def test_every_code_of_a_reason_has_a_sentence() -> None:
    decided = {kind.value for kind in Kind} | {ANSWERED, WAITS, HELD_BACK}
    pressed = {wish.value for wish in Wish if wish.option is None and wish is not Wish.HELPED}
    tongues = TONGUES - {"lt"}
    texts = load_texts()

    codes = decided | pressed | tongues | _written(reasons=True)

    assert sorted(each for each in codes if not texts.has(f"reason-{each}", "lt")) == []
