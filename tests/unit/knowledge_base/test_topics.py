"""The queue of a question that no entry answers."""

from dataclasses import replace

import pytest

from knowledge_base import files
from knowledge_base.queues import GENERAL
from knowledge_base.topics import build_topics

QUEUES = files.shipped_queues()
TOPICS = build_topics(QUEUES.values(), files.shipped_entries(), files.shipped_triggers())


@pytest.mark.parametrize(
    ("question", "queue"),
    [
        ("nvo taryba nesirenka jau metus ka daryti", "nvo-tarybos"),
        ("Kada skelbs naują konkursą bendruomenėms?", "priemone-paraiskos"),
        ("mentorius nebesikreipia kam rasyti", "priemone-igyvendinimas"),
        ("Ar galėtumėte pravesti mokymus mūsų rajone?", "mokymai"),
        ("registru centras grazino prasyma del zymos", "steigimas"),
        ("buhaltere pabego kas bus", "finansai"),
        ("savanoris susizeide talkoje kas atsako", "savanoryste"),
        ("volunteer insurance", "savanoryste"),
        ("kiek kainuoja naujos padangos golfui", GENERAL),
        ("", GENERAL),
    ],
)
def test_a_queue_is_chosen_by_words_and_likeness(question: str, queue: str) -> None:
    assert TOPICS.choose(question).queue == queue


def test_the_words_that_decided_are_told() -> None:
    assert TOPICS.choose("Buhalterinė apskaita ir auditas").words == (
        "buhalterine",
        "apskaita",
        "auditas",
    )


def test_a_certificate_is_no_ngo_mark() -> None:
    assert "pazyma" not in TOPICS.choose("Kur gauti pažymą?").words


def test_queues_recognise_their_examples_without_having_seen_them() -> None:
    blind = [replace(queue, examples=()) for queue in QUEUES.values()]
    topics = build_topics(blind, files.shipped_entries(), files.shipped_triggers())
    asked = [(q.id, example) for q in QUEUES.values() if not q.restricted for example in q.examples]

    chosen = [(queue, topics.choose(example).queue) for queue, example in asked]

    assert sum(queue == choice for queue, choice in chosen) >= 0.75 * len(asked)
    assert sum(choice not in {queue, GENERAL} for queue, choice in chosen) <= 1
