"""What trainings and other deliverables say about a person who asked."""

from typing import Final

import sqlalchemy as sa

from handlers.domain.trainings import Seat
from storage.personal_rule import ERASED, Rule, tickets_of
from storage.rows import enrolments, recommendations, review_rounds, reviews

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
