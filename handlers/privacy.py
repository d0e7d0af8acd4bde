"""Export and erase one person's data; retention (GDPR art. 5(1)(e), 15, 17, 20)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import NotFoundError
from handlers.domain.people import Person
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

_PARTS = 256
_REQUESTS_KEPT = timedelta(days=1)
"""As long as they are counted (`handlers.linking`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Finds, hands out and erases what is stored about a person.

    `keep_raw` is how long finished raw messages and rendered mail are kept.
    """

    clock: Clock
    keep_raw: timedelta

    def export(self, uow: UnitOfWork, address: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return everything stored about whoever has this address, table by table.

        Raises:
            NotFoundError: nobody has it.
        """
        return uow.personal_data.export(self._person(uow, address).id)

    def erase(self, uow: UnitOfWork, address: str) -> Mapping[str, int]:
        """Erase it all; what remains counts but names nobody. Returns rows touched by table.

        Raises:
            NotFoundError: nobody has the address.
        """
        return uow.personal_data.erase(self._person(uow, address).id)

    def forget(self, uow: UnitOfWork) -> Mapping[str, int]:
        """Let go of raw messages older than `keep_raw`, and of yesterday's requests to join."""
        uow.links.forget_before(self.clock.now() - _REQUESTS_KEPT)
        return uow.personal_data.forget_before(self.clock.now() - self.keep_raw)

    def sweep(self, uow: UnitOfWork) -> int:
        """Remove files that a unit of work put and rolled back, a part of them each minute.

        What is prepared now is named by a row within moments; a day is more than enough.
        """
        now = self.clock.now()
        part = int(now.timestamp() // 60) % _PARTS
        return uow.personal_data.sweep(part, before=now - timedelta(days=1))

    def _person(self, uow: UnitOfWork, address: str) -> Person:
        value = address.strip()
        for candidate in (
            Address(Channel.MAIL, value.lower()),
            Address(Channel.TELEGRAM, value),
            Address(Channel.PHONE, value),
        ):
            person = uow.people.find(candidate)
            if person is not None:
                return person
        raise NotFoundError("no-such-person")
