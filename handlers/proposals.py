"""For whom somebody may be asking, by the domain of their mail address: proposed, never written."""

from typing import Final

from handlers.domain.channels import Channel
from handlers.domain.ids import OrganisationId
from handlers.domain.organisations import AskerType
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

PUBLIC_MAIL: Final = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "icloud.com",
        "protonmail.com",
        "proton.me",
        "inbox.lt",
        "mail.ru",
        "yandex.ru",
        "takas.lt",
        "zebra.lt",
        "one.lt",
    }
)
"""Where everybody may have an address: it says nothing of an organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """For whom somebody may be asking, and the domain that says so."""

    domain: str
    asker_type: AskerType
    municipality: str | None
    organisation: OrganisationId | None = None


def proposal(uow: UnitOfWork, person: Person) -> Proposal | None:
    """Propose for whom a person asks, while nobody has written it on their card.

    A municipality's own domain, or one below it, means its staff; a domain whose every known
    address is of one organisation means that one.
    """
    if person.asker_type is not None or person.organisation is not None:
        return None
    domains = [
        each.value.rpartition("@")[2] for each in person.addresses if each.channel is Channel.MAIL
    ]
    return next((found for domain in domains if (found := _of(uow, domain)) is not None), None)


def _of(uow: UnitOfWork, domain: str) -> Proposal | None:
    if domain in PUBLIC_MAIL:
        return None
    of_municipalities = {each.domain: each.municipality for each in uow.domains.rows()}
    parts = domain.split(".")
    for start in range(len(parts) - 1):
        known = of_municipalities.get(".".join(parts[start:]))
        if known is not None:
            return Proposal(domain=domain, asker_type=AskerType.MUNICIPALITY, municipality=known)
    return _of_colleagues(uow, domain)


def _of_colleagues(uow: UnitOfWork, domain: str) -> Proposal | None:
    spoken_for = {
        each.organisation for each in uow.people.of_domain(domain) if each.organisation is not None
    }
    if len(spoken_for) != 1:
        return None
    organisation = uow.organisations.get(spoken_for.pop())
    return Proposal(
        domain=domain,
        asker_type=organisation.kind,
        municipality=organisation.municipality,
        organisation=organisation.id,
    )
