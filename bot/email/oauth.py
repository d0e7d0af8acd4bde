"""Access tokens for mail servers that take no passwords (RFC 6749, refresh tokens)."""

import asyncio
import json
import time
from dataclasses import field

from knowledge_base.values import dataclass

_SECONDS = 20.0
_EARLY = 120.0
"""So long before its end a token is not used any more."""


class TokenError(Exception):
    """No token was given; the text says why, without secrets."""


@dataclass(slots=True, kw_only=True)
class AccessTokens:
    """Fetches a token when there is none that still holds; whoever signs in asks each time."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scope: str = ""
    _token: str = field(default="", repr=False)
    _good_until: float = 0.0

    async def get(self) -> str:
        """Return a token.

        Raises:
            TokenError: the token server refused, or cannot be reached.
        """
        if time.monotonic() >= self._good_until:
            self._token, seconds = await asyncio.to_thread(self._fetch)
            self._good_until = time.monotonic() + seconds - _EARLY
        return self._token

    def forget(self) -> None:
        """Use the token no more: a server did not take it."""
        self._good_until = 0.0

    def _fetch(self) -> tuple[str, float]:
        # Imported here because they bring a client of HTTP, which most mailboxes do without.
        import urllib.error  # noqa: PLC0415
        import urllib.parse  # noqa: PLC0415
        import urllib.request  # noqa: PLC0415

        wanted = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
            "scope": self.scope,
        }
        body = urllib.parse.urlencode({name: text for name, text in wanted.items() if text})
        request = urllib.request.Request(self.token_url, data=body.encode())  # noqa: S310 -- https, see Settings
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 -- as above
                answer = json.loads(response.read(1_000_000))
            return str(answer["access_token"]), float(answer.get("expires_in", 3600))
        except urllib.error.HTTPError as refused:
            refused.close()
            raise TokenError(f"the token server refused ({refused.code})") from refused
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TokenError(f"no token: {type(error).__name__}") from error
