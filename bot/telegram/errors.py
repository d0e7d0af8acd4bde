"""What each answer of Telegram means for a message: the one table (words are Telegram's own)."""

from enum import Enum, auto

from bot.telegram.api import BrokenError, RefusedError, TelegramError, UnreachableError
from handlers.domain.errors import (
    DeliveryError,
    PermanentDeliveryError,
    PlaceGoneError,
    RecipientGoneError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from knowledge_base.values import dataclass


class Outcome(Enum):
    """What became of a call.

    - DONE: it is as it should be, whoever did it.
    - LATER: not taken now; the same call may be taken later.
    - NEVER: not taken, and it never will be.
    - GONE: the topic is gone; it is opened again, with its card.
    - LOST: nothing reaches this recipient any more; another channel may.
    - PLAIN: the marks on the words are refused; the words alone are sent at once.
    - ANEW: the message to be changed is no more; what it should say is said in a new one.
    - UNKNOWN: nobody can tell; the kind of the message decides (`handlers.deliveries`).
    """

    DONE = auto()
    LATER = auto()
    NEVER = auto()
    GONE = auto()
    LOST = auto()
    PLAIN = auto()
    ANEW = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """Answers from `lowest` to `highest` whose words contain `words`; the first that fits counts.

    `advice` is what a person should know or do about it.
    """

    lowest: int
    highest: int
    words: str
    outcome: Outcome
    advice: str = ""


RULES = (
    # An edit that changes nothing has been done already.
    Rule(400, 400, "message is not modified", Outcome.DONE),
    Rule(400, 400, "TOPIC_NOT_MODIFIED", Outcome.DONE),
    Rule(400, 400, "message to edit not found", Outcome.ANEW),
    Rule(400, 400, "message can't be edited", Outcome.ANEW),
    Rule(400, 400, "can't parse entities", Outcome.PLAIN, "a fault of ours; see the log"),
    Rule(400, 400, "ENTITY_", Outcome.PLAIN, "a fault of ours; see the log"),
    Rule(400, 400, "message thread not found", Outcome.GONE, "the topic is gone"),
    Rule(400, 400, "TOPIC_DELETED", Outcome.GONE, "the topic is gone"),
    Rule(400, 400, "TOPIC_ID_INVALID", Outcome.GONE, "the topic is gone"),
    Rule(400, 400, "upgraded to a supergroup", Outcome.NEVER, "the group has a new id; set it"),
    Rule(400, 400, "is not a forum", Outcome.NEVER, "switch topics on in the staff chat"),
    Rule(400, 400, "not enough rights", Outcome.NEVER, "let the bot manage topics"),
    Rule(400, 400, "chat not found", Outcome.NEVER, "the bot is not in this chat"),
    Rule(400, 400, "", Outcome.NEVER),
    # A wrong token is mended in the settings; until then nothing is taken and nothing is lost.
    Rule(401, 401, "", Outcome.LATER, "the token is refused"),
    Rule(403, 403, "", Outcome.LOST, "the bot may not write there"),
    Rule(404, 404, "", Outcome.LATER, "the token is refused"),
    Rule(409, 409, "", Outcome.LATER),
    Rule(413, 413, "", Outcome.NEVER, "the file is too big"),
    Rule(420, 429, "", Outcome.LATER),
    Rule(500, 599, "", Outcome.UNKNOWN),
)


def outcome_of(error: TelegramError) -> Outcome:
    """Tell what became of the call that ended so."""
    match error:
        case UnreachableError():
            return Outcome.LATER
        case RefusedError():
            return _rule(error).outcome
        case BrokenError() | TelegramError():
            return Outcome.UNKNOWN


def delivery_error(error: TelegramError) -> DeliveryError:
    """Translate an error whose outcome is not DONE."""
    match outcome_of(error):
        case Outcome.LATER:
            after = error.retry_after if isinstance(error, RefusedError) else None
            return TransientDeliveryError(_words(error), retry_after=after)
        case Outcome.LOST:
            return RecipientGoneError(_words(error))
        case Outcome.NEVER | Outcome.PLAIN | Outcome.ANEW:
            return PermanentDeliveryError(_words(error))
        case Outcome.GONE:
            return PlaceGoneError(_words(error))
        case Outcome.UNKNOWN | Outcome.DONE:
            return UncertainDeliveryError(_words(error))


def _rule(error: RefusedError) -> Rule:
    for rule in RULES:
        if rule.lowest <= error.code <= rule.highest and rule.words in error.words:
            return rule
    return Rule(error.code, error.code, "", Outcome.UNKNOWN)


def _words(error: TelegramError) -> str:
    advice = _rule(error).advice if isinstance(error, RefusedError) else ""
    return f"{error}; {advice}" if advice else str(error)
