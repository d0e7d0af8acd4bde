"""Where settings come from beside the environment, and how a wrong one is named."""

import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from bot.errors import ConfigurationError

PREFIX = "HELPDESK_"


class SecretFiles(PydanticBaseSettingsSource):
    """Reads `HELPDESK_X_FILE` for a key X, so that a secret need not stand in the environment."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:  # noqa: ARG002 -- the base class's signature
        key = f"{PREFIX}{field_name.upper()}_FILE"
        path = os.environ.get(key)
        if path is None:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except OSError as wrong:
            raise ConfigurationError(f"{key} cannot be read: {wrong.strerror}") from wrong

    def __call__(self) -> dict[str, object]:
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


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
