"""What a call and its answer may look like: read off the installed aiogram, never written here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, get_args, get_origin

from aiogram import methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

JsonObject: TypeAlias = dict[str, object]
# What a method returns differs from one to the next; handlers name their own exactly.
AnyMethod: TypeAlias = TelegramMethod[Any]
Handler: TypeAlias = Callable[[Any], object]
Handlers: TypeAlias = Mapping[type[AnyMethod], Handler]


class SchemaError(Exception):
    """The bot asked, or the emulator answered, something the Bot API has no place for."""


class MissingError(Exception):
    """A required parameter is absent; aiogram leaves empty strings out, so people see these."""

    def __init__(self, method: str, parameter: str) -> None:
        super().__init__(f"{method} needs {parameter}")
        self.method = method
        self.parameter = parameter


@cache
def method_types() -> Mapping[str, type[AnyMethod]]:
    """Return every method of the Bot API by its name in small letters."""
    classes = [getattr(methods, name) for name in methods.__all__]
    return {
        cls.__api_method__.lower(): cls
        for cls in classes
        if isinstance(cls, type) and issubclass(cls, TelegramMethod) and cls is not TelegramMethod
    }


def plain(cls: type[AnyMethod] | None, arguments: Mapping[str, object]) -> JsonObject:
    """Undo what a form does to values: JSON in strings, ids as text."""
    return {key: _decoded(cls, key, value) for key, value in arguments.items()}


def read_call(cls: type[AnyMethod], arguments: Mapping[str, object]) -> AnyMethod:
    """Turn the parameters of a request into aiogram's own object for it.

    Raises:
        SchemaError: the Bot API knows no such parameter, or not with such a value.
        MissingError: a required parameter is absent.
    """
    unknown = sorted(set(arguments) - set(cls.model_fields))
    if unknown:
        raise SchemaError(f"{cls.__api_method__} has no parameter {', '.join(unknown)}")
    try:
        call = cls.model_validate(arguments)
    except ValidationError as invalid:
        for error in invalid.errors():
            if error["type"] == "missing" and len(error["loc"]) == 1:
                raise MissingError(cls.__api_method__, str(error["loc"][0])) from invalid
        raise SchemaError(f"{cls.__api_method__}: {invalid}") from invalid
    _refuse_extras(call, cls.__api_method__)
    return call


def dump(value: object) -> object:
    """Turn aiogram's objects into what travels: no nulls, no defaults of the client, Unix time."""
    match value:
        case BaseModel():
            pairs = [
                (field.serialization_alias or field.alias or name, getattr(value, name))
                for name, field in type(value).model_fields.items()
            ] + list((value.model_extra or {}).items())
            return {key: dump(item) for key, item in pairs if _travels(item)}
        case dict():
            return {key: dump(item) for key, item in value.items() if _travels(item)}
        case list() | tuple():
            return [dump(item) for item in value]
        case datetime():
            return round(value.timestamp())
        case Enum():
            return value.value
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {each.name: dump(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value


def check_answer(cls: type[AnyMethod], answer: object) -> None:
    """Make sure that aiogram can read the answer and that it holds nothing aiogram does not know.

    Raises:
        SchemaError: it cannot, or it does.
    """
    _check(_answer_adapter(cls), answer, f"the answer to {cls.__api_method__}")


def check_update(update: JsonObject) -> None:
    """Make sure of the same for an update.

    Raises:
        SchemaError: aiogram cannot read it, or it holds something unknown.
    """
    _check(_update_adapter(), update, "an update")


@cache
def _answer_adapter(cls: type[AnyMethod]) -> TypeAdapter[object]:
    return TypeAdapter(cls.__returning__)


@cache
def _update_adapter() -> TypeAdapter[object]:
    return TypeAdapter(Update)


@cache
def _takes_text(cls: type[AnyMethod], parameter: str) -> bool:
    """Say whether a bare text is a value of the parameter (a list of texts comes as JSON)."""

    def has_text(annotation: object) -> bool:
        if get_origin(annotation) in {list, dict}:
            return False
        return annotation is str or any(has_text(part) for part in get_args(annotation))

    return has_text(cls.model_fields[parameter].annotation)


def _decoded(cls: type[AnyMethod] | None, parameter: str, value: object) -> object:
    if cls is None or parameter not in cls.model_fields or not isinstance(value, str):
        return value
    if parameter.endswith("chat_id") and value.removeprefix("-").isdecimal():
        return int(value)
    if _takes_text(cls, parameter):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _travels(value: object) -> bool:
    return value is not None and not isinstance(value, Default)


def _check(adapter: TypeAdapter[object], value: object, what: str) -> None:
    try:
        model = adapter.validate_python(value)
    except ValidationError as invalid:
        raise SchemaError(f"{what}: {invalid}") from invalid
    _refuse_extras(model, what)


def _refuse_extras(value: object, path: str) -> None:
    match value:
        case BaseModel():
            if value.model_extra:
                raise SchemaError(f"{path}: unknown field {', '.join(sorted(value.model_extra))}")
            for name in value.model_fields_set:
                _refuse_extras(getattr(value, name, None), f"{path}.{name}")
        case list():
            for item in value:
                _refuse_extras(item, path)
        case _:
            return
