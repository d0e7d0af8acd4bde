"""The card of a call or a visit: a line for each thing that was understood, and its buttons."""

from collections.abc import Mapping
from typing import Final

from bot.telegram.ids import TalkButton
from bot.telegram.styled import Styled, joined, styled
from bot.texts import Texts
from handlers.domain.ids import ArticleId
from handlers.domain.outgoing import Values
from handlers.talk_commands import TalkAct

_LINES: Final = (
    "name",
    "organisation",
    "municipality",
    "queue",
    "minutes",
    "participants",
    "place",
    "held_on",
    "advice",
)
_USUAL_MINUTES: Final = (5, 10, 15, 30, 60)
_OFFERED: Final = 3
_LONGEST_LABEL: Final = 60


def talk_card(texts: Texts, values: Values, language: str) -> Styled:
    """Return the lines of what is known; of a restricted matter, or a dropped talk, none."""
    if values.get("hidden") or values.get("dropped"):
        return Styled("")
    told = (
        texts.line(f"telegram-talk-{name.replace('_', '-')}", language, values)
        for name in _LINES
        if values.get(name)
    )
    return joined((styled(line) for line in told), gap="\n")


def talk_buttons(
    texts: Texts, values: Values, queues: Mapping[str, str]
) -> list[list[dict[str, str]]]:
    """Offer what may be meant, the usual lengths where none was told, and to take it all back."""
    if values.get("hidden") or values.get("dropped"):
        return []
    article = ArticleId(int(values["talk"]))

    def button(label: str, act: TalkAct, argument: str = "") -> dict[str, str]:
        return {
            "text": label[:_LONGEST_LABEL],
            "callback_data": TalkButton(article, act, argument).data,
        }

    def line(word: str, count: int = 0) -> str:
        return texts.line(f"telegram-button-talk-{word}", "lt", {"count": count})

    rows = []
    for number in range(1, _OFFERED + 1):
        if place := values.get(f"place{number}"):
            chosen = str(values[f"place{number}_id"])
            rows.append([button(str(place), TalkAct.PLACE, chosen)])
    if not values.get("minutes"):
        usual = [button(line("minutes", n), TalkAct.MINUTES, str(n)) for n in _USUAL_MINUTES]
        rows.append(usual)
    for number in range(1, _OFFERED + 1):
        topic = str(values.get(f"topic{number}", ""))
        if topic in queues:
            rows.append([button(f"→ {queues[topic]}", TalkAct.TOPIC, topic)])
    if values.get("reachable") and values.get("advice"):
        rows.append([button(line("summary"), TalkAct.SUMMARY)])
    return [*rows, [button(line("drop"), TalkAct.DROP)]]
