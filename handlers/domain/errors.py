"""What can go wrong, and who is told.

Exception
├── HelpdeskError            a rule of ours said no; the person can be told (`key` + `values`)
│   ├── NotFoundError        no such ticket, entry, consultant
│   ├── NotAllowedError      this person may not do that
│   ├── ConflictError        somebody was faster: the ticket changed since it was read
│   │   ├── TakenError       another consultant has the ticket; trying again will not help
│   │   └── StaleError       answered from an older view; says what happened since
│   └── InvalidError         what was given cannot be used; names the field
└── DeliveryError            a channel did not take a message
    ├── TransientDeliveryError   surely not taken; the same message may be accepted later
    │   └── ChannelDownError     nothing is taken there now: no connection, or no way in
    ├── PermanentDeliveryError   surely not taken; it never will be
    │   ├── PlaceGoneError       not taken where it was to stand; elsewhere it may be
    │   ├── RecipientGoneError   the recipient takes nothing from us any more, on this channel
    │   └── NothingToChangeError an edit of a message that has no name
    └── UncertainDeliveryError   nobody can tell whether it was taken
"""

from collections.abc import Sequence

from handlers.domain.tickets import TicketEvent


class HelpdeskError(Exception):
    """A rule of ours said no; `key` names the sentence, `values` fill it."""

    def __init__(self, key: str, **values: str) -> None:
        """Keep the catalogue key and its values; the text form is for logs and the command line."""
        detail = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"{key.replace('-', ' ')}: {detail}" if detail else key.replace("-", " "))
        self.key = key
        self.values = values


class NotFoundError(HelpdeskError):
    """What was asked for does not exist."""


class NotAllowedError(HelpdeskError):
    """This person may not do that."""


class ConflictError(HelpdeskError):
    """The ticket changed since it was read."""


class TakenError(ConflictError):
    """Another consultant has the ticket; trying again will not help."""


class StaleError(ConflictError):
    """Others did something to the ticket since the consultant read it: `changes`, oldest first."""

    def __init__(self, *, reference: str, changes: Sequence[TicketEvent]) -> None:
        """Remember what happened; the consultant decides whether their words still hold."""
        super().__init__("seen-older", reference=reference)
        self.changes = tuple(changes)


class InvalidError(HelpdeskError):
    """What was given cannot be used; `field` names where it stood."""

    def __init__(self, key: str, *, field: str, **values: str) -> None:
        """Remember the field beside the sentence."""
        super().__init__(key, **values)
        self.field = field


class DeliveryError(Exception):
    """A channel did not take a message. The text never holds an address or a message's words."""


class TransientDeliveryError(DeliveryError):
    """Surely not taken; the same message may be accepted later."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        """Keep the seconds the channel asked us to wait, where it did."""
        super().__init__(message)
        self.retry_after = retry_after


class ChannelDownError(TransientDeliveryError):
    """Surely not taken, nor would anything else be: the channel cannot be reached or entered."""


class PermanentDeliveryError(DeliveryError):
    """Surely not taken, and it never will be."""


class PlaceGoneError(PermanentDeliveryError):
    """Surely not taken: the topic it was for is gone."""


class RecipientGoneError(PermanentDeliveryError):
    """Surely not taken: nothing of ours reaches this recipient here any more."""


class NothingToChangeError(PermanentDeliveryError):
    """Surely not made: the message it was to change never got a name in its channel."""


class UncertainDeliveryError(DeliveryError):
    """Nobody can tell whether it was taken: the connection broke after it was handed over."""
