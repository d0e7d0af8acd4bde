"""The trainings a member may register for, a paragraph each."""

from collections.abc import Iterator
from typing import Final

from bot.telegram.styled import Styled, joined, styled
from bot.texts import Texts
from handlers.domain.outgoing import Key, Values

_MOST: Final = 20
_TOLD: Final = ("code", "title", "days", "first_on", "second_on", "hours", "place")
_LEFT: Final = ("municipality", "free", "seat")


def trainings(texts: Texts, key: str, values: Values, language: str) -> Styled:
    """Return the paragraphs of a list of trainings; of any other message, nothing."""
    if key != Key.MEMBER_TRAININGS:
        return Styled("")
    return joined(_paragraphs(texts, values, language))


def _paragraphs(texts: Texts, values: Values, language: str) -> Iterator[Styled]:
    for number in range(1, _MOST):
        if not values.get(f"training{number}_code"):
            return
        told = {name: values[f"training{number}_{name}"] for name in (*_TOLD, *_LEFT)}
        yield styled("\n".join(texts.paragraphs("telegram-training", language, told)))
