"""A city or its district? Whoever names one that has a twin is asked which; nobody guesses."""

from collections.abc import Sequence

from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Values
from handlers.domain.people import Person
from handlers.domain.tickets import ArticleKind, Ticket
from handlers.domain.verdicts import Verdict
from handlers.ports import UnitOfWork
from knowledge_base.municipalities import Places
from knowledge_base.routes import twins
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class WhichPlace:
    """Asks, and takes the answer.

    - A question about a name that two municipalities share is about neither until somebody says
      so; what was said before about who asks counts, if it is one of the two.
    - Where answers for both are offered, the choice between them is the question already.
    """

    places: Places

    def usual(self, message: Prepared, person: Person) -> str | None:
        """Return the municipality of a question: the one it names, else the asker's own."""
        if message.decision.municipality:
            return message.decision.municipality
        if person.municipality is None:
            return None
        either = [place.official for place in twins(message.text, self.places)]
        return None if either and person.municipality not in either else person.municipality

    def asked(self, ticket: Ticket, message: Prepared, said: Verdict) -> Values:
        """Return the places the asker is to choose from; nothing where one is known."""
        either = () if ticket.municipality else twins(message.text, self.places)
        if not either or any(self.places.find(each.question) in either for each in said.offered):
            return {}
        return numbered([place.official for place in either], self.places.officials)

    def answered(self, uow: UnitOfWork, ticket: Ticket, message: Prepared) -> str | None:
        """Return the municipality a follow-up names, if that was open."""
        named = message.decision.municipality
        return named if named is not None and named in self.still_asked(uow, ticket) else None

    def still_asked(self, uow: UnitOfWork, ticket: Ticket) -> tuple[str, ...]:
        """Return the official names a ticket's asker is to choose from."""
        if ticket.municipality is not None:
            return ()
        thread = uow.tickets.articles(ticket.id)
        first = next((row.text for row in thread if row.kind is ArticleKind.INBOUND), "")
        return tuple(place.official for place in twins(first, self.places))


def numbered(officials: Sequence[str], known: Sequence[str]) -> Values:
    """Number places as buttons name them, each with its number among the known ones."""
    values: dict[str, str | int] = {}
    for number, official in enumerate(officials, 1):
        values[f"place{number}"] = official
        values[f"place{number}_id"] = str(known.index(official))
    return values
