"""What a unit of work expects changes no answer: neither what was there, nor what it writes."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.channels import Address, Channel
from handlers.domain.drafts import NewDraft
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared, Thread
from handlers.domain.tickets import ArticleKind, Status, Ticket
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from handlers.ties import Merge
from tests.builders import a_mail
from tests.contract.builders import (
    MINUTE,
    NOON,
    a_consultant,
    a_debt,
    a_person,
    a_ticket,
    an_article,
)
from tests.contract.outbox_steps import claim, sending

ONA = Address(Channel.MAIL, "ona@pavyzdys.lt")
NOBODY = Address(Channel.MAIL, "niekas@pavyzdys.lt")
NAMES = ("<came@x>", "<part@x>", "<awaited@x>", "<1@pagalba>", "<new@x>", "<sent@x>", "a\0b", "")


def coming(*tickets: TicketId) -> list[Prepared]:
    """Return letters from everybody, which name everything."""
    return [
        a_mail(sender=ONA, external_id="<new@x>", thread=Thread(references=NAMES)),
        *(a_mail(sender=NOBODY, external_id="", thread=Thread(token=each)) for each in tickets),
    ]


def answers(uow: UnitOfWork, tickets: Sequence[TicketId]) -> list[object]:
    """Ask all that filing a letter may ask."""
    ona = uow.people.find(ONA)
    found: list[object] = [ona, uow.people.find(NOBODY), uow.people.bounced_at(ONA)]
    mail = Channel.MAIL
    for name in NAMES:
        ids = [name]
        for kind in (ArticleKind.INBOUND, ArticleKind.REPLY):
            found.append(uow.tickets.find_article(channel=mail, external_ids=ids, kind=kind))
            found.append(uow.tickets.find_ticket_of(channel=mail, external_ids=ids, kind=kind))
        found.append(uow.outbox.find_sent(channel=mail, external_ids=ids))
        if ona is not None:
            awaiting = uow.tickets.find_awaiting(channel=mail, external_ids=ids, person=ona.id)
            found.append(awaiting)
    found += [
        uow.tickets.find_ticket_of(channel=mail, external_ids=names, kind=kind)
        for kind in ArticleKind
        for names in (NAMES, NAMES[::-1])
    ]
    for ticket in tickets:
        found += [uow.tickets.find(ticket), uow.tickets.articles(ticket)]
        found += [uow.ties.within(ticket), uow.ties.merged(ticket), uow.drafts.of(ticket)]
        found += [uow.calls.of_ticket(ticket), uow.referrals.of_ticket(ticket)]
        found += [uow.topics.of(ticket), uow.marks.watchers(ticket), uow.outbox.of_ticket(ticket)]
    return found


def furnish(uow: UnitOfWork, ticket: Ticket, other: Ticket) -> None:
    """Write what filing a letter may ask about."""
    consultant = uow.consultants.add(a_consultant())
    came = an_article(ticket, external_id="<came@x>", also=("<part@x>",), person=ticket.requester)
    uow.tickets.write(came)
    waits = an_article(other, external_id="a\0b", awaits=("<awaited@x>",), person=ticket.requester)
    uow.tickets.write(waits)
    uow.tickets.write(replace(came, ticket=other.id, also=()))
    uow.tickets.write(an_article(other, kind=ArticleKind.REPLY, external_id="<sent@x>"))
    uow.tickets.write(an_article(ticket, kind=ArticleKind.REPLY, external_id="<sent@x>"))
    uow.tickets.write(an_article(other, external_id=None))
    uow.outbox.owe(a_debt(ticket=ticket.id, to=ONA.value))
    for each in claim(uow):
        sending(uow, each)
    draft = NewDraft(ticket=ticket.id, consultant=consultant.id, text="Taip", at=NOON)
    uow.drafts.put(draft)
    uow.calls.add(ticket=ticket.id, person=ticket.requester, at=NOON)
    uow.topics.save(chat="-1", ticket=ticket.id, thread="7")
    uow.marks.watch(ticket.id, consultant.id)
    uow.people.bounced(ONA, at=NOON)
    merge = Merge(
        ticket=other.id,
        into=ticket.id,
        status=other.status,
        into_status=ticket.status,
        into_version=ticket.version,
        at=NOON,
    )
    uow.ties.merge(merge)
    uow.tickets.save(replace(other, status=Status.MERGED), at=NOON + MINUTE)


def test_what_was_there_is_found_as_ever(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, other = a_ticket(uow, a_person(uow, ONA.value)), a_ticket(uow)
        furnish(uow, ticket, other)
        uow.commit()
    tickets = [ticket.id, other.id, TicketId(404)]

    with begin() as uow:
        asked_one_by_one = answers(uow, tickets)
    with begin() as uow:
        uow.expect(coming(*tickets))
        asked_of_memory = answers(uow, tickets)

    assert asked_of_memory == asked_one_by_one


def test_what_is_written_meanwhile_is_found(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, other = a_ticket(uow), a_ticket(uow)
        uow.commit()
    tickets = [ticket.id, other.id, TicketId(other.id + 1)]

    with begin() as uow:
        uow.expect(coming(*tickets))
        answers(uow, tickets)
        newcomer = a_ticket(uow, a_person(uow, ONA.value))
        furnish(uow, newcomer, other)
        asked_of_memory = answers(uow, tickets)
        uow.commit()
    with begin() as uow:
        asked_anew = answers(uow, tickets)

    assert asked_of_memory == asked_anew


def test_who_writes_meanwhile_changes_only_what_it_is_about(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, other = a_ticket(uow, a_person(uow, ONA.value)), a_ticket(uow)
        uow.commit()
    tickets = [ticket.id, other.id]

    with begin() as uow:
        uow.expect(coming(*tickets))
        answers(uow, tickets)
        saved = uow.tickets.save(uow.tickets.get(ticket.id), at=NOON + MINUTE)
        uow.outbox.owe(a_debt(ticket=ticket.id))
        uow.tickets.write(an_article(saved, external_id="<new@x>", awaits=("<awaited@x>",)))
        asked_of_memory = answers(uow, tickets)
        uow.commit()
    with begin() as uow:
        asked_anew = answers(uow, tickets)

    assert asked_of_memory == asked_anew
