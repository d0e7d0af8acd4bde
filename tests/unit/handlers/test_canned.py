"""Canned replies: what cannot be one."""

import pytest

from handlers.canned import CannedReplies
from handlers.domain.errors import HelpdeskError
from tests.wired import WiredDesk


def test_what_cannot_be_a_canned_reply_is_refused(desk: WiredDesk) -> None:
    canned, refused = CannedReplies(clock=desk.clock, about={}), []
    for name, text in (
        ("dvi eilutės", "Tekstas"),
        ("gera", " "),
        ("gera", "Laba, {pavarde}"),
        ("gera", "a" * 3001),
    ):
        with pytest.raises(HelpdeskError) as refusal, desk.database.begin() as uow:
            canned.add(uow, name=name, text=text, by="rasa@pagalba.lt")
        refused.append(refusal.value.key)

    assert refused == ["template-name", "no-words", "template-variable", "text-too-long"]
