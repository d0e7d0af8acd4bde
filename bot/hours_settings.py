"""The settings of time: when the desk is open and how soon things are to be done."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from handlers.deadlines import Target, Targets
from handlers.working_time import Closure, WorkingTime
from knowledge_base.queues import SENSITIVE

_HOURS = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
_MOST_HOURS = 2000
_URGENT_HOURS = 4
_LONGEST = timedelta(days=366)


class ClosureSettings(BaseModel):
    """Days on which the desk is closed; `why` is told to those who ask meanwhile."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    why: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not timedelta() <= self.last - self.first <= _LONGEST:
            raise ValueError("the last day follows the first, within a year")
        return self


class TargetSettings(BaseModel):
    """How many working hours a queue may take; what is not said is as usual, 0 is no deadline."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    queue: str
    first_reply_hours: float | None = Field(default=None, ge=0, le=_MOST_HOURS)
    resolution_hours: float | None = Field(default=None, ge=0, le=_MOST_HOURS)


class HoursSettings(BaseModel):
    """What of the settings is about time."""

    working_hours: str = "09:00-18:00"
    closures: tuple[ClosureSettings, ...] = ()
    answer_days: int = Field(default=2, ge=0, le=60)
    reopen_days: int = Field(default=30, ge=0)
    resolve_after_days: int = Field(default=14, ge=1)
    first_reply_hours: float | None = Field(default=None, ge=0, le=_MOST_HOURS)
    resolution_hours: float = Field(default=90, ge=0, le=_MOST_HOURS)
    targets: tuple[TargetSettings, ...] = ()
    remind_hours: float = Field(default=3, ge=0, le=_MOST_HOURS)
    release_hours: float = Field(default=0, ge=0, le=_MOST_HOURS)
    call_tries: int = Field(default=3, ge=1, le=20)
    close_after_days: int = Field(default=21, ge=0)
    close_warning_days: int = Field(default=7, ge=1)

    @model_validator(mode="after")
    def _check_hours(self) -> Self:
        try:
            opens, closes = self.office_hours
        except ValueError:
            raise ValueError("working_hours: write them like 09:00-18:00") from None
        if opens >= closes:
            raise ValueError("working_hours: the desk opens before it closes")
        return self

    @property
    def office_hours(self) -> tuple[time, time]:
        """When the desk opens and closes."""
        found = _HOURS.fullmatch(self.working_hours)
        if found is None:
            raise ValueError(self.working_hours)
        opens, closes = (time.fromisoformat(hour.zfill(5)) for hour in found.groups())
        return opens, closes

    @property
    def working_time(self) -> WorkingTime:
        """When somebody is at the desk."""
        opens, closes = self.office_hours
        return WorkingTime(
            opens=opens,
            closes=closes,
            answer_days=self.answer_days,
            closures=tuple(Closure(**each.model_dump()) for each in self.closures),
        )

    @property
    def deadlines(self) -> Targets:
        """How soon each queue answers and settles; a report of harm is answered first of all."""
        promised = max(1, self.answer_days) * self.working_time.day
        usual = Target(
            reply=promised if self.first_reply_hours is None else _hours(self.first_reply_hours),
            resolution=_hours(self.resolution_hours),
        )
        queues = {SENSITIVE: replace(usual, reply=_hours(_URGENT_HOURS))}
        for each in self.targets:
            own = queues.get(each.queue, usual)
            queues[each.queue] = Target(
                reply=_hours(each.first_reply_hours, own.reply),
                resolution=_hours(each.resolution_hours, own.resolution),
            )
        return Targets(usual=usual, queues=queues)


def _hours(given: float | None, usual: timedelta = timedelta()) -> timedelta:
    return usual if given is None else timedelta(hours=given)
