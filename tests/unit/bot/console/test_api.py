"""`POST /api/questions` keeps to the contract, whatever is posted."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.console.questions import NotJsonError, parse_json
from handlers.domain.errors import InvalidError
from handlers.domain.messages import InboxState
from tests.unit.bot.console.desk import (
    FAMILIAR,
    FAMILIAR_ANSWER,
    STRANGE,
    Desk,
    open_test_desk,
)

PATH = "/api/questions"


def test_a_familiar_question_is_answered_with_its_source(desk: Desk) -> None:
    answer = desk.client.post(PATH, json={"text": FAMILIAR, "email": "Ona@Example.org"})

    document = answer.json()
    token = document.pop("token")
    assert answer.status_code == 201
    assert document == {
        "reference": "NVO-1",
        "decision": "answer",
        "answer": {
            "id": "drakonai",
            "text": FAMILIAR_ANSWER,
            "sources": [
                {
                    "id": "S1",
                    "title": "Bendruomenių įstatymas",
                    "url": "https://pavyzdys.lt",
                    "date": "2025",
                }
            ],
        },
        "partial": None,
        "url": f"http://testserver/t/{token}",
    }


def test_an_unknown_question_becomes_a_ticket_and_no_answer(desk: Desk) -> None:
    document = desk.client.post(PATH, json={"text": STRANGE}).json()

    assert (document["decision"], document["answer"]) == ("unsure", None)
    rows = desk.write(lambda uow: uow.inbox.rows())
    assert [(row.state, row.ticket) for row in rows] == [(InboxState.DONE, 1)]
    raw = desk.write(lambda uow: uow.inbox.raw(rows[0].id))
    assert json.loads(raw) == {"text": STRANGE}


def test_an_answer_the_administrator_holds_back_is_decided_but_not_told(tmp_path: Path) -> None:
    with open_test_desk(tmp_path, auto_answers="shadow") as desk:
        document = desk.client.post(PATH, json={"text": FAMILIAR}).json()

    assert (document["decision"], document["answer"]) == ("answer", None)


def test_the_same_key_and_body_get_the_first_response_again(desk: Desk) -> None:
    headers = {"Idempotency-Key": "abc"}

    first = desk.client.post(PATH, json={"text": FAMILIAR}, headers=headers)
    again = desk.client.post(PATH, json={"text": FAMILIAR}, headers=headers)

    assert (again.status_code, again.json()) == (201, first.json())
    assert len(desk.write(lambda uow: uow.tickets.rows())) == 1


def test_the_same_key_with_another_body_is_refused(desk: Desk) -> None:
    headers = {"Idempotency-Key": "abc"}
    desk.client.post(PATH, json={"text": FAMILIAR}, headers=headers)

    other = desk.client.post(PATH, json={"text": STRANGE}, headers=headers)

    assert (other.status_code, other.json()["field"]) == (422, "Idempotency-Key")


def test_without_a_key_the_same_question_twice_is_two_tickets(desk: Desk) -> None:
    references = [desk.ask(STRANGE).reference for _ in range(2)]

    assert references == ["NVO-1", "NVO-2"]


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe\xff", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b'{"text": "' + b"a" * 65_536 + b'"}', "application/json", 413),
        (b'{"text": "labas"}', "text/plain", 415),
        (b'{"text": "labas"}', "", 415),
    ],
)
def test_what_is_not_a_small_json_document_is_refused(
    desk: Desk, content: bytes, content_type: str, status: int
) -> None:
    answer = desk.client.post(PATH, content=content, headers={"Content-Type": content_type})

    assert answer.status_code == status
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ([], "text"),
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n\u0000"}, "text"),
        ({"text": 5}, "text"),
        ({"text": "ą" * 20_001}, "text"),
        ({"text": "labas", "email": "blogas"}, "email"),
        ({"text": "labas", "email": "a@b.lt\r\nBcc: c@d.lt"}, "email"),
        ({"text": "labas", "email": ["a@b.lt"]}, "email"),
        ({"text": "labas", "municipality": 7}, "municipality"),
        ({"text": "labas", "municipality": "x" * 101}, "municipality"),
        ({"text": "labas", "language": "xx"}, "language"),
    ],
)
def test_a_document_that_is_no_question_names_the_field(
    desk: Desk, document: object, field: str
) -> None:
    content = json.dumps(document, ensure_ascii=False).encode()

    answer = desk.client.post(PATH, content=content, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_twenty_thousand_characters_are_not_too_many(desk: Desk) -> None:
    content = json.dumps({"text": "ą" * 20_000}, ensure_ascii=False).encode()

    answer = desk.client.post(
        PATH, content=content, headers={"Content-Type": "application/json; charset=utf-8"}
    )

    assert answer.status_code == 201


def test_who_asks_too_often_is_told_how_long_to_wait(tmp_path: Path) -> None:
    with open_test_desk(tmp_path, web_rate="2/1m") as desk:
        statuses = [desk.client.post(PATH, json={"text": STRANGE}) for _ in range(3)]

    assert [answer.status_code for answer in statuses] == [201, 201, 429]
    assert statuses[2].headers["retry-after"] == "60"


def test_a_forwarded_address_is_not_believed(tmp_path: Path) -> None:
    with open_test_desk(tmp_path, web_rate="1/1m") as desk:
        statuses = [
            desk.client.post(PATH, json={"text": STRANGE}, headers={"X-Forwarded-For": client})
            for client in ("192.0.2.1", "192.0.2.2")
        ]

    assert [answer.status_code for answer in statuses] == [201, 429]


def test_an_unknown_place_is_kept_where_a_consultant_reads_it(desk: Desk) -> None:
    asked = desk.ask(STRANGE, municipality="Atlantida")

    assert [article.full_text for article in desk.articles(asked)] == [f"{STRANGE}\n\n(Atlantida)"]


def test_a_known_place_is_remembered_by_its_official_name(desk: Desk) -> None:
    asked = desk.ask(STRANGE, municipality="kauno raj.")

    assert desk.ticket(asked).municipality == "Kauno r. sav."


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_question_or_a_plain_refusal(body: bytes) -> None:
    try:
        parse_json(body)
    except (NotJsonError, InvalidError):
        return


_VALUES: st.SearchStrategy[object] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=30), st.just([])
)
_DOCUMENTS = st.dictionaries(
    st.sampled_from(["text", "email", "municipality", "language", "x"]), _VALUES
)


@given(_DOCUMENTS)
def test_a_question_that_was_read_is_read_the_same_again(document: dict[str, object]) -> None:
    try:
        question = parse_json(json.dumps(document).encode())
    except InvalidError:
        return

    assert parse_json(question.to_json()) == question


@given(text=st.text(min_size=1, max_size=80))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_are_filed_as_they_can_be_shown(desk: Desk, text: str) -> None:
    answer = desk.client.post(
        PATH, content=json.dumps({"text": text}), headers={"Content-Type": "application/json"}
    )

    if answer.status_code == 422:
        assert not any(letter.isalnum() for letter in text)
    else:
        assert desk.client.get(f"/t/{answer.json()['token']}").status_code == 200
