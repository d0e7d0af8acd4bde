"""One person on two channels: joined by a code, parted again, nothing told to strangers."""

import itertools

import pytest

from handlers.commands import FollowLink, Joining, Link
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Person
from handlers.domain.tickets import Ticket
from handlers.intake import Receipt
from handlers.staff import digest
from tests.builders import a_mail, a_telegram_message, a_web_question, unsure
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import Debt, WiredDesk

MAIL = Address(Channel.MAIL, "ona@bendruomene.lt")
CHAT = Address(Channel.TELEGRAM, "501")
_once = itertools.count()


def say(
    desk: WiredDesk, what: Joining, argument: str = "", *, by: Address = CHAT, language: str = "lt"
) -> list[Debt]:
    """Ask in the chat and return what came to be owed."""
    desk.new_debts()
    link = Link(
        by=by, name="Ona", what=what, language=language, once=str(next(_once)), argument=argument
    )
    desk.carry_out(link)
    return desk.new_debts()


def code_in(debts: list[Debt]) -> str:
    [mailed] = [debt for debt in debts if debt.key == Key.LINK_CODE]
    return str(mailed.values["code"])


def joined(desk: WiredDesk) -> None:
    say(desk, Joining.CONFIRM, code_in(say(desk, Joining.LINK, MAIL.value)))


def follow(desk: WiredDesk, code: str, *, by: Address = CHAT) -> Receipt:
    follow = FollowLink(
        code_digest=digest(code), by=by, name="Ona", language="lt", once=str(next(_once))
    )
    return desk.carry_out(follow)


def person(desk: WiredDesk, address: Address) -> Person | None:
    return desk.do(lambda uow: uow.people.find(address))


def from_chat(desk: WiredDesk) -> Ticket:
    return desk.ticket_of(a_telegram_message(sender=CHAT, decision=unsure()))


def by_mail(desk: WiredDesk) -> Ticket:
    return desk.ticket_of(a_mail(sender=MAIL, decision=unsure()))


# By a mail address --------------------------------------------------------------------------


def test_a_code_from_the_mail_makes_two_people_one(chat_desk: WiredDesk) -> None:
    written, mailed = from_chat(chat_desk), by_mail(chat_desk)

    sent = say(chat_desk, Joining.LINK, " Ona@Bendruomene.lt ")
    done = say(chat_desk, Joining.CONFIRM, code_in(sent))

    assert sent == [
        Debt(Kind.NOTICE, MAIL.value, Key.LINK_CODE),
        Debt(Kind.NOTICE, "501", Key.MEMBER_LINK_SENT),
    ]
    assert sent[1].values == {"address": "o•••@bendruomene.lt"}
    assert done == [
        Debt(Kind.NOTICE, MAIL.value, Key.LINK_MADE),
        Debt(Kind.NOTICE, "501", Key.MEMBER_LINKED),
    ]
    ona = person(chat_desk, CHAT)
    assert ona is not None
    assert ona == person(chat_desk, MAIL)
    assert set(ona.addresses) == {CHAT, MAIL}
    own = chat_desk.do(lambda uow: [row.id for row in uow.tickets.of_person(ona.id)])
    assert own == [mailed.id, written.id]
    assert chat_desk.history(mailed)[-1] == chat_desk.history(written)[-1] == "channels_linked"


@pytest.mark.parametrize("known", [True, False])
def test_the_chat_does_not_tell_who_is_known(chat_desk: WiredDesk, *, known: bool) -> None:
    if known:
        by_mail(chat_desk)

    sent = say(chat_desk, Joining.LINK, MAIL.value)
    wrong = say(chat_desk, Joining.CONFIRM, "000000x")

    assert [debt.values for debt in sent if debt.to == "501"] == [
        {"address": "o•••@bendruomene.lt"}
    ]
    assert wrong == [Debt(Kind.NOTICE, "501", Key.MEMBER_LINK_WRONG)]
    assert person(chat_desk, CHAT) is None


def test_whom_nobody_knows_is_remembered_by_both_addresses(chat_desk: WiredDesk) -> None:
    joined(chat_desk)

    ona = person(chat_desk, MAIL)
    assert ona is not None
    assert (ona.name, ona.language, ona.addresses) == ("Ona", "lt", (CHAT, MAIL))


def test_a_code_is_good_in_its_own_chat_for_five_tries(chat_desk: WiredDesk) -> None:
    code = code_in(say(chat_desk, Joining.LINK, MAIL.value))

    stranger = say(chat_desk, Joining.CONFIRM, code, by=Address(Channel.TELEGRAM, "666"))
    guesses = [say(chat_desk, Joining.CONFIRM, "x") for _ in range(5)]
    late = say(chat_desk, Joining.CONFIRM, code)

    assert [debt.key for debt in (*stranger, *itertools.chain(*guesses), *late)] == [
        Key.MEMBER_LINK_WRONG
    ] * 7
    assert person(chat_desk, MAIL) is None


def test_a_code_is_good_for_fifteen_minutes(chat_desk: WiredDesk) -> None:
    code = code_in(say(chat_desk, Joining.LINK, MAIL.value))
    chat_desk.clock.move(minutes=15)

    wrong = say(chat_desk, Joining.CONFIRM, code)

    assert [debt.key for debt in wrong] == [Key.MEMBER_LINK_WRONG]


def test_three_codes_go_out_a_day_to_an_address_and_from_a_chat(chat_desk: WiredDesk) -> None:
    chats = [Address(Channel.TELEGRAM, number) for number in ("1", "2", "3", "4")]
    to_one = [say(chat_desk, Joining.LINK, MAIL.value, by=chat)[-1].key for chat in chats]
    from_one = [say(chat_desk, Joining.LINK, f"{n}@b.lt")[-1].key for n in range(4)]
    chat_desk.clock.move(days=1, minutes=1)
    next_day = say(chat_desk, Joining.LINK, MAIL.value)[-1].key

    limited = [Key.MEMBER_LINK_SENT] * 3 + [Key.MEMBER_LINK_OFTEN]
    assert (to_one, from_one, next_day) == (limited, limited, Key.MEMBER_LINK_SENT)


@pytest.mark.parametrize("given", ["", "ona", "ona@", "ona@b", "a b@c.lt", "a@b.lt,c@d.lt"])
def test_what_is_no_address_is_told_how(chat_desk: WiredDesk, given: str) -> None:
    assert say(chat_desk, Joining.LINK, given) == [Debt(Kind.NOTICE, "501", Key.MEMBER_LINK_HOW)]


def test_where_no_mail_is_sent_no_code_is_promised(open_desk: DeskMaker) -> None:
    desk = open_desk(sends_mail=False)

    assert say(desk, Joining.LINK, MAIL.value) == [Debt(Kind.NOTICE, "501", Key.MEMBER_LINK_LATER)]


def test_an_address_linked_already_costs_no_mail(chat_desk: WiredDesk) -> None:
    joined(chat_desk)

    assert say(chat_desk, Joining.LINK, MAIL.value) == [Debt(Kind.NOTICE, "501", Key.MEMBER_LINKED)]


# By an invitation ---------------------------------------------------------------------------


def invitation(desk: WiredDesk, ticket: Ticket) -> str:
    return desk.do(lambda uow: desk.linking.invite(uow, ticket))


def test_an_acknowledgement_by_mail_invites_to_telegram(chat_desk: WiredDesk) -> None:
    ticket = by_mail(chat_desk)
    [told] = [debt for debt in chat_desk.new_debts() if debt.key == Key.ACKNOWLEDGEMENT]

    follow(chat_desk, str(told.values["code"]))
    sent = chat_desk.new_debts()
    done = say(chat_desk, Joining.CONFIRM, code_in(sent))

    assert [debt.key for debt in sent] == [Key.LINK_CODE, Key.MEMBER_LINK_SENT]
    assert done[-1].values == {"address": "o•••@bendruomene.lt", "reference": ticket.reference}
    assert chat_desk.ticket(ticket).channel is Channel.TELEGRAM
    assert "channel_changed" in chat_desk.history(ticket)


def test_a_forwarded_invitation_shows_and_joins_nothing(chat_desk: WiredDesk) -> None:
    ticket = by_mail(chat_desk)

    follow(chat_desk, invitation(chat_desk, ticket), by=Address(Channel.TELEGRAM, "666"))

    assert person(chat_desk, Address(Channel.TELEGRAM, "666")) is None
    assert chat_desk.ticket(ticket) == ticket


def test_an_invitation_works_once_and_for_seven_days(chat_desk: WiredDesk) -> None:
    ticket = by_mail(chat_desk)
    code, old = invitation(chat_desk, ticket), invitation(chat_desk, ticket)

    reasons = [follow(chat_desk, code).reason for _ in range(2)]
    chat_desk.clock.move(days=7)

    assert [*reasons, follow(chat_desk, old).reason] == ["invited", "link-refused", "link-refused"]


def test_who_gave_no_address_is_known_by_their_page(chat_desk: WiredDesk) -> None:
    ticket = chat_desk.ticket_of(a_web_question())

    follow(chat_desk, invitation(chat_desk, ticket))

    ona = person(chat_desk, CHAT)
    assert ona is not None
    assert ona.id == ticket.requester
    assert chat_desk.ticket(ticket).channel is Channel.TELEGRAM


def test_a_restricted_matter_is_not_invited_away(chat_desk: WiredDesk) -> None:
    chat_desk.ticket_of(a_mail(sender=MAIL, decision=unsure("jautri")))

    assert [debt.values.get("code") for debt in chat_desk.new_debts() if debt.to == MAIL.value] == [
        None
    ]


# One ticket on either channel, and two again ------------------------------------------------


def test_a_ticket_goes_on_where_its_asker_writes(chat_desk: WiredDesk) -> None:
    ticket = from_chat(chat_desk)
    joined(chat_desk)
    chat_desk.new_debts()

    by_letter = a_mail(sender=MAIL, text="Ir dar.", thread=Thread(tag=ticket.id))
    chat_desk.receive(by_letter)
    now = chat_desk.ticket(ticket)

    assert [article.channel for article in chat_desk.articles(ticket)] == [
        Channel.TELEGRAM,
        Channel.MAIL,
    ]
    assert (now.channel, now.requester) == (Channel.MAIL, ticket.requester)


def test_parted_each_address_keeps_what_began_there(chat_desk: WiredDesk) -> None:
    written, mailed = from_chat(chat_desk), by_mail(chat_desk)
    joined(chat_desk)
    moved = chat_desk.ticket(mailed)
    follow(chat_desk, invitation(chat_desk, moved))

    told = say(chat_desk, Joining.PART)
    again = say(chat_desk, Joining.PART)

    chat, mail = person(chat_desk, CHAT), person(chat_desk, MAIL)
    assert chat is not None
    assert mail is not None
    assert (chat.addresses, mail.addresses) == ((CHAT,), (MAIL,))
    now = [chat_desk.ticket(ticket) for ticket in (written, mailed)]
    assert [(row.requester, row.channel) for row in now] == [
        (chat.id, Channel.TELEGRAM),
        (mail.id, Channel.MAIL),
    ]
    assert [debt.key for debt in (*told, *again)] == [Key.MEMBER_PARTED, Key.MEMBER_LINK_NONE]


def test_export_and_erasure_cover_both_channels(chat_desk: WiredDesk) -> None:
    tickets = [from_chat(chat_desk), by_mail(chat_desk)]
    joined(chat_desk)

    exported = chat_desk.do(lambda uow: chat_desk.privacy.export(uow, MAIL.value))
    chat_desk.do(lambda uow: chat_desk.privacy.erase(uow, CHAT.value))

    assert {row["id"] for row in exported["tickets"]} == {ticket.id for ticket in tickets}
    assert {row["value"] for row in exported["addresses"]} == {CHAT.value, MAIL.value}
    assert (person(chat_desk, CHAT), person(chat_desk, MAIL)) == (None, None)
    said = {article.text for ticket in tickets for article in chat_desk.articles(ticket)}
    assert said == {"***"}
