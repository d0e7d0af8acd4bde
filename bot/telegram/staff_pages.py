"""Lists that consultants ask for, a line for each ticket or canned reply."""

from collections.abc import Iterator
from typing import Final

from bot.telegram.styled import Styled, joined, link, styled
from bot.telegram.talk_cards import talk_card
from bot.texts import Texts
from handlers.domain.outgoing import Key, Values
from handlers.staff_lists import ROWS

LISTS: Final = frozenset({Key.STAFF_QUEUE, Key.STAFF_MINE})
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


def listed(texts: Texts, key: str, values: Values, language: str) -> Styled:
    """Return the lines of a page; of any other message, nothing."""
    if key in LISTS:
        return joined(_tickets(texts, values, language), gap="\n")
    if key == Key.STAFF_TALK:
        return talk_card(texts, values, language)
    if key == Key.STAFF_ORGANISATIONS:
        return joined(_organisations(texts, values, language), gap="\n")
    if key == Key.STAFF_TEMPLATES:
        return joined(_templates(values), gap="\n")
    return Styled("")


def span_of_time(texts: Texts, minutes: int, language: str) -> str:
    """Write a length of time the way people say it: minutes, hours or days."""
    if minutes < _HOUR:
        return texts.line("telegram-time-minutes", language, {"count": minutes})
    if minutes < _DAY:
        return texts.line("telegram-time-hours", language, {"count": minutes // _HOUR})
    return texts.line("telegram-time-days", language, {"count": minutes // _DAY})


def _tickets(texts: Texts, values: Values, language: str) -> Iterator[Styled]:
    for place in range(ROWS):
        row = {
            name: values.get(f"row{place}_{name}", "")
            for name in (
                "reference",
                "queue",
                "municipality",
                "minutes",
                "late",
                "url",
                "answered",
                "priority",
            )
        }
        if not row["reference"]:
            continue
        urgency = row["priority"]
        state = "late" if row["late"] else "answered" if row["answered"] else "waiting"
        told = (
            texts.line(f"telegram-priority-{urgency}", language) if urgency else "",
            str(row["queue"]),
            str(row["municipality"]),
            texts.line(
                f"telegram-staff-row-{state}",
                language,
                {"age": span_of_time(texts, int(row["minutes"]), language)},
            ),
        )
        head = link(str(row["reference"]), str(row["url"]))
        yield joined((head, *(styled(each) for each in told)), gap=" · ")


def _templates(values: Values) -> Iterator[Styled]:
    for place in range(ROWS):
        if name := values.get(f"template{place}"):
            yield styled(f"{name} – {values.get(f'template{place}_text', '')}")


def _organisations(texts: Texts, values: Values, language: str) -> Iterator[Styled]:
    for place in range(ROWS):
        if name := values.get(f"organisation{place}"):
            about = {
                "organisation": name,
                "phase": values.get(f"organisation{place}_phase", ""),
                "silent": values.get(f"organisation{place}_silent", ""),
                "heard_on": values.get(f"organisation{place}_heard_on", ""),
            }
            yield styled(texts.line("telegram-staff-row-organisation", language, about))
