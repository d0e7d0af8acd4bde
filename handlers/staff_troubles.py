"""A staff chat in which the bot may do less than it must: told to those who can mend it."""

from handlers.domain.channels import Channel
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.intake import Receipt
from handlers.ports import Clock, UnitOfWork
from handlers.staff_commands import StaffChatChanged, Trouble
from handlers.staff_readers import steering_by_mail
from handlers.staff_room import STAFF_LANGUAGE, StaffRoom
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTroubles:
    """Tells coordinators by mail, else everybody who answers; and the chat, while it can be."""

    clock: Clock
    room: StaffRoom

    def carry_out(self, uow: UnitOfWork, changed: StaffChatChanged) -> Receipt:
        """Tell of the change, once."""
        if changed.trouble is Trouble.NO_TOPICS:
            self._owe(uow, Kind.STAFF_MESSAGE, Channel.TELEGRAM, changed.chat, changed)
        if self.room.sends_mail:
            working = [row for row in uow.consultants.rows() if row.active and row.reads_mail]
            for consultant in steering_by_mail(uow) or working:
                self._owe(uow, Kind.STAFF_MAIL, Channel.MAIL, consultant.email, changed)
        return Receipt(outcome=Outcome.IGNORED, reason=f"staff-chat:{changed.trouble}")

    def _owe(
        self, uow: UnitOfWork, kind: Kind, channel: Channel, to: str, changed: StaffChatChanged
    ) -> None:
        by_mail = kind is Kind.STAFF_MAIL
        uow.outbox.owe(
            Owed(
                kind=kind,
                channel=channel,
                to=to,
                key=Key.STAFF_CHAT_TROUBLE if by_mail else Key.STAFF_NO_TOPICS,
                values={"trouble": changed.trouble.value, "chat": changed.chat},
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                once=f"{changed.once}:{to}",
            )
        )
