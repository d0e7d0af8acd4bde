"""Typed wishes: a number, a word, in three languages, and nothing swallowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.domain.channels import Channel
from handlers.domain.ids import PersonId, TicketId
from handlers.domain.tickets import Status, Ticket
from handlers.typed import Wish, says_more, wish
from knowledge_base.text import Line
from tests.builders import NOON


def a_ticket(status: Status = Status.ANSWERED, *offered: str) -> Ticket:
    return Ticket(
        id=TicketId(1),
        version=1,
        status=status,
        queue="bendra",
        owner=None,
        requester=PersonId(1),
        channel=Channel.MAIL,
        language="lt",
        municipality=None,
        topic=None,
        subject="",
        offered=offered,
        practice=False,
        created_at=NOON,
        updated_at=NOON,
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", Wish.HELPED),
        (" 1. ", Wish.HELPED),
        ("1)", Wish.HELPED),
        ("1 – padėjo", Wish.HELPED),
        ("Padėjo", Wish.HELPED),
        ("padejo!", Wish.HELPED),
        ("Taip, padėjo, labai ačiū!", Wish.HELPED),
        ("1\n\nPagarbiai\nOna Onaitė", Wish.HELPED),
        ("It helped, thank you", Wish.HELPED),
        ("Помогло, спасибо", Wish.HELPED),
        ("2", Wish.NOT_HELPED),
        ("2 - nepadėjo", Wish.NOT_HELPED),
        ("Nepadėjo.", Wish.NOT_HELPED),
        ("ne padėjo", Wish.NOT_HELPED),
        ("Ne, nepadejo", Wish.NOT_HELPED),
        ("It did not help", Wish.NOT_HELPED),
        ("didn't help", Wish.NOT_HELPED),
        ("Не помогло", Wish.NOT_HELPED),
        ("3", Wish.PERSON),
        ("3 – noriu konsultanto", Wish.PERSON),
        ("konsultantas", Wish.PERSON),
        ("Norėčiau pasikalbėti su konsultantu", Wish.PERSON),
        ("consultant", Wish.PERSON),
        ("консультант", Wish.PERSON),
    ],
)
def test_an_answered_asker_may_type_a_button(text: str, meant: Wish) -> None:
    assert wish(a_ticket(), Line(text)) is meant


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "0",
        "11",
        "1 – nepadėjo",
        "2 – padėjo",
        "Padėjo?",
        "1?",
        "Padėjo, bet kiek tai kainuoja",
        "1\nO kada kitas kvietimas",
        "1\nPagarbiai\nOna\nP. S. O kada kitas kvietimas?",
        "1,2 procento",
        "Ačiū",
        "",
        "١",
    ],
)
def test_anything_else_is_a_message_for_a_person(text: str) -> None:
    assert wish(a_ticket(), Line(text)) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1", Wish.FIRST), ("2.", Wish.SECOND), ("3", None), ("１", Wish.FIRST), ("padėjo", None)],
)
def test_a_number_chooses_among_the_offered(text: str, meant: Wish | None) -> None:
    assert wish(a_ticket(Status.NEW, "nvo-zyma", "nvo-taryba"), Line(text)) is meant


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.ANSWERED])
def test_without_an_answer_or_offers_a_number_means_nothing(status: Status) -> None:
    assert [wish(a_ticket(status), Line(text)) for text in ("1", "2", "3", "padėjo")] == [None] * 4


def test_a_wish_of_one_word_says_no_more() -> None:
    assert not says_more(Line("Noriu konsultanto, ačiū!"))
    assert says_more(Line("Noriu pasikalbėti su konsultantu dėl projekto ataskaitos termino."))


@given(some.text(max_size=60), some.sampled_from(Status), some.integers(0, 3))
def test_any_text_is_read_without_complaint(text: str, status: Status, offers: int) -> None:
    meant = wish(a_ticket(status, *("nvo-zyma",) * offers), Line(text))

    assert meant is None or meant.option is None or 1 <= meant.option <= offers
