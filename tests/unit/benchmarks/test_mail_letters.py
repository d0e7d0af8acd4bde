"""The letters that are measured with: whole threads, and others whose words were exchanged."""

import email
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from benchmarks.mail_letters import AHEAD, COUNT, Letters, letters


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    return letters(tmp_path_factory.mktemp("seen"))


def test_some_questions_go_ahead_and_every_letter_has_its_thread(seen: Letters) -> None:
    names = {str(letter["Message-ID"]) for letter in _all(seen)}

    assert (len(list(seen.ahead.iterdir())), seen.count) == (AHEAD, COUNT - AHEAD)
    assert len(list(seen.questions())) == seen.answered
    assert names == seen.threads.keys()


def test_a_reply_is_in_the_thread_of_what_it_replies_to(seen: Letters) -> None:
    replies = [letter for letter in _all(seen) if letter["In-Reply-To"]]

    assert replies
    assert all(
        seen.threads[reply["Message-ID"]] == seen.threads[reply["In-Reply-To"]] for reply in replies
    )


def test_unseen_letters_have_the_same_threads_and_hardly_a_sentence_twice(
    seen: Letters, tmp_path: Path
) -> None:
    unseen = letters(tmp_path, unseen=True)

    assert unseen.threads == seen.threads
    assert _different(seen) < 0.2
    assert _different(unseen) > 0.95


def _different(written: Letters) -> float:
    """Return the share of the long sentences, quotations left out, that stand there once only."""
    sentences = list(_sentences(written))
    return len(set(sentences)) / len(sentences)


def _all(written: Letters) -> list[Message]:
    paths = [*written.ahead.iterdir(), *sorted(written.rest.iterdir())]
    return [email.message_from_bytes(path.read_bytes()) for path in paths]


def _sentences(written: Letters) -> Iterator[str]:
    for letter in _all(written):
        for part in letter.walk():
            if part.get_content_type() == "text/plain":
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                for line in content.decode(part.get_content_charset("utf-8")).splitlines():
                    if not line.startswith(">"):
                        yield from (said for said in line.split(". ") if len(said) > 50)
