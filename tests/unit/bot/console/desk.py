"""A whole desk in a temporary folder, with a clock the test moves and a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from starlette.testclient import TestClient

from bot.app import App, open_desk
from bot.console.site import Webhook
from bot.settings import Settings
from bot.status import RoleStatus
from bot.web import build_site, open_site
from handlers.domain.ids import TicketId
from handlers.domain.people import Consultant, Role
from handlers.domain.tickets import Article, Ticket
from handlers.ports import UnitOfWork
from knowledge_base.entries import Behaviour, Entry, Source
from storage.database import open_sql_database
from tests.databases import lay_schema

T = TypeVar("T")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

FAMILIAR = "Kas prižiūri drakonų voljerą Pasvalyje?"
"""A question the first entry answers word for word."""

FAMILIAR_ANSWER = "Drakonų voljerą prižiūri bendruomenė. Daugiau: https://pavyzdys.lt/bo."
STRANGE = "kiek kainuoja naujos padangos golfui"
SOURCE = Source(id="S1", title="Bendruomenių įstatymas", url="https://pavyzdys.lt", date="2025")

ENTRIES = (
    Entry(
        id="drakonai",
        topic="bo-atstovavimas",
        question=FAMILIAR,
        answer=FAMILIAR_ANSWER,
        sources=(SOURCE,),
        behaviour=Behaviour.ANSWER,
        checked_on=date(2026, 11, 20),
        checked_by="Rasa",
    ),
    Entry(
        id="vaivorykstes",
        topic="steigimas",
        question="Kada veikia vaivorykščių nuomos punktas?",
        answer="Vaivorykštės nuomojamos po lietaus.",
        sources=(SOURCE,),
        behaviour=Behaviour.ANSWER,
    ),
)


@dataclass(slots=True)
class MovableClock:
    """Time stands still until the test moves it."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def move(self, step: timedelta) -> None:
        self.at += step


@dataclass(slots=True, kw_only=True, repr=False)
class Desk:
    """The application with its pages; `roles` is what `/ready` is told."""

    app: App
    clock: MovableClock
    client: TestClient
    roles: dict[str, RoleStatus] = field(default_factory=dict)
    rung: list[None] = field(default_factory=list)

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.app.units.begin() as uow:
            value = work(uow)
            uow.commit()
            return value

    def add_consultant(
        self,
        name: str = "Rasa Petraitienė",
        *,
        queues: frozenset[str] = frozenset(),
        role: Role = Role.CONSULTANT,
    ) -> Consultant:
        email = f"{name.partition(' ')[0].lower()}@nvo.example"
        return self.write(
            lambda uow: self.app.staff.add(uow, name=name, email=email, queues=queues, role=role)
        )

    def sign_in(self, who: Consultant) -> None:
        code = self.write(lambda uow: self.app.staff.sign_in_code(uow, who))
        inside = self.client.post("/console/sign-in", data={"code": code}, follow_redirects=False)
        assert inside.status_code == 303

    def ask(self, text: str = STRANGE, **fields: str) -> Asked:
        answer = self.client.post("/api/questions", json={"text": text, **fields})
        assert answer.status_code == 201, answer.text
        document = answer.json()
        return Asked(
            id=TicketId(int(document["reference"].removeprefix("NVO-"))),
            reference=document["reference"],
            page=f"/t/{document['token']}",
        )

    def ticket(self, asked: Asked) -> Ticket:
        return self.write(lambda uow: uow.tickets.get(asked.id))

    def articles(self, asked: Asked) -> list[Article]:
        return self.write(lambda uow: list(uow.tickets.articles(asked.id)))


@dataclass(frozen=True, slots=True)
class Asked:
    """A filed question."""

    id: TicketId
    reference: str
    page: str


@contextmanager
def open_test_desk(
    folder: Path, *, webhooks: dict[str, Webhook] | None = None, **settings: object
) -> Iterator[Desk]:
    """Open a desk that knows two entries and no other."""
    clock = MovableClock()
    given = Settings.model_validate({"data_dir": folder, "web_rate": "0", **settings})
    _put_in_force(ENTRIES, folder)
    with open_desk(given, clock=clock) as app:
        roles = {"web": RoleStatus(ok=True, detail="http://127.0.0.1:8080")}
        rung: list[None] = []
        site = open_site(app, owed=lambda: rung.append(None))
        web = build_site(site, readiness=lambda: roles, webhooks=webhooks)
        with TestClient(web, base_url=given.public_url or "http://testserver") as client:
            yield Desk(app=app, clock=clock, client=client, roles=roles, rung=rung)


def _put_in_force(entries: Sequence[Entry], folder: Path) -> None:
    """Write the entries before the desk opens, which then leaves the shipped ones out."""
    lay_schema(folder)
    with open_sql_database(None, folder) as database, database.begin() as uow:
        uow.entries.put(entries, at=MONDAY, by="test")
        uow.commit()


def console_address(asked: Asked, act: str = "") -> str:
    """Return a ticket's address in the console, or that of one of its buttons."""
    return f"/console/tickets/{asked.reference}" + (f"/{act}" if act else "")


def form_value(html: str, name: str) -> str:
    """Return the value of a hidden field, as a browser would send it."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def words_of(html: str) -> str:
    """Return what a reader sees, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
