"""Status for machines: is it alive, does every role work, and how much work waits."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.console.site import Readiness, Site
from bot.status import RoleStatus
from knowledge_base.values import dataclass

NOBODY = "nobody is configured to answer: helpdesk consultant add NAME --email ADDRESS"

_PATIENCE = 2.0
"""Seconds; whoever asks whether we are ready does not wait for a database we are cut off from."""


@dataclass(frozen=True, slots=True)
class StatusPages:
    """`/health`, `/ready` and `/metrics` of this process."""

    site: Site
    readiness: Readiness

    async def health(self, request: Request) -> Response:  # noqa: ARG002 -- a route takes a request
        """Answer while the event loop turns."""
        return JSONResponse({"status": "ok"})

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 -- a route takes a request
        """Tell how each role does; what is merely not configured is a warning."""
        roles = dict(self.readiness())
        try:
            async with asyncio.timeout(_PATIENCE):
                staffed = await self.site.units.read(self.site.is_staffed)
        except OSError:
            roles["database"] = RoleStatus(ok=False, detail="the database cannot be read")
            staffed = True
        is_ready = all(role.ok for role in roles.values())
        document = {
            "ready": is_ready,
            "roles": {name: {"ok": role.ok, "detail": role.detail} for name, role in roles.items()},
            "warnings": [] if staffed else [NOBODY],
        }
        return JSONResponse(document, status_code=200 if is_ready else 503)

    async def metrics(self, request: Request) -> Response:  # noqa: ARG002 -- a route takes a request
        """Count what is stored, by state."""
        from bot.console.metrics import TYPE, figures  # noqa: PLC0415 -- few are ever asked

        now = self.site.clock.now()
        text = await self.site.units.read(lambda uow: figures(uow, now))
        return Response(text, headers={"Content-Type": TYPE})
