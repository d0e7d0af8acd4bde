"""Deliverables keep their versions and files, applications their decisions."""

from dataclasses import replace

import pytest

from handlers.domain.deliverables import DeliverableKind, NewDeliverable, Progress
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import ApplicationId, DeliverableId
from handlers.domain.selection import Choice, Decision, NewApplication
from handlers.ports import FileStore, UnitOfWorkFactory
from tests.contract.builders import MINUTE, NOON, a_consultant, a_file, a_ticket


def test_every_version_of_a_deliverable_is_kept_with_its_file(
    begin: UnitOfWorkFactory, files: FileStore
) -> None:
    file = a_file("planas.pdf", sha256=files.put(b"planas"), size=6)
    with begin() as uow:
        new = NewDeliverable(
            kind=DeliverableKind.ANALYSIS,
            municipality="Zarasų r. sav.",
            due_on=NOON.date(),
            responsible=uow.consultants.add(a_consultant()).id,
        )
        first = uow.deliverables.add(new, at=NOON, by="rasa")
        other = uow.deliverables.add(new, at=NOON, by="rasa")
        done = replace(first, progress=Progress.DELIVERED, file=file)
        second = uow.deliverables.change(done, at=NOON + MINUTE, by="jonas")
        uow.commit()

    with begin() as uow:
        assert second == replace(done, version=2, at=NOON + MINUTE, by="jonas")
        assert uow.deliverables.history(first.id) == [first, second]
        assert uow.deliverables.rows() == [second, other]
        assert (
            uow.personal_data.sweep(int(file.sha256[:2], 16), before=NOON.replace(year=2099)) == 0
        )
        with pytest.raises(NotFoundError):
            uow.deliverables.get(DeliverableId(99))
        with pytest.raises(ConflictError):
            uow.deliverables.change(done, at=NOON, by="rasa")


def test_an_application_is_what_its_newest_decision_says(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        new = NewApplication(
            programme="stiprinimas",
            municipality="Zarasų r. sav.",
            organisation=None,
            motivation="Norime",
            ticket=ticket.id,
            at=NOON,
            by="rasa",
        )
        made = uow.applications.add(new)
        uow.applications.add(replace(new, programme="kita", ticket=None))
        decisions = tuple(
            Decision(choice=choice, reason="Taip", at=NOON, by="rasa")
            for choice in (Choice.WAITING, Choice.SELECTED)
        )
        for decision in decisions:
            uow.applications.decide(made.id, decision)

        assert made.choice is Choice.APPLIED
        assert uow.applications.get(made.id) == replace(made, decisions=decisions)
        assert [row.choice for row in uow.applications.rows("stiprinimas")] == [Choice.SELECTED]
        assert len(uow.applications.rows()) == 2
        with pytest.raises(NotFoundError):
            uow.applications.get(ApplicationId(99))
        uow.personal_data.erase(ticket.requester)
        kept = uow.applications.get(made.id)
        assert (kept.motivation, kept.reason, kept.choice) == ("***", "***", Choice.SELECTED)
