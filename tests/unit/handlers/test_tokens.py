"""Signed tokens: read back whole, never forged, never used for another door."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.domain.ids import ConsultantId, OutboxId, TicketId
from handlers.tokens import Claim, Purpose, Tokens

TOKENS = Tokens((b"present", b"previous"))
NUMBERS = some.integers(min_value=1, max_value=10**18 - 1)
CLAIMS = some.one_of(
    some.builds(Claim, some.sampled_from([Purpose.THREAD, Purpose.PAGE]), NUMBERS.map(TicketId)),
    some.builds(Claim, some.just(Purpose.DESK), NUMBERS.map(TicketId), NUMBERS.map(ConsultantId)),
)
LETTERS = "tdw.0123456789abcdefghijklmnopqrstuvwxyz"


@given(CLAIMS)
def test_a_signed_claim_is_read_back(claim: Claim) -> None:
    token = TOKENS.sign(claim)

    assert TOKENS.verify(token) == claim


@given(CLAIMS)
def test_a_token_fits_the_local_part_of_an_address_in_any_letter_case(claim: Claim) -> None:
    token = TOKENS.sign(claim)

    assert (token, len(token) <= 64) == (token.lower(), True)
    assert TOKENS.verify(token.upper()) == claim


@given(some.text(alphabet=LETTERS, max_size=64))
def test_no_text_is_a_token(text: str) -> None:
    assert TOKENS.verify(text) is None


@given(CLAIMS, some.data())
def test_a_token_changed_in_one_place_is_none(claim: Claim, data: some.DataObject) -> None:
    token = TOKENS.sign(claim)
    place = data.draw(some.integers(0, len(token) - 1))
    letter = data.draw(some.sampled_from([each for each in LETTERS if each != token[place]]))

    assert TOKENS.verify(token[:place] + letter + token[place + 1 :]) is None


@given(CLAIMS, CLAIMS)
def test_a_signature_opens_no_other_door(claim: Claim, other: Claim) -> None:
    signature = TOKENS.sign(claim).rpartition(".")[2]
    body = TOKENS.sign(other).rpartition(".")[0]

    assert TOKENS.verify(f"{body}.{signature}") == (claim if claim == other else None)


def test_after_a_change_of_keys_the_previous_one_is_accepted_and_never_signs() -> None:
    claim = Claim(Purpose.THREAD, TicketId(5))
    old, new = Tokens((b"previous",)), Tokens((b"present",))

    assert TOKENS.verify(old.sign(claim)) == claim
    assert TOKENS.sign(claim) == new.sign(claim)
    assert new.verify(old.sign(claim)) is None


@pytest.mark.parametrize("body", ["t.5.6", "w.5.6", "d.5", "t.0", "t.05"])
def test_a_well_signed_claim_of_a_wrong_shape_is_none(body: str) -> None:
    signed = [Tokens((b"k",)).sign(Claim(Purpose.THREAD, TicketId(5)))]

    assert Tokens((b"k",)).verify(f"{body}.{signed[0].rpartition('.')[2]}") is None


def test_keys_do_not_show() -> None:
    assert repr(Tokens((b"secret",))) == "Tokens()"


@pytest.mark.parametrize("strange", ["", "t.١.aaaaaaaaaaaaaaaaaaaa", "t.1.\n", "ţ.1." + "a" * 20])
def test_strange_letters_are_no_token(strange: str) -> None:
    assert TOKENS.verify(strange) is None


def test_a_return_path_opens_nothing_else() -> None:
    tokens = Tokens((b"key",))
    signed = tokens.sign_return(OutboxId(7))

    assert (tokens.returned(signed), tokens.returned(signed.upper())) == (7, 7)
    assert tokens.verify(signed) is None
    assert tokens.returned(tokens.sign(Claim(Purpose.THREAD, TicketId(7)))) is None
    assert tokens.returned(signed.replace("b.7.", "b.8.")) is None
    assert Tokens((b"new", b"key")).returned(signed) == 7
    assert Tokens((b"new",)).returned(signed) is None
