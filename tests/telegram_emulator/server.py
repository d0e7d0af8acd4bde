"""The HTTP side: reads calls, lets faults strike, asks the handlers, checks what they say."""

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiogram.methods import GetUpdates
from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.telegram_emulator import errors
from tests.telegram_emulator.clock import Clock
from tests.telegram_emulator.errors import ApiError
from tests.telegram_emulator.faults import (
    After,
    BadGateway,
    Before,
    Delay,
    DropAfter,
    DropBefore,
    Effect,
    Faults,
    HangAfter,
    Refuse,
)
from tests.telegram_emulator.files import Files
from tests.telegram_emulator.schema import (
    AnyMethod,
    Handlers,
    JsonObject,
    MissingError,
    SchemaError,
    check_answer,
    dump,
    method_types,
    plain,
    read_call,
)

_HTML_502 = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"
_MISSING = {
    "chat_id": errors.CHAT_ID_EMPTY,
    "text": errors.TEXT_EMPTY,
    "name": errors.TOPIC_NAME_EMPTY,
    "url": errors.WEBHOOK_URL,
    "message_ids": errors.NO_MESSAGE_IDS,
    "action": errors.ACTION,
    "callback_query_id": errors.QUERY_TOO_OLD,
    "file_id": errors.FILE_ID,
}


@dataclass(slots=True, kw_only=True)
class Call:
    """One call of the bot, and what came of it."""

    method: str
    arguments: JsonObject
    at: float
    status: int = 0  # 0: not answered (yet)
    result: object = None
    description: str | None = None

    @property
    def ok(self) -> bool:
        return self.status == web.HTTPOk.status_code


@dataclass(frozen=True, slots=True)
class Violation:
    """Something no Bot API has a place for: a mistake of the bot, or of the emulator."""

    method: str
    detail: str


@dataclass(slots=True, kw_only=True)
class Server:
    """Answers HTTP requests."""

    token: str
    clock: Clock
    files: Files
    changed: Callable[[], None]
    handlers: Handlers = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    journal: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def application(
        self, control: Callable[[web.Request], Awaitable[web.Response]]
    ) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_post("/__emu__/{op}", control)
        return app

    async def execute(self, method: str, arguments: JsonObject) -> tuple[int, JsonObject]:
        """Do a call and return the status and the body of the answer."""
        cls = method_types().get(method.lower())
        name = cls.__api_method__ if cls else method
        call = Call(method=name, arguments=plain(cls, arguments), at=self.clock.now())
        self.journal.append(call)
        self.changed()
        try:
            call.result = await self._result(cls, call.arguments)
            call.status = 200
            return 200, {"ok": True, "result": call.result}
        except ApiError as refused:
            call.status, call.description = refused.code, refused.text
            return refused.code, _refusal(refused)
        finally:
            self.changed()

    async def _result(self, cls: type[AnyMethod] | None, arguments: JsonObject) -> object:
        if cls is None:
            raise ApiError(errors.METHOD_NOT_FOUND)
        try:
            return await self._handled(cls, arguments)
        except MissingError as missing:
            if missing.parameter in _MISSING:
                raise ApiError(_MISSING[missing.parameter]) from missing
            raise self._violated(cls.__api_method__, str(missing)) from missing
        except SchemaError as wrong:
            raise self._violated(cls.__api_method__, str(wrong)) from wrong
        except ApiError as refused:
            if refused.code == errors.NOT_MODELLED.code:
                raise self._violated(cls.__api_method__, refused.text) from refused
            raise

    async def _handled(self, cls: type[AnyMethod], arguments: JsonObject) -> object:
        handler = self.handlers.get(cls)
        if handler is None:
            raise ApiError(errors.NOT_MODELLED, method=cls.__api_method__)
        answer = handler(read_call(cls, arguments))
        if inspect.isawaitable(answer):
            answer = await answer
        result = dump(answer)
        if cls is not GetUpdates:  # each update was checked when it arose, unless poisoned
            check_answer(cls, result)
        return result

    def _violated(self, method: str, detail: str) -> ApiError:
        self.violations.append(Violation(method, detail))
        return ApiError(errors.VIOLATION, detail=detail)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = plain(method_types().get(method.lower()), await self._arguments(request))
        effect = self.faults.strike(method, arguments)
        early = await self._before(request, method, arguments, effect)
        if early is not None:
            return early
        if request.match_info["token"] != self.token:
            return _answer(*_refused(ApiError(errors.UNAUTHORIZED)))
        status, body = await self.execute(method, arguments)
        if isinstance(effect, After):
            effect.act()
        if isinstance(effect, HangAfter):
            await self.clock.sleep(effect.seconds)
        if isinstance(effect, DropAfter | HangAfter):
            return _cut(request)
        return _answer(status, body)

    async def _before(
        self, request: web.Request, method: str, arguments: JsonObject, effect: Effect | None
    ) -> web.Response | None:
        """Do what a fault does before the call; an answer ends the matter."""
        match effect:
            case Delay():
                await self.clock.sleep(effect.seconds)
            case Refuse():
                self._note(method, arguments, effect.code, effect.description)
                return _answer(effect.code, _fault_body(effect))
            case BadGateway():
                self._note(method, arguments, 502, "Bad Gateway")
                return web.Response(status=502, text=_HTML_502, content_type="text/html")
            case DropBefore():
                self._note(method, arguments, 0, "connection cut")
                return _cut(request)
            case Before():
                self._note(method, arguments, 0, "connection cut")
                effect.act()
                return _cut(request)
            case DropAfter() | HangAfter() | After() | None:
                pass
        return None

    def _note(self, method: str, arguments: JsonObject, status: int, description: str) -> None:
        cls = method_types().get(method.lower())
        self.journal.append(
            Call(
                method=cls.__api_method__ if cls else method,
                arguments=arguments,
                at=self.clock.now(),
                status=status,
                description=description,
            )
        )
        self.changed()

    async def _arguments(self, request: web.Request) -> JsonObject:
        arguments: JsonObject = dict(request.query)
        if request.content_type == "application/json":
            return {**arguments, **json.loads(await request.text() or "{}")}
        if request.content_type == "multipart/form-data":
            return {**arguments, **await self._multipart(request)}
        return {**arguments, **dict(await request.post())}

    async def _multipart(self, request: web.Request) -> JsonObject:
        """Read a form; each uploaded file is stored and its id put where the form names it."""
        texts: dict[str, str] = {}
        uploads: dict[str, str] = {}
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            content = bytes(await part.read())
            if part.filename is None:
                texts[part.name] = content.decode()
            else:
                uploads[part.name] = self.files.add(content, name=part.filename).file_id
        arguments: JsonObject = {key: _attached(text, uploads) for key, text in texts.items()}
        direct = {key: file_id for key, file_id in uploads.items() if f"://{key}" not in str(texts)}
        return {**direct, **arguments}

    async def _file(self, request: web.Request) -> web.Response:
        stored = self.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return _answer(*_refused(ApiError(errors.NOT_FOUND)))
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _attached(text: str, uploads: Mapping[str, str]) -> str:
    return re.sub(r"attach://([^\"\s]+)", lambda found: uploads.get(found[1], found[0]), text)


def _refused(error: ApiError) -> tuple[int, JsonObject]:
    return error.code, _refusal(error)


def _refusal(error: ApiError) -> JsonObject:
    return _error_body(error.code, error.text, error.retry_after, error.migrate_to_chat_id)


def _fault_body(effect: Refuse) -> JsonObject:
    return _error_body(
        effect.code, effect.description, effect.retry_after, effect.migrate_to_chat_id
    )


def _error_body(
    code: int, description: str, retry_after: int | None, migrate_to_chat_id: int | None
) -> JsonObject:
    values = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to_chat_id}
    parameters = {key: value for key, value in values.items() if value is not None}
    body: JsonObject = {"ok": False, "error_code": code, "description": description}
    return {**body, "parameters": parameters} if parameters else body


def _answer(status: int, body: JsonObject) -> web.Response:
    return web.json_response(body, status=status)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
