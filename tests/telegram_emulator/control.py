"""`POST /__emu__/{op}`: the same helpers for a test or a bot in another process.

The body is a JSON object of the helper's arguments; people and chats may be given by id, messages
as they were returned. The answer is `{"result": ...}`, or `{"error": ...}` with status 400.
"""

import inspect
import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

from aiohttp import web
from pydantic import ConfigDict, ValidationError, validate_call

from tests.telegram_emulator import faults
from tests.telegram_emulator.faults import Effect
from tests.telegram_emulator.schema import JsonObject, dump

Operation: TypeAlias = Callable[..., object]
_EFFECTS: Mapping[str, Callable[..., Effect]] = {
    "refuse": faults.Refuse,
    "bad_gateway": faults.BadGateway,
    "drop_before": faults.DropBefore,
    "drop_after": faults.DropAfter,
    "hang_after": faults.HangAfter,
    "delay": faults.Delay,
}


class Control:
    """Runs operations by name."""

    def __init__(self, operations: Mapping[str, Operation]) -> None:
        self._operations = operations

    async def handle(self, request: web.Request) -> web.Response:
        operation = self._operations.get(request.match_info["op"])
        if operation is None:
            return _answer({"error": f"known: {', '.join(sorted(self._operations))}"}, 404)
        arguments = json.loads(await request.text() or "{}")
        try:
            config = ConfigDict(arbitrary_types_allowed=True)
            result = validate_call(config=config)(operation)(**arguments)
            if inspect.isawaitable(result):
                result = await result
        except (ValidationError, LookupError, ValueError, TimeoutError) as wrong:
            return _answer({"error": str(wrong)}, 400)
        return _answer({"result": dump(result)}, 200)


def effect(name: str, fields: JsonObject) -> Effect:
    """Make an effect from its name in small letters and its fields."""
    return _EFFECTS[name](**fields)


def _answer(body: JsonObject, status: int) -> web.Response:
    return web.json_response(body, status=status)
