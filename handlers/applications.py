"""Port of the applications to take part in a programme."""

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.ids import ApplicationId
from handlers.domain.selection import Application, Decision, NewApplication


class Applications(Protocol):
    """Applications with their decisions, which are never changed."""

    def get(self, application: ApplicationId) -> Application:
        """Return the application.

        Raises:
            NotFoundError: there is none.
        """
        ...

    def rows(self, programme: str | None = None) -> Sequence[Application]:
        """List those of a programme, or all, in the order they came."""
        ...

    def add(self, application: NewApplication) -> Application:
        """Write an application down."""
        ...

    def decide(self, application: ApplicationId, decision: Decision) -> None:
        """Write a decision down."""
        ...
