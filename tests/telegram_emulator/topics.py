"""Methods about the topics of a forum."""

from dataclasses import dataclass

from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    EditForumTopic,
    GetForumTopicIconStickers,
    ReopenForumTopic,
)
from aiogram.types import (
    ForumTopic,
    ForumTopicClosed,
    ForumTopicCreated,
    ForumTopicEdited,
    ForumTopicReopened,
    Sticker,
    User,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError, Refusal
from tests.telegram_emulator.schema import Handlers
from tests.telegram_emulator.world import TOPIC_COLOURS, Room, Topic, World

_LONGEST_NAME = 128
ICONS = {
    "5434144690511290129": "📰",
    "5312536423851630001": "💡",
    "5377316857231450742": "❓",
    "5379748062124056162": "❗",
    "5312016608254762256": "✅",
    "5350305691942788490": "📈",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Answers the forum topic methods, and does the same for people."""

    world: World

    @property
    def handlers(self) -> Handlers:
        return {
            CreateForumTopic: self.create,
            EditForumTopic: self.edit,
            CloseForumTopic: self.close,
            ReopenForumTopic: self.reopen,
            DeleteForumTopic: self.delete,
            GetForumTopicIconStickers: self.icons,
        }

    def create(self, call: CreateForumTopic) -> ForumTopic:
        room = self._forum(call.chat_id)
        if not self.world.may(room, "can_manage_topics"):
            raise ApiError(errors.TOPIC_RIGHTS_CREATE)
        name = _clean(call.name)
        if not name:
            raise ApiError(errors.TOPIC_NAME_EMPTY)
        colour = call.icon_color or TOPIC_COLOURS[0]
        if colour not in TOPIC_COLOURS:
            raise ApiError(errors.TOPIC_COLOR)
        topic = self.open(room, self.world.bot, name, colour, _icon(call.icon_custom_emoji_id))
        return ForumTopic(
            message_thread_id=topic.id,
            name=topic.name,
            icon_color=topic.icon_color,
            icon_custom_emoji_id=topic.icon_custom_emoji_id,
        )

    def edit(self, call: EditForumTopic) -> bool:
        room = self._forum(call.chat_id)
        topic = _topic(room, call.message_thread_id)
        self._check(room, topic, "can_manage_topics", errors.TOPIC_RIGHTS_EDIT)
        name = _clean(call.name or "")
        if call.name and not name:
            raise ApiError(errors.TOPIC_NAME_EMPTY)
        # An empty icon means none; aiogram cannot say that, for it leaves empty strings out.
        icon = topic.icon_custom_emoji_id
        if call.icon_custom_emoji_id is not None:
            icon = _icon(call.icon_custom_emoji_id)
        if not call.name and call.icon_custom_emoji_id is None:
            return True
        new_name = name or topic.name
        if (new_name, icon) == (topic.name, topic.icon_custom_emoji_id):
            raise ApiError(errors.TOPIC_NOT_MODIFIED)
        edited = ForumTopicEdited(
            name=new_name if new_name != topic.name else None,
            icon_custom_emoji_id=icon if icon != topic.icon_custom_emoji_id else None,
        )
        topic.name, topic.icon_custom_emoji_id = new_name, icon
        self.world.post(room, self.world.bot, {"forum_topic_edited": edited}, thread=topic.id)
        return True

    def close(self, call: CloseForumTopic) -> bool:
        return self._turn(call.chat_id, call.message_thread_id, closed=True)

    def reopen(self, call: ReopenForumTopic) -> bool:
        return self._turn(call.chat_id, call.message_thread_id, closed=False)

    def delete(self, call: DeleteForumTopic) -> bool:
        room = self._forum(call.chat_id)
        topic = _topic(room, call.message_thread_id)
        self._check(room, topic, "can_delete_messages", errors.TOPIC_RIGHTS_DELETE)
        self.remove(room, topic.id)
        return True

    def icons(self, _: GetForumTopicIconStickers) -> list[Sticker]:
        return [
            Sticker(
                file_id=f"CAACAgIAAxUAAWKZZmU{number}",
                file_unique_id=f"AgAD{number}",
                type="custom_emoji",
                width=100,
                height=100,
                is_animated=False,
                is_video=False,
                emoji=emoji,
                custom_emoji_id=number,
            )
            for number, emoji in ICONS.items()
        ]

    def open(self, room: Room, who: User, name: str, colour: int, icon: str | None = None) -> Topic:
        """Open a topic in anybody's name."""
        created = ForumTopicCreated(name=name, icon_color=colour, icon_custom_emoji_id=icon)
        message = self.world.post(room, who, {"forum_topic_created": created})
        topic = Topic(
            id=message.message_id, name=name, icon_color=colour, icon_custom_emoji_id=icon
        )
        room.topics[topic.id] = topic
        self.world.changed()
        return topic

    def turn(self, room: Room, who: User, number: int, *, closed: bool) -> bool:
        """Close or reopen a topic in anybody's name."""
        topic = _topic(room, number)
        if topic.closed == closed:
            raise ApiError(errors.TOPIC_NOT_MODIFIED)
        topic.closed = closed
        event = (
            {"forum_topic_closed": ForumTopicClosed()}
            if closed
            else {"forum_topic_reopened": ForumTopicReopened()}
        )
        self.world.post(room, who, event, thread=number)
        return True

    def remove(self, room: Room, number: int) -> None:
        """Remove a topic with all its messages; Telegram tells nobody."""
        del room.topics[number]
        inside = [m.message_id for m in room.messages.values() if m.message_thread_id == number]
        for message_id in inside:
            del room.messages[message_id]
        self.world.changed()

    def _turn(self, chat_id: int | str, number: int, *, closed: bool) -> bool:
        room = self._forum(chat_id)
        self._check(room, _topic(room, number), "can_manage_topics", errors.TOPIC_RIGHTS_CLOSE)
        return self.turn(room, self.world.bot, number, closed=closed)

    def _forum(self, chat_id: int | str) -> Room:
        room = self.world.writable(chat_id)
        if not room.is_forum:
            raise ApiError(errors.NOT_A_FORUM)
        return room

    def _check(self, room: Room, topic: Topic, right: str, refusal: Refusal) -> None:
        """Refuse what the bot has no right to; what it opened itself it may change."""
        first = room.messages.get(topic.id)
        author = first.from_user if first else None
        own = author is not None and author.id == self.world.bot.id
        if not own and not self.world.may(room, right):
            raise ApiError(refusal)


def _topic(room: Room, number: int) -> Topic:
    topic = room.topics.get(number)
    if topic is None:
        raise ApiError(errors.TOPIC_INVALID)
    return topic


def _clean(name: str) -> str:
    """Shorten as TDLib's `clean_name` does, without a word."""
    return " ".join(name.split())[:_LONGEST_NAME].strip()


def _icon(emoji_id: str | None) -> str | None:
    if emoji_id and emoji_id not in ICONS:
        raise ApiError(errors.TOPIC_EMOJI)
    return emoji_id or None
