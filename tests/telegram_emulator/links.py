"""Which addresses Telegram takes for links, by TDLib's `check_link` and `get_link_user_id`."""

import re

_URL = re.compile(
    r"(?:(?P<scheme>[a-z]+)://)?(?:(?P<user>[^/?#@]*)@)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[^/?#:\[\]@\s]+)(?::(?P<port>\d{1,5}))?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_APP_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_USER_LINK = re.compile(r"tg:(?://)?user/?\?(?:.*&)?id=(\d+)", re.IGNORECASE)


class LinkError(Exception):
    """Telegram refuses the address; the words are TDLib's."""


def checked_link(link: str) -> str:
    """Return the address as Telegram keeps it.

    Raises:
        LinkError: it is no address.
    """
    app = _APP_SCHEME.match(link)
    parsed = _URL.fullmatch(link[app.end() :] if app else link)
    if parsed is None:
        raise LinkError("Wrong HTTP URL")
    rest = parsed["rest"] or ""
    if not rest.startswith("/") and not (app and rest.startswith("?")):
        rest = f"/{rest}" if not app or rest else "/"
    if app:
        return f"{app[1].lower()}://{parsed['host'].lower()}{rest}"
    scheme = (parsed["scheme"] or "http").lower()
    if scheme not in {"http", "https"}:
        raise LinkError("Unsupported URL protocol")
    if "." not in parsed["host"] and not parsed["host"].startswith("["):
        raise LinkError("Wrong HTTP URL")
    user = f"{parsed['user']}@" if parsed["user"] else ""
    port = f":{parsed['port']}" if parsed["port"] else ""
    return f"{scheme}://{user}{parsed['host'].lower()}{port}{rest}"


def linked_user(link: str) -> int | None:
    """Return whom `tg://user?id=...` means."""
    found = _USER_LINK.fullmatch(link)
    return int(found[1]) if found else None
