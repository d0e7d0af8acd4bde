"""Projects of organisations with the steps of their way and their checklists."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.errors import NotFoundError
from handlers.domain.ids import CheckId, OrganisationId, ProjectId
from handlers.domain.projects import OVER, Check, NewProject, Project, Stage, StageReached
from knowledge_base.values import dataclass
from storage.rows import project_checks, project_stages, projects

_row: Final = projects.c
_line: Final = project_checks.c


@dataclass(frozen=True, slots=True)
class SqlProjects:
    """The port `Projects`."""

    connection: sa.Connection

    def add(self, project: NewProject) -> Project:
        statement = sa.insert(projects).values(
            organisation=project.organisation,
            programme=project.programme,
            call=project.call,
            title=project.title,
            contract=project.contract,
            stage=project.stage,
            stage_on=project.on,
        )
        number = ProjectId(self.connection.execute(statement.returning(_row.id)).scalar_one())
        self._step(
            number, StageReached(stage=project.stage, on=project.on, at=project.at, by=project.by)
        )
        return self.get(number)

    def get(self, project: ProjectId) -> Project:
        statement = sa.select(projects).where(_row.id == project)
        row = self.connection.execute(statement).one_or_none()
        if row is None:
            raise NotFoundError("no-such-project", id=str(project))
        return _project(row)

    def rows(self, *, organisation: OrganisationId | None = None) -> Sequence[Project]:
        statement = sa.select(projects).order_by(_row.id.desc())
        if organisation is not None:
            statement = statement.where(_row.organisation == organisation)
        return [_project(row) for row in self.connection.execute(statement)]

    def reach(self, project: ProjectId, stage: StageReached, *, contract: str) -> None:
        values = {"stage": stage.stage, "stage_on": stage.on, "contract": contract}
        self.connection.execute(sa.update(projects).where(_row.id == project).values(values))
        self._step(project, stage)

    def stages(self, project: ProjectId) -> Sequence[StageReached]:
        row = project_stages.c
        statement = sa.select(project_stages).where(row.project == project).order_by(row.id)
        return [
            StageReached(stage=Stage(found.stage), on=found.on, at=found.at, by=found.by)
            for found in self.connection.execute(statement)
        ]

    def checks(self, project: ProjectId) -> Sequence[Check]:
        return self._checks(_line.project == project)

    def add_check(
        self, project: ProjectId, title: str, *, due_on: date | None, at: datetime, by: str
    ) -> Check:
        values = {"project": project, "title": title, "due_on": due_on, "at": at, "by": by}
        statement = sa.insert(project_checks).values(values).returning(_line.id)
        return self.check(CheckId(self.connection.execute(statement).scalar_one()))

    def check(self, check: CheckId) -> Check:
        found = self._checks(_line.id == check)
        if not found:
            raise NotFoundError("no-such-check", id=str(check))
        return found[0]

    def move_check(self, check: CheckId, *, due_on: date | None) -> None:
        self._change(check, due_on=due_on)

    def settle_check(self, check: CheckId, *, on: date | None, by: str) -> None:
        self._change(check, done_on=on, done_by=by if on else None)

    def due(self, by: date) -> Sequence[Check]:
        open_projects = sa.select(_row.id).where(_row.stage.not_in(sorted(OVER)))
        return self._checks(
            _line.done_on.is_(None),
            _line.due_on <= by,
            _line.project.in_(open_projects),
            _line.told_for.is_distinct_from(_line.due_on),
        )

    def told(self, check: CheckId, *, due_on: date) -> bool:
        others = _line.told_for.is_distinct_from(due_on)
        statement = sa.update(project_checks).where(_line.id == check, others)
        return self.connection.execute(statement.values(told_for=due_on)).rowcount == 1

    def _step(self, project: ProjectId, stage: StageReached) -> None:
        values = {"stage": stage.stage, "on": stage.on, "at": stage.at, "by": stage.by}
        self.connection.execute(sa.insert(project_stages).values(project=project, **values))

    def _change(self, check: CheckId, **values: object) -> None:
        self.connection.execute(sa.update(project_checks).where(_line.id == check).values(**values))

    def _checks(self, *conditions: sa.ColumnElement[bool]) -> Sequence[Check]:
        order = (_line.due_on.is_(None), _line.due_on, _line.id)
        statement = sa.select(project_checks).where(*conditions).order_by(*order)
        return [
            Check(
                id=CheckId(row.id),
                project=ProjectId(row.project),
                title=row.title,
                due_on=row.due_on,
                done_on=row.done_on,
                told_for=row.told_for,
            )
            for row in self.connection.execute(statement)
        ]


def _project(row: sa.Row[Any]) -> Project:
    return Project(
        id=ProjectId(row.id),
        organisation=OrganisationId(row.organisation),
        programme=row.programme,
        call=row.call,
        title=row.title,
        contract=row.contract,
        stage=Stage(row.stage),
        stage_on=row.stage_on,
    )
