"""A person with something in every table that holds personal data."""

from typing import Any

from handlers.call_reminders import CallReminder
from handlers.domain.channels import Attachment
from handlers.domain.drafts import NewDraft
from handlers.domain.ids import ArticleId
from handlers.domain.links import LinkRequest
from handlers.domain.mentorships import NewMentorRequest, Phase
from handlers.domain.organisations import Change
from handlers.domain.people import Person
from handlers.domain.reviews import Recommendation, Review, Round
from handlers.domain.selection import Choice, Decision, NewApplication
from handlers.domain.talks import Particulars
from handlers.domain.tickets import Ticket, TicketEvent
from handlers.ports import UnitOfWork
from tests.contract.builders import (
    NOON,
    a_consultant,
    a_details,
    a_person,
    a_ticket,
    add_visit_and_referral,
    an_article,
    an_enrolment,
)

SECRET = "Slaptažodinė"
"""Stands in everything that is about the person, so that a trace of it is found."""


def _review(uow: UnitOfWork, ticket: Ticket, article: ArticleId, *, name: str) -> None:
    own: dict[str, Any] = {"ticket": ticket.id, "number": 1, "at": NOON, "by": "rasa"}
    uow.reviews.put(
        Review(ticket=ticket.id, title=name, due_on=NOON.date(), opened_at=NOON, opened_by="rasa")
    )
    uow.reviews.add_round(Round(article=article, sha256="0" * 64, file=name, note=name, **own))
    uow.reviews.put_recommendation(Recommendation(round=1, text=name, place=name, **own))


def _application(uow: UnitOfWork, ticket: Ticket, *, name: str) -> None:
    new = NewApplication(
        programme="stiprinimas",
        municipality="Zarasų r. sav.",
        organisation=None,
        motivation=name,
        ticket=ticket.id,
        at=NOON,
        by="rasa",
    )
    decision = Decision(choice=Choice.WAITING, reason=name, at=NOON, by="rasa")
    uow.applications.decide(uow.applications.add(new).id, decision)


def a_whole_person(uow: UnitOfWork, *files: Attachment, name: str = SECRET) -> Person:
    """Remember somebody with a ticket and all that can hang on it."""
    person = a_person(uow, f"{name.lower()}@pavyzdys.lt", name=name)
    ticket = a_ticket(uow, person, subject=f"Dėl {name}")
    article = an_article(
        ticket,
        person=person.id,
        author=name,
        text=name,
        full_text=name,
        external_id=f"<{name}@pavyzdys.lt>",
        attachments=files,
        copies=(f"{name.lower()}.kolege@pavyzdys.lt",),
        also=(f"<{name}.2@pavyzdys.lt>",),
        awaits=(f"<{name}.1@pavyzdys.lt>",),
    )
    written = uow.tickets.write(article)
    uow.talks.add(written.id, Particulars(place=name, organisation=name))
    add_visit_and_referral(uow, ticket, name)
    event = TicketEvent(type="decided", at=NOON, actor="machine", reasons=(name,))
    uow.tickets.record(ticket.id, event)
    by = uow.consultants.add(a_consultant())
    uow.drafts.put(NewDraft(ticket=ticket.id, consultant=by.id, text=name, at=NOON))
    uow.calls.add(ticket=ticket.id, person=person.id, at=NOON)
    uow.marks.tag(ticket.id, name)
    uow.changes.record(Change(type="named", at=NOON, actor="rasa", person=person.id))
    uow.call_reminders.ask(CallReminder(ticket=ticket.id, call="kvietimas", asked_at=NOON))
    organisation = uow.organisations.add(a_details(), at=NOON)
    uow.mentor_requests.add(
        NewMentorRequest(
            organisation=organisation.id,
            programme="bendruomenes",
            phase=Phase.PREPARING,
            reason=name,
            ticket=ticket.id,
            at=NOON,
            by="rasa",
        )
    )
    _review(uow, ticket, written.id, name=name)
    _application(uow, ticket, name=name)
    uow.trainings.enrol(an_enrolment(ticket, person, name=name, organisation=name))
    uow.links.add(
        LinkRequest(
            chat="5", address=f"{name.lower()}@pavyzdys.lt", digest=name, at=NOON, expires=NOON
        )
    )
    return person
