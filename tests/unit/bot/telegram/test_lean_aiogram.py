"""aiogram as the service imports it is aiogram as it comes, only that most of it is not built."""

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[4]
_PLAIN = "import aiogram"
_LEAN = "import bot.telegram_wiring"
_BUILT = """
from aiogram import types
kinds = [getattr(types, name) for name in types.__all__]
print([kind.__name__ for kind in kinds if getattr(kind, "__pydantic_complete__", False)])
"""
_FIELDS = """
from aiogram import methods, types
for kind in [getattr(place, name) for place in (types, methods) for name in place.__all__]:
    if hasattr(kind, "model_rebuild"):
        assert kind.model_rebuild() is not False
        fields = {name: str(field) for name, field in kind.model_fields.items()}
        print(kind, re.sub("0x[0-9a-f]+", "", str(fields)))
"""
_UNION = """
from aiogram.types import ChatMemberUnion
from pydantic import TypeAdapter
user = {"id": 1, "is_bot": False, "first_name": "Ona"}
print(repr(TypeAdapter(ChatMemberUnion).validate_python({"status": "left", "user": user})))
"""


def test_the_service_builds_no_type_of_telegram_but_an_update() -> None:
    assert _said(_LEAN, _BUILT) == "['Update']\n"


def test_every_type_and_method_can_be_built_and_has_the_fields_it_would_have() -> None:
    fields = _said(_LEAN, _FIELDS)

    assert len(fields.splitlines()) > 500
    assert fields == _said(_PLAIN, _FIELDS)


def test_what_is_not_part_of_an_update_is_built_when_it_is_needed() -> None:
    assert _said(_LEAN, _UNION) == _said(_PLAIN, _UNION)


def _said(imports: str, code: str) -> str:
    ran = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", f"import re\n{imports}\n{code}"],
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout
