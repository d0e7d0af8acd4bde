"""Routes: which queue, and perhaps whose, a question is for besides what its topic says.

Who answers for what changes every year, so routes are data. They hold only what is known: a route
that asks for a municipality never holds for a question whose municipality nobody knows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge_base.municipalities import Ambiguous, Place, Places
from knowledge_base.text import fold
from knowledge_base.values import dataclass

_RURAL: Final = re.compile(r"\bkaim(?:as|o|e|ai|u|uose|ie[tc]\w*|isk\w*)\b")
_URBAN: Final = re.compile(r"\bmiest(?:as|o|e|ai|u|uose|ie[tc]\w*|isk\w*)\b")
_CITY: Final = "m."


class Condition(StrEnum):
    """What a route may ask of a question."""

    TOPIC = "topic"
    MUNICIPALITY = "municipality"
    TERRAIN = "terrain"
    ASKER = "asker"
    LANGUAGE = "language"
    PROGRAMME = "programme"


class Terrain(StrEnum):
    """Whether a question is about a village or about a town."""

    RURAL = "kaimas"
    URBAN = "miestas"


Known = Mapping[Condition, str]
"""What is known of a question; what is not known is not there."""

_NAMES: Final = {
    Condition.TOPIC: "tema",
    Condition.MUNICIPALITY: "savivaldybė",
    Condition.TERRAIN: "vietovė",
    Condition.ASKER: "klausėjas",
    Condition.LANGUAGE: "kalba",
    Condition.PROGRAMME: "programa",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Questions that meet every condition go to a queue, and to `owner` (an address) if named.

    A condition is met by any of its values. `order` decides between routes that ask as much: the
    lower one first.
    """

    name: str
    queue: str
    conditions: tuple[tuple[Condition, tuple[str, ...]], ...]
    source: str
    owner: str = ""
    order: int = 100
    starts_on: date | None = None
    ends_on: date | None = None
    withdrawn: bool = False

    def is_in_force(self, today: date) -> bool:
        """Whether the route counts on a day."""
        begun = self.starts_on is None or self.starts_on <= today
        return begun and not self.withdrawn and (self.ends_on is None or today <= self.ends_on)

    def unmet(self, known: Known) -> tuple[Condition, ...]:
        """Return the conditions a question does not meet, or of which nobody knows."""
        return tuple(what for what, values in self.conditions if known.get(what) not in values)

    def why(self, known: Known) -> str:
        """Say, in the words of a consultant, what made the route hold."""
        met = ", ".join(f"{_NAMES[what]} – {known.get(what, '?')}" for what, _ in self.conditions)
        return f"Maršrutas „{self.name}“ ({met})."


def choose(routes: Iterable[Route], known: Known, today: date) -> Route | None:
    """Return the route that holds: the one that asks most, then the lowest order, then by name."""
    holding = [route for route in routes if route.is_in_force(today) and not route.unmet(known)]
    return min(holding, key=rank, default=None)


def rank(route: Route) -> tuple[int, int, str]:
    """Return what routes are sorted by: those that come first decide first."""
    return (-len(route.conditions), route.order, route.name)


def terrain_of(text: str, place: Place | None) -> Terrain | None:
    """Tell a village from a town by the question's words, else by a municipality that is a city.

    A district has both: of it alone nothing follows.
    """
    said = fold(text)
    is_rural, is_urban = (bool(sign.search(said)) for sign in (_RURAL, _URBAN))
    if is_rural != is_urban:
        return Terrain.RURAL if is_rural else Terrain.URBAN
    if is_rural or place is None or place.kind != _CITY:
        return None
    return Terrain.URBAN


def twins(text: str, places: Places) -> tuple[Place, ...]:
    """Return the municipalities a name in the text may mean: all of one name, or nothing."""
    found = places.find(text)
    if not isinstance(found, Ambiguous) or len({_bare(place) for place in found.places}) > 1:
        return ()
    return found.places


def described(known: Known) -> Iterator[str]:
    """Say what is known of a question, one thing after another."""
    for what, value in known.items():
        yield f"{_NAMES[what]} – {value}"


def _bare(place: Place) -> str:
    return place.official.removesuffix(" sav.").rpartition(" ")[0]
