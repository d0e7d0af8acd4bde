"""Methods about chats, their members, clicks, files and the bot's own profile."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMyCommands,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetFile,
    GetMe,
    GetMyCommands,
    LeaveChat,
    SendChatAction,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)
from aiogram.types import (
    AcceptedGiftTypes,
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    CallbackQuery,
    ChatFullInfo,
    ChatMemberAdministrator,
    ChatMemberLeft,
    ChatMemberOwner,
    File,
    TelegramObject,
    User,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError
from tests.telegram_emulator.files import Files
from tests.telegram_emulator.schema import Handlers
from tests.telegram_emulator.world import Member, World

QUERY_LIFE = 150
_LONGEST_ANSWER = 200
_MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ACTIONS = frozenset(
    re.findall(
        r"\w+",
        """
        cancel typing record_video upload_video record_audio record_voice upload_audio upload_voice
        upload_photo upload_document choose_sticker pick_up_location find_location
        record_video_note upload_video_note
        """,
    )
)
# Scope (with its chat and user) and language.
CommandsKey: TypeAlias = tuple[str, int | str | None, int | None, str]


@dataclass(slots=True)
class Profile:
    """What the bot says about itself."""

    commands: dict[CommandsKey, list[BotCommand]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, TelegramObject] = field(default_factory=dict)


@dataclass(slots=True)
class Click:
    """A callback query and what the bot answered to it, once it has."""

    query: CallbackQuery
    expires_at: float
    answer: AnswerCallbackQuery | None = None

    @property
    def id(self) -> str:
        return self.query.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Chats:
    """Answers what is left: who is where, what a click was, who the bot is."""

    world: World
    files: Files
    profile: Profile = field(default_factory=Profile)
    clicks: dict[str, Click] = field(default_factory=dict)
    actions: list[SendChatAction] = field(default_factory=list)

    @property
    def handlers(self) -> Handlers:
        return {
            GetMe: self.me,
            GetChat: self.chat,
            GetChatMember: self.member,
            GetChatAdministrators: self.administrators,
            LeaveChat: self.leave,
            SendChatAction: self.action,
            AnswerCallbackQuery: self.answer,
            GetFile: self.file,
            SetMyCommands: self.set_commands,
            GetMyCommands: self.commands,
            DeleteMyCommands: self.delete_commands,
            SetMyDescription: self.describe,
            SetMyShortDescription: self.describe_shortly,
            SetChatMenuButton: self.menu_button,
        }

    def me(self, _: GetMe) -> User:
        capabilities = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return self.world.bot.model_copy(update=capabilities)

    def chat(self, call: GetChat) -> ChatFullInfo:
        room = self.world.readable(call.chat_id)
        last_pinned = room.messages.get(room.pinned[-1]) if room.pinned else None
        accepted = not room.is_private
        return ChatFullInfo(
            id=room.id,
            type=room.chat.type,
            title=room.chat.title,
            username=room.chat.username,
            first_name=room.chat.first_name,
            last_name=room.chat.last_name,
            is_forum=room.chat.is_forum,
            accent_color_id=0,
            max_reaction_count=11,
            pinned_message=last_pinned,
            accepted_gift_types=AcceptedGiftTypes(
                unlimited_gifts=not accepted,
                limited_gifts=not accepted,
                unique_gifts=not accepted,
                premium_subscription=not accepted,
                gifts_from_channels=not accepted,
            ),
        )

    def member(self, call: GetChatMember) -> Member:
        room = self.world.readable(call.chat_id)
        person = self.world.people.get(call.user_id)
        if person is None:
            raise ApiError(errors.MEMBER_NOT_FOUND)
        return room.member(person)

    def administrators(self, call: GetChatAdministrators) -> list[Member]:
        room = self.world.readable(call.chat_id)
        if room.is_private:
            raise ApiError(errors.NO_ADMINS_IN_PRIVATE)
        kinds = ChatMemberOwner | ChatMemberAdministrator
        return [member for member in room.members.values() if isinstance(member, kinds)]

    def leave(self, call: LeaveChat) -> bool:
        room = self.world.readable(call.chat_id)
        if room.is_private:
            raise ApiError(errors.LEAVE_PRIVATE)
        room.members[self.world.bot.id] = ChatMemberLeft(user=self.world.bot)
        self.world.changed()
        return True

    def action(self, call: SendChatAction) -> bool:
        if call.action not in _ACTIONS:
            raise ApiError(errors.ACTION)
        self.world.writable(call.chat_id)
        self.actions.append(call)
        self.world.changed()
        return True

    def answer(self, call: AnswerCallbackQuery) -> bool:
        click = self.clicks.get(call.callback_query_id)
        if click is None or self.world.clock.now() > click.expires_at:
            raise ApiError(errors.QUERY_TOO_OLD)
        if len(call.text or "") > _LONGEST_ANSWER:
            raise ApiError(errors.ANSWER_TOO_LONG)
        click.answer = call
        self.world.changed()
        return True

    def file(self, call: GetFile) -> File:
        return self.files.file(call.file_id)

    def set_commands(self, call: SetMyCommands) -> bool:
        if len(call.commands) > _MOST_COMMANDS:
            raise ApiError(errors.COMMANDS_TOO_MANY)
        for command in call.commands:
            if not _COMMAND.fullmatch(command.command.removeprefix("/")):
                raise ApiError(errors.COMMAND)
            if not 1 <= len(command.description) <= 256:
                raise ApiError(errors.COMMAND_DESCRIPTION)
        self.profile.commands[self._key(call)] = call.commands
        return True

    def commands(self, call: GetMyCommands) -> list[BotCommand]:
        return self.profile.commands.get(self._key(call), [])

    def delete_commands(self, call: DeleteMyCommands) -> bool:
        self.profile.commands.pop(self._key(call), None)
        return True

    def describe(self, call: SetMyDescription) -> bool:
        if len(call.description or "") > 512:
            raise ApiError(errors.ABOUT_TOO_LONG)
        self.profile.descriptions[call.language_code or ""] = call.description or ""
        return True

    def describe_shortly(self, call: SetMyShortDescription) -> bool:
        if len(call.short_description or "") > 120:
            raise ApiError(errors.ABOUT_TOO_LONG)
        self.profile.short_descriptions[call.language_code or ""] = call.short_description or ""
        return True

    def menu_button(self, call: SetChatMenuButton) -> bool:
        if call.chat_id is not None:
            self.world.readable(call.chat_id)
        if call.menu_button is not None:
            self.profile.menu_buttons[call.chat_id or 0] = call.menu_button
        return True

    def _key(self, call: SetMyCommands | GetMyCommands | DeleteMyCommands) -> CommandsKey:
        scope = call.scope
        chat = getattr(scope, "chat_id", None)
        if isinstance(scope, BotCommandScopeChat | BotCommandScopeChatMember):
            self.world.readable(scope.chat_id)
        user = scope.user_id if isinstance(scope, BotCommandScopeChatMember) else None
        return (scope.type if scope else "default", chat, user, call.language_code or "")
