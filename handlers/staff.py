"""Consultants join, sign in, link their Telegram account, and leave."""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.answers import MACHINE
from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.events import PracticeOpened, Transferred
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.people import NOWHERE, Consultant, NewConsultant, Role
from handlers.domain.tickets import (
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.staff_room import STAFF_LANGUAGE
from knowledge_base.queues import GENERAL, Queue
from knowledge_base.values import dataclass

SIGN_IN = "sign-in"
ADMINISTRATOR = "administrator"
LINK_TELEGRAM = "link-telegram"
SESSION_LIFE = timedelta(hours=12)
_SIGN_IN_LIFE = timedelta(minutes=15)
_LINK_LIFE = timedelta(days=7)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_ALL = 1_000_000
_PRACTICE_QUESTION = "Ar bendruomenė gali būti nevyriausybinė organizacija?"


def digest(code: str) -> str:
    """Return the SHA-256 under which a code or a session is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Administers those who answer.

    - Without a queue named, a consultant serves every queue that is not restricted.
    - The welcome mail carries a one-time Telegram link and comes with a practice ticket.
    - Codes work once and are kept only as SHA-256; sign-in links live 15 minutes, Telegram links 7
      days.
    """

    clock: Clock
    queues: Mapping[str, Queue]
    reactions: Reactions
    sends_mail: bool

    def add(
        self,
        uow: UnitOfWork,
        *,
        name: str,
        email: str,
        telegram: str | None = None,
        queues: frozenset[str] = frozenset(),
        role: Role = Role.CONSULTANT,
        signature: str = "",
    ) -> Consultant:
        """Add a consultant and welcome them; one who was disabled works again as given now.

        Raises:
            InvalidError: no such queue, a bad address, or one that is taken.
        """
        unknown = sorted(queues - self.queues.keys())
        if unknown:
            raise InvalidError("no-such-queue", field="queue", queue=", ".join(unknown))
        address = email.strip().lower()
        if not _ADDRESS.fullmatch(address):
            raise InvalidError("bad-address", field="email")
        if not name.strip():
            raise InvalidError("no-words", field="name")
        open_to_all = frozenset(queue.id for queue in self.queues.values() if not queue.restricted)
        new = NewConsultant(
            name=name.strip(),
            email=address,
            telegram=telegram,
            role=role,
            signature=signature,
            queues=queues or open_to_all,
            at=self.clock.now(),
        )
        left = self.disabled(uow, address)
        if left is not None:
            consultant = uow.consultants.restore(left.id, new)
        else:
            consultant = uow.consultants.add(new)
        self._welcome(uow, consultant)
        return consultant

    def disabled(self, uow: UnitOfWork, email: str) -> Consultant | None:
        """Return who had this address and was disabled."""
        address = email.strip().lower()
        rows = uow.consultants.rows()
        return next((row for row in rows if not row.active and row.email == address), None)

    def first_administrator(self, uow: UnitOfWork) -> Consultant:
        """Make the person who sets the desk up: sees what is not restricted, serves no queue."""
        return uow.consultants.add(
            NewConsultant(
                name=ADMINISTRATOR,
                email=f"{ADMINISTRATOR}{NOWHERE}",
                telegram=None,
                role=Role.ADMIN,
                signature="",
                queues=frozenset(),
                at=self.clock.now(),
            )
        )

    def sign_in_code(self, uow: UnitOfWork, consultant: Consultant) -> str:
        """Return a fresh one-time code for the console."""
        return self._issue(uow, SIGN_IN, str(consultant.id), _SIGN_IN_LIFE)

    def mail_sign_in(self, uow: UnitOfWork, email: str, *, link: Callable[[str], str]) -> None:
        """Mail a consultant a one-time link, once a minute at most; anybody else gets nothing."""
        consultant = uow.consultants.by_email(email.strip())
        if consultant is None or not self.sends_mail:
            return
        now = self.clock.now()
        uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MAIL,
                channel=Channel.MAIL,
                to=consultant.email,
                key=Key.STAFF_SIGN_IN,
                values={"name": consultant.name, "url": link(self.sign_in_code(uow, consultant))},
                language=STAFF_LANGUAGE,
                at=now,
                once=f"sign-in:{consultant.id}:{now:%Y%m%d%H%M}",
            )
        )

    def sign_in(self, uow: UnitOfWork, code: str) -> str | None:
        """Use a code up and return the secret of a new session, or None."""
        now = self.clock.now()
        subject = uow.codes.redeem(purpose=SIGN_IN, digest=digest(code), now=now)
        if subject is None:
            return None
        known = [row for row in uow.consultants.rows() if str(row.id) == subject and row.active]
        if not known:
            return None
        secret = secrets.token_urlsafe(32)
        uow.sessions.open(digest=digest(secret), consultant=known[0].id, expires=now + SESSION_LIFE)
        return secret

    def link_telegram(self, uow: UnitOfWork, code_digest: str, telegram: str) -> Consultant | None:
        """Tie a Telegram account to whoever the link was issued to; None when it is spent."""
        subject = uow.codes.redeem(purpose=LINK_TELEGRAM, digest=code_digest, now=self.clock.now())
        known = [row for row in uow.consultants.rows() if str(row.id) == subject and row.active]
        if not known:
            return None
        uow.consultants.link_telegram(known[0].id, telegram)
        return known[0]

    def disable(self, uow: UnitOfWork, email: str) -> Consultant:
        """Take every right away at once; what was theirs goes back to its queue.

        Raises:
            NotFoundError: no active consultant has this address.
        """
        consultant = require(uow, email)
        uow.consultants.disable(consultant.id)
        unfinished = uow.tickets.rows(statuses=[Status.OPEN, Status.WAITING], limit=_ALL)
        for ticket in unfinished:
            if ticket.owner == consultant.id:
                self._give_back(uow, ticket)
        return consultant

    def _give_back(self, uow: UnitOfWork, ticket: Ticket) -> None:
        now = self.clock.now()
        status = Status.NEW if ticket.status is Status.OPEN else ticket.status
        ticket = uow.tickets.save(replace(ticket, owner=None, status=status), at=now)
        line = TicketEvent(type="released", at=now, actor=MACHINE, reasons=("owner_left",))
        uow.tickets.record(ticket.id, line)
        if status is Status.NEW:
            self.reactions.owe(uow, Transferred(ticket=ticket))

    def _welcome(self, uow: UnitOfWork, consultant: Consultant) -> None:
        if not self.sends_mail:
            return
        now = self.clock.now()
        code = self._issue(uow, LINK_TELEGRAM, str(consultant.id), _LINK_LIFE)
        uow.outbox.owe(
            Owed(
                kind=Kind.WELCOME,
                channel=Channel.MAIL,
                to=consultant.email,
                key=Key.WELCOME,
                values={
                    "name": consultant.name,
                    "code": code,
                    "signature": consultant.signature,
                    "queues": ", ".join(self.queues[q].title for q in sorted(consultant.queues)),
                },
                language=STAFF_LANGUAGE,
                at=now,
                once=f"welcome:{consultant.id}:{now:%Y%m%d%H%M%S}",
            )
        )
        self._practice(uow, consultant)

    def _practice(self, uow: UnitOfWork, consultant: Consultant) -> None:
        now = self.clock.now()
        nobody = uow.people.add(name="", language=STAFF_LANGUAGE, address=None, at=now)
        queue = GENERAL if GENERAL in consultant.queues else min(consultant.queues)
        ticket = uow.tickets.add(
            NewTicket(
                status=Status.OPEN,
                queue=queue,
                requester=nobody.id,
                channel=Channel.WEB,
                language=STAFF_LANGUAGE,
                subject=_PRACTICE_QUESTION,
                at=now,
                practice=True,
                owner=consultant.id,
            )
        )
        article = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.INBOUND,
                channel=Channel.WEB,
                author="",
                text=_PRACTICE_QUESTION,
                at=now,
                person=nobody.id,
            )
        )
        event = PracticeOpened(ticket=ticket, article=article, consultant=consultant)
        self.reactions.owe(uow, event)

    def _issue(self, uow: UnitOfWork, purpose: str, subject: str, life: timedelta) -> str:
        code = secrets.token_urlsafe(22)
        uow.codes.issue(
            purpose=purpose,
            digest=digest(code),
            subject=subject,
            expires=self.clock.now() + life,
        )
        return code


def require(uow: UnitOfWork, email: str) -> Consultant:
    """Return the active consultant with this address.

    Raises:
        NotFoundError: there is none.
    """
    consultant = uow.consultants.by_email(email)
    if consultant is None:
        raise NotFoundError("no-such-consultant", email=email)
    return consultant
