"""A promise of speed: filing a message asks the database little."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from tests.builders import a_mail
from tests.wired import WiredDesk

_QUESTION = 21


def test_a_new_question_of_somebody_new_takes_few_statements(desk: WiredDesk) -> None:
    desk.hire()
    desk.receive(a_mail())

    with _statements() as asked:
        desk.receive(a_mail(sender=Address(Channel.MAIL, "kitas@pavyzdys.lt"), external_id="<k@x>"))

    assert len(asked) <= _QUESTION


def test_nothing_is_looked_for_that_hangs_on_a_ticket_just_made(desk: WiredDesk) -> None:
    with _statements() as asked:
        desk.receive(a_mail())

    tied = ("merges", "referrals", "drafts", "watchers", "topics")
    assert [each for each in asked if any(f"FROM {table}" in each for table in tied)] == []


@contextmanager
def _statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(" ".join(statement.split()))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
