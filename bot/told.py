"""Numbered values put into words: what an asker is told of several questions, what consultants are.

Handlers number what belongs together (`question1`, `answer1`, ...); here each number becomes a
block of the catalogue, and the blocks one value for a text to show.
"""

from bot.texts import Texts
from handlers.domain.outgoing import Values
from handlers.parts import MOST


def in_words(texts: Texts, values: Values, language: str) -> Values:
    """Return the values with `answers`, `originals`, `options`, `parts`, where there are any.

    The codes in `notes` and `changes` become sentences.
    """
    numbers = range(1, MOST + 1)
    blocks = {
        "answers": [
            _answer(texts, values, n, language) for n in numbers if values.get(f"answer{n}")
        ],
        "originals": [
            _original(texts, values, n, language) for n in numbers if values.get(f"original{n}")
        ],
        "parts": [_part(texts, values, n, language) for n in numbers if values.get(f"part{n}")],
    }
    options = [f"{n} – {values[f'option{n}']}" for n in numbers if values.get(f"option{n}")]
    told = {name: "\n\n".join(found) for name, found in blocks.items() if found}
    changed = [n for n in numbers if values.get(f"change{n}")]
    if changed:
        told["changes"] = "\n".join(_change(texts, values, n, language) for n in changed)
    if notes := str(values.get("notes", "")).split():
        told["notes"] = "\n".join(texts.line(f"note-{each}", language, values) for each in notes)
    return {**values, **told, **({"options": "\n".join(options)} if options else {})}


def _answer(texts: Texts, values: Values, number: int, language: str) -> str:
    given = {
        "question": values[f"question{number}"],
        "answer": values[f"answer{number}"],
        "sources": values.get(f"sources{number}", ""),
        "checked_on": values.get(f"checked{number}_on", ""),
    }
    return "\n\n".join(texts.paragraphs("told-answer", language, given))


def _original(texts: Texts, values: Values, number: int, language: str) -> str:
    given = {
        "question": values[f"original{number}_question"],
        "original": values[f"original{number}"],
    }
    return "\n\n".join(texts.paragraphs("told-original", language, given))


def _change(texts: Texts, values: Values, number: int, language: str) -> str:
    event = str(values[f"change{number}"])
    known = texts.has(f"event-{event}", language)
    given = {
        "at": values.get(f"change{number}_at", ""),
        "what": texts.line(f"event-{event}", language) if known else event,
        "by": values.get(f"change{number}_by", ""),
    }
    return " · ".join(texts.paragraphs("told-change", language, given))


def _part(texts: Texts, values: Values, number: int, language: str) -> str:
    given = {
        "number": str(number),
        "question": values[f"part{number}"],
        "state": values.get(f"part{number}_state", ""),
        "candidates": values.get(f"part{number}_candidates", ""),
    }
    return "\n".join(texts.paragraphs("told-part", language, given))
