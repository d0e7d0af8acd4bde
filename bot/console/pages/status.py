"""Status for machines: is it alive, does every role work, and how much work waits."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.console.site import Readiness, Site
from bot.status import RoleStatus
from handlers.domain.channels import Channel
from handlers.ports import UnitOfWork
from handlers.reconciling import balance

NOBODY = "nobody is configured to answer: helpdesk consultant add NAME --email ADDRESS"

_DAY = timedelta(days=1)
_PATIENCE = 2.0
"""Seconds; whoever asks whether we are ready does not wait for a database we are cut off from."""
REFUSALS = ("forged", "refused", "not-a-consultant")


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
        text = await self.site.units.read(self._metrics)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _metrics(self, uow: UnitOfWork) -> bytes:
        registry = CollectorRegistry()
        counted = (
            ("helpdesk_inbox", "Received messages by state.", "state", uow.inbox.counts()),
            ("helpdesk_outbox", "Owed messages by state.", "state", uow.outbox.counts()),
            ("helpdesk_tickets", "Tickets by status.", "status", uow.tickets.counts()),
        )
        for name, meaning, label, counts in counted:
            gauge = Gauge(name, meaning, [label], registry=registry)
            for state, count in counts.items():
                gauge.labels(state.value).set(count)
        age = Gauge(
            "helpdesk_oldest_due_seconds",
            "How long the longest waiting message is due.",
            ["queue"],
            registry=registry,
        )
        found = balance(uow)
        missing = Gauge(
            "helpdesk_missing", "Messages the newest audit found missing.", registry=registry
        )
        missing.set(found.missing if found else 0)
        now = self.site.clock.now()
        if found is not None:
            checked = Gauge(
                "helpdesk_audit_age_seconds", "How long ago the audit was.", registry=registry
            )
            checked.set((now - found.at).total_seconds())
        for queue, due in (("inbox", uow.inbox.oldest_due()), ("outbox", uow.outbox.oldest_due())):
            age.labels(queue).set(max(0.0, (now - due).total_seconds()) if due else 0.0)
        refused = Gauge(
            "helpdesk_refused_presses",
            "Buttons of Telegram pressed in the last day by whom they are not for, or made up.",
            ["reason"],
            registry=registry,
        )
        pressed = uow.inbox.ignored_since(now - _DAY, channel=Channel.TELEGRAM, reasons=REFUSALS)
        for reason, count in pressed.items():
            refused.labels(reason).set(count)
        return generate_latest(registry)
