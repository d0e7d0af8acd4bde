"""Keys of signed addresses, and what they lead to."""

import os
import secrets

from bot.settings import Settings
from handlers.domain.ids import TicketId
from handlers.tokens import Claim, Purpose, Tokens


def page_address(settings: Settings, tokens: Tokens, ticket: TicketId) -> str:
    """Return the secret address of an asker's page."""
    return f"{settings.base_url}/t/{tokens.sign(Claim(Purpose.PAGE, ticket))}"


def signing_keys(settings: Settings) -> tuple[bytes, ...]:
    """Return the signing keys, the present one first; one is made and kept when none is set."""
    previous = settings.secret_key_previous
    older = (previous.get_secret_value().encode(),) if previous else ()
    if settings.secret_key is not None:
        return (settings.secret_key.get_secret_value().encode(), *older)
    path = settings.data_dir / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return (path.read_text(encoding="utf-8").strip().encode(), *older)
