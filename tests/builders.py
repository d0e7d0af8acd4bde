"""Values with defaults, so that a test names only what it is about; `tests.wired` has the desk."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from handlers.desk import Words
from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.ids import ConsultantId, OutboxId, TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Key, Kind, Outgoing
from handlers.domain.people import Consultant, Role
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Candidate, Decision, Suggestions, Unsure
from knowledge_base.entries import Behaviour, Entry, Source
from knowledge_base.files import build
from knowledge_base.language import Language
from knowledge_base.queues import GENERAL

NOON: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday, 14:00 in Vilnius: somebody is at the desk."""

_numbers = itertools.count(1)


@dataclass(slots=True)
class TestClock:
    """A clock that stands until a test moves it."""

    __test__ = False

    at: datetime = NOON

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.at

    def move(self, **by: float) -> None:
        """Go forward by a `timedelta` of these."""
        self.at += timedelta(**by)


# What we know ---------------------------------------------------------------------------------


def an_entry(**given: Any) -> Entry:
    """Build an entry that may be answered on any day, everywhere."""
    default = Entry(
        id="nvo-zyma",
        topic="steigimas",
        question="Kas yra NVO žyma?",
        answer="NVO žyma rodo, kad juridinis asmuo atitinka NVO įstatymą.",
        sources=(Source(id="zyma", title="Registrų centras", date="2024"),),
        behaviour=Behaviour.ANSWER_OFFER_HUMAN,
        approved_by="Rasa",
    )
    return replace(default, **given)


MARK: Final = an_entry()
COUNCIL: Final = an_entry(
    id="nvo-taryba",
    topic="nvo-tarybos",
    question="Kas yra NVO taryba?",
    answer="NVO taryba patariamoji. Rašykite mums: {mail_address}.",
    sources=(Source(id="taryba", title="NVO plėtros įstatymas"),),
)
CALL: Final = an_entry(
    id="kvietimas",
    topic="priemone-paraiskos",
    question="Kada skelbiamas kvietimas?",
    answer="Kvietimą skelbia savivaldybė. Klausimą perduodame konsultantui.",
    behaviour=Behaviour.ANSWER_AND_ROUTE,
)
UNAPPROVED: Final = an_entry(
    id="savanoriai",
    topic="savanoryste",
    question="Ar reikia savanoriškos veiklos sutarties?",
    answer="Sutartis rašoma, kai savanoris to prašo.",
    approved_by=None,
)
ENTRIES: Final = (MARK, COUNCIL, CALL, UNAPPROVED)


@cache
def a_knowledge_base() -> KnowledgeBase:
    """Build the knowledge base of the four entries."""
    return build(ENTRIES)


def an_answer(*entries: Entry, **given: Any) -> Decision:
    """Decide that these entries answer the question."""
    chosen = entries or (MARK,)
    default = Answer(
        segments=(),
        language=Language.LT,
        municipality=None,
        queue=chosen[0].topic,
        reasons=("sure",),
        candidates=tuple(a_candidate(entry) for entry in chosen),
        entries=chosen,
        text="",
    )
    return replace(default, **given)


def suggestions(*entries: Entry, **given: Any) -> Decision:
    """Decide that the asker may mean one of these entries."""
    offered = entries or (MARK, COUNCIL)
    default = Suggestions(
        segments=(),
        language=Language.LT,
        municipality=None,
        queue=offered[0].topic,
        reasons=("near",),
        candidates=tuple(a_candidate(entry, confidence=0.4) for entry in offered),
        offered=offered,
    )
    return replace(default, **given)


def unsure(queue: str = GENERAL, **given: Any) -> Decision:
    """Decide that a person must look."""
    default = Unsure(
        segments=(),
        language=Language.LT,
        municipality=None,
        queue=queue,
        reasons=("nothing near",),
        candidates=(),
    )
    return replace(default, **given)


def a_candidate(entry: Entry = MARK, confidence: float = 0.93) -> Candidate:
    """Build a candidate for an entry."""
    return Candidate(entry_id=entry.id, question=entry.question, score=0.8, confidence=confidence)


# What comes in --------------------------------------------------------------------------------


def mail_of(value: str) -> Address:
    """Name a mail address."""
    return Address(Channel.MAIL, value)


ONA: Final = mail_of("ona@bendruomene.lt")


def a_mail(text: str = "Kaip įkurti bendruomenę?", **given: Any) -> Prepared:
    """Build a prepared mail of somebody who asks something nobody knows."""
    default = Prepared(
        channel=Channel.MAIL,
        sender=ONA,
        sender_name="Ona Onaitė",
        subject="Klausimas",
        text=text,
        full_text=text,
        external_id=f"<{next(_numbers)}@bendruomene.lt>",
        received_at=NOON,
        decision=unsure(),
    )
    return replace(default, **given)


def a_telegram_message(text: str = "Kaip įkurti bendruomenę?", **given: Any) -> Prepared:
    """Build a prepared message from a private chat."""
    default: dict[str, Any] = {
        "channel": Channel.TELEGRAM,
        "sender": Address(Channel.TELEGRAM, "77"),
        "subject": "",
        "external_id": f"77:{next(_numbers)}",
    }
    return a_mail(text, **{**default, **given})


def a_web_question(text: str = "Kaip įkurti bendruomenę?", **given: Any) -> Prepared:
    """Build a prepared question from the ask page, without an e-mail address."""
    number = next(_numbers)
    default: dict[str, Any] = {
        "channel": Channel.WEB,
        "sender": Address(Channel.WEB, f"web-{number}"),
        "sender_name": "",
        "subject": "",
        "external_id": f"form:{number}",
    }
    return a_mail(text, **{**default, **given})


def a_file(name: str = "įstatai.pdf", **given: Any) -> Attachment:
    """Build an attachment."""
    default = Attachment(sha256="0" * 64, name=name, content_type="application/pdf", size=3)
    return replace(default, **given)


# Those who answer, and what goes out ------------------------------------------------------------


def an_outgoing(**given: Any) -> Outgoing:
    """Build a debt under a lease, ready to be rendered."""
    default = Outgoing(
        id=OutboxId(1),
        fence=1,
        kind=Kind.ACKNOWLEDGEMENT,
        channel=Channel.MAIL,
        to=ONA.value,
        key=Key.ACKNOWLEDGEMENT,
        values={"reference": "NVO-1"},
        language="lt",
        at=NOON,
        attempts=1,
        doubts=0,
        ticket=TicketId(1),
        article=None,
        subject="Klausimas",
        thread=(),
        topic=None,
        attachments=(),
        rendered=None,
        external_id=None,
    )
    return replace(default, **given)


def a_consultant(**given: Any) -> Consultant:
    """Build a consultant of the general queue who was never stored."""
    default = Consultant(
        id=ConsultantId(1),
        name="Rasa Rasaitė",
        email="rasa@pagalba.lt",
        telegram=None,
        role=Role.CONSULTANT,
        signature="",
        active=True,
        queues=frozenset({GENERAL}),
    )
    return replace(default, **given)


def words(text: str = "Taip, galite.", **given: Any) -> Words:
    """Build what a consultant says."""
    return replace(Words(text=text, channel=Channel.COMMAND), **given)
