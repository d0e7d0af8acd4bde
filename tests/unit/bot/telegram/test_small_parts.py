"""Buttons, names of messages, and what the package does not load."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.ids import AskerButton, CardButton, name_of, number_in, read_button
from handlers.domain.ids import TicketId
from handlers.typed import Wish


@given(st.integers(1, 10**17), st.sampled_from(Wish))
def test_an_askers_button_is_read_back(ticket: int, wish: Wish) -> None:
    button = AskerButton(TicketId(ticket), wish)

    assert read_button(button.data) == button
    assert len(button.data.encode()) <= 64


@given(st.integers(1, 10**17), st.sampled_from(["take", "resolve", "spam"]))
def test_a_cards_button_is_read_back(ticket: int, act: str) -> None:
    button = CardButton(TicketId(ticket), act)

    assert read_button(button.data) == button


@given(st.text())
def test_nothing_else_is_a_button(data: str) -> None:
    assert read_button(data) is None


@pytest.mark.parametrize(
    "data",
    [None, "", "a:0:helped", "a:1:take", "s:1:helped", "s:1:delete", "a:1:helped:x", "b:1:1"],
)
def test_what_only_looks_like_one_is_none(data: str | None) -> None:
    assert read_button(data) is None


def test_a_message_is_found_in_its_own_chat_only() -> None:
    assert number_in("-100", name_of(-100, 5)) == 5
    assert number_in("-100", "-100:5:1700000000") == 5
    assert number_in("100", name_of(-100, 5)) is None
    assert number_in("100", "<a@example.org>") is None


@pytest.mark.parametrize(
    "module", ["bot.telegram", "bot.telegram.transport", "bot.telegram.receiver"]
)
def test_sending_and_receiving_do_without_aiogram(module: str) -> None:
    code = f"import sys, {module}; sys.exit('aiogram' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
