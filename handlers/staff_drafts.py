"""Drafts as they are prepared in a chat: by words, by a canned reply, by a button."""

from handlers.canned import CannedReplies
from handlers.desk import Words
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from handlers.drafting import Drafting
from handlers.ports import UnitOfWork
from handlers.staff_commands import StaffDraft
from knowledge_base.values import dataclass

DRAFT_ACTS = frozenset({"draft", "draft_edit", "draft_send", "draft_drop", "canned"})
"""What buttons do with a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDrafts:
    """Puts drafts and canned replies together."""

    drafting: Drafting
    canned: CannedReplies

    def prepare(
        self, uow: UnitOfWork, ticket: Ticket, command: StaffDraft, who: Consultant
    ) -> None:
        """Keep as the draft what was written, or the canned reply of this name."""
        if command.template:
            self.offer(uow, ticket, who, command.template)
            return
        words = Words(
            text=command.text,
            channel=Channel.TELEGRAM,
            attachments=command.attachments,
            external_id=command.external_id,
        )
        self.drafting.prepare(uow, ticket.id, who, words)

    def offer(self, uow: UnitOfWork, ticket: Ticket, who: Consultant, name: str) -> None:
        """Keep a canned reply as the draft."""
        self.drafting.desk.access.require(who, ticket)
        text = self.canned.fill(uow, name, ticket=ticket, who=who)
        words = Words(text=text, channel=Channel.TELEGRAM)
        self.drafting.prepare(uow, ticket.id, who, words)

    def asked(self, uow: UnitOfWork, ticket: Ticket, who: Consultant) -> Values:
        """Say what is shown where the words of a draft are asked for: its present ones."""
        self.drafting.desk.access.require(who, ticket)
        draft = uow.drafts.of(ticket.id)
        return {"reference": ticket.reference, "draft": draft.text if draft else ""}
