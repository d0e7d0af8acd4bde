"""A staff chat in which the bot may do too little: who is written to."""

from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Role
from handlers.staff_commands import StaffChatChanged, Trouble
from tests.wired import STAFF_CHAT, Debt, WiredDesk


def test_where_nobody_steers_by_mail_everybody_with_a_mailbox_is_told(desk: WiredDesk) -> None:
    desk.hire("admin@localhost", role=Role.ADMIN)
    desk.hire("rasa@pagalba.lt")
    changed = StaffChatChanged(chat=STAFF_CHAT, trouble=Trouble.NO_TOPICS, once="7")

    desk.do(lambda uow: desk.handling.carry_out(uow, changed))

    assert desk.new_debts() == [
        Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, Key.STAFF_NO_TOPICS),
        Debt(Kind.STAFF_MAIL, "rasa@pagalba.lt", Key.STAFF_CHAT_TROUBLE),
    ]
