"""Ports of what consultants prepare: drafts and canned replies."""

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.drafts import Draft, NewDraft, Template
from handlers.domain.ids import DraftId, TicketId


class Drafts(Protocol):
    """Prepared answers, one a ticket."""

    def put(self, draft: NewDraft) -> Draft:
        """Keep a draft in place of the ticket's earlier one.

        Raises:
            ConflictError: somebody prepared another at the same moment.
        """
        ...

    def of(self, ticket: TicketId) -> Draft | None:
        """Return the ticket's draft, if it has one."""
        ...

    def take(self, ticket: TicketId, draft: DraftId) -> Draft | None:
        """Take this very draft away; of several who try, one gets it, the others None."""
        ...


class Templates(Protocol):
    """Canned replies by name."""

    def put(self, template: Template) -> None:
        """Keep a reply, in place of an earlier one of this name."""
        ...

    def find(self, name: str) -> Template | None:
        """Return the reply of this name."""
        ...

    def rows(self) -> Sequence[Template]:
        """List them by name."""
        ...

    def remove(self, name: str) -> bool:
        """Forget a reply; False when there was none."""
        ...
