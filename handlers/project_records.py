"""Port of the projects of organisations, with their stages and checklists."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from handlers.domain.ids import CheckId, OrganisationId, ProjectId
from handlers.domain.projects import Check, NewProject, Project, StageReached


class Projects(Protocol):
    """Port of the projects; every stage reached is kept."""

    def add(self, project: NewProject) -> Project:
        """Write one down, with the stage it is at."""
        ...

    def get(self, project: ProjectId) -> Project:
        """Return the project.

        Raises:
            NotFoundError: no such project.
        """
        ...

    def rows(self, *, organisation: OrganisationId | None = None) -> Sequence[Project]:
        """List them, the newest first."""
        ...

    def reach(self, project: ProjectId, stage: StageReached, *, contract: str) -> None:
        """Write a step of its way down; a contract's number goes with it."""
        ...

    def stages(self, project: ProjectId) -> Sequence[StageReached]:
        """List the steps, the oldest first."""
        ...

    def checks(self, project: ProjectId) -> Sequence[Check]:
        """List what is to be done, what is due first before the rest."""
        ...

    def add_check(
        self, project: ProjectId, title: str, *, due_on: date | None, at: datetime, by: str
    ) -> Check:
        """Add a line."""
        ...

    def check(self, check: CheckId) -> Check:
        """Return a line.

        Raises:
            NotFoundError: no such line.
        """
        ...

    def move_check(self, check: CheckId, *, due_on: date | None) -> None:
        """Give a line another day."""
        ...

    def settle_check(self, check: CheckId, *, on: date | None, by: str) -> None:
        """Tick a line off; no day = it is to be done after all."""
        ...

    def due(self, by: date) -> Sequence[Check]:
        """List what is not done and due by a day, and nobody was reminded of for that day."""
        ...

    def told(self, check: CheckId, *, due_on: date) -> bool:
        """Note a reminder of a due day; False when somebody else noted it first."""
        ...
