"""Canned replies: kept by name, filled from a ticket, offered as a draft."""

import re
from collections.abc import Mapping

from handlers.domain.drafts import Template
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from handlers.ports import Clock, UnitOfWork
from knowledge_base.text import fold
from knowledge_base.values import dataclass

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST = 3000

VARIABLES = (
    "vardas",
    "numeris",
    "savivaldybe",
    "konsultantas",
    "organizacija",
    "telefonas",
    "el_pastas",
)
"""What a canned reply may name, in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReplies:
    """Keeps and fills canned replies.

    - A name is short and plain, so that it can be typed and stand behind a button.
    - A place that nothing can fill is refused: nobody gets a letter to {vardas}.
    - `about` is what is the same for every ticket: `organisation`, `phone`, `mail_address`.
    """

    clock: Clock
    about: Mapping[str, str]

    def add(self, uow: UnitOfWork, *, name: str, text: str, by: str) -> Template:
        """Keep a reply, in place of an earlier one of this name.

        Raises:
            InvalidError: a bad name, no words or too many, or an unknown place to be filled.
        """
        plain = named(name)
        if not text.strip():
            raise InvalidError("no-words", field="text")
        if len(text) > _LONGEST:
            raise InvalidError("text-too-long", field="text")
        unknown = sorted(set(_PLACE.findall(text)) - set(VARIABLES))
        if unknown:
            raise InvalidError("template-variable", field="text", variable=", ".join(unknown))
        template = Template(name=plain, text=text.strip(), by=by, at=self.clock.now())
        uow.templates.put(template)
        return template

    def remove(self, uow: UnitOfWork, name: str) -> None:
        """Forget a reply.

        Raises:
            NotFoundError: there is none of this name.
        """
        if not uow.templates.remove(fold(name)):
            raise NotFoundError("no-such-template", name=name)

    def fill(self, uow: UnitOfWork, name: str, *, ticket: Ticket, who: Consultant) -> str:
        """Return a reply's words for a ticket.

        Raises:
            NotFoundError: there is no reply of this name.
            InvalidError: the ticket lacks what a place needs.
        """
        template = uow.templates.find(fold(name.strip()))
        if template is None:
            raise NotFoundError("no-such-template", name=name)
        values = {
            "vardas": uow.people.get(ticket.requester).name,
            "numeris": ticket.reference,
            "savivaldybe": ticket.municipality or "",
            "konsultantas": who.signature or self.about.get("organisation", ""),
            "organizacija": self.about.get("organisation", ""),
            "telefonas": self.about.get("phone", ""),
            "el_pastas": self.about.get("mail_address", ""),
        }
        empty = [each for each in _PLACE.findall(template.text) if not values.get(each)]
        if empty:
            raise InvalidError("template-lacks", field="text", variable=", ".join(empty))
        return _PLACE.sub(lambda found: values[found[1]], template.text)


def named(name: str) -> str:
    """Return a name as it is kept: without capitals and diacritics.

    Raises:
        InvalidError: it has other signs, or is too long.
    """
    plain = fold(name.strip())
    if _NAME.fullmatch(plain) is None:
        raise InvalidError("template-name", field="name", name=name)
    return plain
