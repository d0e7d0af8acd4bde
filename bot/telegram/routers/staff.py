"""Consultants in their chats: replies, notes, drafts, lists and the buttons of cards.

The rule that keeps notes from leaking: only an explicit reply to a card, or to a message of the
bot that shows the asker's words, is an answer. Whatever else is written stays inside.
"""

from datetime import datetime
from functools import partial
from typing import Final

from aiogram import F, Router
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from bot.telegram.contents import Contents
from bot.telegram.conversations import Conversations, Spot
from bot.telegram.ids import CardButton, name_of, read_button, read_list_button
from bot.telegram.places import Places
from bot.telegram.routers.filters import fits, is_command, says
from bot.telegram.routers.staff_places import author as author_of
from bot.telegram.routers.staff_places import explicitly_replied, headed, shows_asker
from bot.telegram.routers.staff_places import topic as topic_of
from bot.telegram.routers.staff_sorting import SortingCommands
from handlers.commands import Command, Skip, StaffAct, StaffEdit, StaffNote, StaffReply
from handlers.domain.channels import Attachment
from handlers.domain.ids import TicketId
from handlers.domain.messages import Claimed
from handlers.domain.outgoing import Key
from handlers.seen import A_GLANCE
from handlers.staff_commands import StaffAsk, StaffAsker, StaffDraft, StaffRequest
from knowledge_base.values import dataclass

REQUESTS: Final = {
    StaffRequest.QUEUE: ("eile",),
    StaffRequest.MINE: ("mano",),
    StaffRequest.WEEK: ("statistika",),
    StaffRequest.ORGANISATIONS: ("organizacijos", "mano_organizacijos"),
}
DRAFT: Final = "juodrastis"
TEMPLATE: Final = "sablonas"
ASKER: Final = "klausejas"
PRIVATELY: Final = "asmeniskai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultants:
    """Understands what happens in the staff chats.

    - Who writes is judged by the desk; an anonymous administrator or a channel is nobody there.
    - A command is never sent to an asker, even as a reply, nor as the caption of a file.
    - A card's button counts only where that card's ticket is shown.
    """

    conversations: Conversations
    contents: Contents
    places: Places
    bot_id: int

    def router(self) -> Router:
        """Return the router of the staff chats."""
        here = fits(F.chat.func(lambda chat: self.places.known(chat.id) is not None))
        router = Router(name="staff")
        router.message.filter(here)
        router.edited_message.filter(here)
        router.callback_query.filter(fits(F.message.func(self._is_here)))
        self.register(router)
        return router

    def register(self, router: Router) -> None:
        """Let a router's chats be worked in."""
        router.message.register(self.closed, fits(F.forum_topic_closed))
        for what, names in REQUESTS.items():
            router.message.register(partial(self.request, what=what), says(*names))
        router.message.register(self.draft, says(DRAFT))
        router.message.register(self.template, says(TEMPLATE))
        router.message.register(self.asker, says(ASKER))
        unclear = partial(self.ask, what=StaffRequest.UNCLEAR)
        SortingCommands(self._spot, self.chat, unclear).register(router)
        router.message.register(self.words)
        router.edited_message.register(self.edited)
        router.callback_query.register(self.press)

    # Commands -----------------------------------------------------------------------------------

    async def request(self, message: Message, *, what: StaffRequest) -> Command:
        """Ask for a list or for figures, in a topic or outside."""
        return self.ask(message, what)

    async def draft(self, message: Message, rest: str) -> Command:
        """Prepare an answer; it goes nowhere until a button sends it."""
        ticket = (await self._spot(message)).ticket
        if ticket is None:
            return self.ask(message, StaffRequest.UNCLEAR)
        return self._drafted(message, ticket, rest)

    async def template(self, message: Message, rest: str) -> Command:
        """List the canned replies, or make one the draft of the ticket of this place."""
        if not rest:
            return self.ask(message, StaffRequest.TEMPLATES)
        ticket = (await self._spot(message)).ticket
        if ticket is None:
            return self.ask(message, StaffRequest.UNCLEAR)
        return self._drafted(message, ticket, "", template=rest)

    async def asker(self, message: Message, rest: str) -> Command:
        """Write for whom the ticket of this place is asked."""
        ticket, author = (await self._spot(message)).ticket, author_of(message)
        if ticket is None or author is None:
            return self.ask(message, StaffRequest.UNCLEAR)
        return StaffAsker(ticket=ticket, telegram=author, text=rest, chat=self.chat(message))

    async def closed(self, message: Message) -> Command:
        """Somebody closed a topic in their application."""
        author = author_of(message)
        spot = await self._spot(message)
        if author is None or author == str(self.bot_id) or spot.ticket is None:
            return Skip(reason="topic-closed")
        return self.ask(message, StaffRequest.CLOSED, ticket=spot.ticket)

    # Words --------------------------------------------------------------------------------------

    async def words(self, message: Message, claimed: Claimed) -> Command:
        """Take a reply, the words of a draft, or a note."""
        author = author_of(message)
        if author is None or author == str(self.bot_id):
            return Skip(reason="own")
        replied = explicitly_replied(message)
        spot = await self._spot(message)
        if spot.ticket is None:
            if replied is not None and self.shows_asker(replied):
                return self.ask(message, StaffRequest.UNCLEAR)
            return Skip(reason="no-ticket")
        content = await self.contents.of(message, attempts=claimed.attempts)
        if content is None:
            return Skip(reason="nothing-said")
        chat, name = self.chat(message), name_of(self.chat(message), message.message_id)
        command = is_command(message.text or message.caption)
        if spot.replied is not None and spot.replied.key == Key.STAFF_DRAFT_ASKED and not command:
            return self._drafted(message, spot.ticket, content.text, files=content.attachments)
        answers = replied is not None and (spot.is_answer or self.shows_asker(replied))
        if answers and not command:
            return StaffReply(
                ticket=spot.ticket,
                telegram=author,
                text=content.text,
                chat=chat,
                external_id=name,
                attachments=content.attachments,
                left=content.left,
                seen_at=seen_until(claimed, spot),
            )
        return StaffNote(
            ticket=spot.ticket,
            telegram=author,
            text=content.text,
            external_id=name,
            attachments=content.attachments,
        )

    async def edited(self, message: Message, claimed: Claimed) -> Command:
        """Take other words for what was written before: what was an answer is corrected."""
        author, chat = author_of(message), self.chat(message)
        spot = await self._spot(message)
        content = await self.contents.of(message, attempts=claimed.attempts)
        if spot.ticket is None or author is None or content is None:
            return Skip(reason="no-ticket")
        name = name_of(chat, message.message_id)
        told = f"{name}:{message.edit_date or 0}"
        drafted = await says(DRAFT)(message)
        if is_command(message.text or message.caption) and not isinstance(drafted, dict):
            return StaffNote(
                ticket=spot.ticket, telegram=author, text=content.text, external_id=told
            )
        return StaffEdit(
            ticket=spot.ticket,
            telegram=author,
            text=drafted["rest"] if isinstance(drafted, dict) else content.text,
            is_draft=isinstance(drafted, dict),
            chat=chat,
            original=name,
            external_id=told,
            attachments=content.attachments,
        )

    # Buttons ------------------------------------------------------------------------------------

    async def press(self, query: CallbackQuery, claimed: Claimed) -> Command:
        """Take a pressed button of a card or a list."""
        button, message = read_button(query.data), query.message
        turned = read_list_button(query.data)
        if message is None or not (turned or isinstance(button, CardButton)):
            return Skip(reason="forged")
        chat = self.chat(message)
        topic = None if isinstance(message, InaccessibleMessage) else topic_of(message)
        if turned is not None:
            return StaffAsk(
                what=turned.what,
                telegram=str(query.from_user.id),
                chat=chat,
                once=query.id,
                page=turned.page,
                whose=turned.whose,
                shown=name_of(chat, message.message_id),
            )
        spot = await self.conversations.spot(chat, topic, message.message_id)
        if not isinstance(button, CardButton) or spot.ticket != button.ticket:
            return Skip(reason="forged")
        return StaffAct(
            ticket=button.ticket,
            telegram=str(query.from_user.id),
            act=button.act,
            argument=button.argument,
            chat=chat,
            seen_at=seen_until(claimed, spot),
        )

    # Places -------------------------------------------------------------------------------------

    def chat(self, message: Message | InaccessibleMessage) -> str:
        """Return the chat by the name it has among ours."""
        return self.places.known(message.chat.id) or str(message.chat.id)

    def _is_here(self, message: Message | InaccessibleMessage) -> bool:
        return self.places.known(message.chat.id) is not None

    async def _spot(self, message: Message) -> Spot:
        """Look where the message stands and what it replies to; outside a topic the reply decides.

        Of a message in several parts only the last is known by its number. The first begins with
        the ticket's number in bold, which no asker's words can: they stand in a quotation.
        """
        chat, replied = self.chat(message), explicitly_replied(message)
        number = replied.message_id if replied else None
        spot = await self.conversations.spot(chat, topic_of(message), number)
        if spot.ticket is None and replied is not None and self.shows_asker(replied):
            return Spot(ticket=headed(replied))
        return spot

    def shows_asker(self, replied: Message) -> bool:
        """Tell whether the bot quoted an asker there."""
        return shows_asker(replied, bot=self.bot_id)

    def _drafted(
        self,
        message: Message,
        ticket: TicketId,
        text: str,
        *,
        template: str = "",
        files: tuple[Attachment, ...] = (),
    ) -> Command:
        author, chat = author_of(message), self.chat(message)
        if author is None:
            return Skip(reason="own")
        return StaffDraft(
            ticket=ticket,
            telegram=author,
            text=text,
            template=template,
            chat=chat,
            external_id=name_of(chat, message.message_id),
            attachments=files,
        )

    def ask(
        self, message: Message, what: StaffRequest, *, ticket: TicketId | None = None
    ) -> Command:
        """Ask for something in the place of a message."""
        author, chat, topic = author_of(message), self.chat(message), topic_of(message)
        return StaffAsk(
            what=what,
            telegram=author or "",
            chat=chat,
            once=name_of(chat, message.message_id),
            thread=str(topic) if topic is not None else "",
            ticket=ticket,
        )


def seen_until(claimed: Claimed, spot: Spot) -> datetime:
    """Say until when somebody can have read: a glance before, or what was answered or pressed."""
    glanced = claimed.received_at - A_GLANCE
    return glanced if spot.replied is None else max(glanced, spot.replied.at)
