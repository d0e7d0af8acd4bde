"""Where settings come from beside the environment, and how a wrong one is named."""

import json
import os
import tomllib
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from pydantic import ValidationError

from bot.errors import ConfigurationError

PREFIX = "HELPDESK_"


_FILE = "helpdesk.toml"


def from_environment(names: Iterable[str], *, lists: AbstractSet[str]) -> dict[str, object]:
    """Read `HELPDESK_X`, in whatever case, for each key X.

    Raises:
        ConfigurationError: a list is no JSON.
    """
    said = {key.lower(): text for key, text in os.environ.items()}
    found: dict[str, object] = {}
    for name in names:
        text = said.get(f"{PREFIX}{name}".lower())
        if text is not None:
            found[name] = _listed(name, text) if name in lists else text
    return found


def _listed(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise ConfigurationError(f"{PREFIX}{name.upper()}: this is not JSON") from None


def from_secrets(names: Iterable[str]) -> dict[str, object]:
    """Read `HELPDESK_X_FILE` for a key X, so that a secret need not stand in the environment.

    Raises:
        ConfigurationError: a file cannot be read.
    """
    found: dict[str, object] = {}
    for name in names:
        key = f"{PREFIX}{name.upper()}_FILE"
        path = os.environ.get(key)
        if path is None:
            continue
        try:
            found[name] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as wrong:
            raise ConfigurationError(f"{key} cannot be read: {wrong.strerror}") from wrong
    return found


def from_file() -> dict[str, object]:
    """Read helpdesk.toml of the working directory, if there is one.

    Raises:
        ConfigurationError: it cannot be read.
    """
    if not Path(_FILE).is_file():
        return {}
    try:
        return tomllib.loads(Path(_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ConfigurationError(f"{_FILE} cannot be read: {wrong}") from wrong


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse variables that begin like ours but are none of the settings.

    Raises:
        ConfigurationError: there is one; the sentence names it.
    """
    known = {f"{PREFIX}{name.upper()}" for name in names}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and not {name, name.removesuffix("_FILE")} & known:
            raise ConfigurationError(f"{name} is not a setting; see docs/settings.md")


def sentence(wrong: ValidationError) -> str:
    """Say in one sentence which setting is wrong, and why."""
    first = wrong.errors(include_url=False, include_input=False)[0]
    where = "_".join(str(part) for part in first["loc"])
    text = first["msg"].removeprefix("Value error, ")
    if not where:
        where, _, text = text.partition(": ")
    if first["type"] == "extra_forbidden":
        return f"{where} is not a setting; see docs/settings.md"
    return f"{PREFIX}{where.upper()}: {text}"
