"""What somebody asks on the page or through the API, read once into a plain value."""

import json
import re
from collections.abc import Mapping

from handlers.domain.errors import InvalidError
from handlers.phones import parse_phone
from knowledge_base.language import Language
from knowledge_base.values import dataclass

MAX_TEXT = 20_000
_MAX_PLACE = 100
_MAX_ADDRESS = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class NotJsonError(Exception):
    """The body is not a JSON document at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with what the asker told about themselves; `municipality` as they wrote it.

    With a `phone` they wish to be called on it.
    """

    text: str
    email: str | None = None
    municipality: str | None = None
    language: Language | None = None
    phone: str | None = None

    def to_json(self) -> bytes:
        """Write the question down the way it is kept in the inbox."""
        given = {
            "text": self.text,
            "email": self.email,
            "municipality": self.municipality,
            "language": self.language.value if self.language else None,
            "phone": self.phone,
        }
        known = {name: value for name, value in given.items() if value is not None}
        return json.dumps(known, ensure_ascii=False, sort_keys=True).encode()


def parse_json(body: bytes) -> Question:
    """Read the body of `POST /api/questions`.

    Raises:
        NotJsonError: it is not JSON.
        InvalidError: it is JSON, but not a question; the field is named.
    """
    try:
        document: object = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NotJsonError from wrong
    if not isinstance(document, dict):
        raise InvalidError("not-an-object", field="text")
    return parse_fields(document)


def parse_fields(fields: Mapping[str, object]) -> Question:
    """Read a question from named values; empty ones count as not given.

    Raises:
        InvalidError: a value cannot be used; the field is named.
    """
    return Question(
        text=words(fields.get("text"), field="text"),
        email=address_of(_optional(fields, "email")),
        municipality=_place(_optional(fields, "municipality")),
        language=_language(_optional(fields, "language")),
        phone=phone_of(_optional(fields, "phone")),
    )


def words(given: object, *, field: str) -> str:
    """Read what somebody wrote: 1 to 20,000 characters, without what cannot be stored.

    Raises:
        InvalidError: it is no text, empty, or too long.
    """
    if given is None:
        raise InvalidError("no-words", field=field)
    if not isinstance(given, str):
        raise InvalidError("not-text", field=field)
    text = _clean(given)
    if not text:
        raise InvalidError("no-words", field=field)
    if len(text) > MAX_TEXT:
        raise InvalidError("text-too-long", field=field)
    return text


def _optional(fields: Mapping[str, object], name: str) -> str | None:
    given = fields.get(name)
    if given is None:
        return None
    if not isinstance(given, str):
        raise InvalidError("not-text", field=name)
    return _clean(given) or None


def _clean(given: str) -> str:
    lines = given.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", lines).strip()


def address_of(given: str | None) -> str | None:
    """Read a mail address, if one was given; raises InvalidError when it is none."""
    return None if given is None else mail_address(given)


def mail_address(given: str) -> str:
    """Read a mail address; raises InvalidError when it is none."""
    if len(given) > _MAX_ADDRESS or not _ADDRESS.fullmatch(given):
        raise InvalidError("bad-address", field="email")
    return given.lower()


def phone_of(given: str | None) -> str | None:
    """Read a number to be called on.

    Raises:
        InvalidError: nobody could be called on it.
    """
    if given is None:
        return None
    if (number := parse_phone(given)) is None:
        raise InvalidError("bad-phone", field="phone", given=given[:30])
    return number


def _place(given: str | None) -> str | None:
    if given is not None and len(given) > _MAX_PLACE:
        raise InvalidError("text-too-long", field="municipality")
    return given


def _language(given: str | None) -> Language | None:
    if given is None:
        return None
    try:
        return Language(given)
    except ValueError as unknown:
        raise InvalidError("unknown-language", field="language") from unknown
