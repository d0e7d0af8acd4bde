"""The queues where questions wait, and what each needs to know first."""

from typing import Final

from knowledge_base.values import dataclass

GENERAL: Final = "bendra"
"""The queue of what nobody recognised."""

PRIVACY: Final = "privatumas"
SENSITIVE: Final = "jautri"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One queue; a restricted one is for named persons only, without previews."""

    id: str
    title: str
    public_title: str = ""
    restricted: bool = False
    acknowledgement: str | None = None
    needs: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
