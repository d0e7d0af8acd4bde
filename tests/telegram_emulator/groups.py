"""What people do to each other and to groups: found, join, promote, block, open topics."""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import TypeAlias

from aiogram.types import (
    Chat,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberUpdated,
    ForumTopicEdited,
    User,
)

from tests.telegram_emulator.topics import Topics
from tests.telegram_emulator.world import DAY, TOPIC_COLOURS, Member, Room, Topic, World

Who: TypeAlias = User | int
Where: TypeAlias = Chat | int
RIGHTS = ("can_manage_topics", "can_delete_messages", "can_pin_messages")
_MY_MEMBERSHIP = 5 << 33
_MEMBERSHIP = 6 << 33
_NEEDED_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)


class Groups:
    """People, groups and their topics; the bot is told what Telegram would tell it."""

    world: World
    topics: Topics

    def __init__(self) -> None:
        self._user_ids = count(5_000_000_001)
        self._group_ids = count(1_000_000_001)

    def user(
        self,
        name: str = "Ona",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "lt",
    ) -> User:
        """Bring a person into the world; the bot has never met them."""
        user = User(
            id=next(self._user_ids),
            is_bot=False,
            first_name=name,
            last_name=last_name,
            username=username,
            language_code=language,
        )
        self.world.people[user.id] = user
        chat = Chat(
            id=user.id, type="private", first_name=name, last_name=last_name, username=username
        )
        self.world.add_room(chat)
        return user

    def forum(
        self,
        title: str = "Konsultantai",
        *,
        members: Iterable[Who] = (),
        rights: Sequence[str] = RIGHTS,
        topics: bool = True,
    ) -> Chat:
        """Found a supergroup with topics where the bot is an administrator with the rights."""
        number = -1_000_000_000_000 - next(self._group_ids)
        chat = Chat(id=number, type="supergroup", title=title, is_forum=topics or None)
        self._found(chat, members, self._administrator(rights))
        return chat

    def group(self, title: str = "Grupė", *, members: Iterable[Who] = ()) -> Chat:
        """Found a basic group where the bot is an ordinary member."""
        chat = Chat(id=-next(self._group_ids), type="group", title=title)
        self._found(chat, members, ChatMemberMember(user=self.world.bot))
        return chat

    def upgrade(self, group: Where, *, topics: bool = True) -> Chat:
        """Turn a basic group into a supergroup: its id changes, the old one is refused."""
        old = self._room(group)
        number = -1_000_000_000_000 - next(self._group_ids)
        chat = Chat(id=number, type="supergroup", title=old.chat.title, is_forum=topics or None)
        new = self.world.add_room(chat)
        new.members = dict(old.members)
        owner = self._owner(old)
        self.world.post(old, owner, {"migrate_to_chat_id": number})
        old.upgraded_to = number
        self.world.post(new, owner, {"migrate_from_chat_id": old.id})
        return chat

    def join(self, chat: Where, who: Who) -> None:
        """Let a person into a group."""
        room, person = self._room(chat), self.person(who)
        self._member(room, ChatMemberMember(user=person))
        self.world.post(room, person, {"new_chat_members": [person]})

    def leave(self, chat: Where, who: Who) -> None:
        """Let a person leave a group."""
        room, person = self._room(chat), self.person(who)
        self._member(room, ChatMemberLeft(user=person))
        self.world.post(room, person, {"left_chat_member": person})

    def promote(self, chat: Where, *, rights: Sequence[str] = RIGHTS) -> None:
        """Give the bot exactly these rights of an administrator."""
        self._stand(self._room(chat), self._administrator(rights))

    def demote(self, chat: Where) -> None:
        """Make the bot an ordinary member."""
        self._stand(self._room(chat), ChatMemberMember(user=self.world.bot))

    def kick_bot(self, chat: Where) -> None:
        """Throw the bot out of a group."""
        banned = ChatMemberBanned.model_validate({"user": self.world.bot, "until_date": 0})
        self._stand(self._room(chat), banned)

    def make_anonymous(self, chat: Where, who: Who) -> None:
        """Let an administrator write in the name of the group."""
        self._room(chat).anonymous.add(self.person(who).id)

    def block(self, who: Who) -> None:
        """Let a person block the bot."""
        room = self._room(self.person(who).id)
        room.blocked = True
        banned = ChatMemberBanned.model_validate({"user": self.world.bot, "until_date": 0})
        self._stand(room, banned, by=self.person(who))

    def unblock(self, who: Who) -> None:
        """Let a person talk to the bot again."""
        room = self._room(self.person(who).id)
        room.blocked = False
        self._stand(room, ChatMemberMember(user=self.world.bot), by=self.person(who))

    def deactivate(self, who: Who) -> None:
        """Let a person delete their account."""
        self._room(self.person(who).id).deactivated = True
        self.world.changed()

    def open_topic(self, chat: Where, who: Who, name: str) -> Topic:
        """Let a person open a topic."""
        return self.topics.open(self._room(chat), self.person(who), name, TOPIC_COLOURS[0])

    def rename_topic(self, chat: Where, who: Who, topic: Topic | int, name: str) -> None:
        """Let a person rename a topic."""
        room, number = self._room(chat), _number(topic)
        room.topics[number].name = name
        edited = {"forum_topic_edited": ForumTopicEdited(name=name)}
        self.world.post(room, self.person(who), edited, thread=number)

    def close_topic(self, chat: Where, who: Who, topic: Topic | int) -> None:
        """Let a person close a topic."""
        self.topics.turn(self._room(chat), self.person(who), _number(topic), closed=True)

    def reopen_topic(self, chat: Where, who: Who, topic: Topic | int) -> None:
        """Let a person reopen a topic."""
        self.topics.turn(self._room(chat), self.person(who), _number(topic), closed=False)

    def delete_topic(self, chat: Where, topic: Topic | int) -> None:
        """Delete a topic with its messages; the bot is not told."""
        self.topics.remove(self._room(chat), _number(topic))

    def person(self, who: Who) -> User:
        return self.world.people[who if isinstance(who, int) else who.id]

    def _room(self, chat: Where) -> Room:
        return self.world.rooms[chat if isinstance(chat, int) else chat.id]

    def _found(self, chat: Chat, members: Iterable[Who], standing: Member) -> None:
        """Found a group as it was before the bot started: no update tells of it."""
        room = self.world.add_room(chat)
        owner = self.user("Vadovė")
        room.members[owner.id] = ChatMemberOwner(user=owner, is_anonymous=False)
        for who in members:
            person = self.person(who)
            room.members[person.id] = ChatMemberMember(user=person)
        room.members[self.world.bot.id] = standing

    def _administrator(self, rights: Sequence[str]) -> ChatMemberAdministrator:
        everything: dict[str, object] = dict.fromkeys(_NEEDED_RIGHTS, False)
        given = {**everything, "can_manage_chat": True, **dict.fromkeys(rights, True)}
        about = {"user": self.world.bot, "can_be_edited": False, "is_anonymous": False}
        return ChatMemberAdministrator.model_validate({**given, **about})

    def _owner(self, room: Room) -> User:
        owners = [m.user for m in room.members.values() if isinstance(m, ChatMemberOwner)]
        return owners[0]

    def _stand(self, room: Room, standing: Member, *, by: User | None = None) -> None:
        """Change what the bot is in a chat, and tell it."""
        fallback: Member = ChatMemberLeft(user=self.world.bot)
        if room.is_private:
            fallback = ChatMemberMember(user=self.world.bot)
        before = room.members.get(self.world.bot.id, fallback)
        room.members[self.world.bot.id] = standing
        lane = room.id + _MY_MEMBERSHIP
        change = self._change(room, by or self._owner(room), before, standing)
        self.world.outlet.add("my_chat_member", change, lane=lane, life=DAY)
        self.world.changed()

    def _member(self, room: Room, standing: Member) -> None:
        before = room.member(standing.user)
        room.members[standing.user.id] = standing
        lane = standing.user.id + _MEMBERSHIP
        change = self._change(room, standing.user, before, standing)
        self.world.outlet.add("chat_member", change, lane=lane, life=DAY)

    def _change(self, room: Room, by: User, before: Member, after: Member) -> ChatMemberUpdated:
        return ChatMemberUpdated.model_validate(
            {
                "chat": room.chat,
                "from_user": by,
                "date": self.world.now,
                "old_chat_member": before,
                "new_chat_member": after,
            }
        )


def _number(topic: Topic | int) -> int:
    return topic if isinstance(topic, int) else topic.id
