"""Who and what exists: the bot, people, chats, topics and messages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol, TypeAlias

from aiogram.types import (
    Chat,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    Message,
    ReplyKeyboardMarkup,
    TelegramObject,
    User,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.clock import Clock, Pulse
from tests.telegram_emulator.errors import ApiError

DAY = 86400
GENERAL = 1
TOPIC_COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
ANONYMOUS = User(id=1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")
# Telegram tells the bot of these even where it caused them itself.
_TOLD_TO_ITSELF = (
    "pinned_message",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "left_chat_member",
)
_SERVICE = (*_TOLD_TO_ITSELF, "new_chat_members", "migrate_to_chat_id", "migrate_from_chat_id")

Member: TypeAlias = (
    ChatMemberOwner | ChatMemberAdministrator | ChatMemberMember | ChatMemberLeft | ChatMemberBanned
)


class Outlet(Protocol):
    """Takes what the bot is to be told."""

    def add(self, kind: str, body: TelegramObject, *, lane: int, life: float) -> None:
        """Queue an update of the kind; updates of one lane keep their order."""
        ...


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a forum; its id is that of the message that created it."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button somebody pressed, and when in the conversation."""

    query: str
    after: int
    who: User
    button: str
    message_id: int


@dataclass(slots=True, kw_only=True)
class Room:
    """A chat and everything in it."""

    chat: Chat
    ids: Iterator[int]
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    presses: list[Press] = field(default_factory=list)
    keyboard: ReplyKeyboardMarkup | None = None
    had_keyboard: set[int] = field(default_factory=set)
    protected: set[int] = field(default_factory=set)
    upgraded_to: int | None = None
    started: bool = False  # a person has written to the bot
    blocked: bool = False
    deactivated: bool = False

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def is_private(self) -> bool:
        return self.chat.type == "private"

    @property
    def is_forum(self) -> bool:
        return bool(self.chat.is_forum)

    def member(self, user: User) -> Member:
        return self.members.get(user.id, ChatMemberLeft(user=user))


def is_service(message: Message) -> bool:
    """Say whether the message reports an event instead of saying something."""
    return any(getattr(message, name) is not None for name in _SERVICE)


class World:
    """The state of the emulated Telegram, as far as one bot can see it."""

    def __init__(self, bot: User, clock: Clock, pulse: Pulse, outlet: Outlet) -> None:
        self.bot = bot
        self.clock = clock
        self.people: dict[int, User] = {bot.id: bot}
        self.rooms: dict[int, Room] = {}
        self.outlet = outlet
        self._pulse = pulse
        # Private chats and basic groups share one row of message ids, as on the real server.
        self._shared_ids = count(1)
        self._albums = count(13_000_000_000_000_001)

    @property
    def now(self) -> int:
        return int(self.clock.now())

    def changed(self) -> None:
        self._pulse.beat()

    def album_id(self) -> str:
        return str(next(self._albums))

    def add_room(self, chat: Chat) -> Room:
        # In a supergroup 1 is the message that founded it, and the number of General.
        ids = count(GENERAL + 1) if chat.type == "supergroup" else self._shared_ids
        room = Room(chat=chat, ids=ids)
        self.rooms[chat.id] = room
        return room

    def room(self, chat_id: int | str) -> Room:
        """Find a chat by its id or public name.

        Raises:
            ApiError: there is none.
        """
        number = int(chat_id) if str(chat_id).lstrip("-").isdecimal() else None
        for room in self.rooms.values():
            if room.id == number or (f"@{room.chat.username}" == chat_id and not room.is_private):
                return room
        raise ApiError(errors.CHAT_NOT_FOUND)

    def readable(self, chat_id: int | str) -> Room:
        """Find a chat the bot may look into.

        Raises:
            ApiError: there is none, or the bot is not in it.
        """
        room = self.room(chat_id)
        if room.is_private:
            return room
        standing = room.member(self.bot)
        if room.upgraded_to is None and isinstance(standing, ChatMemberBanned):
            raise ApiError(errors.KICKED, kind=room.chat.type)
        if room.upgraded_to is None and isinstance(standing, ChatMemberLeft):
            raise ApiError(errors.NOT_A_MEMBER, kind=room.chat.type)
        return room

    def writable(self, chat_id: int | str) -> Room:
        """Find a chat the bot may write to.

        Raises:
            ApiError: there is none, or the bot may not.
        """
        room = self.readable(chat_id)
        if room.upgraded_to is not None:
            raise ApiError(errors.UPGRADED, migrate_to_chat_id=room.upgraded_to)
        if room.deactivated:
            raise ApiError(errors.DEACTIVATED)
        if room.is_private and not room.started:
            raise ApiError(errors.CANNOT_INITIATE)
        if room.blocked:
            raise ApiError(errors.BLOCKED)
        return room

    def may(self, room: Room, right: str) -> bool:
        """Say whether the bot has a right of administrators in the chat."""
        return bool(getattr(room.member(self.bot), right, False))

    def post(
        self,
        room: Room,
        sender: User,
        content: Mapping[str, object],
        *,
        thread: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Put a message into a chat, and tell the bot if it is not its own."""
        number = next(room.ids)
        message = Message.model_validate(
            {
                "message_id": number,
                "date": self.now,
                "chat": room.chat,
                **_author(room, sender),
                **_place(room, number, thread, reply_to, created="forum_topic_created" in content),
                **content,
            }
        )
        room.messages[number] = message
        own = sender.id == self.bot.id
        if not own or any(name in content for name in _TOLD_TO_ITSELF):
            self.announce(room, message)
        self.changed()
        return message

    def replace(self, room: Room, message: Message, changes: Mapping[str, object]) -> Message:
        """Put another version in a message's place; the bot is not told of it here."""
        edited = message.model_copy(update=dict(changes))
        room.messages[message.message_id] = edited
        self.changed()
        return edited

    def announce(self, room: Room, message: Message, *, kind: str = "message") -> None:
        """Tell the bot of a message, if it may hear it."""
        if self._hears(room, message):
            self.outlet.add(kind, self.shown(room, message), lane=room.id, life=DAY)

    def shown(self, room: Room, message: Message) -> Message:
        """Return the message with what it replies to as that is now."""
        replied = message.reply_to_message
        if replied is None:
            return message
        current = room.messages.get(replied.message_id)
        return message.model_copy(update={"reply_to_message": _bare(current) if current else None})

    def _hears(self, room: Room, message: Message) -> bool:
        """Follow privacy mode: not an administrator, the bot hears only what is meant for it."""
        if room.is_private or isinstance(room.member(self.bot), ChatMemberAdministrator):
            return True
        if isinstance(room.member(self.bot), ChatMemberLeft | ChatMemberBanned):
            return message.left_chat_member is not None and message.left_chat_member == self.bot
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        text = message.text or message.caption or ""
        return (
            is_service(message)
            or (author is not None and author.id == self.bot.id)
            or text.startswith("/")
            or f"@{self.bot.username}" in text
        )


def _author(room: Room, sender: User) -> Mapping[str, object]:
    if sender.id in room.anonymous:
        return {"from_user": ANONYMOUS, "sender_chat": room.chat}
    return {"from_user": sender}


def _place(
    room: Room, number: int, thread: int | None, reply_to: Message | None, *, created: bool
) -> Mapping[str, object]:
    """Say where a message stands among topics and replies.

    - In a forum a reply goes to the topic of what it answers, and a message that answers nothing
      "replies" to the message that created its topic.
    - Elsewhere in a supergroup a row of replies has the number of its first message, without
      being a topic.
    """
    if created:
        return {"message_thread_id": number, "is_topic_message": True}
    if room.is_forum:
        in_topic = reply_to.message_thread_id if reply_to and not thread else thread
        if not in_topic or in_topic == GENERAL:
            return {"reply_to_message": _bare(reply_to)} if reply_to else {}
        root = reply_to or room.messages.get(in_topic)
        place = {"message_thread_id": in_topic, "is_topic_message": True}
        return {**place, "reply_to_message": _bare(root)} if root else place
    if reply_to is None:
        return {}
    if room.chat.type == "supergroup":
        first = reply_to.message_thread_id or reply_to.message_id
        return {"message_thread_id": first, "reply_to_message": _bare(reply_to)}
    return {"reply_to_message": _bare(reply_to)}


def _bare(message: Message) -> Message:
    return message.model_copy(update={"reply_to_message": None})
