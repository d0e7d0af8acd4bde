"""Plain words of a member, most of what arrives: many are understood on one way into a thread.

What they are needs nothing of aiogram, whose types cost more than looking up who wrote.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeGuard

from bot.joint import Joint, each
from bot.knowledge import Knowledge
from bot.telegram.asked import Asked
from bot.telegram.conversations import Asker, Conversations
from bot.telegram.ids import name_of
from bot.telegram.styled import styled
from handlers.commands import Ask, Command, Receive
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Claimed, Prepared, Thread
from handlers.ports import Clock
from handlers.working_time import local_day
from knowledge_base.decisions import Context
from knowledge_base.values import dataclass

if TYPE_CHECKING:
    from knowledge_base.decide import KnowledgeBase

_UPDATE: Final = {"update_id": int, "message": dict}
_MESSAGE: Final = {"message_id": int, "date": int, "chat": dict, "from": dict, "text": str}
_NAMES: Final = {"first_name": str, "last_name": str, "username": str}
_CHAT: Final = {"id": int, "type": str, **_NAMES}
_USER: Final = {"id": int, "is_bot": bool, **_NAMES, "language_code": str, "is_premium": bool}
_MOMENTS: Final = range(2**32)


class Words(NamedTuple):
    """What a member wrote in their private chat, and nothing else."""

    chat: int
    number: int
    name: str
    code: str | None
    text: str

    @property
    def id(self) -> str:
        """How the message is named among ours."""
        return name_of(self.chat, self.number)

    @property
    def address(self) -> Address:
        """Who wrote."""
        return Address(Channel.TELEGRAM, str(self.chat))


def words_in(update: object) -> Words | None:
    """Return the words of an update that can be for nobody but the desk.

    What begins with a letter is no command and no code. None for whatever has anything more to it,
    or is not as it should be: aiogram reads that.
    """
    if not _holds(update, _UPDATE, _UPDATE) or not _holds(update["message"], _MESSAGE, _MESSAGE):
        return None
    message = update["message"]
    chat, user, text = message["chat"], message["from"], message["text"]
    if message["date"] not in _MOMENTS:
        return None
    if not _holds(chat, _CHAT, ("id", "type")) or chat["type"] != "private":
        return None
    if not _holds(user, _USER, ("id", "is_bot", "first_name")) or not text[:1].isalpha():
        return None
    first, last = user["first_name"], user.get("last_name")
    name = f"{first} {last}" if last else first
    return Words(chat["id"], message["message_id"], name, user.get("language_code"), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords:
    """Understands words as `Members.question` does, all that are there at a moment together."""

    knowledge: Knowledge
    conversations: Conversations
    clock: Clock
    variables: Mapping[str, str]
    _joint: Joint[tuple[Words, Claimed], Command] = field(default_factory=Joint, init=False)

    async def understand(self, words: Words, claimed: Claimed) -> Command:
        """Name the command."""
        return await self._joint.ask(
            (words, claimed), answer_all=self._understand_all, threads=None
        )

    def _understand_all(
        self, said: Sequence[tuple[Words, Claimed]]
    ) -> Sequence[Command | BaseException]:
        base = self.knowledge.current()
        askers = self.conversations.askers([words.address for words, _ in said])

        def command(of: tuple[tuple[Words, Claimed], Asker | BaseException]) -> Command:
            (words, claimed), asker = of
            if isinstance(asker, BaseException):
                raise asker
            return self._command(base, words, claimed, asker)

        return each(command, zip(said, askers, strict=True))

    def _command(
        self, base: "KnowledgeBase", words: Words, claimed: Claimed, asker: Asker
    ) -> Command:
        text = styled(words.text).text
        if meant := Asked(asker, base.places).meant(text, contact=None):
            return Ask(
                by=words.address,
                name=words.name,
                what=meant.what,
                argument=meant.argument,
                words=meant.words,
                language=asker.spoken(words.code),
                once=words.id,
            )
        today = local_day(self.clock.now())
        decision = base.decide(text, Context(today=today, variables=self.variables))
        goes_on = asker.continues(text, decision, is_file=False, at=claimed.received_at)
        return Receive(
            message=Prepared(
                channel=Channel.TELEGRAM,
                sender=words.address,
                sender_name=words.name,
                subject="",
                text=text,
                full_text=text,
                external_id=words.id,
                received_at=claimed.received_at,
                decision=decision,
                thread=Thread(tag=goes_on),
            )
        )


def _holds(
    value: object, kinds: Mapping[str, type], needed: Collection[str]
) -> TypeGuard[dict[str, Any]]:
    """Tell whether it has what is needed, and nothing but things of these names and kinds."""
    return (
        isinstance(value, dict)
        and all(name in value for name in needed)
        and all(type(each) is kinds.get(name) for name, each in value.items())
    )
