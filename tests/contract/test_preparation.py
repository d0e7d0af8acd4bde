"""The ports `Drafts` and `Templates`."""

from handlers.domain.drafts import NewDraft, Template
from handlers.domain.ids import ConsultantId
from handlers.domain.tickets import Ticket
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.builders import MINUTE, NOON, a_consultant, a_ticket


def _draft(ticket: Ticket, who: ConsultantId, text: str = "Bus rytoj.") -> NewDraft:
    return NewDraft(ticket=ticket.id, consultant=who, text=text, at=NOON, external_id="-1:5")


def _two(uow: UnitOfWork) -> tuple[Ticket, ConsultantId]:
    return a_ticket(uow), uow.consultants.add(a_consultant()).id


def test_a_ticket_has_one_draft_the_newest(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, who = _two(uow)
        first = uow.drafts.put(_draft(ticket, who))
        second = uow.drafts.put(_draft(ticket, who, "Bus poryt."))

        assert uow.drafts.of(ticket.id) == second
        assert (second.text, second.external_id, second.at) == ("Bus poryt.", "-1:5", NOON)
        assert second.id != first.id
        assert uow.drafts.take(ticket.id, first.id) is None


def test_of_two_who_take_a_draft_one_gets_it(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, who = _two(uow)
        draft = uow.drafts.put(_draft(ticket, who))
        uow.commit()

    taken = []
    for _ in range(2):
        with begin() as uow:
            taken.append(uow.drafts.take(ticket.id, draft.id))
            uow.commit()

    assert taken == [draft, None]


def test_a_draft_is_taken_only_from_its_own_ticket(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, who = _two(uow)
        draft = uow.drafts.put(_draft(ticket, who))

        assert uow.drafts.take(a_ticket(uow).id, draft.id) is None
        assert uow.drafts.of(ticket.id) == draft


def test_a_canned_reply_is_kept_changed_and_forgotten(begin: UnitOfWorkFactory) -> None:
    early = Template(name="zyma", text="Sena", by="rasa@pagalba.lt", at=NOON)
    late = Template(name="zyma", text="Nauja", by="jonas@pagalba.lt", at=NOON + MINUTE)
    other = Template(name="atsisakymas", text="Ne", by="rasa@pagalba.lt", at=NOON)
    with begin() as uow:
        for template in (early, other, late):
            uow.templates.put(template)

        assert uow.templates.rows() == [other, late]
        assert uow.templates.find("zyma") == late
        assert [uow.templates.remove("zyma"), uow.templates.remove("zyma")] == [True, False]
        assert uow.templates.find("zyma") is None


def test_where_a_consultant_works_is_remembered(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        who = uow.consultants.add(a_consultant())
        uow.consultants.work_privately(who.id, wanted=True)

        assert [who.private, uow.consultants.get(who.id).private] == [False, True]
