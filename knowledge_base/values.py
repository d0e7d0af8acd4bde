"""Values: dataclasses whose `frozen=True` is watched by the type checker, not by every assignment.

The standard library makes a frozen instance set each of its own fields through
`object.__setattr__`. A letter makes hundreds of values, so that was a tenth of its processor time
(ADR 9). mypy refuses to assign to a field of a value in any case, the tests included.
"""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 (for others to import)

    from _typeshed import DataclassInstance
else:

    def dataclass(
        *, frozen: bool = False, eq: bool = True, **options: bool
    ) -> Callable[[type[T]], type[T]]:
        """Make a dataclass; one that is frozen is a value, equal and hashed by its fields."""
        if not frozen:
            return dataclasses.dataclass(eq=eq, **options)

        def make(cls: type[T]) -> type[T]:
            # One `__repr__` for all of them: compiled for each class they take a megabyte.
            cls.__repr__ = _repr
            return dataclasses.dataclass(eq=eq, unsafe_hash=eq, repr=False, **options)(cls)

        return make


def _repr(value: "DataclassInstance") -> str:
    shown = (
        f"{field.name}={getattr(value, field.name)!r}"
        for field in dataclasses.fields(value)
        if field.repr
    )
    return f"{type(value).__qualname__}({', '.join(shown)})"
