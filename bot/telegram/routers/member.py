"""Members in their private chat: questions, answers to answers, commands."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from aiogram import F, Router
from aiogram.types import Message

from bot.knowledge import Knowledge
from bot.telegram.asked import Asked, Meant
from bot.telegram.bursts import Burst, Part
from bot.telegram.contents import Content, Contents
from bot.telegram.conversations import Asker, Conversations, thread_of
from bot.telegram.ids import name_of
from bot.telegram.routers.filters import fits, says
from bot.texts import Texts
from handlers.commands import Ask, Command, Press, Receive, Request, Skip, Tell
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Claimed, Prepared, Thread
from handlers.domain.outgoing import Key
from handlers.domain.tickets import Article, Status
from handlers.ports import Clock
from handlers.typed import Wish
from handlers.working_time import local_day
from knowledge_base.decisions import Context, Decision
from knowledge_base.language import Language
from knowledge_base.values import dataclass

_PERSON_PLEASE: Final = "konsultantas"
_REQUESTS: Final = {
    Request.TICKETS: ("klausimai", "questions"),
    Request.TRAININGS: ("mokymai", "trainings"),
    Request.LANGUAGE: ("kalba", "language"),
    Request.EXPORT: ("duomenys", "data"),
    Request.ERASE: ("istrinti", "delete"),
}
_IN_HAND: Final = frozenset({Status.NEW, Status.OPEN})


def is_plain(message: Message) -> bool:
    """Tell whether this can be nothing but words of a member to the desk.

    What replies to nothing and begins with a letter is no command, no code and no consultant's
    work, so no other router has to look at it.
    """
    begins_with_letter = (message.text or "")[:1].isalpha()
    return begins_with_letter and message.chat.type == "private" and not message.reply_to_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Understands what a member writes.

    - Any text is a question, whatever its form; every question becomes a ticket.
    - What answers something we asked (a number, a municipality) is taken as that.
    - An edited message is a further word in the same matter, never a change of what was said.
    """

    knowledge: Knowledge
    conversations: Conversations
    contents: Contents
    texts: Texts
    clock: Clock
    variables: Mapping[str, str]

    def router(self) -> Router:
        """Return the router of private chats."""
        router = Router(name="member")
        router.message.filter(fits(F.chat.type == "private"))
        router.edited_message.filter(fits(F.chat.type == "private"))
        router.message.register(self.start, says("start"))
        router.message.register(self.person, says("konsultantas", "consultant", "zmogus"))
        router.message.register(self.privacy, says("privatumas", "privacy"))
        for what, names in _REQUESTS.items():
            router.message.register(partial(self.request, what=what), says(*names))
        router.message.register(self.guidance, says())
        router.message.register(self.question)
        router.edited_message.register(self.edited)
        return router

    # Commands -----------------------------------------------------------------------------------

    async def start(self, message: Message) -> Command:
        """Greet."""
        return await self._tell(message, Key.START)

    async def privacy(self, message: Message) -> Command:
        """Say what is kept of the member, and for how long."""
        return await self._tell(message, Key.PRIVACY)

    async def guidance(self, message: Message) -> Command:
        """Say how this works; an unknown command deserves that too."""
        return await self._tell(message, Key.HELP)

    async def request(self, message: Message, *, what: Request) -> Command:
        """Ask the desk for something about the member's own matters."""
        asker = await self.conversations.asker(str(message.chat.id))
        return Ask(
            by=_address(message),
            name=message.from_user.full_name if message.from_user else "",
            what=what,
            language=_language(message, asker),
            once=name_of(message.chat.id, message.message_id),
        )

    async def person(self, message: Message, claimed: Claimed, rest: str) -> Command:
        """Bring in a consultant: on the matter replied to, the newest one, or a new one."""
        asker = await self.conversations.asker(str(message.chat.id))
        newest = asker.newest
        if rest or newest is None or message.reply_to_message is not None:
            content = Content(rest or _PERSON_PLEASE)
            return await self._receive(message, claimed, content, asker)
        if newest.status in _IN_HAND and not newest.offered:
            return await self._tell(message, Key.HELP)
        return Press(ticket=newest.id, wish=Wish.PERSON, by=_address(message))

    # Messages -----------------------------------------------------------------------------------

    async def question(
        self, message: Message, claimed: Claimed, more: Sequence[Part] = ()
    ) -> Command:
        """Take whatever else is written or sent, with what followed it as parts of the same."""
        burst = Burst(message, tuple(more))
        content = await self.contents.of_all(burst.messages, attempts=claimed.attempts)
        if content is None:
            if _is_service(message):
                return Skip(reason="service")
            return await self._tell(message, Key.MEMBER_UNSUPPORTED)
        replied = message.reply_to_message
        number = replied.message_id if replied is not None else None
        asker = await self.conversations.asker(str(message.chat.id), replied=number)
        contact = message.contact.phone_number if message.contact is not None else None
        asked = Asked(asker, self.knowledge.current().places)
        if meant := asked.meant(content.text, contact=contact):
            return self._answered(message, asker, meant, burst)
        return await self._receive(message, claimed, content, asker, burst=burst)

    def _answered(self, message: Message, asker: Asker, meant: Meant, burst: Burst) -> Command:
        return Ask(
            by=_address(message),
            name=message.from_user.full_name if message.from_user else "",
            what=meant.what,
            argument=meant.argument,
            words=meant.words,
            language=_language(message, asker),
            once=name_of(message.chat.id, message.message_id),
            parts=burst.rows,
        )

    async def edited(self, message: Message, claimed: Claimed) -> Command:
        """Take a new version of an earlier message; one never filed is a question now."""
        name = name_of(message.chat.id, message.message_id)
        versions = await self.conversations.versions(name)
        if not versions:
            return await self.question(message, claimed)
        words = message.text or message.caption or ""
        text = self.texts.line("telegram-edited", "lt", {"text": words})
        if _is_said(words, text, versions):
            return Skip(reason="unchanged")
        return await self._prepared(
            message,
            claimed,
            Content(text),
            thread=Thread(references=(name,)),
            decision=await self._decide(words),
            external_id=f"{name}:{message.edit_date or 0}",
        )

    # From here to the command ---------------------------------------------------------------------

    async def _receive(
        self,
        message: Message,
        claimed: Claimed,
        content: Content,
        asker: Asker,
        *,
        burst: Burst | None = None,
    ) -> Command:
        language = _language(message, asker) if content.wordless else None
        decision = await self._decide(content.text, language)
        replied = message.reply_to_message
        if replied is not None:
            is_bot = replied.from_user is not None and replied.from_user.is_bot
            words = (replied.text or replied.caption) if is_bot else None
            thread = thread_of(str(message.chat.id), replied.message_id, words)
        else:
            goes_on = asker.continues(
                content.text, decision, is_file=content.belongs_with_words, at=claimed.received_at
            )
            thread = Thread(tag=goes_on)
        return await self._prepared(
            message, claimed, content, thread=thread, decision=decision, burst=burst
        )

    async def _prepared(
        self,
        message: Message,
        claimed: Claimed,
        content: Content,
        *,
        thread: Thread,
        decision: Decision,
        external_id: str | None = None,
        burst: Burst | None = None,
    ) -> Command:
        sender = message.from_user
        return Receive(
            parts=burst.rows if burst else (),
            message=Prepared(
                channel=Channel.TELEGRAM,
                sender=_address(message),
                sender_name=sender.full_name if sender else "",
                subject="",
                text=content.text,
                full_text=content.text,
                external_id=external_id or name_of(message.chat.id, message.message_id),
                received_at=claimed.received_at,
                decision=decision,
                thread=thread,
                attachments=content.attachments,
                also=burst.names if burst else (),
                left=content.left,
            ),
        )

    async def _decide(self, text: str, language: str | None = None) -> Decision:
        context = Context(
            today=local_day(self.clock.now()),
            language=Language(language) if language else None,
            variables=self.variables,
        )
        return await self.knowledge.decide(text, context)

    async def _tell(self, message: Message, key: Key) -> Command:
        asker = await self.conversations.asker(str(message.chat.id))
        return Tell(
            to=_address(message),
            key=key,
            language=_language(message, asker),
            once=_once(key.value, message),
        )


def _language(message: Message, asker: Asker) -> str:
    """Return the member's language as we remember it, else that of their application."""
    return asker.spoken(message.from_user.language_code if message.from_user else None)


def _is_said(words: str, text: str, versions: Sequence[Article]) -> bool:
    """Tell whether an edit changes none of the words, as one of a place on the move."""
    first, *later = versions
    if later:
        return later[-1].text == text
    said = words.strip()
    return said in {"", first.text.strip()}


def _address(message: Message) -> Address:
    return Address(Channel.TELEGRAM, str(message.chat.id))


def _once(what: str, message: Message) -> str:
    return f"{what}:{name_of(message.chat.id, message.message_id)}"


def _is_service(message: Message) -> bool:
    """Tell whether the message reports an event instead of saying something."""
    return message.content_type in _EVENTS


_EVENTS: Final = frozenset(
    {"pinned_message", "message_auto_delete_timer_changed", "users_shared", "chat_shared"}
    | {"write_access_allowed", "connected_website", "chat_background_set", "boost_added"}
)
