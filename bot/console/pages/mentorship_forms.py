"""The forms of the mentors' pages, read and carried out."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from handlers.domain.errors import InvalidError
from handlers.domain.ids import (
    CheckId,
    ConsultantId,
    MentorRequestId,
    MentorshipId,
    ProjectId,
    ResultId,
)
from handlers.domain.mentorships import (
    Aim,
    Complexity,
    Contact,
    Mode,
    NewMentorRequest,
    NewMentorship,
    NewResult,
    Phase,
    Plan,
)
from handlers.domain.people import Consultant
from handlers.domain.projects import NewProject, Stage
from handlers.domain.tickets import parse_reference
from handlers.mentorship_views import MentorshipViews
from handlers.organisations import OrganisationCards
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

Form = Mapping[str, str]
Act = Callable[[UnitOfWork, Consultant, Form], object]
E = TypeVar("E", bound=StrEnum)

_HOUR = 60
_MODE = "mode:"
_LONGEST = len("1000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorshipForms:
    """Finds what a form does; who may is judged by the use cases."""

    clock: Clock
    views: MentorshipViews
    cards: OrganisationCards

    def on_list(self, act: str) -> Act | None:
        """Return what a form of the list does."""
        return {"assign": self._assign, "request": self._request, "decline": self._decline}.get(act)

    def on_page(self, act: str, number: MentorshipId) -> Act | None:
        """Return what a form of a mentorship's page does."""
        acts: dict[str, Callable[[MentorshipId, UnitOfWork, Consultant, Form], object]] = {
            "plan": self._plan,
            "time": self._time,
            "result": self._result,
            "achieved": self._achieved,
            "end": self._end,
            "project": self._project,
            "stage": self._stage,
            "check": self._check,
            "tick": self._tick,
        }
        return partial(acts[act], number) if act in acts else None

    # The list -----------------------------------------------------------------------------------

    def _assign(self, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        new = NewMentorship(
            organisation=self.cards.find(uow, form.get("organisation", "")).id,
            mentor=ConsultantId(_count(form, "mentor")),
            programme=form.get("programme", ""),
            phase=_one(Phase, form, "phase"),
            starts_on=_day(form, "from"),
            ends_on=_day(form, "to") if form.get("to") else None,
            source=form.get("source", "").strip(),
            at=self.clock.now(),
            by=who.email,
        )
        request = MentorRequestId(_count(form, "request")) if form.get("request") else None
        self.views.mentoring.assign(uow, new, who, request=request)

    def _request(self, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        ticket = parse_reference(form.get("ticket", ""))
        if form.get("ticket") and ticket is None:
            raise InvalidError("no-such-ticket", field="ticket", reference=form["ticket"])
        new = NewMentorRequest(
            organisation=self.cards.find(uow, form.get("organisation", "")).id,
            programme=form.get("programme", ""),
            phase=_one(Phase, form, "phase"),
            reason=form.get("reason", "").strip(),
            ticket=ticket,
            at=self.clock.now(),
            by=who.email,
        )
        self.views.mentoring.ask(uow, new, who)

    def _decline(self, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        self.views.mentoring.decline(uow, MentorRequestId(_count(form, "request")), who)

    # A mentorship -------------------------------------------------------------------------------

    def _plan(self, number: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        plan = Plan(
            mentorship=number,
            need=form.get("need", "").strip(),
            complexity=_one(Complexity, form, "complexity"),
            modes=tuple(mode for mode in Mode if f"{_MODE}{mode}" in form),
            minutes_a_month=round(_HOUR * _hours(form)),
            every_days=_count(form, "every"),
            from_on=_day(form, "from"),
            at=self.clock.now(),
            by=who.email,
        )
        self.views.mentoring.plan(uow, plan, who)

    def _time(self, number: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        contact = Contact(
            on=_day(form, "on"), minutes=_count(form, "minutes"), mode=_one(Mode, form, "mode")
        )
        self.views.mentoring.record(uow, number, contact, who)

    def _result(self, number: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        new = NewResult(
            mentorship=number,
            aim=_one(Aim, form, "aim"),
            planned=form.get("planned", "").strip(),
            due_on=_day(form, "due"),
            at=self.clock.now(),
            by=who.email,
        )
        self.views.mentoring.expect(uow, new, who)

    def _achieved(self, _: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        result, on = ResultId(_count(form, "result")), _day(form, "achieved_on")
        said = form.get("achieved", "")
        self.views.mentoring.achieve(uow, result, who, achieved=said, on=on)

    def _end(self, number: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        self.views.mentoring.end(uow, number, who, on=_day(form, "last"))

    # Projects -----------------------------------------------------------------------------------

    def _project(self, number: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        mentorship = self.views.mentoring.mentorship(uow, number, who)
        new = NewProject(
            organisation=mentorship.organisation,
            programme=mentorship.programme,
            title=form.get("title", "").strip(),
            stage=_one(Stage, form, "stage"),
            on=_day(form, "since"),
            at=self.clock.now(),
            by=who.email,
        )
        self.views.projects.add(uow, new, who)

    def _stage(self, _: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        project, stage = ProjectId(_count(form, "project")), _one(Stage, form, "stage")
        said, on = form.get("contract", ""), _day(form, "stage_on")
        self.views.projects.reach(uow, project, stage, who, on=on, contract=said)

    def _check(self, _: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        due = _day(form, "check_due") if form.get("check_due") else None
        project, title = ProjectId(_count(form, "project")), form.get("check", "")
        self.views.projects.expect(uow, project, title, who, due_on=due)

    def _tick(self, _: MentorshipId, uow: UnitOfWork, who: Consultant, form: Form) -> None:
        on = None if form.get("undo") else self.views.projects.today
        self.views.projects.tick(uow, CheckId(_count(form, "line")), who, on=on)


def _one(kind: type[E], form: Form, name: str) -> E:
    try:
        return kind(form.get(name, ""))
    except ValueError:
        raise InvalidError("no-such-choice", field=name) from None


def _day(form: Form, name: str) -> date:
    said = form.get(name, "")
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InvalidError("no-such-day", field=name, given=said) from None


def _count(form: Form, name: str) -> int:
    said = form.get(name, "").strip()
    if not said.isdecimal() or len(said) >= _LONGEST:
        raise InvalidError("impossible-number", field=name)
    return int(said)


def _hours(form: Form) -> float:
    whole, _, part = form.get("hours", "").strip().replace(",", ".").partition(".")
    if not f"{whole}{part}".isdecimal() or len(whole) + len(part) > len("744.25"):
        raise InvalidError("impossible-number", field="hours")
    return float(f"{whole or 0}.{part or 0}")
