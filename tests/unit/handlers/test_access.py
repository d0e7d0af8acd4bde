"""Who may see what: a table of roles, queues and ownership."""

import itertools

import pytest

from handlers.access import Access
from handlers.domain.channels import Channel
from handlers.domain.errors import NotAllowedError
from handlers.domain.ids import ConsultantId, PersonId, TicketId
from handlers.domain.people import Role
from handlers.domain.tickets import Status, Ticket
from knowledge_base.queues import GENERAL, PRIVACY, SENSITIVE
from knowledge_base.shipped import shipped_queues
from tests.builders import NOON, a_consultant

ACCESS = Access(shipped_queues())
STEERS = {Role.COORDINATOR, Role.ADMIN}


def a_ticket(queue: str, owner: int | None = None) -> Ticket:
    return Ticket(
        id=TicketId(1),
        version=1,
        status=Status.NEW,
        queue=queue,
        owner=None if owner is None else ConsultantId(owner),
        requester=PersonId(1),
        channel=Channel.MAIL,
        language="lt",
        municipality=None,
        topic=None,
        subject="",
        offered=(),
        practice=False,
        created_at=NOON,
        updated_at=NOON,
    )


@pytest.mark.parametrize(
    ("role", "queue", "serves", "owns", "active"),
    list(
        itertools.product(
            Role, (GENERAL, SENSITIVE, "nezinoma"), (True, False), (True, False), (True, False)
        )
    ),
)
def test_a_ticket_is_seen_by_role_queue_and_owner(
    role: Role, queue: str, *, serves: bool, owns: bool, active: bool
) -> None:
    who = a_consultant(role=role, active=active, queues=frozenset({queue} if serves else ()))
    ticket = a_ticket(queue, owner=1 if owns else 2)

    allowed = active and (serves or (queue == GENERAL and (role in STEERS or owns)))

    assert ACCESS.sees(who, ticket) is allowed


def test_a_coordinator_sees_every_queue_but_the_restricted() -> None:
    who = a_consultant(role=Role.COORDINATOR, queues=frozenset())

    assert ACCESS.visible_queues(who) == shipped_queues().keys() - {PRIVACY, SENSITIVE}


def test_a_consultant_sees_the_queues_they_are_named_in() -> None:
    who = a_consultant(queues=frozenset({GENERAL, SENSITIVE}))

    assert ACCESS.visible_queues(who) == {GENERAL, SENSITIVE}


def test_a_refusal_names_the_ticket() -> None:
    with pytest.raises(NotAllowedError) as refused:
        ACCESS.require(a_consultant(queues=frozenset()), a_ticket(GENERAL))

    assert (refused.value.key, refused.value.values) == ("ticket-not-yours", {"reference": "NVO-1"})
