"""Imports aiogram without the validators of its types: each is built when it is first used.

aiogram builds those of all 446 types as it is imported: 1.5 s of processor time and 100 MB, nearly
all of it for stickers, shops and games. Pydantic can build a type later as well, where the names in
its annotations are known; aiogram's modules know each other's for type checkers only. So they are
told as the import goes by, and what an update may be made of is built at once: no update waits, and
no two threads build the same.

Import this module before any that imports aiogram; afterwards it changes nothing.
"""

import re
import sys
from collections.abc import Callable, Mapping
from inspect import get_annotations
from typing import Final, cast

from pydantic import BaseModel

_NAME: Final = re.compile(r"[A-Za-z]\w*")
_REBUILD: Final = "model_rebuild"


def _import_aiogram() -> None:
    built = BaseModel.__dict__[_REBUILD]

    def postponed(
        kind: type[BaseModel],
        /,
        *,
        _types_namespace: Mapping[str, object] | None = None,
        **options: object,
    ) -> bool | None:
        if _types_namespace is not None and kind.__module__.startswith("aiogram."):
            _tell_names(kind, _types_namespace)
            return None
        rebuild = cast("Callable[..., bool | None]", built.__get__(None, kind))
        return rebuild(_types_namespace=_types_namespace, **options)

    setattr(BaseModel, _REBUILD, classmethod(postponed))
    try:
        from aiogram.types import Update  # noqa: PLC0415 -- this is what is watched
    finally:
        setattr(BaseModel, _REBUILD, built)
    Update.model_rebuild()


def _tell_names(kind: type[BaseModel], names: Mapping[str, object]) -> None:
    """Put what the annotations of a type speak of into its module; what it inherits as well."""
    module = vars(sys.modules[kind.__module__])
    for base in kind.__mro__:
        for annotation in get_annotations(base).values():
            for name in _NAME.findall(str(annotation)):
                if name in names:
                    module.setdefault(name, names[name])


if "aiogram" not in sys.modules:
    _import_aiogram()
