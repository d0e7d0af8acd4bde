"""An entry and a context with everything filled in, so that a test names only what it is about."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from knowledge_base.decisions import Context
from knowledge_base.entries import Behaviour, Entry, Source, Status

TODAY: Final = date(2026, 11, 23)
SOURCE: Final = Source(id="Įstatymas", title="Įstatymas")
_ENTRY: Final = Entry(
    id="zyma",
    topic="steigimas",
    question="Kaip įregistruoti NVO žymą?",
    answer="Pateikite prašymą Registrų centrui.",
    sources=(SOURCE,),
    status=Status.CURRENT,
    behaviour=Behaviour.ANSWER,
)


def an_entry(**changes: Any) -> Entry:  # noqa: ANN401 -- any field of the entry
    """Return an entry that may be answered to anybody on any day, with these changes."""
    return replace(_ENTRY, **changes)


def a_context(**changes: Any) -> Context:  # noqa: ANN401 -- any field of the context
    """Return what is known about an asker on an ordinary Monday."""
    return replace(Context(today=TODAY), **changes)
