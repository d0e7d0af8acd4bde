"""A consultant's mail says by what it answers how far they had read."""

from handlers.commands import MailedReply
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from handlers.seen import Seen, changes, seen_at
from handlers.sorting import Sorting
from tests.builders import a_mail, mail_of, words
from tests.wired import Debt, WiredDesk, sent_as

RASA, JONAS = "rasa@pagalba.lt", "jonas@pagalba.lt"


def mailed(ticket: Ticket, who: Consultant, text: str, to: str) -> MailedReply:
    """Answer one of our mails."""
    message = a_mail(text, sender=mail_of(who.email), thread=Thread(references=(to,)))
    return MailedReply(ticket=ticket.id, consultant=who.id, message=message)


def newest(desk: WiredDesk, key: Key, to: str) -> str:
    """Return the name under which the newest mail of a kind went to somebody."""
    desk.deliver_all()
    rows = desk.do(lambda uow: uow.outbox.rows())
    return next(sent_as(row.id) for row in rows if (row.key, row.to) == (key, to))


def test_an_answer_to_a_mail_since_which_much_happened_waits_for_a_yes(desk: WiredDesk) -> None:
    rasa, jonas = desk.hire(), desk.hire(JONAS, name="Jonas")
    ticket = desk.ticket_of(a_mail())
    card = newest(desk, Key.STAFF_NEW, RASA)
    desk.clock.move(minutes=5)
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, jonas, words("Penki eurai.")))
    desk.new_debts()

    first = desk.carry_out(mailed(ticket, rasa, "Šeši eurai.", card))
    told = [debt for debt in desk.new_debts() if debt.to == RASA]
    shown = newest(desk, Key.STAFF_STALE, RASA)
    second = desk.carry_out(mailed(ticket, rasa, "Taip", shown))

    assert (first.reason, second.reason) == ("preview", "reply")
    assert told == [Debt(told[0].kind, RASA, Key.STAFF_STALE)]
    values = told[0].values
    assert (values["change1"], values["change1_by"]) == ("replied", "Jonas")
    assert (values["text"], values["change1_at"]) == ("Šeši eurai.", "2026-03-02 14:05")
    assert desk.thread(ticket)[1:] == [
        ("reply", "Penki eurai."),
        ("note", "Šeši eurai."),
        ("reply", "Šeši eurai."),
    ]


def test_an_answer_waits_for_one_yes_though_a_clock_went_an_hour_ahead(desk: WiredDesk) -> None:
    """Each yes was shown back again until the hour had passed."""
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail())
    card = newest(desk, Key.STAFF_NEW, RASA)
    desk.clock.move(hours=1)
    desk.receive(a_mail("Ir dar", thread=Thread(token=ticket.id)))
    desk.clock.move(hours=-1, seconds=1)

    first = desk.carry_out(mailed(ticket, rasa, "Šeši eurai.", card))
    second = desk.carry_out(mailed(ticket, rasa, "Taip", newest(desk, Key.STAFF_STALE, RASA)))

    assert (first.reason, second.reason) == ("preview", "reply")
    assert desk.thread(ticket)[-1] == ("reply", "Šeši eurai.")


def test_an_answer_to_the_newest_mail_goes_out_at_once(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail())
    newest(desk, Key.STAFF_NEW, RASA)
    desk.clock.move(minutes=5)
    desk.receive(a_mail("Ir dar", thread=Thread(token=ticket.id)))
    follow_up = newest(desk, Key.STAFF_FOLLOW_UP, RASA)

    receipt = desk.carry_out(mailed(ticket, rasa, "Taip, galite.", follow_up))

    assert (receipt.reason, desk.thread(ticket)[-1]) == ("reply", ("reply", "Taip, galite."))


def test_ones_own_acts_and_what_concerns_no_answer_are_no_news(desk: WiredDesk) -> None:
    rasa, jonas = desk.hire(), desk.hire(JONAS, name="Jonas")
    ticket = desk.ticket_of(a_mail())
    seen = desk.do(lambda uow: seen_at(uow, ticket, desk.clock.now()))
    desk.clock.move(minutes=1)
    sorting = Sorting(clock=desk.clock, access=desk.access, reactions=desk.reactions)
    desk.do(lambda uow: sorting.tag(uow, ticket.id, "a", jonas))
    desk.do(lambda uow: desk.desk.take(uow, ticket.id, rasa))
    desk.do(lambda uow: desk.desk.note(uow, ticket.id, rasa, words("Mano")))

    def news(since: Seen) -> list[tuple[str, str]]:
        found = desk.do(lambda uow: changes(uow, ticket, since, rasa))
        return [(line.type, line.actor) for line in found]

    before = news(seen)
    desk.do(lambda uow: desk.desk.note(uow, ticket.id, jonas, words("Neatsakyk")))

    assert (before, news(seen)) == ([], [("noted", "Jonas")])
    now = desk.clock.now()
    assert news(desk.do(lambda uow: seen_at(uow, ticket, now))) == []
