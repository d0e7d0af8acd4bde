"""Every refusal the emulator gives, in the words of the real server: the one golden table.

Each row names where the words come from: `Client.cpp` and its neighbours are telegram-bot-api 10.0,
`td/` is TDLib, `server` is a code of Telegram itself that both pass on as it is, and `docs` is a
limit of the Bot API documentation whose exact words nobody published.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One answer with `ok: false`; braces in the text are filled in by `ApiError`."""

    code: int
    text: str
    source: str


class ApiError(Exception):
    """A call the server refuses."""

    def __init__(
        self,
        refusal: Refusal,
        *,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
        **values: object,
    ) -> None:
        self.code = refusal.code
        self.text = refusal.text.format(**values) if values else refusal.text
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id
        super().__init__(self.text)


def _bad(text: str, source: str) -> Refusal:
    return Refusal(400, f"Bad Request: {text}", source)


def _forbidden(text: str, source: str) -> Refusal:
    return Refusal(403, f"Forbidden: {text}", source)


def _conflict(text: str) -> Refusal:
    return Refusal(409, f"Conflict: {text}", "Client.cpp abort_long_poll")


# The call as such
UNAUTHORIZED = Refusal(401, "Unauthorized", "Client.cpp get_closing_error")
INVALID_TOKEN = Refusal(401, "Unauthorized: invalid token specified", "ClientManager.cpp send")
NOT_FOUND = Refusal(404, "Not Found", "HttpConnection.cpp handle")
METHOD_NOT_FOUND = Refusal(404, "Not Found: method not found", "Client.cpp on_cmd")
TOO_MANY_REQUESTS = Refusal(429, "Too Many Requests: retry after {after}", "Query.cpp")
RESTART = Refusal(500, "Internal Server Error: restart", "Client.cpp get_closing_error")
NOT_MODELLED = Refusal(501, "Not Implemented: the emulator does not model {method}", "ours")
VIOLATION = Refusal(599, "Emulator: {detail}", "ours")

# Updates
OTHER_GET_UPDATES = _conflict(
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
OTHER_SET_WEBHOOK = _conflict("terminated by setWebhook request")
WEBHOOK_ACTIVE = _conflict(
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
WEBHOOK_URL = _bad("invalid webhook URL specified", "Client.cpp do_set_webhook")
SECRET_TOO_LONG = _bad("secret token is too long", "Client.cpp do_set_webhook")
SECRET_CHARACTERS = _bad("secret token contains unallowed characters", "Client.cpp do_set_webhook")

# Chats and people
CHAT_ID_EMPTY = _bad("chat_id is empty", "Client.cpp check_chat")
CHAT_NOT_FOUND = _bad("chat not found", "Client.cpp TdOnCheckChatCallback")
BLOCKED = _forbidden("bot was blocked by the user", "Client.cpp fail_query_with_error")
DEACTIVATED = _forbidden("user is deactivated", "Client.cpp check_chat_access")
CANNOT_INITIATE = _forbidden(
    "bot can't initiate conversation with a user", "td/MessagesManager.cpp"
)
KICKED = _forbidden("bot was kicked from the {kind} chat", "Client.cpp check_chat_access")
NOT_A_MEMBER = _forbidden("bot is not a member of the {kind} chat", "Client.cpp check_chat_access")
UPGRADED = _bad("group chat was upgraded to a supergroup chat", "Client.cpp check_chat_access")
MEMBER_NOT_FOUND = _bad("member not found", "td/DialogParticipantManager.cpp")
NO_ADMINS_IN_PRIVATE = _bad(
    "there are no administrators in the private chat",
    "Client.cpp process_get_chat_administrators_query",
)
LEAVE_PRIVATE = _bad("chat can't be left", "docs")

# Topics
THREAD_NOT_FOUND = _bad("message thread not found", "Client.cpp check_message_topic")
NOT_A_FORUM = _bad("the chat is not a forum", "td/ForumTopicManager.cpp is_forum")
TOPIC_NAME_EMPTY = _bad("name must be non-empty", "td/ForumTopicManager.cpp")
TOPIC_COLOR = _bad("invalid icon color specified", "td/ForumTopicManager.cpp")
TOPIC_RIGHTS_CREATE = _bad("not enough rights to create a topic", "td/ForumTopicManager.cpp")
TOPIC_RIGHTS_EDIT = _bad("not enough rights to edit the topic", "td/ForumTopicManager.cpp")
TOPIC_RIGHTS_CLOSE = _bad(
    "not enough rights to close or open the topic", "td/ForumTopicManager.cpp"
)
TOPIC_RIGHTS_DELETE = _bad("not enough rights to delete the topic", "td/ForumTopicManager.cpp")
TOPIC_INVALID = _bad("TOPIC_ID_INVALID", "server")
TOPIC_NOT_MODIFIED = _bad("TOPIC_NOT_MODIFIED", "server")
TOPIC_CLOSED = _bad("TOPIC_CLOSED", "server")
TOPIC_EMOJI = _bad("DOCUMENT_INVALID", "server")

# Messages
REPLY_NOT_FOUND = _bad("message to be replied not found", "Client.cpp check_reply_parameters")
QUOTE_NOT_FOUND = _bad("QUOTE_TEXT_INVALID", "server")
EDIT_NOT_FOUND = _bad("message to edit not found", "Client.cpp process_edit_message_text_query")
EDIT_FORBIDDEN = _bad("message can't be edited", "td/MessagesManager.cpp edit_message_text")
EDIT_NO_TEXT = _bad(
    "there is no text in the message to edit", "td/MessagesManager.cpp edit_message_text"
)
EDIT_NO_CAPTION = _bad(
    "there is no caption in the message to edit", "td/MessagesManager.cpp edit_message_caption"
)
NOT_MODIFIED = _bad(
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message",
    "Client.cpp fail_query_with_error",
)
DELETE_NOT_FOUND = _bad("message to delete not found", "Client.cpp process_delete_message_query")
DELETE_FORBIDDEN = _bad("message can't be deleted", "td/MessagesManager.cpp delete_messages")
DELETE_FOR_EVERYONE = _bad(
    "message can't be deleted for everyone", "td/MessagesManager.cpp delete_messages"
)
COPY_NOT_FOUND = _bad("message to copy not found", "Client.cpp process_copy_message_query")
COPY_FORBIDDEN = _bad("the message can't be copied", "td/MessagesManager.cpp forward_message")
FORWARD_NOT_FOUND = _bad("message to forward not found", "Client.cpp process_forward_message_query")
FORWARD_FORBIDDEN = _bad("the message can't be forwarded", "td/MessagesManager.cpp forward_message")
PROTECTED = _bad("message has protected content and can't be forwarded", "td/MessagesManager.cpp")
NONE_FORWARDED = _bad("messages can't be forwarded", "Client.cpp TdOnForwardMessagesCallback")
NO_MESSAGE_IDS = _bad("message identifiers are not specified", "Client.cpp get_message_ids")
TOO_MANY_MESSAGE_IDS = _bad("too many message identifiers specified", "Client.cpp get_message_ids")
REACT_NOT_FOUND = _bad(
    "message to react not found", "Client.cpp process_set_message_reaction_query"
)
REACTION_INVALID = _bad("REACTION_INVALID", "server")
REACTIONS_TOO_MANY = _bad("REACTIONS_TOO_MANY", "server")
PIN_NOT_FOUND = _bad("message to pin not found", "Client.cpp process_pin_chat_message_query")
UNPIN_NOT_FOUND = _bad("message to unpin not found", "Client.cpp process_unpin_chat_message_query")
PIN_RIGHTS = _bad("not enough rights to manage pinned messages in the chat", "td/MessagesManager")

# Text
TEXT_EMPTY = _bad("message text is empty", "Client.cpp get_input_message_text")
TEXT_BLANK = _bad("text must be non-empty", "td/MessageEntity.cpp fix_formatted_text")
TEXT_TOO_LONG = _bad("message is too long", "td/MessageContent.cpp")
TEXT_OVER_32K = _bad("text is too long", "Client.cpp get_formatted_text")
CAPTION_TOO_LONG = _bad("message caption is too long", "td/MessageContent.cpp")
PARSE_MODE = _bad("unsupported parse_mode", "Client.cpp get_formatted_text")
CANNOT_PARSE = _bad("can't parse entities: {reason}", "td/SynchronousRequests.cpp")

# Keyboards and clicks
BUTTON_DATA = _bad("BUTTON_DATA_INVALID", "server")
BUTTON_TEXT = _bad("inline keyboard button text must be non-empty", "td/ReplyMarkup.cpp")
KEY_TEXT = _bad("keyboard button text must be non-empty", "td/ReplyMarkup.cpp")
BUTTON_TYPE = _bad(
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    "Client.cpp get_inline_keyboard_button_type",
)
BUTTON_URL = _bad(
    "inline keyboard button URL '{url}' is invalid: {reason}", "td/ReplyMarkup.cpp, LinkManager.cpp"
)
MARKUP_TOO_LONG = _bad("reply markup is too long", "Client.cpp fail_query_with_error")
QUERY_TOO_OLD = _bad(
    "query is too old and response timeout expired or query ID is invalid",
    "Client.cpp fail_query_with_error",
)
ANSWER_TOO_LONG = _bad("MESSAGE_TOO_LONG", "server")

# Files and albums
FILE_ID = _bad("invalid file_id", "Client.cpp TdOnCheckRemoteFileIdCallback")
FILE_OR_URL = _bad(
    "wrong file identifier/HTTP URL specified", "td/MessagesManager.cpp on_send_message_fail"
)
FILE_EMPTY = _bad("file must be non-empty", "td/FileLoaderUtils.cpp")
FILE_TOO_BIG = _bad("file is too big", "Client.cpp do_get_file")
ALBUM_EMPTY = _bad("there are no messages to send", "td/MessagesManager.cpp")
ALBUM_TOO_LONG = _bad("too many messages to send as an album", "td/MessageContent.cpp")
ALBUM_MIXED = _bad("{kind} can't be mixed with other media types", "td/MessageContent.cpp")

# The bot itself
ACTION = _bad("wrong parameter action in request", "Client.cpp get_chat_action")
COMMAND = _bad("BOT_COMMAND_INVALID", "server")
COMMAND_DESCRIPTION = _bad("BOT_COMMAND_DESCRIPTION_INVALID", "server")
COMMANDS_TOO_MANY = _bad("BOT_COMMANDS_TOO_MUCH", "server")
ABOUT_TOO_LONG = _bad("the bot description is too long", "docs")
