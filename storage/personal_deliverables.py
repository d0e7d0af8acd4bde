"""What trainings and other deliverables say about a person who asked."""

from typing import Final

import sqlalchemy as sa

from handlers.domain.ids import PersonId
from handlers.domain.trainings import Seat
from storage.personal_rule import ERASED, Rule, tickets_of
from storage.rows import (
    application_decisions,
    applications,
    enrolments,
    recommendations,
    review_rounds,
    reviews,
)

_enrolment = enrolments.c


def _applications(person: PersonId) -> sa.Select[tuple[int]]:
    row = applications.c
    return sa.select(row.id).where(row.ticket_id.in_(tickets_of(person)))


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
    Rule(
        table=application_decisions,
        about=lambda person: application_decisions.c.application_id.in_(_applications(person)),
        blank={"reason": ERASED},
        kept=frozenset({"id", "application_id", "choice", "at", "by"}),
    ),
    Rule(
        table=applications,
        about=lambda person: applications.c.ticket_id.in_(tickets_of(person)),
        blank={"motivation": ERASED},
        kept=frozenset(
            {"id", "programme", "municipality", "organisation_id", "ticket_id", "at", "by"}
        ),
    ),
    Rule(
        table=review_rounds,
        about=lambda person: review_rounds.c.ticket_id.in_(tickets_of(person)),
        blank={"sha256": "", "file": ERASED, "note": ""},
        kept=frozenset({"id", "ticket_id", "number", "article_id", "at", "by"}),
    ),
    Rule(
        table=recommendations,
        about=lambda person: recommendations.c.ticket_id.in_(tickets_of(person)),
        blank={"text": ERASED, "place": "", "reason": ""},
        kept=frozenset(
            {"id", "ticket_id", "number", "round", "at", "by", "verdict"}
            | {"settled_at", "settled_by"}
        ),
    ),
    Rule(
        table=reviews,
        about=lambda person: reviews.c.ticket_id.in_(tickets_of(person)),
        blank={"title": ERASED},
        kept=frozenset(
            {"id", "ticket_id", "due_on", "opened_at", "opened_by", "closed_at", "reminded_for"}
        ),
    ),
)
