"""What trainings and other deliverables say about a person who asked."""

from typing import Final

import sqlalchemy as sa

from handlers.domain.trainings import Seat
from storage.personal_rule import ERASED, Rule, tickets_of
from storage.rows import enrolments

_enrolment = enrolments.c

DELIVERABLES: Final = (
    Rule(
        table=enrolments,
        about=lambda person: sa.or_(
            _enrolment.person_id == person, _enrolment.ticket_id.in_(tickets_of(person))
        ),
        # Who came still counts; who was to come gives the seat up.
        blank={
            "name": ERASED,
            "organisation": "",
            "seat": sa.case((_enrolment.attended == "", Seat.LEFT), else_=_enrolment.seat),
        },
        kept=frozenset(
            {
                "id",
                "training",
                "ticket_id",
                "person_id",
                "municipality",
                "at",
                "told",
                "reminded_for",
                "attended",
            }
        ),
    ),
)
